"""A draft in a form's layout, taken in again as any file: the same sheet, sections, items and indicators."""

from __future__ import annotations

from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from corpus.indicator import IndicatorRole
from ingest.xlsx_reader import XlsxReader
from tests.ingest.taken_in import Taken, taken
from ui.draft_forms import FORMS
from ui.draft_records import records_of
from ui.export_form import write_form
from ui.form_rows import Filling, rows_of

YEAR = 2027
SOURCES = {n: f"出典（見本町「計画{n}」、{n}行目）" for n in range(1, 9)}
SHARE = "相談会の参加者の割合（%）: 基準値 令和5年度 48.5、目標値 令和9年度 60"
FIGURES = f"""■ 指標
・空き家バンクの登録件数（件）: 基準値 令和5年度 12、目標値 令和9年度 30[5]
・{SHARE}（参考: 見本町 基準値 令和4年度 40%）[6]
"""


def draft_of(form: str) -> str:
    """A draft with two sentences below each heading of a form but that of indicators."""
    lines = [f"空き家対策 {form}（案）", ""]
    n = 0
    for section in FORMS[form]:
        if section.heading in ("指標", "目標"):
            continue
        lines.append(f"■ {section.heading}")
        for _ in range(2):
            n = n % 8 + 1
            lines.append(f"・{section.heading}のうち{n}番目の文として、=SUM(A1)と書く。[{n}]")
    return "\n".join([*lines, FIGURES])


def again(path: Path) -> Taken:
    """The file as the pipeline reads it."""
    data = path.read_bytes()
    return taken(path.name, data, XlsxReader().read(data), YEAR)


@pytest.fixture(params=list(FORMS))
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def path(form: str, tmp_path: Path) -> Path:
    filling = Filling(
        records=records_of(draft_of(form)), theme="空き家対策", department="都市整備課", fiscal_year=YEAR
    )
    write_form(rows_of(form, filling), SOURCES, tmp_path / "form.xlsx")
    return tmp_path / "form.xlsx"


def bare(text: str) -> str:
    return "".join(text.split())


def test_a_form_is_read_again_as_that_form(form: str, path: Path) -> None:
    found = again(path)
    assert found.document.document_kind == form
    assert len(found.sheets) == 1
    sheet = found.sheets[0]
    assert sheet.departments == ("都市整備課",)
    assert sheet.title == ("都市整備課" if form == "方針書" else "空き家対策")
    assert YEAR in sheet.fiscal_years


def test_every_item_is_read_again_and_no_source_becomes_text(form: str, path: Path) -> None:
    found = again(path)
    held = bare("".join(one.text for one in found.passages))
    items = [item for _, items in records_of(draft_of(form)).sections for item in items]
    assert items
    assert [item.text for item in items if bare(item.text) not in held] == []
    assert "出典" not in held
    assert "[1]" not in held


@pytest.mark.parametrize(
    ("form", "places"),
    [
        ("方針書", {"現状と課題": "現状と課題", "取組方針": "取組方針", "レビュー": "レビュー"}),
        ("取組結果報告書", {"取組内容": "取組内容", "取組成果": "取組成果"}),
        ("推進プラン", {"目指す姿": "目指す姿", "取組内容": "取組内容"}),
    ],
)
def test_items_stand_in_their_sections_again(form: str, places: dict[str, str], path: Path) -> None:
    found = again(path)
    for heading, section in places.items():
        for item in records_of(draft_of(form)).items(heading):
            own = [one for one in found.passages if bare(item.text) in bare(one.text)]
            assert len(own) == 1
            headers = [cell.header for cell in own[0].cells]
            assert any(section in part for part in (*own[0].section_path, *headers)), (heading, own[0])


@pytest.mark.parametrize("form", ["方針書", "業務棚卸表"])
def test_indicators_are_read_again_with_role_year_value_and_unit(form: str, path: Path) -> None:
    found = {(one.name, one.role, one.fiscal_year, one.value, one.unit) for one in again(path).indicators}
    assert {
        ("空き家バンクの登録件数", IndicatorRole.BASELINE, 2023, 12.0, "件"),
        ("空き家バンクの登録件数", IndicatorRole.TARGET, 2027, 30.0, "件"),
        ("相談会の参加者の割合", IndicatorRole.BASELINE, 2023, 48.5, "%"),
        ("相談会の参加者の割合", IndicatorRole.TARGET, 2027, 60.0, "%"),
    } <= found


@pytest.mark.parametrize("form", ["取組結果報告書", "推進プラン"])
def test_a_form_without_a_table_of_figures_has_them_in_words(form: str, path: Path) -> None:
    held = bare("".join(one.text for one in again(path).passages))
    assert "空き家バンクの登録件数基準値令和5年度12件、目標値令和9年度30件" in held


def test_each_source_is_the_note_of_its_cell_and_printed_at_the_end(form: str, path: Path) -> None:
    sheet = openpyxl.load_workbook(path).active
    notes = "\n".join(cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment)
    used = {n for _, items in records_of(draft_of(form)).sections for item in items for n in item.marks}
    assert all(f"[{n}] {SOURCES[n]}" in notes for n in used | {5, 6})
    assert sheet.page_setup.cellComments == "atEnd"
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_each_activity_of_an_inventory_is_a_record_again(tmp_path: Path) -> None:
    """An activity that is only planned has no figures yet; it is a topic of its own all the same."""
    texts = ["空き家バンクを運営する", "相談会を年4回開く", "解体費の一部を補助する（上限50万円）"]
    draft = "\n".join(["空き家対策 業務棚卸表（案）", "■ 行政活動", *(f"・{one}" for one in texts)])
    filling = Filling(
        records=records_of(draft), theme="空き家対策", department="都市整備課", fiscal_year=YEAR
    )
    write_form(rows_of("業務棚卸表", filling), {}, tmp_path / "form.xlsx")
    rows = [one for one in again(tmp_path / "form.xlsx").passages if one.cells and one.item]
    assert [(one.item, one.text) for one in rows] == [
        (f"{number:02d} {text}", f"{number:02d}\t{text}") for number, text in enumerate(texts, start=1)
    ]
