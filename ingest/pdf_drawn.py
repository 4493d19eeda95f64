"""What is drawn on a page of a PDF beside its letters: rules, pictures, and boxes laid over text.

Objects are walked from the one drawn last to the first, forms with what is in them. So when a text is met,
the boxes that were drawn over it are known: town halls strike out names with black boxes and correct labels
with white ones, and the letters below are still in the file.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2.raw as pdfium

from corpus.locator import Box
from ingest.pdf_hidden import address_of, fill_of, is_doubtful
from ingest.pdf_shown import IDENTITY, Matrix, Shown, times

_DEEPEST_FORM = 4  # forms within forms
_MOST_PATHS = 20_000  # of a page that are looked at
_MOST_COVERS = 400  # of each kind that are kept
_NO_AREA = 0.001
_FILL_THICKNESS = 2.5  # points: a filled path as thin is a rule
_LEAST_COVER = 5.0  # points: a letter is no smaller
_OPAQUE = 255
_CORNERS = 4

Points = list[tuple[float, float]]


@dataclass(slots=True)
class Drawn:
    """What a page holds.

    Attributes:
        rules: lines drawn along the axes, as boxes without or almost without thickness.
        images: area of its images in square points.
        has_lost: whether letters have no area because their font is not there.
        has_unseen: whether there is text without ink, as scanners put one behind their pictures.
        has_doubtful: whether there is text that nobody may see by its colour.
        covered: for text objects, by their address, the opaque boxes that are drawn over them.
        overlaid: for text objects, by their address, which other thing is drawn over them that may hide them.
    """

    rules: list[Box] = field(default_factory=list)
    images: float = 0.0
    has_lost: bool = False
    has_unseen: bool = False
    has_doubtful: bool = False
    covered: dict[int, list[Box]] = field(default_factory=dict)
    overlaid: dict[int, int] = field(default_factory=dict)


def drawn_on(page: object, shown: Shown) -> Drawn:
    """What is drawn on a page and in the forms on it."""
    found = Drawn()
    covers: list[Box] = []
    others: list[Box] = []
    paths = 0
    waiting: list[tuple[object, Matrix, int]] = [
        (pdfium.FPDFPage_GetObject(page, index), IDENTITY, 0)
        for index in range(pdfium.FPDFPage_CountObjects(page))
    ]
    while waiting:
        drawn, outer, depth = waiting.pop()
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            found.images += _area(times(_matrix(drawn), outer))
            others.extend(_bounds_shown(drawn, outer, shown))
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            _look_at_text(drawn, found)
            if covers or others:
                _cover(drawn, outer, shown, covers, others, found)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and paths < _MOST_PATHS:
            paths += 1
            _look_at_path(drawn, outer, shown, found.rules, covers, others)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inner = times(_matrix(drawn), outer)
            for index in range(pdfium.FPDFFormObj_CountObjects(drawn)):
                waiting.append((pdfium.FPDFFormObj_GetObject(drawn, index), inner, depth + 1))
    return found


def _look_at_text(text: object, found: Drawn) -> None:
    found.has_lost = found.has_lost or _is_lost(text)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(text)
    found.has_unseen = found.has_unseen or mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    found.has_doubtful = found.has_doubtful or is_doubtful(text)


def _cover(
    text: object, outer: Matrix, shown: Shown, covers: list[Box], others: list[Box], found: Drawn
) -> None:
    """Note what is drawn over a text."""
    for x0, y0, x1, y1 in _bounds_shown(text, outer, shown):
        over = [box for box in covers if box[0] < x1 and x0 < box[2] and box[1] < y1 and y0 < box[3]]
        if over:
            found.covered[address_of(text)] = over
        for index, (left, top, right, bottom) in enumerate([] if over else others):
            if left <= x0 and top <= y0 and x1 <= right and y1 <= bottom:
                found.overlaid[address_of(text)] = index


def _bounds_shown(drawn: object, outer: Matrix, shown: Shown) -> Iterator[Box]:
    """The box around an object, none where that is unknown."""
    bounds = _bounds(drawn)
    if bounds is not None:
        yield _around([shown.placed(outer, x, y) for x in bounds[::2] for y in bounds[1::2]])


def _look_at_path(
    path: object, outer: Matrix, shown: Shown, rules: list[Box], covers: list[Box], others: list[Box]
) -> None:
    """The straight edges of a stroked path; a filled one is a rule where it is as thin, else it may cover."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not (fill.value or stroke.value):
        return
    is_boxed = False
    for points in _outlines(path, times(_matrix(path), outer), shown):
        box = _around(points)
        if stroke.value:
            rules.extend(_edges(points))
        elif min(box[2] - box[0], box[3] - box[1]) <= _FILL_THICKNESS:
            rules.append(box)
        if fill.value and len(covers) < _MOST_COVERS and _is_box(points, box) and _is_opaque(path):
            covers.append(_clipped(path, box, outer, shown))
            is_boxed = True
    if fill.value and not is_boxed and len(others) < _MOST_COVERS:
        others.extend(box for box in _bounds_shown(path, outer, shown) if _is_large(box))


def _is_large(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) >= _LEAST_COVER


def _edges(points: Points) -> Iterator[Box]:
    for (ax, ay), (bx, by) in pairwise(points):
        if abs(ax - bx) < 1 or abs(ay - by) < 1:
            yield (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _is_box(points: Points, box: Box) -> bool:
    """Whether an outline is a rectangle large enough for a letter."""
    x0, y0, x1, y1 = box
    if not _is_large(box) or len(set(points)) != _CORNERS:
        return False
    return all(min(x - x0, x1 - x) < 1 and min(y - y0, y1 - y) < 1 for x, y in points)


def _is_opaque(path: object) -> bool:
    if pdfium.FPDFPageObj_HasTransparency(path):
        return False
    fill = fill_of(path)
    return fill is not None and fill[3] == _OPAQUE


def _clipped(path: object, box: Box, outer: Matrix, shown: Shown) -> Box:
    """What is seen of a box: its clip path's bounds cut it."""
    clip = pdfium.FPDFPageObj_GetClipPath(path)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(max(0, pdfium.FPDFClipPath_CountPaths(clip)) if clip else 0):
        points = []
        for at in range(pdfium.FPDFClipPath_CountPathSegments(clip, index)):
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, index, at)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(shown.placed(outer, x.value, y.value))
        if points:
            x0, y0, x1, y1 = _around(points)
            box = (max(box[0], x0), max(box[1], y0), min(box[2], x1), min(box[3], y1))
    return box


def _around(points: Points) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys), max(xs), max(ys))


def _area(matrix: Matrix) -> float:
    """The area of an image, which is drawn as a unit square."""
    a, b, c, d, _, _ = matrix
    return max(abs(a * d - b * c), _NO_AREA)


def _bounds(drawn: object) -> tuple[float, float, float, float] | None:
    """Left, bottom, right and top of an object in the space of its page or form."""
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(drawn, *edges):
        return None
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def _is_lost(text: object) -> bool:
    """Whether the letters of a text have no area because their font is not there."""
    bounds = _bounds(text)
    if bounds is None:
        return False
    left, bottom, right, top = bounds
    if right - left > _NO_AREA and top - bottom > _NO_AREA:
        return False
    return bool(pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(text)) == 0)


def _matrix(drawn: object) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, found):
        return IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _outlines(path: object, matrix: Matrix, shown: Shown) -> Iterator[Points]:
    """The points of each outline of a path; curves part outlines, for no rule is one."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: Points = []
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
