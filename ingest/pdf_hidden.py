"""Characters that are on a page of a PDF and that no reader of it sees: they are to be in no answer.

White on white, fully transparent, drawn without ink, of a point's size, or below a box that was drawn over
it: such text is put there for machines, or was meant to be deleted. White letters on a dark field are read
like others, so what is pale is compared with the page as it is drawn. The text behind a scanned page's
picture is no hidden text: its letters are seen there.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from corpus.locator import Box

_PALE = 200  # of 255, in each colour
_FAINT = 25  # of 255: so little ink is none
_SAME = 24  # steps of grey that no eye tells apart in a letter
_SCALE = 2  # pixels a point of the drawn page
_EDGE = 0.15  # of a letter's box, where its neighbours and rules may be
_FIELD_EDGE = 0.2  # of a letter's field, which holds no ink
_MOST_UNSEEN = 0.5  # of the letters below a picture: more are hidden by it
_TINY = 2.0  # points
_LEAST_PAGE = 300.0  # points: a page of that height is not drawn to a smaller scale
_INVISIBLE = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)


def address_of(drawn: object) -> int:
    """What tells an object of a page from others while the page is open; 0 for none."""
    return (ctypes.cast(drawn, ctypes.c_void_p).value or 0) if drawn else 0  # type: ignore[arg-type]


def fill_of(drawn: object) -> list[int] | None:
    """The colour that fills an object: red, green, blue, opacity, each 0 to 255; None for none."""
    parts = [ctypes.c_uint() for _ in range(4)]
    return [part.value for part in parts] if pdfium.FPDFPageObj_GetFillColor(drawn, *parts) else None


def is_doubtful(text: object) -> bool:
    """Whether a text object may be hidden: pale, faint or without ink."""
    if pdfium.FPDFTextObj_GetTextRenderMode(text) in _INVISIBLE:
        return True
    fill = fill_of(text)
    return fill is not None and _is_pale(fill)


def is_tiny(box: Box, page_height: float) -> bool:
    """Whether a letter is too small for any eye, on a page of a usual size; one without area is unknown."""
    height, width = box[3] - box[1], box[2] - box[0]
    return 0.05 < height <= _TINY and width <= _TINY and page_height >= _LEAST_PAGE


def hidden_letters(
    page: pypdfium2.PdfPage, text_page: object, box_of: Callable[[int], Box | None]
) -> frozenset[int]:
    """The numbers of a page's letters that nobody sees by their colour or ink.

    Args:
        page: the page.
        text_page: its letters.
        box_of: where a letter is shown, None where that is unknown.
    """
    hidden: set[int] = set()
    pale: list[int] = []
    parts = [ctypes.c_uint() for _ in range(4)]
    for number in range(pdfium.FPDFText_CountChars(text_page)):
        drawn = pdfium.FPDFText_GetTextObject(text_page, number)
        if drawn and pdfium.FPDFTextObj_GetTextRenderMode(drawn) in _INVISIBLE:
            hidden.add(number)
        elif pdfium.FPDFText_GetFillColor(text_page, number, *parts):
            values = [one.value for one in parts]
            if values[3] < _FAINT:
                hidden.add(number)
            elif _is_pale(values):
                pale.append(number)
    if pale:
        grey = page.render(scale=_SCALE, grayscale=True).to_numpy()
        hidden.update(number for number in pale if _is_unseen(grey, box_of(number)))
    return frozenset(hidden)


def covered_letters(
    page: pypdfium2.PdfPage,
    text_page: object,
    box_of: Callable[[int], Box | None],
    covered: Mapping[int, Sequence[Box]],
    overlaid: Mapping[int, int],
) -> frozenset[int]:
    """The numbers of a page's letters over which something opaque is drawn.

    Args:
        page: the page.
        text_page: its letters.
        box_of: where a letter is shown, None where that is unknown.
        covered: for text objects, by address, the opaque boxes drawn over them.
        overlaid: for text objects, by address, which picture or other shape is drawn over them. It hides them
            where most of the letters below it are not to be seen on the drawn page.
    """
    hidden: set[int] = set()
    doubtful: dict[int, list[int]] = {}
    for number in range(pdfium.FPDFText_CountChars(text_page)):
        drawn = pdfium.FPDFText_GetTextObject(text_page, number)
        address = address_of(drawn)
        if address in covered:
            box = box_of(number)
            if box and any(_lies_below(box, one) for one in covered[address]):
                hidden.add(number)
        elif address in overlaid:
            doubtful.setdefault(overlaid[address], []).append(number)
    if doubtful:
        grey = page.render(scale=_SCALE, grayscale=True).to_numpy()
        for numbers in doubtful.values():
            letters = [one for one in numbers if chr(pdfium.FPDFText_GetUnicode(text_page, one)).isalnum()]
            unseen = sum(_shows_nothing(grey, box_of(number)) for number in letters)
            if unseen > _MOST_UNSEEN * len(letters):
                hidden.update(numbers)
    return frozenset(hidden)


def _lies_below(letter: Box, cover: Box) -> bool:
    """Whether a box covers a letter but for the edges of its field, which hold no ink."""
    x0, y0, x1, y1 = letter
    across, down = (x1 - x0) * _FIELD_EDGE, (y1 - y0) * _FIELD_EDGE
    return (
        cover[0] <= x0 + across and x1 - across <= cover[2]
        and cover[1] <= y0 + down and y1 - down <= cover[3]
    )  # fmt: skip


def _is_pale(colour: list[int]) -> bool:
    red, green, blue, ink = colour
    return ink < _FAINT or min(red, green, blue) >= _PALE


def _is_unseen(grey: np.ndarray, box: Box | None) -> bool:
    """Whether a pale letter's place on the drawn page shows nothing but pale ground."""
    seen = _place_of(grey, box)
    return bool(seen.size) and int(seen.min()) >= _PALE - _SAME and _is_even(seen)


def _shows_nothing(grey: np.ndarray, box: Box | None) -> bool:
    """Whether a letter's place on the drawn page is all of one colour."""
    seen = _place_of(grey, box)
    return bool(seen.size) and _is_even(seen)


def _is_even(seen: np.ndarray) -> bool:
    return int(seen.max()) - int(seen.min()) <= _SAME


def _place_of(grey: np.ndarray, box: Box | None) -> np.ndarray:
    """A letter's place on the drawn page, without its edges."""
    if box is None:
        return grey[:0, :0]
    x0, y0, x1, y1 = box
    across, down = (x1 - x0) * _EDGE, (y1 - y0) * _EDGE
    (top, bottom), (left, right) = (
        (max(0, int(low * _SCALE)), max(0, int(high * _SCALE) + 1))
        for low, high in ((y0 + down, y1 - down), (x0 + across, x1 - across))
    )
    return grey[top:bottom, left:right]
