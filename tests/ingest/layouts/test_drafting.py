"""Drafting: departments, rows too long for one passage, years."""

import pytest

from corpus.passage import Cell, PassageKind
from ingest.blocks import Table
from ingest.layouts.departments import departments_of
from ingest.layouts.drafting import Draft, Place
from tests.ingest.documents import document_of, shown


@pytest.mark.parametrize(
    ("text", "departments"),
    [
        ("港湾課", ("港湾課",)),
        ("港湾部管理課、港湾部情報課", ("港湾部管理課", "港湾部情報課")),
        ("町民課 建設課", ("町民課", "建設課")),
        ("産業部 水産課 漁港係", ("産業部 水産課 漁港係",)),
        ("全課【総務課】", ("全課【総務課】",)),
        ("", ()),
    ],
)
def test_departments_of_splits_equals_and_keeps_a_line_of_command(
    text: str, departments: tuple[str, ...]
) -> None:
    assert departments_of(text) == departments


def test_a_place_is_dated_only_by_years_that_are_named() -> None:
    place = Place(fiscal_years=(2024,))
    assert place.during([None, 2022, 2021, 2022]).fiscal_years == (2021, 2022)
    assert place.during([None]).fiscal_years == (2024,)
    assert place.under("港", "").section_path == ("港",)


def test_a_row_with_a_long_cell_gives_the_cell_its_own_passages() -> None:
    text = "堤防\t3件\t" + "波が越えた所から順に石を積み直した。" * 30
    draft = Draft(document_of(text))
    (table,) = draft.document.blocks
    assert isinstance(table, Table)
    row = table.rows[0]
    headers = ("対象", "件数", "内容")
    cells = [Cell(header=h, span=c.span) for h, c in zip(headers, row.cells, strict=True)]
    draft.row(Place(), row.cells, cells, item="堤防")
    first, *rest = draft.passages
    assert (first.kind, shown(first, text)) == (PassageKind.ROW, "堤防 / 3件")
    assert {passage.kind for passage in rest} == {PassageKind.CELL}
    assert {cell.header for passage in rest for cell in passage.cells} == {"内容"}
    assert all(sum(map(len, passage.segments)) <= 400 for passage in rest)
    assert {passage.item for passage in draft.passages} == {"堤防"}


def test_cells_lie_between_tags() -> None:
    text = "<p>甲</p> <p>乙</p>"
    draft = Draft(document_of(text + "\t丙"))
    (table,) = draft.document.blocks
    assert isinstance(table, Table)
    row = table.rows[0]
    draft.row(Place(), row.cells, [Cell(header="内容", span=row.cells[0].span)])
    (passage,) = draft.passages
    assert [cell.span.of(text) for cell in passage.cells] == ["甲", "乙"]
    assert shown(passage, text + "\t丙") == "甲 / 乙 / 丙"
