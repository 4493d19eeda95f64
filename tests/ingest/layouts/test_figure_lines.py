"""Lines that are rows of figures, and lines that only look like ones."""

import pytest

from ingest.blocks import TextLine, blocks_of
from ingest.layouts.figure_lines import figures_in_line

LINES = [
    (
        "・農業産出額　18.4億円（R4）→ 20.0億円（R10）",
        "農業産出額",
        [("18.4億円", "R4", 2022), ("20.0億円", "R10", 2028)],
    ),
    (
        "住宅の耐震化率：78.4％（令和2年度）⇒95％（令和7年度）",
        "住宅の耐震化率",
        [("78.4％", "令和2年度", 2020), ("95％", "令和7年度", 2025)],
    ),
    (
        "自動化した作業の数　令和5年度 0件 → 令和8年度 15件",
        "自動化した作業の数",
        [("0件", "令和5年度", 2023), ("15件", "令和8年度", 2026)],
    ),
    (
        "○ 窓口の満足度　現状値：81.2％（R5）　目標値：90％（R10）",
        "窓口の満足度",
        [("81.2％", "現状値", 2023), ("90％", "目標値", 2028)],
    ),
    (
        "出前講座の回数　現状 12回 → 目標 20回",
        "出前講座の回数",
        [("12回", "現状", None), ("20回", "目標", None)],
    ),
]
RUNNING = [
    "人口は41,616人（R5）から41,000人（R11）へ減ると見込みます。",
    "目標は、参加者を20人増やすことです。",
    "検討 → 実施",
    "令和5年度 → 令和6年度",
    "目標値：90％",
    "電話 0270-00-0000 → 係",
]


def line_of(text: str) -> TextLine:
    (line,) = blocks_of(text)
    assert isinstance(line, TextLine)
    return line


@pytest.mark.parametrize(("text", "name", "figures"), LINES)
def test_a_line_of_figures_gives_name_values_and_years(
    text: str, name: str, figures: list[tuple[str, str, int | None]]
) -> None:
    found = figures_in_line(line_of(text))
    assert found is not None
    assert (found.name, found.name_span.of(text)) == (name, name)
    assert [(one.span.of(text), one.header, one.fiscal_year) for one in found.figures] == figures


@pytest.mark.parametrize("text", RUNNING)
def test_running_text_is_no_line_of_figures(text: str) -> None:
    assert figures_in_line(line_of(text)) is None
