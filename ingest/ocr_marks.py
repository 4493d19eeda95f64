"""Progress marks 「◎○△×」 that stand alone in a cell, told by their shape.

The program that reads letters takes a lone ○ for O and △ for へ, and a mark is often all that a cell says.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ingest.ocr_image import Mask

_SIDE = 48  # pixels to which a mark is scaled
_SQUARE = (0.8, 1.25)  # width to height
_LEAST = 12  # pixels of a mark's side
_SPECK = 3  # pixels of ink in a row or column: fewer are dirt
_RAYS = 48
_STEPS = 24  # pixels along a ray
_MOST = 0.85  # of a stroke that must be ink
_FEW = 0.12  # of a field that may be ink though it should be white

Shape = NDArray[np.bool_]


def mark_of(ink: Mask) -> str:
    """The mark that is all the ink of a picture, empty where it is none."""
    rows, columns = (np.flatnonzero(ink.sum(axis=axis) >= _SPECK) for axis in (1, 0))
    if not (len(rows) and len(columns)):
        return ""
    height, width = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    if min(height, width) < _LEAST or not _SQUARE[0] <= width / height <= _SQUARE[1]:
        return ""
    part = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    at_y = (np.arange(_SIDE) * height // _SIDE).astype(np.intp)
    at_x = (np.arange(_SIDE) * width // _SIDE).astype(np.intp)
    shape = part[np.ix_(at_y, at_x)]
    return _round_mark(shape) or _cross(shape) or _triangle(shape)


def _round_mark(shape: Shape) -> str:
    """One ring or two, by where rays from the middle to the rim meet ink."""
    angles = np.linspace(0, 2 * np.pi, _RAYS, endpoint=False)
    reach = np.linspace(0, 1, _STEPS)
    ys, xs = (
        np.clip((_SIDE - 1) / 2 * (1 + np.outer(part(angles), reach)), 0, _SIDE - 1).round().astype(np.intp)
        for part in (np.sin, np.cos)
    )
    rays = shape[ys, xs]
    has_rim = rays[:, -_STEPS // 4 :].any(axis=1).mean() >= _MOST
    ends = (slice(_SIDE // 10), slice(-(_SIDE // 10), None))
    if not has_rim or any(shape[y, x].mean() > _FEW for y in ends for x in ends):
        return ""
    centre, between = rays[:, : _STEPS // 5], rays[:, _STEPS // 3 : _STEPS * 3 // 4]
    if centre.mean() > _FEW:
        return ""
    ringed = between.any(axis=1).mean()
    if ringed <= _FEW:
        return "○"
    return "◎" if ringed >= _MOST else ""


def _cross(shape: Shape) -> str:
    """Both diagonals and nothing else."""
    thick = _thickened(shape)
    along = np.arange(_SIDE)
    both = (thick[along, along].mean() + thick[along, along[::-1]].mean()) / 2
    third = _SIDE // 4
    middle = slice(_SIDE // 2 - third // 2, _SIDE // 2 + third // 2)
    sides = (shape[:third, middle], shape[-third:, middle], shape[middle, :third], shape[middle, -third:])
    return "×" if both >= _MOST and all(side.mean() <= _FEW / 4 for side in sides) else ""


def _triangle(shape: Shape) -> str:
    """A base, two sides that meet at the top, and nothing between or beside them."""
    thick = _thickened(shape)
    down = np.arange(_SIDE)
    half = down / (_SIDE - 1) * (_SIDE - 1) / 2
    left, right = ((_SIDE - 1) / 2 - half).round(), ((_SIDE - 1) / 2 + half).round()
    sides = (thick[down, left.astype(np.intp)].mean() + thick[down, right.astype(np.intp)].mean()) / 2
    base = thick[-2:].any(axis=0).mean()
    inside = shape[_SIDE // 2 : -_SIDE // 5, _SIDE * 3 // 8 : _SIDE * 5 // 8].mean()
    beside = max(shape[: _SIDE // 3, : _SIDE // 5].mean(), shape[: _SIDE // 3, -_SIDE // 5 :].mean())
    is_open = inside <= _FEW and beside <= _FEW / 4
    return "△" if sides >= _MOST and base >= _MOST and is_open else ""


def _thickened(shape: Shape) -> Shape:
    """Ink grown by two pixels, so that a stroke need not be drawn to the pixel."""
    padded = np.pad(shape, 2)
    size = len(shape)
    grown = np.zeros_like(shape)
    for y in range(5):
        for x in range(5):
            grown |= padded[y : y + size, x : x + size]
    return grown
