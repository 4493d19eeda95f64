from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from corpus.errors import InputError, ManifestError
from corpus.municipality import MunicipalityTable
from corpus.sample_corpus import SAMPLES, sample_municipalities
from corpus.store import Store
from ingest.find import find_files
from ingest.identify import GivenFacts
from ingest.limits import IngestLimits
from ingest.report import FileReport, Outcome
from ingest.take_in import Job
from tests.ingest.library import take_files

NOW = datetime(2026, 4, 1, tzinfo=UTC)
PLAN = (
    "月見浦市 多文化共生指針\n\n第1章 現状\n\n"
    "外国人住民は増えており、相談窓口の多言語化を進める必要がある。\n"
)


@pytest.fixture(scope="module")
def table() -> MunicipalityTable:
    return MunicipalityTable.load(sample_municipalities())


def take_in(
    folder: Path, paths: list[Path], table: MunicipalityTable, given: GivenFacts | None = None
) -> list[FileReport]:
    job = Job(given=given or GivenFacts(), table=table, limits=IngestLimits(), now=NOW, workers=0)
    return take_files(folder, paths, job)


def outcomes(reports: list[FileReport]) -> dict[str, str]:
    return {report.path.name: report.outcome.value for report in reports}


def write(path: Path, text: str = PLAN, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def test_the_sample_corpus_is_taken_in_with_its_manifest(tmp_path: Path, table: MunicipalityTable) -> None:
    reports = take_in(tmp_path, [SAMPLES], table)
    assert {report.outcome for report in reports} == {Outcome.ADDED}
    documents = Store.open(tmp_path).reader.documents()
    assert len(documents) >= 8
    assert len({document.municipality_code for document in documents}) >= 3
    assert {document.document_kind for document in documents} >= {
        "方針書",
        "総合計画",
        "業務棚卸表",
        "取組結果報告書",
        "推進プラン",
    }


def test_every_passage_of_the_sample_can_be_read_again_at_its_place(
    tmp_path: Path, table: MunicipalityTable
) -> None:
    take_in(tmp_path, [SAMPLES], table)
    reader = Store.open(tmp_path).reader
    checked = 0
    for _, passage in reader.passages():
        again = [reader.text_at(passage.document_id, segment) for segment in passage.segments]
        assert "\n".join(str(part) for part in again) == passage.text
        assert passage.text.strip()
        for cell in passage.cells:
            assert reader.text_at(passage.document_id, cell.span) == cell.text
        checked += 1
    assert checked > 500


def test_a_second_run_changes_nothing(tmp_path: Path, table: MunicipalityTable) -> None:
    plan = write(tmp_path / "in" / "plan.txt")
    library = tmp_path / "library"
    assert outcomes(take_in(library, [plan], table)) == {"plan.txt": "added"}
    revision = Store.open(library).reader.revision
    assert outcomes(take_in(library, [plan], table)) == {"plan.txt": "unchanged"}
    assert Store.open(library).reader.revision == revision


def test_changed_content_replaces_the_document_of_its_path(tmp_path: Path, table: MunicipalityTable) -> None:
    plan = write(tmp_path / "in" / "plan.txt")
    library = tmp_path / "library"
    take_in(library, [plan], table)
    write(plan, PLAN.replace("増えて", "急に増えて"))
    assert outcomes(take_in(library, [plan], table)) == {"plan.txt": "replaced"}
    (document,) = Store.open(library).reader.documents()
    assert "急に増えて" in (Store.open(library).reader.document_text(document.document_id) or "")


def test_one_name_in_two_folders_is_two_documents(tmp_path: Path, table: MunicipalityTable) -> None:
    folder = tmp_path / "in"
    write(folder / "R5" / "plan.txt")
    write(folder / "R6" / "plan.txt", PLAN.replace("増えて", "急に増えて"))
    take_in(tmp_path / "library", [folder], table)
    assert len(Store.open(tmp_path / "library").reader.documents()) == 2


def test_the_same_content_under_another_name_is_said_to_be_there(
    tmp_path: Path, table: MunicipalityTable
) -> None:
    first, second = write(tmp_path / "in" / "a.txt"), write(tmp_path / "in" / "b.txt")
    reports = take_in(tmp_path / "library", [first, second], table)
    assert outcomes(reports) == {"a.txt": "added", "b.txt": "unchanged"}
    assert "「a.txt」として入っています" in reports[1].warnings[0]


REFUSED = [
    ("empty.txt", b"", "空"),
    ("blank.txt", " \n　\n".encode(), "空"),
    ("image.txt", bytes(range(256)) * 4, "文字のファイルではない"),
    ("plan.jtd", PLAN.encode(), "一太郎"),
    ("plan.xyz", PLAN.encode(), "拡張子「.xyz」"),
    ("broken.pdf", b"%PDF-1.7 broken", "PDF"),
    ("noname", PLAN.encode(), "拡張子のない名前"),
    ("nowhere.txt", "第1章 現状\n\n道路の損傷が各地で進んでいる。\n".encode(), "--municipality"),
]


@pytest.mark.parametrize(("name", "data", "said"), REFUSED)
def test_a_bad_file_is_refused_with_what_to_do_and_the_others_go_on(
    tmp_path: Path, table: MunicipalityTable, name: str, data: bytes, said: str
) -> None:
    folder = tmp_path / "in"
    write(folder / "good.txt")
    (folder / name).write_bytes(data)
    reports = take_in(tmp_path / "library", [folder], table)
    assert outcomes(reports) == {"good.txt": "added", name: "refused"}
    reason = next(report.reason for report in reports if report.outcome is Outcome.REFUSED)
    assert said in reason
    assert name in reason
    (unread,) = Store.open(tmp_path / "library").reader.unread_files()
    assert (unread.source, unread.reason) == (name, reason)


def test_a_file_that_was_mended_is_no_longer_unread(tmp_path: Path, table: MunicipalityTable) -> None:
    plan = write(tmp_path / "in" / "plan.txt", "")
    take_in(tmp_path / "library", [plan], table)
    write(plan)
    take_in(tmp_path / "library", [plan], table)
    assert Store.open(tmp_path / "library").reader.unread_files() == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp"])
def test_every_japanese_encoding_gives_the_same_text(
    tmp_path: Path, table: MunicipalityTable, encoding: str
) -> None:
    plan = write(tmp_path / "plan.txt", PLAN, encoding)
    take_in(tmp_path / "library", [plan], table)
    (document,) = Store.open(tmp_path / "library").reader.documents()
    assert Store.open(tmp_path / "library").reader.document_text(document.document_id) == PLAN


WHOSE = [
    ("みほん県/白樺野町/plan.txt", PLAN.replace("月見浦市", ""), "990043"),
    ("白樺野町/plan.txt", PLAN, "990043"),
    ("plan.txt", PLAN, "990035"),
    ("plan.txt", PLAN.replace("月見浦市", "月 見 浦 市"), "990035"),
    ("plan.txt", PLAN.replace("月見浦市", "月見浦市・白樺野町"), None),
]


@pytest.mark.parametrize(("place", "text", "code"), WHOSE)
def test_the_municipality_comes_from_folder_or_title_and_never_from_a_guess(
    tmp_path: Path, table: MunicipalityTable, place: str, text: str, code: str | None
) -> None:
    write(tmp_path / "in" / place, text)
    take_in(tmp_path / "library", [tmp_path / "in"], table)
    held = [document.municipality_code for document in Store.open(tmp_path / "library").reader.documents()]
    assert held == ([code] if code else [])


def test_a_manifest_wins_over_the_option_and_the_option_over_the_title(
    tmp_path: Path, table: MunicipalityTable
) -> None:
    folder = tmp_path / "in"
    write(folder / "listed.txt")
    write(folder / "other.txt", PLAN + "追記。")
    manifest = "file,municipality_code,municipality,title,fiscal_year,document_kind\n"
    write(folder / "manifest.csv", manifest + "listed.txt,990027,,指針,令和5年度,指針\n", "cp932")
    given = GivenFacts(municipality=table.by_code("990043"), fiscal_year=2022, document_kind="計画")
    take_in(tmp_path / "library", [folder], table, given)
    found = {
        document.source: (document.municipality_code, document.fiscal_year, document.document_kind)
        for document in Store.open(tmp_path / "library").reader.documents()
    }
    assert found == {"listed.txt": ("990027", 2023, "指針"), "other.txt": ("990043", 2022, "計画")}


MANIFESTS = [
    ("name,code\na,1\n", "file の列"),
    ("file,municipality,access\na.txt,月見浦市,、\n", "2行目"),
]


@pytest.mark.parametrize(("text", "said"), MANIFESTS)
def test_a_manifest_that_does_not_tell_its_files_or_their_readers_stops_everything(
    tmp_path: Path, table: MunicipalityTable, text: str, said: str
) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "manifest.csv", text)
    with pytest.raises((ManifestError, InputError), match=said):
        find_files([tmp_path], table)


ROWS = [
    ("file,municipality\na.txt,大きな間違い市\n", "2行目"),
    ("file,municipality_code\na.txt,999999\n", "検査数字"),
    ("file,municipality_code,municipality\na.txt,990019,月見浦市\n", "ではありません"),
    ("file,municipality_code,municipality\na.txt,999999,月見浦市\n", "検査数字"),
    ("file,municipality_code,municipality\na.txt,12,潮見台広域連合\n", "6桁の数字ではありません"),
    ("file,municipality\na.txt,府中市\n", "2行目"),
    ("file,municipality,fiscal_year\na.txt,月見浦市,令和99年度\n", "2行目"),
    ("file,municipality\na.txt,月見浦市\na.txt,月見浦市\n", "二度"),
]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(("text", "said"), ROWS)
def test_a_row_that_cannot_be_refuses_its_own_file_alone(
    tmp_path: Path, table: MunicipalityTable, text: str, said: str, packed: bool
) -> None:
    folder = tmp_path / "in"
    if packed:
        members = {"a.txt": PLAN.encode(), "b.txt": (PLAN + "追記。").encode(), "manifest.csv": text.encode()}
        folder.mkdir()
        zipped(folder / "資料.zip", members)
    else:
        write(folder / "a.txt")
        write(folder / "b.txt", PLAN + "追記。")
        write(folder / "manifest.csv", text)
    reports = take_in(tmp_path / "library", [folder], table)
    assert outcomes(reports) == {"a.txt": "refused", "b.txt": "added"}
    assert said in next(one.reason for one in reports if one.path.name == "a.txt")


@pytest.mark.parametrize(
    ("code", "prefecture", "doubted"),
    [("108902", "群馬県", True), ("999016", "", False), ("999011", "", True)],
)
def test_a_town_that_is_in_no_list_is_taken_as_the_manifest_has_it(
    tmp_path: Path, table: MunicipalityTable, code: str, prefecture: str, doubted: bool
) -> None:
    write(tmp_path / "in" / "a.txt", PLAN.replace("月見浦市", "潮見台広域連合"))
    write(
        tmp_path / "in" / "manifest.csv",
        f"file,municipality_code,municipality\na.txt,{code},潮見台広域連合\n",
    )
    (report,) = take_in(tmp_path / "library", [tmp_path / "in"], table)
    (document,) = Store.open(tmp_path / "library").reader.documents()
    assert (document.municipality_code, document.municipality) == (code, "潮見台広域連合")
    assert document.prefecture == prefecture
    assert f"目録の2行目の「潮見台広域連合」（{code}）は自治体の一覧にない" in report.warnings[0]
    assert ("検査数字" in report.warnings[0]) is doubted


def test_nothing_to_take_in_is_said(tmp_path: Path, table: MunicipalityTable) -> None:
    with pytest.raises(InputError, match="取り込むファイルがありません"):
        find_files([tmp_path], table)
    with pytest.raises(InputError, match="ありません"):
        find_files([tmp_path / "missing"], table)


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_zip_is_taken_in_file_by_file_with_its_own_manifest(
    tmp_path: Path, table: MunicipalityTable
) -> None:
    manifest = "file,municipality_code,fiscal_year\na.txt,990027,令和5年度\n"
    members = {
        "資料/manifest.csv": manifest.encode(),
        "資料/a.txt": PLAN.encode(),
        "白樺野町/b.txt": PLAN.replace("増えて", "急に増えて").encode(),
        "資料/empty.txt": b"",
    }
    archive = zipped(tmp_path / "in" / "plans.zip", members)
    reports = take_in(tmp_path / "library", [archive], table)
    assert outcomes(reports) == {"a.txt": "added", "b.txt": "added", "empty.txt": "refused"}
    held = {
        document.source: document.municipality_code
        for document in Store.open(tmp_path / "library").reader.documents()
    }
    assert held == {"a.txt": "990027", "b.txt": "990043"}
    assert {report.outcome for report in take_in(tmp_path / "library", [archive], table)} == {
        Outcome.UNCHANGED,
        Outcome.REFUSED,
    }


def test_a_zip_that_cannot_be_opened_is_one_refused_file(tmp_path: Path, table: MunicipalityTable) -> None:
    archive = tmp_path / "plans.zip"
    archive.write_bytes(b"PK\x03\x04 no archive at all")
    (report,) = take_in(tmp_path / "library", [archive], table)
    assert report.outcome is Outcome.REFUSED
    assert "plans.zip" in report.reason


def test_a_plan_in_a_workbook_is_found_with_its_cells(tmp_path: Path, table: MunicipalityTable) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "指標"
    for line in (("指標名", "令和5年度 実績", "令和6年度 目標"), ("相談の件数", 120, 150)):
        sheet.append(line)
    path = tmp_path / "月見浦市" / "plan.xlsx"
    path.parent.mkdir()
    book.save(path)
    reports = take_in(tmp_path / "library", [path], table)
    assert outcomes(reports) == {"plan.xlsx": "added"}
    reader = Store.open(tmp_path / "library").reader
    rows = [passage for _, passage in reader.passages() if "相談の件数" in passage.text]
    assert [cell.text for cell in rows[0].cells] == ["相談の件数", "120", "150"]
    assert rows[0].locators[0].to_json()["kind"] == "cell"
