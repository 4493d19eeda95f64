from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.passage import Passage
from corpus.span import Span
from corpus.store import Store
from qa.hits import Hit
from qa.short_candidate import Candidate
from qa.short_rows import row_candidate
from tests.qa.make import a_hit, plan, prose, row, stored

HEADERS: list[tuple[str, int | None]] = [
    ("番号", None),
    ("事業名", None),
    ("担当課", None),
    ("令和5年度決算額（千円）", 2023),
    ("総合評価", None),
    ("今後の方向性", None),
]
LINES = (
    "1\tコミュニティバスの運行\t企画課\t41,560\tD\t見直し",
    "2\t図書館の運営\t生涯学習課\t8,300\tA\t継続",
    "3\t朝市の開催\t企画課\t1,200\tＡ\t廃止",
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path)


@pytest.fixture
def hits(store: Store) -> list[Hit]:
    """The first row was found; the others stand in the same document."""
    text = "\n".join(LINES)
    document = plan(text)
    passages: list[Passage] = []
    start = 0
    for number, line in enumerate(LINES, 1):
        alone = row(document, line, HEADERS, number)
        moved = tuple(
            replace(cell, span=Span(cell.span.start + start, cell.span.end + start)) for cell in alone.cells
        )
        departments = (line.split("\t")[2],)
        span = Span(start, start + len(line))
        passages.append(replace(alone, segments=(span,), cells=moved, departments=departments))
        start += len(line) + 1
    stored(store, text, passages, document)
    return [a_hit(document, passages[0])]


PICKED = [
    ("令和5年度の事務事業評価で総合評価がDの事業は", "コミュニティバスの運行"),
    ("評価がAだった事業を教えて", "図書館の運営、朝市の開催"),
    ("評価がAの事業は何件か", "2件"),
    ("今後の方向性が「廃止」となった事業は", "朝市の開催"),
    ("千鳥ヶ原市で今後の方向性が「見直し」の事業", "コミュニティバスの運行"),
    ("A評価の事業は", "図書館の運営、朝市の開催"),
    ("決算額が最も大きい事業は", "コミュニティバスの運行（41,560千円）"),
    ("決算額が最も少ない事業は何か", "朝市の開催（1,200千円）"),
]


@pytest.mark.parametrize(("question", "said"), PICKED)
def test_rows_are_picked_by_what_stands_in_a_column(
    question: str, said: str, store: Store, hits: list[Hit]
) -> None:
    found = row_candidate(question, hits, (), (), store.reader)
    assert found is not None
    assert found.text == said
    assert all(hit.passage.text in LINES for hit in found.hits)


def picked(store: Store, hits: list[Hit], question: str, *limits: tuple[object, ...]) -> Candidate | None:
    years, departments = limits
    return row_candidate(question, hits, years, departments, store.reader)  # type: ignore[arg-type]


def test_rows_of_other_departments_and_columns_of_other_years_are_left_out(
    store: Store, hits: list[Hit]
) -> None:
    own = picked(store, hits, "評価がAの事業は", (), ("企画課",))
    assert own is not None
    assert own.text == "朝市の開催"
    assert picked(store, hits, "決算額が最も大きい事業は", (2020,), ()) is None
    assert picked(store, hits, "決算額が最も大きい事業は", (2023,), ()) is not None


@pytest.mark.parametrize(
    "question",
    ["評価がBの事業は", "担任がAの事業は", "バスの運行の総合評価は", "住民が主役の事業は", "図書館の事業"],
)
def test_what_stands_in_no_column_picks_nothing(question: str, store: Store, hits: list[Hit]) -> None:
    assert row_candidate(question, hits, (), (), store.reader) is None


def test_a_mark_of_a_sheet_is_told_with_the_row_that_prints_it(store: Store) -> None:
    lines = ("相談窓口を3か所に置いた。", "取組達成度\t◎")
    text = "\n".join(lines)
    document = plan(text)
    start = len(lines[0]) + 1
    printed = row(document, lines[1], [("項目", None), ("令和6年度", 2024)], 2)
    moved = tuple(
        replace(cell, span=Span(cell.span.start + start, cell.span.end + start)) for cell in printed.cells
    )
    printed = replace(printed, segments=(Span(start, len(text)),), cells=moved)
    written = prose(document, lines[0])
    stored(store, text, [written, printed], document)
    found = row_candidate("達成度が◎だった取組は", [a_hit(document, written)], (2024,), (), store.reader)
    assert found is not None
    assert [hit.passage.text for hit in found.hits] == [lines[1]]


def test_sheets_of_other_departments_are_left_out_by_their_mark(store: Store) -> None:
    text = "相談窓口を3か所に置いた。達成度は◎である。"
    document = plan(text)
    written = prose(document, text)
    stored(store, text, [written], document)
    hits = [a_hit(document, written)]
    found = row_candidate("達成度が◎だった重点目標とその事情", hits, (), ("多文化共生課",), store.reader)
    assert found is not None
    assert found.text == "多文化共生課"
    assert row_candidate("達成度が◎だった重点目標とその事情", hits, (), ("港湾課",), store.reader) is None


MARKED: list[tuple[str, int | None]] = [
    ("取組項目", None),
    ("所管課", None),
    ("評価 R4", 2022),
    ("評価 R5", 2023),
]


@pytest.mark.parametrize(
    ("question", "years", "said"),
    [
        ("令和5年度に△だったもの", (2023,), "渡し船の改修"),
        ("令和4年度に○が付いた取組は何項目", (2022,), "1項目"),
        ("令和5年度に◎だった取組は", (2023,), None),
    ],
)
def test_rows_are_picked_by_a_mark_alone(
    question: str, years: tuple[int, ...], said: str | None, store: Store
) -> None:
    line = "渡し船の改修\t港湾課\t○\t△"
    document = plan(line)
    marked = replace(row(document, line, MARKED), sheet_ordinal=None)
    stored(store, line, [marked], document, in_sheets=False)
    found = row_candidate(question, [a_hit(document, marked)], years, (), store.reader)
    assert (found.text if found is not None else None) == said


def test_a_sheet_is_picked_by_the_grade_behind_its_label(store: Store) -> None:
    text = "相談窓口を3か所に置いた。達成度は◎である。"
    document = plan(text)
    written = prose(document, text)
    stored(store, text, [written], document)
    found = row_candidate("達成度◎となった重点目標は", [a_hit(document, written)], (), (), store.reader)
    assert found is not None
    assert found.text == "多文化共生課"
