"""The picture of a scanned page made ready for reading: straight, without grain, its rules found.

Everything is measured in pixels of the straightened picture, whose rows are lines of text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from corpus.locator import Box

_SEEN_FROM = 1_000  # pixels of the longer side are enough to see the slant
_STEEPEST = 5.0  # degrees
_STEPS = ((_STEEPEST, 0.5), (0.5, 0.1), (0.1, 0.02))
_STRAIGHT = 0.05  # degrees: a page so little aslant is left as it is
_GRAIN = 0.8  # pixels: the radius of the blur
_INK = 0.55  # from ink, 0, to paper, 1: darker is ink
_FAINTEST = 40.0  # steps of grey between ink and paper
_DARKEST = 0.02  # per cent of the pixels that are ink for sure
_PAPER = 0.8  # lighter than this between ink and paper is grain of the paper
_RULE_ACROSS = 0.3  # inches: of a rule
_RULE_DOWN = 0.22  # inches
_THICKEST = 0.045  # inches
_SOLID = 0.92  # of a stroke's length that is ink
_EDGE = 3  # pixels around what is painted over

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class StraightPicture:
    """A page as it would look had it been laid straight.

    Attributes:
        grey: dark letters on white.
        slant: by how many degrees the page was turned clockwise to be straight.
    """

    grey: Grey
    slant: float

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """Where a point stands in the picture as it was."""
        height, width = self.grey.shape
        turned = np.deg2rad(self.slant)
        dx, dy = x - width / 2, y - height / 2
        return (
            float(width / 2 + dx * np.cos(turned) + dy * np.sin(turned)),
            float(height / 2 - dx * np.sin(turned) + dy * np.cos(turned)),
        )


def straightened(picture: Image.Image) -> StraightPicture:
    """A page's picture without grain, turned so that its lines are level, paper white and ink black."""
    clean = picture.convert("L").filter(ImageFilter.GaussianBlur(_GRAIN))
    slant = _slant_of(clean)
    if slant:
        clean = clean.rotate(-slant, resample=Image.Resampling.BICUBIC, fillcolor=255)
    values = np.asarray(clean, dtype=np.float32)
    dark, paper = float(np.percentile(values, _DARKEST)), float(np.median(values))
    room = max((paper - dark) * _PAPER, _FAINTEST)
    values -= dark + (paper - dark) * _PAPER - room
    values *= 255 / room
    return StraightPicture(grey=values.clip(0, 255).astype(np.uint8), slant=slant)


def ink_of(grey: Grey, darkness: float = _INK) -> Mask:
    """Where a straightened picture is dark; a higher ``darkness``, up to 1, takes in fainter strokes."""
    return grey < round(darkness * 255)


def rules_of(ink: Mask, inch: float) -> list[Box]:
    """Ruling lines along both axes, as boxes around their ink; ``inch`` is an inch in pixels."""
    thickest = _THICKEST * inch
    across = [box for box in _strokes(ink, _RULE_ACROSS * inch) if box[3] - box[1] <= thickest]
    down = [(y0, x0, y1, x1) for x0, y0, x1, y1 in _strokes(ink.T, _RULE_DOWN * inch) if y1 - y0 <= thickest]
    return [*across, *down]


def without(grey: Grey, boxes: Iterable[Box], margin: int = _EDGE) -> Grey:
    """A picture with boxes painted over in white."""
    found = grey.copy()
    for x0, y0, x1, y1 in boxes:
        top, left = max(0, int(y0) - margin), max(0, int(x0) - margin)
        found[top : int(y1) + margin + 1, left : int(x1) + margin + 1] = 255
    return found


def _slant_of(picture: Image.Image) -> float:
    """The turn, clockwise in degrees, after which ink gathers most clearly in level rows."""
    scale = _SEEN_FROM / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    values = np.asarray(picture.resize(size, Image.Resampling.BOX), dtype=np.float32)
    dark, paper = float(values.min()), float(np.median(values))
    if paper - dark < _FAINTEST:
        return 0.0
    ys, xs = np.nonzero(values < dark + _INK * (paper - dark))
    best = 0.0
    for reach, step in _STEPS:
        turns = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(turns, key=lambda turn: _gathered(xs, ys, float(turn))))
    return round(best, 2) if _STRAIGHT <= abs(best) <= _STEEPEST else 0.0


def _gathered(xs: NDArray[np.intp], ys: NDArray[np.intp], turn: float) -> float:
    """How sharply rows of ink and of white follow one another after a turn."""
    angle = np.deg2rad(turn)
    rows = np.round(ys * np.cos(angle) + xs * np.sin(angle)).astype(np.intp)
    counts = np.bincount(rows - rows.min()).astype(np.float64) if len(rows) else np.zeros(1)
    return float(np.square(np.diff(counts)).sum())


def _strokes(ink: Mask, shortest: float) -> Iterator[Box]:
    """Level strokes of ink at least so long; a stroke may waver by a pixel and have small gaps."""
    length = max(3, round(shortest))
    height, width = ink.shape
    if width <= length:
        return
    thick = ink.copy()
    thick[1:] |= ink[:-1]
    thick[:-1] |= ink[1:]
    sums = np.zeros((height, width + 1), dtype=np.int32)
    np.cumsum(thick, axis=1, out=sums[:, 1:])
    full = sums[:, length:] - sums[:, :-length] >= _SOLID * length
    open_runs: list[list[float]] = []
    for y in [*np.flatnonzero(full.any(axis=1)).tolist(), height + 2]:
        runs = _runs(full[y], length) if y < height else []
        going_on: list[list[float]] = []
        for run in open_runs:
            if run[3] < y - 1:
                yield (run[0], run[1], run[2], run[3])
            else:
                going_on.append(run)
        for start, end in runs:
            same = next((run for run in going_on if run[0] <= end and start <= run[2]), None)
            if same is None:
                going_on.append([start, y, end, y])
            else:
                same[0], same[2], same[3] = min(same[0], start), max(same[2], end), y
        open_runs = going_on


def _runs(row: Mask, length: int) -> list[tuple[int, int]]:
    """Stretches that windows of the given length cover."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], row, [False])).astype(np.int8)))
    return [(int(a), int(b) - 1 + length) for a, b in zip(edges[::2], edges[1::2], strict=True)]
