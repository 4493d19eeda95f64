"""A page of a PDF with what is cited marked over it, and the buttons that turn and enlarge it.

The picture itself comes from ``ui.original_routes``; the marks lie over it in shares of the page, so that
they stay in place at any size. The browser turns and enlarges pages by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.document import Document
from corpus.locator import Box
from corpus.passage import Passage
from corpus.span import Span
from ingest.pdf_pdfium import RawPage, one_page
from ui.cited_boxes import boxes_of, cited_boxes
from ui.markup import button, esc

MOST_PAGES = 6
"""Pages of a passage that are looked at for its words."""

_ROOM = 1.2
"""Points around the words that a mark covers too."""

NO_PICTURE = (
    "このページの画像を表示できません。「読み取った文字」か「原本を開く」をお使いください。"
    "続くときは、このシステムの担当者にお知らせください。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """A passage's pages.

    Attributes:
        count: how many pages the document has.
        read: what stands on those of the passage, by number.
    """

    count: int
    read: Mapping[int, RawPage]


def pages_of(data: bytes, passage: Passage) -> Pages:
    """The pages of a PDF on which a passage stands.

    Raises:
        InputError: the file is damaged, or has no such page.
    """
    found: dict[int, RawPage] = {}
    count = 0
    for number in sorted(boxes_of(passage))[:MOST_PAGES]:
        found[number], count = one_page(data, number)
    return Pages(count=count, read=found)


def page_html(document: Document, passage: Passage, cited: Sequence[Span], pages: Pages) -> str:
    """The page of what is to be looked at first; the marks of the other pages are there, hidden.

    Args:
        document: that holds the passage.
        passage: what to show.
        cited: the characters of it that are cited, what to look at first; empty for all of it.
        pages: the passage's.
    """
    characters = {number: page.characters for number, page in pages.read.items()}
    found = cited_boxes(passage, cited, characters)
    number = min((n for n in found[0] if n in pages.read), default=min(pages.read))
    page = pages.read[number]
    boxes = sorted({n for one in found for n in one if n in pages.read})
    marks = "".join(
        _mark(box, pages.read[n], n, shown=n == number, sought=part is found[0])
        for part in found
        for n in boxes
        for box in part.get(n, ())
    )
    place = f"view/{document.document_id}/page/"
    return (
        f'{_controls(number, pages.count)}{_elsewhere(boxes, number)}<div class="page" tabindex="0" '
        'role="region" aria-label="原本のページ">'
        f'<div class="paper" data-place="{esc(place)}" data-page="{number}" data-cited="{number}" '
        f'data-count="{pages.count}" style="aspect-ratio:{page.width:.2f}/{page.height:.2f}">'
        f'<img src="{esc(place)}{number}.png" alt="{esc(_alt(document, number))}">{marks}'
        f'<p class="error" role="alert" hidden>{esc(NO_PICTURE)}</p></div></div>'
    )


def _controls(number: int, count: int) -> str:
    turn = (
        f'<span class="turn">{button("前のページ", "turn", "-1")}'
        f'<span class="where" role="status"><span class="at">{number}</span> / {count}ページ</span>'
        f"{button('次のページ', 'turn', '1')}</span>"
    )
    zoom = (
        f'<span class="zoom">{button("縮小", "zoom", "-1")}'
        f'<span class="scale" role="status">100%</span>{button("拡大", "zoom", "1")}</span>'
    )
    return f'<div class="controls" role="group" aria-label="ページと大きさ">{turn}{zoom}</div>'


def _elsewhere(numbers: list[int], first: int) -> str:
    """Where what is cited stands: said on other pages, and always if it goes on over a page's end."""
    pages = "、".join(map(str, numbers or [first]))
    back = button("引用箇所へ戻る", "cited", "")
    always = " always" if len(numbers) > 1 else ""
    return f'<div class="elsewhere{always}" hidden><p>引用箇所は{pages}ページにあります。</p>{back}</div>'


def _mark(box: Box, page: RawPage, number: int, *, shown: bool, sought: bool) -> str:
    x0, y0 = max(0.0, box[0] - _ROOM), max(0.0, box[1] - _ROOM)
    x1, y1 = min(page.width, box[2] + _ROOM), min(page.height, box[3] + _ROOM)
    place = (
        f"left:{100 * x0 / page.width:.3f}%;top:{100 * y0 / page.height:.3f}%;"
        f"width:{100 * (x1 - x0) / page.width:.3f}%;height:{100 * (y1 - y0) / page.height:.3f}%"
    )
    hidden = "" if shown else " hidden"
    css = "over-words sought" if sought else "over-words"
    return f'<span class="{css}" data-page="{number}" style="{place}"{hidden}></span>'


def _alt(document: Document, number: int) -> str:
    return (
        f"{document.title}の{number}ページの画像。引用箇所に黄色の印と下線があります。"
        "文字は「読み取った文字」で読めます。"
    )
