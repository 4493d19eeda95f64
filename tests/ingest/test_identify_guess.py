"""What a file seems to be, where that was read, and when a person is to look at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.municipality import MunicipalityTable
from corpus.sample_corpus import SAMPLES, sample_municipalities
from ingest.found_file import FoundFile
from ingest.identify_guess import guess
from ingest.limits import IngestLimits
from tests.ingest.pdf_drawing import Drawing, typeset

BODY = "第1章 現状\n\n道路の損傷が進んでいる。補修の計画を立てる。\n"


@pytest.fixture(scope="module")
def table() -> MunicipalityTable:
    return MunicipalityTable.load(sample_municipalities())


TOLD = [
    # name, text, then town, is it sure, year, is it sure, kind
    ("計画.txt", f"月見浦市総合計画（案）\n\n{BODY}", ("みほん県月見浦市", True, "", False, "総合計画")),
    ("a.txt", f"月見浦市総合計画（案）\n\n{BODY}", ("みほん県月見浦市", True, "", False, "総合計画")),
    ("a.txt", BODY, ("", False, "", False, "")),
    ("月見浦市_R6_指針.txt", BODY, ("みほん県月見浦市", False, "2024", False, "指針")),
    ("H30実施計画.txt", BODY, ("", False, "2018", False, "実施計画")),
    ("白樺野町.txt", f"月見浦市指針\n\n{BODY}", ("みほん県月見浦市", False, "", False, "指針")),
    ("白樺野町/a.txt", BODY, ("みほん県白樺野町", True, "", False, "")),
    ("白樺野町/a.txt", f"月見浦市指針\n\n{BODY}", ("みほん県白樺野町", False, "", False, "指針")),
]


@pytest.mark.parametrize(("name", "text", "told"), TOLD)
def test_a_file_tells_by_its_folder_opening_and_name(
    tmp_path: Path, table: MunicipalityTable, name: str, text: str, told: tuple[str, bool, str, bool, str]
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    found = guess(FoundFile(path=path), table, IngestLimits())
    town, year = found.municipality, found.fiscal_year
    assert (town.value, town.is_sure, year.value, year.is_sure, found.document_kind.value) == told
    assert bool(town.source) == bool(town.value)


def test_a_known_form_tells_its_kind_and_year_for_sure(table: MunicipalityTable) -> None:
    found = guess(FoundFile(path=SAMPLES / "tsukimiura_r4_inventory.txt"), table, IngestLimits())
    assert (found.document_kind.value, found.document_kind.is_sure) == ("業務棚卸表", True)
    assert (found.fiscal_year.value, found.fiscal_year.is_sure) == ("2022", True)


def test_a_long_pdf_is_told_by_its_opening_and_a_scan_by_its_name(
    tmp_path: Path, table: MunicipalityTable
) -> None:
    long = tmp_path / "long.pdf"
    long.write_bytes(typeset("月見浦市総合計画\n\n" + "\n\n\f\n\n".join([BODY] * 32)))
    assert guess(FoundFile(path=long), table, IngestLimits()).municipality.value == "みほん県月見浦市"
    scan = tmp_path / "白樺野町_令和5年度報告書.pdf"
    scan.write_bytes(Drawing().picture().data())
    found = guess(FoundFile(path=scan), table, IngestLimits())
    assert (found.municipality.value, found.fiscal_year.value) == ("みほん県白樺野町", "2023")
    assert not found.municipality.is_sure


@pytest.mark.parametrize("pages", [1, 32])
def test_a_title_that_is_told_by_its_size_is_to_be_confirmed(
    tmp_path: Path, table: MunicipalityTable, pages: int
) -> None:
    drawing = Drawing().text(250, 100, "千鳥ヶ原市", 14).text(100, 250, "公共花壇管理の記録", 26)
    for _ in range(pages - 1):
        drawing.page()
        drawing.text(72, 100, "花壇に花を植えた。", 10.5)
    path = tmp_path / "a_2024.pdf"
    path.write_bytes(drawing.data())
    title = guess(FoundFile(path=path), table, IngestLimits()).title
    assert (title.value, title.source, title.is_sure) == (
        "公共花壇管理の記録",
        "1ページ目の大きな文字",
        False,
    )


@pytest.mark.parametrize(("name", "is_sure"), [("花壇の記録", True), ("report_2024", False)])
def test_a_file_is_named_after_itself_where_nothing_else_tells(
    tmp_path: Path, table: MunicipalityTable, name: str, is_sure: bool
) -> None:
    path = tmp_path / f"{name}.pdf"
    path.write_bytes(Drawing().picture().data())
    title = guess(FoundFile(path=path), table, IngestLimits()).title
    assert (title.value, title.source, title.is_sure) == (name, "ファイルの名前", is_sure)
