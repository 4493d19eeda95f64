"""A table of figures among the forms of a known layout keeps its heads; the forms stay whole."""

import pytest

from ingest.layout import choose_layout
from ingest.text_reader import TextReader
from tests.ingest.documents import check_passages, document_of
from tests.ingest.foreign.all_documents import DOCUMENTS
from tests.ingest.foreign.expected import lines_of
from tests.ingest.foreign.told import figures_of, marks_of, sheets_of
from tests.ingest.taken_in import taken

TABLE = """
成果指標の一覧

（単位：件）
指標	令和４年度実績	令和５年度実績	令和６年度目標
相談の受付	120	133	150
訪問の回数	41	－	50

"""
FIGURES = [
    "相談の受付|actual|2022|120",
    "相談の受付|actual|2023|133",
    "相談の受付|target|2024|150",
    "訪問の回数|actual|2022|41",
    "訪問の回数|actual|2023|－",
    "訪問の回数|target|2024|50",
]
PLACES = [
    ("report_variant", "Ⅰ　持続できる財政"),
    ("report_variant", "No.\t２\t"),
    ("policy_variant", "３．上半期の振り返り"),
    ("inventory_variant", "総　括"),
    ("promotion_variant", "取 組 項 目\t読み聞かせ"),
    ("promotion_variant", "１　未来を担う人を育てる"),
]


@pytest.mark.parametrize(("name", "before"), PLACES)
def test_a_table_among_forms_keeps_its_heads(name: str, before: str) -> None:
    source = DOCUMENTS[name].source
    assert source.count(before) >= 1
    text = source.replace(before, TABLE + before, 1)
    check_passages(text, choose_layout(document_of(text)).parse(document_of(text)))
    one = taken("mixed.txt", text.encode(), TextReader().read(text.encode()))
    told = [line.rsplit("|", 1)[0] for line in figures_of(one)]
    assert [line for line in told if line.startswith(("相談の受付", "訪問の回数"))] == FIGURES
    assert [line for line in figures_of(one) if line.rsplit("|", 1)[0] not in FIGURES] == lines_of(
        DOCUMENTS[name].figures
    )
    assert sheets_of(one) == lines_of(DOCUMENTS[name].sheets)
    assert marks_of(one) == lines_of(DOCUMENTS[name].marks)
