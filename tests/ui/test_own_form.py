"""Empty forms that somebody sends: their fields, their filling, and what is told where there are none."""

from __future__ import annotations

import base64
import io
import json
from datetime import date
from pathlib import Path

import docx
import openpyxl  # type: ignore[import-untyped]
import pytest
from openpyxl.styles import Border, Side  # type: ignore[import-untyped]
from starlette.applications import Starlette
from starlette.testclient import TestClient

from corpus.errors import InputError
from qa.aspect_words import Aspect
from qa.engine import Engine
from qa.engines import Engines
from tests.ui.seen import seen_by
from tests.ui.test_export_routes import place_of
from ui.audit import AuditLog
from ui.draft_forms import section_of
from ui.draft_routes import draft_routes, year_of
from ui.draft_tab import headings_sent, sections_of
from ui.own_form import UNREAD, read_form
from ui.viewer import LOCAL

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning:starlette")]
_SIDE = Side(style="thin")
BOX = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)


def workbook(rows: list[list[str]], *, drawn: bool = True) -> bytes:
    book = openpyxl.Workbook()
    for r, row in enumerate(rows, start=1):
        for c, text in enumerate(row, start=1):
            cell = book.active.cell(r, c, text or None)
            if drawn:
                cell.border = BOX
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def word(rows: list[list[str]]) -> bytes:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]), "Table Grid")
    for made, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(made.cells, row, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


FORM = [
    ["事業計画書", "様式第1号"],
    ["担当課", ""],
    ["現状と課題", ""],
    ["今後の取組", ""],
    ["予算額（千円）", "1,000"],
]


def test_labels_beside_an_empty_cell_are_the_fields_of_a_workbook() -> None:
    form = read_form("様式1.xlsx", workbook(FORM))
    assert (form.name, form.kind) == ("様式1", "xlsx")
    assert [(one.heading, one.row, one.column) for one in form.fields] == [
        ("担当課", 2, 2),
        ("現状と課題", 3, 2),
        ("今後の取組", 4, 2),
    ]


def test_heads_of_an_empty_column_are_fields_too() -> None:
    form = read_form("a.xlsx", workbook([["課題", "取組"], ["", ""]]))
    assert [(one.heading, one.row, one.column) for one in form.fields] == [("課題", 2, 1), ("取組", 2, 2)]


def test_a_word_form_is_read_by_its_tables() -> None:
    form = read_form("b.docx", word(FORM))
    assert [one.heading for one in form.fields] == ["担当課", "現状と課題", "今後の取組"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", workbook([["課題"], ["空欄のない説明文です。"]])),
        ("a.xlsx", workbook([["課題", ""]], drawn=False)),
        ("a.txt", "課題".encode()),
        ("a.docx", word([["長い文だけの表です。"]])),
    ],
)
def test_a_form_without_fields_is_explained(name: str, data: bytes) -> None:
    with pytest.raises(InputError, match="記入欄を読み取れません") as told:
        read_form(name, data)
    assert "xlsx" in str(told.value)
    assert str(told.value) == UNREAD


def test_a_damaged_or_huge_form_is_refused() -> None:
    with pytest.raises(InputError):
        read_form("a.xlsx", b"PK\x03\x04 broken")
    with pytest.raises(InputError, match="3MBまで"):
        read_form("a.xlsx", b"0" * 3_000_001)


def test_what_a_field_tells_is_read_from_its_label() -> None:
    assert section_of("現状と課題").aspects == (Aspect.ISSUE,)
    assert section_of("様式第1号").aspects == ()
    assert [one.heading for one in sections_of(["課題", 3])] == ["課題"]
    assert sections_of(None) == ()
    assert list(headings_sent({"headings": ["課題", 1, " "]})) == ["課題"]
    assert list(headings_sent("x")) == []


@pytest.fixture
def client(smalls: Engines) -> TestClient:
    routes = draft_routes(smalls, AuditLog(smalls.library))
    return TestClient(seen_by(LOCAL, Starlette(routes=routes)))


def sent(small: Engine, data: bytes, file: str, text: str) -> str:
    place = place_of(small, "空き家")
    return json.dumps(
        {
            "text": text,
            "sources": [place],
            "form": "様式1",
            "theme": "空き家",
            "department": "都市整備課",
            "year": "令和9年度",
            "file": file,
            "data": base64.b64encode(data).decode(),
        }
    )


TEXT = "空き家 様式1（案）\n\n■ 現状と課題\n・増えている。[1]\n・=1+1[1]\n■ 今後の取組\n・減らす。"


def test_a_workbook_is_filled_where_its_fields_are(client: TestClient, small: Engine) -> None:
    response = client.post("/export/draft.xlsx", content=sent(small, workbook(FORM), "様式1.xlsx", TEXT))
    assert response.status_code == 200, response.text
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert [sheet.cell(row, 2).value for row in range(1, 6)] == [
        "様式第1号",
        "都市整備課",
        "・増えている。\n・=1+1",
        "減らす。",
        "1,000",
    ]
    assert "出典（" in sheet.cell(3, 2).comment.text


def test_a_word_form_is_filled_with_footnotes(client: TestClient, small: Engine) -> None:
    response = client.post("/export/draft.docx", content=sent(small, word(FORM), "様式1.docx", TEXT))
    document = docx.Document(io.BytesIO(response.content))
    assert [row.cells[1].text for row in document.tables[0].rows][1:4] == [
        "都市整備課",
        "・増えている。\n・=1+1",
        "減らす。",
    ]
    notes = next(part for part in document.part.package.iter_parts() if "footnotes" in str(part.partname))
    assert notes.blob.decode("utf-8").count("出典（") == 2


def test_a_draft_that_fits_no_field_is_told(client: TestClient, small: Engine) -> None:
    body = sent(small, workbook([["所見", ""]]), "様式1.xlsx", TEXT)
    response = client.post("/export/draft.xlsx", content=body)
    assert response.status_code == 422
    assert "見出し" in response.text


def test_a_form_of_ours_is_written_without_a_file(client: TestClient, small: Engine, tmp_path: Path) -> None:
    body = json.dumps({"text": TEXT, "sources": [place_of(small, "空き家")], "form": "方針書"})
    response = client.post("/export/draft.xlsx", content=body)
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert "1. 現状と課題" in [cell.value for cell in sheet["A"]]
    assert client.post("/export/draft.pdf", content=body).status_code == 422


def test_the_page_reads_a_form_and_keeps_nothing(client: TestClient) -> None:
    told = client.post("/form/read?name=様式1.xlsx", content=workbook(FORM)).json()
    assert told == {"name": "様式1", "headings": ["担当課", "現状と課題", "今後の取組"]}
    refused = client.post("/form/read?name=a.xlsx", content=workbook([["課題"]], drawn=False))
    assert refused.status_code == 422
    assert refused.text == UNREAD


def test_a_year_is_read_or_told() -> None:
    assert year_of("", date(2026, 11, 30)) == 2027
    assert year_of("R9", date(2026, 11, 30)) == 2027
    with pytest.raises(InputError, match="令和9年度"):
        year_of("来年", date(2026, 11, 30))


@pytest.mark.parametrize("form", ["方針書", "業務棚卸表", "取組結果報告書", "推進プラン"])
def test_a_form_of_ours_is_written_in_word_with_footnotes(
    client: TestClient, small: Engine, form: str
) -> None:
    heading = {"業務棚卸表": "目的", "推進プラン": "目指す姿", "取組結果報告書": "取組内容"}.get(
        form, "現状と課題"
    )
    text = f"空き家（案）\n\n■ {heading}\n・増えている。[1]\n・古い。[1]"
    body = {"text": text, "sources": [place_of(small, "空き家")], "form": form, "layout": "form"}
    response = client.post("/export/draft.docx", content=json.dumps({**body, "department": "都市整備課"}))
    document = docx.Document(io.BytesIO(response.content))
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    told = "\n".join([*(one.text for one in document.paragraphs), cells])
    assert "都市整備課" in cells
    assert "増えている。" in told
    assert heading in told or form == "業務棚卸表"
    notes = next(part for part in document.part.package.iter_parts() if "footnotes" in str(part.partname))
    assert notes.blob.decode("utf-8").count("出典（") >= 1
