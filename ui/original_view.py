"""The panel of the source viewer that shows the original: a page of a PDF or a part of a worksheet."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document
from corpus.errors import InputError
from corpus.locator import CellLocator, PageLocator
from corpus.originals import Original, Originals
from corpus.passage import Passage
from corpus.span import Span
from ui.cited_cells import cited_words
from ui.excel_view import Workbooks, excel_html, is_workbook
from ui.markup import button, esc
from ui.page_image import original_bytes
from ui.page_view import page_html, pages_of
from ui.web_message import web_message

logger = logging.getLogger(__name__)

NOT_KEPT = (
    "この資料は原本が保存されていないため、読み取った文字だけを表示しています。"
    "資料を取り込み直すと、原本も表示できるようになります。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalPanel:
    """What there is to show of an original.

    Attributes:
        label: of its tab.
        html: empty where only the text can be shown.
        notes: what a reader should know (Japanese).
    """

    label: str = ""
    html: str = ""
    notes: tuple[str, ...] = ()


class OriginalView:
    """Shows the originals of one library."""

    def __init__(self, library: Path) -> None:
        self._originals = Originals(library)
        self._workbooks = Workbooks()

    def panel(
        self, document: Document, passage: Passage, marks: Sequence[Span], wider: int, widen: str
    ) -> OriginalPanel:
        """The original around a passage; a file that cannot be shown is told, and the text remains.

        Args:
            document: that holds the passage.
            passage: what to show.
            marks: the characters of it that are cited, what to look at first; empty for all of it.
            wider: how many times more around it was asked for.
            widen: what the button that widens asks for.
        """
        original = self._originals.find(document.sha256)
        if original is None:
            return OriginalPanel(notes=(NOT_KEPT,))
        try:
            if original.extension == ".pdf" and any(isinstance(one, PageLocator) for one in passage.locators):
                pages = pages_of(original_bytes(original), passage)
                html = page_html(document, passage, marks, pages)
                return OriginalPanel(label="原本の画像", html=html)
            if is_workbook(original):
                html = self._worksheet(original, passage, marks, wider, widen)
                return OriginalPanel(label="原本の表", html=html)
        except InputError as exc:
            logger.warning("the original cannot be shown: %s (%s)", document.document_id, exc)
            return OriginalPanel(notes=(f"原本を表示できません。{web_message(exc)}",))
        return OriginalPanel()

    def opener(self, document: Document, passage: Passage) -> str:
        """The link to the original itself; empty where it was not kept."""
        original = self._originals.find(document.sha256)
        if original is None:
            return ""
        first = passage.locators[0]
        place = f"#page={first.page}" if isinstance(first, PageLocator) else ""
        said = f"原本を開く（{document.source}、新しいタブ）"
        return (
            f'<a class="btn open" href="original/{esc(document.document_id)}{place}" target="_blank" '
            f'rel="noopener" aria-label="{esc(said)}">原本を開く</a>'
        )

    def _worksheet(
        self, original: Original, passage: Passage, marks: Sequence[Span], wider: int, widen: str
    ) -> str:
        places = [one for one in passage.locators if isinstance(one, CellLocator)]
        grids = self._workbooks.grids(original)
        table = excel_html(grids, places, cited_words(passage, marks), wider)
        return (
            f'<div class="page" tabindex="0" role="region" aria-label="原本の表">'
            f'<div class="cut">{button("表の前後を広げる", "open", widen)}</div>{table}</div>'
        )
