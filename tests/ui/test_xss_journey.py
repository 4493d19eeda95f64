"""A hostile library in a real browser: no text of it runs, wherever the page shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from corpus.access import PUBLIC
from corpus.document import Document, content_hash
from corpus.record import DocumentRecord
from corpus.store import Store
from corpus.unread import UnreadFile
from index.build import build_generation
from index.static_encoder import StaticEncoder
from index.terms import TermAnalyzer
from qa.filter_words import FilterWords
from tests.corpus.make import a_document, a_sheet, passages_by_line
from tests.ui.conftest import Served, served
from tests.ui.hostile_texts import HOSTILE
from tests.ui.test_journeys import CHROMIUM, WAIT, Visit, browser, visit
from ui.search_page import SearchPage

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.is_file(), reason=f"{CHROMIUM} がないため、画面の試験を飛ばします"),
]
__all__ = ["browser", "visit"]
LIVE = re.compile(r"<(script|iframe|svg|math|base|meta|link|object|embed)\b", re.IGNORECASE)


def hostile_document(number: int, text: str) -> tuple[Document, str]:
    """A document whose title, file name, town, kind and text are all one hostile text."""
    town = ("990019", "990027", "990035", "990043")[number % 4]
    body = f"{text} 多文化共生の相談窓口を開く。\n課題は{text}である。"
    document = replace(
        a_document(body, code=town, source=f"{text}.txt"),
        municipality=f"{text}町",
        title=f"{text}計画",
        document_kind=f"{text}書",
        sha256=content_hash(body.encode()),
        warnings=(f"{text}を読めません。",),
    )
    return document, body


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    library = tmp_path_factory.mktemp("hostile")
    store, analyzer = Store.create(library), TermAnalyzer()
    with store.writing() as writer:
        for number, text in enumerate(HOSTILE):
            document, body = hostile_document(number, text)
            passages = tuple(
                replace(one, item=text, section_path=(f"{text}の課題",), departments=(f"{text}課",))
                for one in passages_by_line(document, body)
            )
            sheet = replace(a_sheet(document, body), title=text, identity=text, departments=(f"{text}課",))
            writer.add(
                DocumentRecord(
                    document=document, text=body, origin=text, reader="1", sheets=(sheet,), passages=passages
                )
            )
            note = UnreadFile(origin=f"/{number}", source=f"{text}.pdf", reason=text, noted_at="2026")
            writer.note_unread(note, PUBLIC)
        writer.set_index_generation(
            build_generation(writer, library, analyzer, StaticEncoder(analyzer=analyzer))
        )
    with served(library) as found:
        yield found


def test_no_hostile_text_of_a_library_runs(visit: Visit, server: Served) -> None:
    page = visit.page
    visit.open(server.url)
    visit.ask("多文化共生の相談窓口")
    page.locator("button[data-act=open]").first.click()
    page.locator("#viewer .source").wait_for(timeout=WAIT)
    for tab, box, go, part in (
        ("比較", "#compare-theme", "比べる", "#compare-result"),
        ("経年", "#track-theme", "推移を見る", "#track-result"),
        ("起案支援", "#draft-theme", "先例を探す", "#draft-result"),
    ):
        page.get_by_role("tab", name=tab).click()
        page.locator(f"{box} textarea, {box} input").first.fill("多文化共生")
        page.get_by_role("button", name=go).click()
        page.locator(f"{part} button[data-act=open], {part} .error, {part} .status").first.wait_for(
            timeout=WAIT
        )
    page.get_by_role("tab", name="体系").click()
    page.get_by_role("button", name="体系を見る", exact=True).click()
    page.locator("#hierarchy-result", has_text="PWNED").wait_for(timeout=WAIT)
    page.get_by_role("tab", name="資料").click()
    page.locator(".documents", has_text="PWNED").wait_for(timeout=WAIT)
    page.wait_for_timeout(1_000)
    assert visit.complaints == []


def test_no_hostile_question_runs(visit: Visit, server: Served) -> None:
    visit.open(server.url)
    for text in HOSTILE[:12]:
        visit.ask(f"{text}多文化共生")
        visit.page.locator("#result :is(.answer, .refusal, .error)").first.wait_for(timeout=WAIT)
    visit.page.wait_for_timeout(500)
    assert visit.complaints == []


def test_no_hostile_question_is_live_in_what_the_page_is_sent(page: SearchPage) -> None:
    """The browser is spared nothing: what it gets is escaped already."""
    for text in HOSTILE:
        assert LIVE.search(page.search(text, FilterWords())) is None, text
