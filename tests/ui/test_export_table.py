"""Tables for spreadsheets: nothing that a person wrote becomes a formula, large tables are quick."""

from __future__ import annotations

import csv
import io
import time
from dataclasses import replace
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from qa.aspect_words import Aspect
from qa.compare import Comparison, Row
from qa.compare_cells import Cell, CitedHit
from tests.qa.theme_engines import sample_engine
from ui.export_file import guarded
from ui.export_table import table_lines, write_csv, write_xlsx

ROWS = 1_000
SECONDS = 20
"""Far above what it takes, so that a busy machine fails no test: 1,000 rows take below 2 s on two cores."""


def comparison(quote: str, rows: int) -> Comparison:
    """A comparison whose every row quotes the same words."""
    found = sample_engine().compare("やさしい日本語")
    base = found.rows[1]
    cited = base.cells[Aspect.ACTION].passages[0]
    one = CitedHit(hit=cited.hit, citation=replace(cited.citation, quote=quote))
    cells = {aspect: Cell(passages=(one,)) for aspect in Aspect}
    row = Row(
        municipality=base.municipality, municipality_code="990027", cells=cells, documents=1, passages=1
    )
    return replace(found, rows=(row,) * rows)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+81", "'+81"),
        ("-5", "'-5"),
        ("@name", "'@name"),
        ("\t=1", "'\t=1"),
        ("多文化共生", "多文化共生"),
        ("", ""),
    ],
)
def test_guarded_is_no_formula(value: str, expected: str) -> None:
    assert guarded(value) == expected


def test_every_worksheet_is_printed_on_a3_with_all_columns_on_a_page(tmp_path: Path) -> None:
    write_xlsx(comparison("多文化共生", 2), tmp_path / "a.xlsx")
    for sheet in openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets:
        setup = sheet.page_setup
        assert (setup.paperSize, setup.orientation) == (8, "landscape")
        assert setup.fitToWidth in (None, 1)  # 1 is what it is where nothing is written
        assert (setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
        assert sheet.print_title_rows == "$1:$1"


@pytest.mark.parametrize("quote", ['=HYPERLINK("http://example.com","x")', "+1-1", "-2+3", "@SUM(A1)"])
def test_a_quote_that_looks_like_a_formula_stays_text(tmp_path: Path, quote: str) -> None:
    found = comparison(quote, 1)
    write_xlsx(found, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["出典"]
    cell = sheet["D2"]
    assert (cell.value, cell.data_type) == (quote, "s")
    assert cell.hyperlink is None
    write_csv(found, tmp_path / "a.csv")
    line = next(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"))))
    assert line["記述"] == f"'{quote}"


def test_a_thousand_rows_are_written_quickly(tmp_path: Path) -> None:
    found = comparison("やさしい日本語の普及", ROWS // len(Aspect))
    begun = time.perf_counter()
    write_xlsx(found, tmp_path / "a.xlsx")
    assert time.perf_counter() - begun < SECONDS
    assert len(list(table_lines(found))) == ROWS
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["出典"].max_row == ROWS + 1
