"""Foreign documents give the same records as Word, Excel and PDF, and so does a sheet of merged cells."""

import pytest

from ingest.file_type import file_type
from ingest.pipeline import READERS
from ingest.reader import reader_for
from tests.ingest.foreign.all_documents import DOCUMENTS
from tests.ingest.foreign.expected import lines_of
from tests.ingest.foreign.grid_form import grid_form
from tests.ingest.foreign.told import figures_of, marks_of, sheets_of
from tests.ingest.sample_formats import FORMATS
from tests.ingest.taken_in import Taken, taken

PRINTED = ("project_evaluation", "strategy", "action_plan", "care", "reform_results", "monitoring")
"""Those that are drawn as PDF too: it takes a second each."""

CASES = [(name, form) for name in sorted(DOCUMENTS) for form in ("docx", "xlsx")] + [
    (name, "pdf ruled") for name in PRINTED
]


def read_as(name: str, form: str) -> Taken:
    extension, write = FORMATS[form]
    return read_file(name + extension, write(DOCUMENTS[name].source), DOCUMENTS[name].fiscal_year)


def read_file(source: str, data: bytes, year: int | None) -> Taken:
    read = reader_for(file_type(source, data).value, READERS).read(data)
    return taken(source, data, read, year)


def bare(lines: list[str]) -> list[str]:
    """Lines without white space, which paper breaks where text does not."""
    return ["".join(line.split()) for line in lines]


@pytest.mark.parametrize(("name", "form"), CASES)
def test_a_foreign_document_gives_its_records_in_each_format(name: str, form: str) -> None:
    one, told = read_as(name, form), DOCUMENTS[name]
    assert bare(figures_of(one)) == bare(lines_of(told.figures))
    assert bare(sheets_of(one)) == bare(lines_of(told.sheets))
    assert bare(marks_of(one)) == bare(lines_of(told.marks))


def test_a_worksheet_of_merged_cells_gives_fields_figures_and_marks() -> None:
    one = read_file("form.xlsx", grid_form(), None)
    assert sheets_of(one) == ["有害鳥獣対策事業|農林課"]
    assert figures_of(one) == lines_of(
        """
        柵の設置延長|target|2022|1,500|m
        柵の設置延長|actual|2022|980|m
        柵の設置延長|target|2023|1,500|m
        柵の設置延長|actual|2023|1,610|m
        柵の設置延長|target|2024|1,500|m
        被害額|target|2022|4,000|千円
        被害額|actual|2022|4,105|千円
        被害額|target|2023|3,900|千円
        被害額|actual|2023|4,377|千円
        被害額|target|2024|3,700|千円
        事業費（千円）|actual|2022|1,960|千円
        事業費（千円）|actual|2023|3,220|千円
        事業費（千円）|actual|2024|3,000|千円
        """
    )
    assert marks_of(one) == ["有害鳥獣対策事業|2024|Ｃ|"]
