"""Tables with rules across and none down, alone on a page and within one of its columns."""

from collections.abc import Sequence

import pytest

from tests.ingest.pdf_drawing import Drawing

HEAD = ["指標名", "単位", "基準値（R5）", "目標値（R11）"]
XS = (0.0, 112.0, 134.0, 194.0)
PROSE = (
    "港の市場は朝の五時に開き、仲買の人が列を作り",
    "ます。昨年の取扱いは前の年を一割ほど上回りま",
    "した。",
    "荷を下ろす場所が狭く、順番を待つ車が国道まで",
    "続く日があります。",
    "雨の日は屋根のない所で仕分けをするため、氷が",
    "早く溶けてしまいます。",
)
ITEMS = ("(1) 荷さばき所の増築", "(2) 製氷機の更新", "(3) 案内板の設置")


def cells(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.split("\n") if "\t" in line]


def barred(
    page: Drawing, left: float, top: float, rows: Sequence[tuple[float, Sequence[tuple[int, float, str]]]]
) -> float:
    """Draw rows between bars, each its height and (column, foot below its bar, text); gives the last bar."""
    page.rule(left - 6, top, left + 236, top)
    for height, texts in rows:
        for column, foot, text in texts:
            page.text(left + XS[column], top + foot, text, 8)
        top += height
        page.rule(left - 6, top, left + 236, top)
    return top


ROWS: list[tuple[float, list[tuple[int, float, str]]]] = [
    (26, [(0, 16, HEAD[0]), (1, 16, HEAD[1]), (2, 16, HEAD[2]), (3, 11, "目標値（R"), (3, 21, "11）")]),
    (16, [(0, 11, "朝市の来場者数"), (1, 11, "人"), (2, 11, "480"), (3, 11, "600")]),
    (
        26,
        [
            (0, 11, "この市場を使いやすいと思う"),
            (0, 21, "人の割合"),
            (1, 16, "％"),
            (2, 16, "41.5"),
            (3, 16, "60"),
        ],
    ),
    (16, [(0, 11, "製氷機の台数"), (1, 11, "台"), (2, 11, "2"), (3, 11, "4")]),
]
READ = [
    HEAD,
    ["朝市の来場者数", "人", "480", "600"],
    ["この市場を使いやすいと思う人の割合", "％", "41.5", "60"],
    ["製氷機の台数", "台", "2", "4"],
]


def test_what_stands_between_two_bars_is_one_row() -> None:
    page = Drawing().text(60, 80, "４　目標")
    barred(page, 60, 100, ROWS)
    assert cells(page.read().text) == READ


@pytest.mark.parametrize("bars", [(100.0, 126.0), (100.0, 126.0, 184.0)])
def test_bars_that_frame_head_and_body_part_no_rows(bars: Sequence[float]) -> None:
    page = Drawing()
    feet = (118.0, 140.0, 160.0, 180.0)
    rows = (
        ["項目", "四月", "五月"],
        ["朝市の日数", "4", "5"],
        ["夕市の日数", "2", "3"],
        ["臨時の日数", "0", "1"],
    )
    for foot, row in zip(feet, rows, strict=True):
        for x, text in zip((60, 200, 260), row, strict=True):
            page.text(x, foot, text, 10)
    for y in bars:
        page.rule(50, y, 300, y)
    assert cells(page.read().text) == list(rows)


def test_bars_below_headings_of_running_text_make_no_table() -> None:
    page = Drawing()
    for at in range(3):
        page.text(50, 100 + 100 * at, f"{at + 1}　港の仕事")
        page.rule(50, 104 + 100 * at, 500, 104 + 100 * at)
        page.lines(50, 124 + 100 * at, PROSE[:3])
    assert cells(page.read().text) == []


def column(page: Drawing, x: float, top: float, title: str) -> None:
    """A column of a page: title, text, a list, and the table below them."""
    page.text(x, top, title, 13)
    page.lines(x, top + 20, PROSE, pitch=14)
    page.text(x, top + 124, "■ 主な取組").lines(x, top + 138, ITEMS, pitch=14)
    page.text(x, top + 186, "■ 指標")
    barred(page, x + 6, top + 192, ROWS)


def test_columns_with_tables_in_them_are_read_one_after_the_other() -> None:
    page = Drawing()
    column(page, 50, 80, "施策１　市場")
    column(page, 310, 89, "施策２　氷")
    text = page.read().text
    assert cells(text) == [*READ, *READ]
    assert text.index("施策１") < text.index("製氷機の台数") < text.index("施策２")


def test_a_heading_at_the_foot_of_the_longer_column_stays_in_it() -> None:
    page = Drawing()
    column(page, 50, 80, "施策１　市場")
    page.text(50, 80 + 192 + 84 + 24, "■ 課題")
    column(page, 310, 70, "施策２　氷")
    page.text(290, 800, "12", 9)
    text = page.read().text
    assert text.index("■ 課題") < text.index("施策２")


def test_a_year_that_a_line_cuts_is_whole_in_its_cell() -> None:
    page = Drawing()
    barred(page, 60, 100, ROWS)
    assert "目標値（R11）" in page.read().text


def test_groups_of_rows_that_rules_part_are_no_cells() -> None:
    page = Drawing()
    for at, group in enumerate((["桟橋", "灯台"], ["砂浜", "岬", "入江"])):
        page.text(60, 120 + 60 * at, "場所" if at else "施設", 10)
        for row, name in enumerate(group):
            page.text(120, 110 + 60 * at + 16 * row, name, 10)
    for y in (95, 150, 210):
        page.rule(50, y, 300, y)
    text = page.read().text
    assert not any("桟橋灯台" in cell or "砂浜岬" in cell for row in cells(text) for cell in row)
