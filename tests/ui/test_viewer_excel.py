"""The part of a worksheet around cited cells: which rows and columns, merged cells, what is hidden."""

from __future__ import annotations

import re

import pytest

from corpus.errors import InputError
from corpus.locator import CellLocator
from corpus.passage import Cell, Passage, PassageKind
from corpus.span import Span
from ingest.grid import Grid, GridCell
from ingest.xlsx_reader import XlsxReader
from tests.ui.viewer_files import workbook
from ui.cited_cells import CitedWords, cited_words
from ui.excel_region import Area, area_of, region_of
from ui.excel_view import excel_html


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("C12", Area(12, 3, 12, 3)),
        ("C12:F14", Area(12, 3, 14, 6)),
        ("AA1:AB2", Area(1, 27, 2, 28)),
        ("", None),
        ("../x", None),
        ("C12:F", None),
        ("c12", None),
    ],
)
def test_a_range_names_cells(name: str, expected: Area | None) -> None:
    assert area_of(name) == expected


def table(
    rows: int,
    columns: int,
    hidden_rows: frozenset[int] = frozenset(),
    hidden_columns: frozenset[int] = frozenset(),
) -> Grid:
    cells = tuple(
        GridCell(f"{row}-{column}", row, column, row, column)
        for row in range(1, rows + 1)
        for column in range(1, columns + 1)
        if row not in hidden_rows and column not in hidden_columns
    )
    return Grid(cells=cells, hidden_rows=hidden_rows, hidden_columns=hidden_columns)


def test_rows_and_columns_around_the_cells_and_the_head_of_the_table() -> None:
    region = region_of(table(40, 20), [Area(20, 10, 20, 11)])
    rows = [band.first for band in region.rows if not band.left_out]
    columns = [band.first for band in region.columns if not band.left_out]
    assert rows == [1, 2, 3, *range(14, 27)]
    assert columns == [1, 2, *range(6, 16)]
    assert [band for band in region.rows if band.left_out] == [(4, 13, "省略")]
    assert [band for band in region.columns if band.left_out] == [(3, 5, "省略")]


def test_a_table_begins_below_an_empty_row() -> None:
    upper = [GridCell("表題", 1, 1, 1, 1)]
    lower = [GridCell(str(row), row, 1, row, 1) for row in range(5, 40)]
    region = region_of(Grid(cells=(*upper, *lower)), [Area(30, 1, 30, 1)])
    assert [band.first for band in region.rows if not band.left_out] == [5, 6, 7, *range(24, 37)]


def test_hidden_rows_and_columns_are_told_and_not_counted() -> None:
    grid = table(20, 9, hidden_rows=frozenset({8, 9}), hidden_columns=frozenset({3}))
    region = region_of(grid, [Area(10, 4, 10, 4)], rows=2, columns=2)
    assert [tuple(band) for band in region.rows if band.first > 3] == [
        (4, 5, "省略"),
        (6, 6, ""),
        (7, 7, ""),
        (8, 9, "非表示"),
        (10, 10, ""),
        (11, 11, ""),
        (12, 12, ""),
    ]
    assert (3, 3, "非表示") in [tuple(band) for band in region.columns]


def test_narrow_columns_without_a_border_between_them_are_one() -> None:
    cells = (GridCell("名称", 1, 1, 1, 8), GridCell("値", 1, 9, 1, 20), GridCell("長い", 2, 1, 2, 20))
    region = region_of(Grid(cells=cells), [Area(1, 9, 1, 20)])
    assert [tuple(band) for band in region.columns] == [(1, 8, ""), (9, 20, "")]


def test_a_long_range_is_cut() -> None:
    region = region_of(table(500, 3), [Area(10, 1, 490, 3)])
    assert len([band for band in region.rows if not band.left_out]) <= 75


def shown(quote: str = "", place: str = "B24:E24", wider: int = 0) -> str:
    grids = XlsxReader().grids(workbook())
    cited = [CitedWords(text=quote)] if quote else []
    return excel_html(grids, [CellLocator(worksheet="実績", range=place)], cited, wider)


def test_the_cited_cells_are_marked_and_named() -> None:
    html = shown()
    marked = re.findall(r'<td class="here cited[a-z ]*" aria-label="([^"]*)"><mark>(.*?)</mark></td>', html)
    assert marked == [
        ("B24 引用箇所: 浜辺の観察会の参加者数（人）", "浜辺の観察会の参加者数（人）"),
        ("C24 引用箇所: 324", "324"),
        ("D24 引用箇所: 424", "424"),
        ("E24 引用箇所: 524", "524"),
    ]
    assert html.count("<mark>") == 4


def test_of_a_row_only_what_is_quoted_is_marked() -> None:
    assert re.findall(r"<mark>(.*?)</mark>", shown("424")) == ["424"]
    assert re.findall(r"<mark>(.*?)</mark>", shown("観察会の参加者数")) == ["観察会の参加者数"]
    assert shown("424").count('class="here') == 4


def test_rows_are_numbered_columns_lettered_and_headers_kept() -> None:
    html = shown()
    assert re.findall(r'<th scope="col">(\w+)</th>', html) == ["A", "B", "C", "D", "E"]
    numbers = re.findall(r'<th scope="row">(\d+)</th>', html)
    assert numbers == [str(n) for n in (3, 4, 5, 16, 17, 18, 19, 22, 23, 24, 25, 26, 27, 28, 29, 30)]
    assert "<td>令和5年度</td>" in html
    assert "20〜21行目は原本で非表示の行です" in html
    assert "6〜15行目は省略しています" in html


def test_merged_cells_are_spans() -> None:
    html = shown(place="A1")
    assert '<td class="here cited sought" aria-label="A1 引用箇所: 指標の実績一覧" colspan="5">' in html


def test_every_row_fills_the_table() -> None:
    for html in (shown(), shown(place="A1"), shown(place="E33", wider=1)):
        width = html.split("<tbody>")[0].count("<th ")
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", html.split("<tbody>")[1]):
            spans = [int(n) for n in re.findall(r'<td[^>]*colspan="(\d+)"', row)]
            assert row.count("<td") - len(spans) + sum(spans) == width


def test_widening_shows_more_rows() -> None:
    assert shown(wider=1).count('<th scope="row">') > shown().count('<th scope="row">')


def test_what_cells_hold_is_no_markup() -> None:
    grid = Grid(cells=(GridCell("<script>alert(1)</script>", 1, 1, 1, 1),))
    html = excel_html({"<b>": grid}, [CellLocator(worksheet="<b>", range="A1")])
    assert "<script" not in html
    assert "<b>" not in html


def test_a_worksheet_that_is_not_there_is_told() -> None:
    grids = XlsxReader().grids(workbook())
    with pytest.raises(InputError, match="シートが見つかりません"):
        excel_html(grids, [CellLocator(worksheet="別", range="A1")])


def row_of(*texts: str) -> Passage:
    """A passage of one row that stands at the beginning of a text, cells parted by tabs."""
    cells, at = [], 0
    for text in texts:
        cells.append(Cell(header="", span=Span(at, at + len(text)), text=text))
        at += len(text) + 1
    return Passage(
        passage_id="990035-000000000000/0001",
        document_id="990035-000000000000",
        sheet_ordinal=None,
        ordinal=1,
        kind=PassageKind.ROW,
        segments=(Span(0, at - 1),),
        text="\t".join(texts),
        fiscal_years=(),
        departments=(),
        section_path=(),
        item="",
        cells=tuple(cells),
        locators=(CellLocator(worksheet="実績", range=f"A1:{'ABCDEFG'[len(texts) - 1]}1"),),
    )


def drawn_row(passage: Passage, *cited: int) -> dict[str, str]:
    """The classes of the cells of a worksheet's row, by their words, if some cells are cited."""
    texts = [cell.text for cell in passage.cells]
    grid = Grid(cells=tuple(GridCell(text, 1, at, 1, at) for at, text in enumerate(texts, start=1)))
    marks = [passage.cells[at].span for at in cited]
    html = excel_html({"実績": grid}, passage.locators, cited_words(passage, marks))  # type: ignore[arg-type]
    return {
        f"{at}{re.sub('<[^>]*>', '', words)}": css
        for at, (css, words) in enumerate(re.findall(r'<td class="([^"]*)"[^>]*>(.*?)</td>', html)[1:])
    }


def test_of_equal_figures_the_cited_one_is_marked_and_looked_at_first() -> None:
    drawn = drawn_row(row_of("支援の充実", "相談員の人数", "2", "2", "3", "2", "↑"), 5, 1)
    assert drawn == {
        "0支援の充実": "here",
        "1相談員の人数": "here cited held",
        "22": "here",
        "32": "here",
        "43": "here",
        "52": "here cited sought",
        "6↑": "here",
    }


def test_the_label_of_a_cited_figure_stays_in_sight_though_it_is_not_cited() -> None:
    drawn = drawn_row(row_of("01", "来場者数", "2,020", "-"), 2)
    assert list(drawn.values()) == ["here", "here held", "here cited sought", "here"]


def test_equal_figures_are_all_marked_where_the_worksheet_has_more_of_them() -> None:
    cell = GridCell("2", 1, 1, 1, 1)
    cited = CitedWords(text="2", nth=0, of=1)
    assert len(cited.found_in([cell, cell._replace(column=2, last_column=2)])) == 2


def test_a_part_of_a_cell_is_cited_as_its_words() -> None:
    passage = row_of("花壇を直した。橋を架けた。", "3")
    assert cited_words(passage, [Span(7, 13)]) == [CitedWords(text="橋を架けた。")]
    assert cited_words(passage, []) == []
