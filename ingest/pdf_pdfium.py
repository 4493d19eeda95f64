"""What PDFium tells of a file: characters with their boxes, ruling lines, whether a page holds pictures.

PDFium is not thread-safe: without a lock, threads crash or silently get wrong text. Every call is made under
``PDFIUM_LOCK``, and whoever else draws or reads pages takes the same lock. A page is closed before the next
one is opened. All coordinates are points of the page as it is shown (crop box, rotation), origin top left.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.errors import InputError
from corpus.locator import Box

PDFIUM_LOCK = threading.Lock()

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEEPEST_FORM = 4
_MOST_PATHS = 20_000
_NO_AREA = 0.001
_FILL_THICKNESS = 2.5
_LAST_GENERATED = 0x20  # PDFium makes up spaces and line ends only


class RawCharacter(NamedTuple):
    """A UTF-16 unit as PDFium counts them, with the box of its glyph."""

    code: int
    box: Box


class RawPage(NamedTuple):
    """A page before anything is made of it.

    Attributes:
        number: from 1.
        width: in points, as shown.
        height: in points, as shown.
        characters: in the order of PDFium, without those that PDFium made up (spaces, line ends).
        rules: lines drawn along the axes, as boxes without or almost without thickness.
        has_picture: whether an image stands on the page.
        has_lost: whether PDFium leaves letters out that stand alone, as their font is not there.
    """

    number: int
    width: float
    height: float
    characters: list[RawCharacter]
    rules: list[Box]
    has_picture: bool
    has_lost: bool = False


def raw_pages(data: bytes) -> Iterator[RawPage]:
    """The pages of a PDF, one at a time; the lock is free between two of them.

    Raises:
        InputError: the file is damaged or asks for a password.
    """
    with PDFIUM_LOCK:
        document = _open(data)
    try:
        for index in range(len(document)):
            with PDFIUM_LOCK:
                page = _read_page(document, index)
            yield page
    finally:
        with PDFIUM_LOCK:
            document.close()


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as exc:
        if exc.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise InputError(
                "パスワードのかかったPDFで、開けません。パスワードを外して保存し直してから取り込んでください。"
            ) from exc
        raise InputError(
            "PDFとして開けません。ファイルが壊れているか、途中で切れています。"
            "元の資料からPDFを作り直すか、ダウンロードし直してください。"
        ) from exc


def _read_page(document: pypdfium2.PdfDocument, index: int) -> RawPage:
    try:
        page = document[index]
    except pypdfium2.PdfiumError as exc:
        raise InputError(
            f"{index + 1}ページを開けません。PDFが壊れています。元の資料からPDFを作り直してください。"
        ) from exc
    try:
        width, height = page.get_size()
        left, bottom, right, top = page.get_bbox()
        shown = _Shown(left, bottom, right, top, page.get_rotation())
        rules: list[Box] = []
        has_picture, has_lost = _walk(page.raw, shown, rules)
        text_page = page.get_textpage()
        try:
            characters = _characters(text_page.raw, shown, (width, height))
        finally:
            text_page.close()
    finally:
        page.close()
    return RawPage(index + 1, width, height, characters, rules, has_picture, has_lost)


class _Shown(NamedTuple):
    """From user space to the page as shown: the crop box cut out and turned by ``turned`` degrees."""

    left: float
    bottom: float
    right: float
    top: float
    turned: int

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point is shown."""
        if self.turned == 90:
            return (y - self.bottom, x - self.left)
        if self.turned == 180:
            return (self.right - x, y - self.bottom)
        if self.turned == 270:
            return (self.top - y, self.right - x)
        return (x - self.left, self.top - y)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Where a box is shown."""
        if self.turned == 0:
            return (x0 - self.left, self.top - y1, x1 - self.left, self.top - y0)
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _characters(text_page: object, shown: _Shown, size: tuple[float, float]) -> list[RawCharacter]:
    """Characters on the page; what the crop box hides is left out."""
    rect = pdfium.FS_RECTF()
    unicode, loose = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    is_generated = pdfium.FPDFText_IsGenerated
    width, height = size
    found = []
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        code = unicode(text_page, index)
        if code <= _LAST_GENERATED and is_generated(text_page, index) == 1:
            continue
        if not loose(text_page, index, rect):
            continue
        box = shown.box(rect.left, rect.bottom, rect.right, rect.top)
        if box[2] > 0 and box[3] > 0 and box[0] < width and box[1] < height:
            found.append(RawCharacter(code, box))
    return found


def _walk(page: object, shown: _Shown, rules: list[Box]) -> tuple[bool, bool]:
    """Collect the rules of a page and of the forms in it; whether it holds images, text without area."""
    has_picture = has_lost = False
    paths = 0
    waiting: list[tuple[object, Matrix, int]] = [
        (pdfium.FPDFPage_GetObject(page, index), _IDENTITY, 0)
        for index in range(pdfium.FPDFPage_CountObjects(page))
    ]
    while waiting:
        drawn, outer, depth = waiting.pop()
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            has_picture = True
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            has_lost = has_lost or _is_lost(drawn)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and paths < _MOST_PATHS:
            paths += 1
            rules.extend(_path_rules(drawn, _times(_matrix(drawn), outer), shown))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inner = _times(_matrix(drawn), outer)
            for index in range(pdfium.FPDFFormObj_CountObjects(drawn)):
                waiting.append((pdfium.FPDFFormObj_GetObject(drawn, index), inner, depth + 1))
    return has_picture, has_lost


def _is_lost(text: object) -> bool:
    """Whether the letters of a text have no area because their font is not there."""
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(text, *edges):
        return False
    left, bottom, right, top = (edge.value for edge in edges)
    if right - left > _NO_AREA and top - bottom > _NO_AREA:
        return False
    return bool(pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(text)) == 0)


def _matrix(drawn: object) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, found):
        return _IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    if outer is _IDENTITY:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _path_rules(path: object, matrix: Matrix, shown: _Shown) -> Iterator[Box]:
    """The straight edges of a stroked path; a filled shape is a rule where it is as thin as one."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not (fill.value or stroke.value):
        return
    for points in _outlines(path, matrix, shown):
        if stroke.value:
            for (ax, ay), (bx, by) in pairwise(points):
                if abs(ax - bx) < 1 or abs(ay - by) < 1:
                    yield (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        else:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            box = (min(xs), min(ys), max(xs), max(ys))
            if min(box[2] - box[0], box[3] - box[1]) <= _FILL_THICKNESS:
                yield box


def _outlines(path: object, matrix: Matrix, shown: _Shown) -> Iterator[list[tuple[float, float]]]:
    """The points of each outline of a path; curves part outlines, for no rule is one."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = shown.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind != pdfium.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            points.append(points[0])
    if len(points) > 1:
        yield points
