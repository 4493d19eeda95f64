"""The source viewer: the original beside the answer, with what is cited marked, and the text read from it.

The browser names a passage by its id and nothing else: what is shown is looked up in the store, never by a
path.
"""

from __future__ import annotations

from corpus.document import Document
from corpus.errors import InputError
from corpus.locator import OCR_NOTE, is_ocr
from corpus.passage import Passage
from corpus.store_reader import StoreReader
from ui.markup import button, esc
from ui.original_view import OriginalPanel, OriginalView
from ui.source_request import GONE, WIDER, SourceRequest
from ui.source_text import Around, text_html
from ui.year_words import years_label


def source_html(
    store: StoreReader, request: SourceRequest, originals: OriginalView | None = None, place: str = "source"
) -> str:
    """The viewer for a passage.

    Args:
        store: the library's.
        request: what to show.
        originals: shows the originals; without it there is the text alone.
        place: what its ids begin with, another one for each viewer of the page.

    Raises:
        InputError: the library does not hold it.
    """
    document_id = request.passage_id.rpartition("/")[0]
    document = store.document(document_id)
    passage = store.passage(request.passage_id)
    text = store.document_text(document_id)
    if document is None or passage is None or text is None:
        raise InputError(GONE)
    original = _original(originals, document, passage, request)
    body = text_html(text, passage, request.marks(passage), _around(request))
    opener = originals.opener(document, passage) if originals else ""
    return (
        f'<aside class="source" aria-labelledby="{place}-title">{_head(document, passage, place)}'
        f'<div class="controls">{_tabs(original, place)}<span class="ends">{opener}'
        f"{button('閉じる', 'close', '', said='原文を閉じる')}</span></div>"
        f"{_notes(original, passage)}{_panels(original, body, place)}</aside>"
    )


def source_error_html(message: str) -> str:
    """The viewer where the source cannot be shown: why, and what to do."""
    return (
        '<aside class="source" aria-labelledby="source-title">'
        '<h2 id="source-title" tabindex="-1">原文を開けませんでした</h2>'
        f'<p class="error" role="alert">{esc(message)}</p>'
        f'<div class="controls">{button("閉じる", "close", "", said="原文を閉じる")}</div></aside>'
    )


def _original(
    originals: OriginalView | None, document: Document, passage: Passage, request: SourceRequest
) -> OriginalPanel:
    if originals is None:
        return OriginalPanel()
    widen = request.wider(before=True, after=True)
    return originals.panel(document, passage, request.marks(passage), request.times_widened, widen)


def _around(request: SourceRequest) -> Around:
    return Around(
        before=request.before,
        after=request.after,
        earlier=request.wider(before=True),
        later=request.wider(after=True),
        step=WIDER,
    )


def _head(document: Document, passage: Passage, place: str) -> str:
    year = years_label((document.fiscal_year,)) if document.fiscal_year is not None else ""
    facts = [
        document.municipality,
        year,
        document.document_kind,
        document.source,
        passage.locators[0].label(),
    ]
    spans = "".join(f"<span>{esc(fact)}</span>" for fact in facts if fact)
    return (
        f'<h2 id="{place}-title" tabindex="-1"><span class="over">原文</span>{esc(document.title)}</h2>'
        f'<p class="meta">{spans}</p>'
    )


def _tabs(original: OriginalPanel, place: str) -> str:
    """The choice between the original and its text; none where there is the text alone."""
    if not original.html:
        return ""
    tabs = _tab(place, "original", original.label, chosen=True)
    tabs += _tab(place, "text", "読み取った文字", chosen=False)
    return f'<div class="tabs" role="tablist" aria-label="原文の見せ方">{tabs}</div>'


def _tab(place: str, name: str, label: str, *, chosen: bool) -> str:
    state = 'aria-selected="true"' if chosen else 'aria-selected="false" tabindex="-1"'
    return (
        f'<button type="button" role="tab" class="btn tab" id="{place}-tab-{name}" data-act="tab" '
        f'data-value="{name}" aria-controls="{place}-{name}" {state}>{esc(label)}</button>'
    )


def _panels(original: OriginalPanel, body: str, place: str) -> str:
    if not original.html:
        return f'<div class="panel">{body}</div>'
    return (
        f'<div class="panel" role="tabpanel" id="{place}-original" aria-labelledby="{place}-tab-original">'
        f"{original.html}</div>"
        f'<div class="panel" role="tabpanel" id="{place}-text" aria-labelledby="{place}-tab-text" hidden>'
        f"{body}</div>"
    )


def _notes(original: OriginalPanel, passage: Passage) -> str:
    """What a reader should know before trusting what is shown."""
    notes = (OCR_NOTE, *original.notes) if is_ocr(passage.locators) else original.notes
    return "".join(f'<p class="note">{esc(note)}</p>' for note in notes)
