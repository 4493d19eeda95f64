"""The source viewer over originals of each kind, and where there is none."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from corpus.locator import OCR_NOTE, PageLocator
from corpus.originals import FOLDER
from corpus.passage import Passage
from corpus.span import Span
from corpus.store import Store
from corpus.store_reader import StoreReader
from tests.ui.viewer_files import QUOTE, REPORT_NAME, TEXT_NAME, WORKBOOK_NAME
from ui.original_view import OriginalView
from ui.source_request import AROUND, WIDER, SourceRequest
from ui.source_view import source_html


def passage_with(store: StoreReader, name: str, words: str) -> Passage:
    document = next(one for one in store.documents() if one.source == name)
    return next(one for one in store.passages_of(document.document_id) if words in one.text)


def shown(library: Path, name: str, words: str, lines: int = AROUND) -> str:
    store = Store.open(library).reader
    passage = passage_with(store, name, words)
    start = (store.document_text(passage.document_id) or "").index(words)
    request = SourceRequest(
        passage_id=passage.passage_id, quote=Span(start, start + len(words)), before=lines, after=lines
    )
    return source_html(store, request, OriginalView(library))


def test_a_pdf_opens_at_the_cited_page_with_its_words_marked(originals_library: Path) -> None:
    html = shown(originals_library, REPORT_NAME, QUOTE)
    assert "原本の画像" in html
    assert re.search(r'<img src="view/990019-[0-9a-f]{12}/page/1\.png"', html)
    assert '<span class="at">1</span> / 2ページ' in html
    assert html.count('class="over-words sought"') == 1
    assert f"<mark>{QUOTE}</mark>" in html
    assert re.search(r'href="original/990019-[0-9a-f]{12}#page=1"', html)


def test_a_workbook_opens_at_the_cited_cells(originals_library: Path) -> None:
    html = shown(originals_library, WORKBOOK_NAME, "浜辺の観察会の参加者数（人）")
    assert "原本の表" in html
    assert 'aria-label="B24 引用箇所: 浜辺の観察会の参加者数（人）"' in html
    wider = shown(originals_library, WORKBOOK_NAME, "浜辺の観察会の参加者数（人）", AROUND + WIDER)
    assert wider.count('<th scope="row">') > html.count('<th scope="row">')


def test_a_text_has_no_choice_but_can_be_opened(originals_library: Path) -> None:
    html = shown(originals_library, TEXT_NAME, "移動書架")
    assert 'role="tab' not in html
    assert "原本を開く" in html
    assert "原本が保存されていない" not in html


def test_without_an_original_the_text_is_shown_and_why_is_said(
    originals_library: Path, tmp_path: Path
) -> None:
    store = Store.open(originals_library).reader
    passage = passage_with(store, REPORT_NAME, QUOTE)
    html = source_html(store, SourceRequest(passage_id=passage.passage_id), OriginalView(tmp_path))
    assert "原本が保存されていないため、読み取った文字だけを表示しています" in html
    assert "<mark>" in html
    assert "原本を開く" not in html
    assert 'role="tab' not in html


def test_a_damaged_original_leaves_the_text(originals_library: Path, tmp_path: Path) -> None:
    store = Store.open(originals_library).reader
    passage = passage_with(store, REPORT_NAME, QUOTE)
    sha256 = next(one.sha256 for one in store.documents() if one.source == REPORT_NAME)
    broken = tmp_path / FOLDER / sha256[:2] / f"{sha256}.pdf"
    broken.parent.mkdir(parents=True)
    broken.write_bytes(b"%PDF-1.7 broken")
    html = source_html(store, SourceRequest(passage_id=passage.passage_id), OriginalView(tmp_path))
    assert "原本を表示できません。" in html
    assert "<mark>" in html


class Scanned(StoreReader):
    """A store whose passages were read from pictures."""

    def passage(self, passage_id: str) -> Passage | None:
        found = super().passage(passage_id)
        places = [one for one in found.locators if isinstance(one, PageLocator)] if found else []
        return replace(found, locators=tuple(replace(one, ocr=True) for one in places)) if found else None


def test_words_read_from_a_picture_are_to_be_compared(originals_library: Path) -> None:
    store = Store.open(originals_library).reader
    passage = passage_with(store, REPORT_NAME, QUOTE)
    scanned = Scanned(store._connection)
    html = source_html(scanned, SourceRequest(passage_id=passage.passage_id), OriginalView(originals_library))
    assert OCR_NOTE in html
    assert OCR_NOTE not in shown(originals_library, REPORT_NAME, QUOTE)
