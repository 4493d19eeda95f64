"""Who may see a document 「公開範囲」 in the list of documents: shown to all, changed by who may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from corpus.access import INTERNAL_WORD, PUBLIC_WORD
from corpus.document import Document
from ui.markup import button, esc

LIST = "upload-accesses"


def accesses_html(groups: Iterable[str]) -> str:
    """The choices that the inputs offer: the two words, and the person's groups."""
    options = "".join(f'<option value="{esc(one)}">' for one in (PUBLIC_WORD, INTERNAL_WORD, *groups))
    return f'<datalist id="{LIST}">{options}</datalist>'


def opening_html(
    document: Document, accesses: Mapping[str, str], changing: frozenset[str], *, may_change: bool
) -> str:
    """A document's cell.

    Args:
        document: the document.
        accesses: who may see each document, in words.
        changing: ids of documents that are being removed or changed.
        may_change: whether the person may change it.
    """
    words = esc(accesses.get(document.document_id, ""))
    if document.document_id in changing or not may_change:
        return f'<td role="cell">{words}</td>'
    name = esc(f"{document.municipality}「{document.title}」の公開範囲")
    return (
        '<td role="cell"><details class="opening">'
        f'<summary aria-label="{words}（{name}を変える）">{words}</summary><div>'
        f'<label>公開、庁内、またはグループの名前（「、」で区切る）<input type="text" value="{words}" '
        f'list="{LIST}" maxlength="400" autocomplete="off" aria-label="{name}"></label>'
        f"{button('変える', 'open-to', document.document_id)}</div></details></td>"
    )
