"""The files that the page gives: what they hold, what they are called, what a person is told without one."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path

import pytest
from docx import Document
from starlette.applications import Starlette
from starlette.testclient import TestClient

from qa.engine import Engine
from qa.engines import Engines
from tests.ui.seen import seen_by
from ui.audit import AuditLog
from ui.draft_page import Draft, DraftPage
from ui.draft_routes import LARGEST_BODY, draft_routes
from ui.export_routes import export_routes
from ui.viewer import LOCAL

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning:starlette")]


@pytest.fixture
def client(smalls: Engines) -> TestClient:
    audit = AuditLog(smalls.library)
    routes = [*export_routes(smalls, audit), *draft_routes(smalls, audit)]
    return TestClient(seen_by(LOCAL, Starlette(routes=routes)))


def place_of(engine: Engine, words: str) -> str:
    """The place of a quotation of the small library."""
    hit = engine.search(words).hits[0]
    segment = hit.passage.segments[0]
    return f"{hit.passage.passage_id}|{segment.start}|{segment.end}"


@pytest.mark.parametrize(("kind", "begin"), [("xlsx", b"PK"), ("csv", "\ufeff自治体コード".encode())])
def test_a_comparison_is_saved_and_nothing_is_left(
    client: TestClient, kind: str, begin: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    response = client.get(f"/export/compare.{kind}", params={"theme": "多文化/共生"})
    assert response.content.startswith(begin)
    assert "filename*=UTF-8''%E6%AF%94%E8%BC%83_" in response.headers["content-disposition"]
    assert "%2F" not in response.headers["content-disposition"]
    assert list(tmp_path.iterdir()) == []


def test_a_comparison_is_limited_to_the_towns_named(client: TestClient) -> None:
    text = client.get("/export/compare.csv", params={"theme": "多文化共生", "municipality": "105244"}).text
    assert "大泉町" in text
    assert "館林市" not in text


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/export/compare.xlsx?theme=", "質問"),
        ("/export/compare.exe?theme=空き家", "Excel か CSV"),
        ("/export/compare.csv?theme=空き家&municipality=存在しない町", "存在しない町"),
    ],
)
def test_why_there_is_no_file_is_told_in_words(client: TestClient, address: str, said: str) -> None:
    response = client.get(address)
    assert response.status_code == 422
    assert said in response.text
    assert response.headers["content-type"].startswith("text/plain")


def test_a_draft_becomes_word_with_its_sources(client: TestClient, small: Engine) -> None:
    text = "案\n\n■ 課題\n・増えている。[1]\n自分の文。[7]\x07"
    sent = {"text": text, "sources": [place_of(small, "空き家")]}
    response = client.post("/export/draft.docx", content=json.dumps(sent))
    assert response.status_code == 200
    document = Document(io.BytesIO(response.content))
    assert [one.text for one in document.paragraphs] == ["案", "課題", "増えている。", "自分の文。[7]"]
    notes = next(part for part in document.part.package.iter_parts() if "footnotes" in str(part.partname))
    assert notes.blob.decode("utf-8").count("出典（") == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"x", "読み取れませんでした"),
        (b"[]", "空です"),
        (json.dumps({"text": "  ", "sources": []}).encode(), "空です"),
        (json.dumps({"text": "案", "sources": [1]}).encode(), "出典を読み取れません"),
        (json.dumps({"text": "案[1]", "sources": ["105244-000000000000/0001|0|4"]}).encode(), "出典［1］"),
        (b" " * (LARGEST_BODY + 1), "大きすぎます"),
    ],
)
def test_a_draft_that_cannot_be_saved_is_told(client: TestClient, body: bytes, said: str) -> None:
    response = client.post("/export/draft.docx", content=body)
    assert response.status_code == 422
    assert said in response.text


def test_a_draft_holds_no_sentence_twice(small: Engine) -> None:
    page, place = DraftPage(small), place_of(small, "空き家")
    once = page.take(Draft(text="", sources=()), [(place, "課題")], "案")
    assert once.sources == (place,)
    assert page.take(once, [(place, "課題")], "案") == once
    emptied = page.take(Draft(text="", sources=("gone",)), [(place, "課題")], "案")
    assert emptied == once


def test_a_source_that_is_gone_is_told_beside_the_draft(small: Engine) -> None:
    page = DraftPage(small)
    draft = page.take(Draft(text="案[1]", sources=("105244-000000000000/0001|0|4",)), [], "案")
    assert "今のライブラリにありません" in draft.fault
    assert "下書きを確かめられませんでした" in page.check(draft, "")


def test_an_own_town_that_does_not_exist_is_told(small: Engine) -> None:
    page = DraftPage(small)
    html = page.check(Draft(text="大泉町の案", sources=()), "存在しない町")
    assert "存在しない町" in html
    assert "大泉町」はほかの自治体の名前です" in html
    assert "写し残しは見つかりませんでした" in page.check(Draft(text="大泉町の案", sources=()), "105244")
