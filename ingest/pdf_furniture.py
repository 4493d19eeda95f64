"""What is printed on every page and belongs to none: running headers, footers, page numbers.

They are left out of the stored text, for they would stand in the middle of sentences; ``Furniture.told`` says
which. A title that every sheet repeats is no running header: it is larger than the text, or stands in it, or
begins with a mark as headings do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from corpus.folding import match_key
from ingest.pdf_page import Item, PageLayout
from ingest.pdf_paragraphs import Row

_DASH = "[-‐–—―－−~〜～]"
# A page number: 12, - 12 -, 12/80, P.12, 12ページ.
_PAGE = re.compile(
    rf"({_DASH}\s*)?([pP]\.?\s*)?[0-9０-９]{{1,4}}(\s*[/／]\s*[0-9０-９]{{1,4}})?(\s*(ページ|頁))?(\s*{_DASH})?"
)
# Marks of headings and items, which no running header has.
_ITEM = re.compile(r"[■□◆◇●○◎▼▽★☆▶►]|[①-⑳]")
_MARGIN = 0.1  # of the page's height
_NUMBER_MARGIN = 0.12  # of the page's height, for a lone page number
_OFTEN = 3  # pages
_LARGER = 1.1  # of the text's type: a title
_AT_RIGHT = 0.6  # of the width: a header there may be as large as a title
_HEIGHTS = 4.0  # points: how far rows at one place of the pages may be apart
_WHITE = 0.8  # of the type: white between a header and the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """The rows to leave out, by identity, and the words of those that are no mere numbers."""

    rows: frozenset[int]
    told: tuple[str, ...]


def furniture_of(pages: Sequence[PageLayout]) -> Furniture:
    """What is repeated at the same place of the margin on three pages or more, and lone page numbers."""
    size = _text_size(pages)
    numbers: list[list[Row]] = []
    places: dict[tuple[str, int], list[Row]] = {}
    for page in pages:
        numbers.append([])
        for row, is_outermost in _margin_rows(page):
            if is_outermost and _PAGE.fullmatch(row.text.strip()):
                numbers[-1].append(row)
            elif _is_no_title(row, size):
                places.setdefault(_place(row), []).append(row)
    often = {id(row): row.text for rows in places.values() if len(rows) >= _OFTEN for row in rows}
    apart = {known for page in pages for known in _apart(page, often)}
    kept = {place: [row for row in rows if id(row) in apart] for place, rows in places.items()}
    running = {id(row) for rows in kept.values() if len(rows) >= _OFTEN for row in rows}
    told = (rows[0].text for rows in kept.values() if len(rows) >= _OFTEN)
    words = (text for text in told if not _PAGE.fullmatch(text.strip()))
    found = Furniture(rows=frozenset(_page_numbers(numbers) | running), told=tuple(words))
    has_text = any(without_furniture(page, found) for page in pages)
    return found if has_text else Furniture(rows=frozenset(), told=())


def _is_no_title(row: Row, size: float) -> bool:
    """Whether a row may be a running header: small, or at the right, and without the mark of a heading."""
    is_small = row.first.size <= _LARGER * size or row.first.x0 > _AT_RIGHT * row.right
    return is_small and not _ITEM.match(row.text)


def _page_numbers(numbers: Sequence[Sequence[Row]]) -> set[int]:
    """Of each page's lone numbers those that are its own: they stand where most pages have theirs."""
    usual = Counter(_height(row) for rows in numbers for row in rows)
    return {
        id(row)
        for rows in numbers
        for row in rows
        if usual[_height(row)] == max(usual[_height(one)] for one in rows)
    }


def without_furniture(page: PageLayout, furniture: Furniture) -> list[list[Item]]:
    """The columns of a page without what is repeated; empty columns are gone."""
    columns = [[item for item in column if id(item) not in furniture.rows] for column in page.columns]
    return [column for column in columns if column]


def _text_size(pages: Sequence[PageLayout]) -> float:
    sizes = [
        row.first.size
        for page in pages
        for column in page.columns
        for row in column
        if isinstance(row, Row)
        for _ in range(1 + len(row.text) // 20)
    ]
    return median(sizes) if sizes else 0.0


def _margin_rows(page: PageLayout) -> Iterator[tuple[Row, bool]]:
    """Rows in the upper and lower margin, and whether nothing stands further out."""
    items = [item for column in page.columns for item in column]
    tops = sorted(_top(item) for item in items)
    bottoms = sorted(_bottom(item) for item in items)
    for item in items:
        if not isinstance(item, Row):
            continue
        top, bottom = _top(item), _bottom(item)
        outermost = top <= tops[0] + _HEIGHTS or bottom >= bottoms[-1] - _HEIGHTS
        margin = _NUMBER_MARGIN if outermost and _PAGE.fullmatch(item.text.strip()) else _MARGIN
        if bottom < margin * page.height or top > (1 - margin) * page.height:
            yield item, outermost


def _apart(page: PageLayout, often: Mapping[int, str]) -> Iterator[int]:
    """Repeated rows of the margin between which and the text of the page there is white."""
    items = [item for column in page.columns for item in column]
    text = [(_top(item), _bottom(item)) for item in items if id(item) not in often]
    for row in items:
        if isinstance(row, Row) and id(row) in often:
            white = _WHITE * row.first.size
            y0, y1 = _top(row) - white, _bottom(row) + white
            if not any(top < y1 and y0 < bottom for top, bottom in text):
                yield id(row)


def _place(row: Row) -> tuple[str, int]:
    """Where a row stands and what it says but for figures."""
    return re.sub(r"[0-9]+", "#", match_key(row.text)), _height(row)


def _height(row: Row) -> int:
    return round(row.first.middle / _HEIGHTS / 2)


def _top(item: Item) -> float:
    return item.first.y0 if isinstance(item, Row) else item.y0


def _bottom(item: Item) -> float:
    return item.first.y1 if isinstance(item, Row) else item.y1
