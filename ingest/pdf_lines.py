"""From glyphs to _printed lines: what stands on one line, and where it has spaces.

A line is kept as _printed; which lines are one paragraph is decided in ``ingest.pdf_paragraphs``. White space
of the source is one space in the text. A gap without white space is one too where it is clearly wider than
between letters, except in a word whose letters are spread evenly (「目　次」 drawn letter by letter).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.locator import Box
from ingest.pdf_glyphs import Glyph
from ingest.pdf_rings import ringed

_SAME_LINE = 0.45  # of the type: how far the middles of one line's glyphs may be apart
_SEGMENT_GAP = 1.0  # of the type: more white parts a line in two
_WIDE_GAP = 0.6  # of the type: more white between Japanese letters is a space
_NARROW_GAP = 0.2  # of the type: more white between Latin letters is a space
_LONGEST_SPREAD = 8  # letters of a word that is spread
_WIDEST_SPREAD = 4.0  # of the type, between its letters
_RUBY = 0.62  # of the type of the line below: what is smaller may be its reading
_RUBY_GAP = 0.6  # of that type, between the two
_MOST_OVER = 0.4  # of a letter
_FEWEST_GAPS = 3  # between Japanese letters, to tell how a line is set
_WIDEST_TRACKING = 0.5  # of the type
_MOST_ALIKE = 0.7  # of the lines of a column


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """Text on one line without a wide gap.

    Attributes:
        text: as stored.
        page: number from 1.
        x0: left edge in the layout; the other edges likewise.
        size: of the type.
        first: width of the first letter, or of the first word in Latin letters.
        boxes: four numbers for each code point of ``text``: its box on the page as shown.
        is_loose: whether it is of a chart, where what stands below one another is no column.
    """

    text: str
    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    first: float
    boxes: array[float]
    is_loose: bool = False

    @property
    def middle(self) -> float:
        """Height of the line."""
        return (self.y0 + self.y1) / 2

    @property
    def is_whole(self) -> bool:
        """Never: other lines may stand beside it (see ``ingest.pdf_columns``)."""
        return False

    def box(self, start: int, end: int) -> Box:
        """The box around the code points ``[start, end)``."""
        part = self.boxes[4 * start : 4 * end]
        return (min(part[0::4]), min(part[1::4]), max(part[2::4]), max(part[3::4]))


Lines = Sequence[PrintedLine]


def glyph_rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs by the lines on which they stand, downwards, each from left to right."""
    rows: list[list[list[Glyph]]] = []
    runs = _runs(glyphs)
    anchor = size = 0.0
    for run in sorted(runs, key=lambda run: run[0].middle):
        if not rows or run[0].middle - anchor > _SAME_LINE * max(size, run[0].size):
            rows.append([])
            anchor, size = run[0].middle, run[0].size
        elif run[0].size > size:
            anchor, size = run[0].middle, run[0].size
        rows[-1].append(run)
    lines = [line for row in rows for line in _laid(row)]
    followed = [*lines[1:], []] if lines else []
    return [line for line, below in zip(lines, followed, strict=True) if not _is_ruby(line, below)]


def segments_of(row: Sequence[Glyph], page: int) -> list[PrintedLine]:
    """A row cut where gaps are wide; a word whose letters are spread evenly stays whole."""
    if _is_spread(row):
        return [_printed(row, page, is_spread=True)]
    pieces: list[list[Glyph]] = []
    for glyph in row:
        if not pieces or glyph.x0 - pieces[-1][-1].x1 > _SEGMENT_GAP * max(glyph.size, pieces[-1][-1].size):
            pieces.append([])
        pieces[-1].append(glyph)
    return [_printed(piece, page) for piece in pieces]


def _printed(row: Sequence[Glyph], page: int, *, is_spread: bool = False) -> PrintedLine:
    """A line from its glyphs."""
    texts = [row[0].text]
    boxes = array("f", row[0].box * len(row[0].text))
    spaced = set() if is_spread else _spaces(row)
    for index, (before, glyph) in enumerate(pairwise(row)):
        if glyph.is_spaced or index in spaced:
            texts.append(" ")
            boxes.extend(before.box)
        texts.append(glyph.text)
        boxes.extend(glyph.box * len(glyph.text))
    return PrintedLine(
        text="".join(texts),
        page=page,
        x0=row[0].x0,
        y0=min(glyph.y0 for glyph in row),
        x1=max(glyph.x1 for glyph in row),
        y1=max(glyph.y1 for glyph in row),
        size=median(glyph.size for glyph in row),
        first=_first_unit(row),
        boxes=boxes,
    )


def _laid(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    """The glyphs of a line from left to right; of runs that are _printed over one another each is a line.

    Labels of a chart may touch; what is drawn twice, a little beside itself to look bold, is one.
    """
    line = sorted((glyph for run in runs for glyph in run), key=lambda glyph: glyph.x0)
    if len(runs) == 1 or not any(_is_over(*pair) for pair in pairwise(line)):
        return [line]
    whole = ringed(line)
    if not any(_is_over(*pair) for pair in pairwise(whole)):
        return [whole]
    apart: list[list[list[Glyph]]] = []
    for run in sorted(runs, key=lambda one: one[0].x0):
        beside = [[other for other in one if _overlap(run, other)] for one in apart]
        if any(_says(run) == _says(other) for others in beside for other in others):
            continue
        place = next((one for one, others in zip(apart, beside, strict=True) if not others), None)
        if place is None:
            apart.append([run])
        else:
            place.append(run)
    parts = sorted(apart, key=lambda part: part[0][0].middle)
    return [sorted((glyph for run in part for glyph in run), key=lambda glyph: glyph.x0) for part in parts]


def _is_over(before: Glyph, after: Glyph) -> bool:
    narrower = min(before.x1 - before.x0, after.x1 - after.x0)
    return before.x1 - after.x0 > _MOST_OVER * narrower


def _overlap(run: Sequence[Glyph], other: Sequence[Glyph]) -> bool:
    """Whether glyphs of two runs lie over one another."""
    if run[0].x0 >= other[-1].x1 or other[0].x0 >= run[-1].x1:
        return False
    return any(_is_over(*sorted((a, b), key=lambda glyph: glyph.x0)) for a in run for b in other)


def _says(run: Sequence[Glyph]) -> str:
    return "".join(glyph.text for glyph in run)


def stacked(column: Sequence[Glyph], page: int) -> PrintedLine:
    """A label written downwards, as a line at the height at which it begins."""
    first = column[0]
    return PrintedLine(
        text="".join(glyph.text for glyph in column),
        page=page,
        x0=first.x0,
        y0=first.y0,
        x1=first.x1,
        y1=first.y1,
        size=first.size,
        first=first.x1 - first.x0,
        boxes=array("f", [edge for glyph in column for edge in glyph.box * len(glyph.text)]),
    )


def _runs(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs that follow one another on a line in the order of the file."""
    runs: list[list[Glyph]] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if (
            last is not None
            and abs(glyph.middle - last.middle) < 0.2 * last.size
            and -0.5 * last.size < glyph.x0 - last.x1 < last.size
            and abs(glyph.size - last.size) < 0.35 * last.size
        ):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
        last = glyph
    return runs


def _is_ruby(row: Sequence[Glyph], below: Sequence[Glyph]) -> bool:
    """Whether a row is the reading of the characters below it: kana of half their size, close above."""
    if not below or not all("\u3041" <= glyph.text[0] <= "\u30ff" for glyph in row):
        return False
    base = next((one for one in below if one.x1 > row[0].x0), below[0])
    return row[0].size < _RUBY * base.size and base.y0 - row[0].y1 < _RUBY_GAP * base.size


def _is_spread(row: Sequence[Glyph]) -> bool:
    if not 2 <= len(row) <= _LONGEST_SPREAD or not all(is_wide(glyph.text[0]) for glyph in row):
        return False
    if any(glyph.is_spaced for glyph in row[1:]):
        return False
    gaps = [b.x0 - a.x1 for a, b in pairwise(row)]
    size = row[0].size
    return min(gaps) > 0.3 * size and max(gaps) < _WIDEST_SPREAD * size and max(gaps) - min(gaps) < 0.2 * size


def _spaces(row: Sequence[Glyph]) -> set[int]:
    """After which glyphs of a line white is so wide that it is a space."""
    wide = {index: gap for index, pair in enumerate(pairwise(row)) if (gap := _beyond(*pair)) > 0}
    usual = _tracking(row) if wide else 0.0
    return {index for index, gap in wide.items() if gap > usual}


def _beyond(before: Glyph, after: Glyph) -> float:
    """By how much the white between two glyphs is wider than between letters."""
    narrow = not (is_wide(before.text[0]) or is_wide(after.text[0]))
    return after.x0 - before.x1 - (_NARROW_GAP if narrow else _WIDE_GAP) * max(before.size, after.size)


def _tracking(row: Sequence[Glyph]) -> float:
    """The gap between all Japanese letters of a line that is set wide or justified, at most half a letter."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(row) if is_wide(a.text[0]) and is_wide(b.text[0])]
    if len(gaps) < _FEWEST_GAPS:
        return 0.0
    return min(max(median(gaps), 0.0), _WIDEST_TRACKING * row[0].size)


def _first_unit(row: Sequence[Glyph]) -> float:
    last = row[0]
    if not is_wide(last.text[0]):
        for glyph in row[1:]:
            if glyph.is_spaced or is_wide(glyph.text[0]):
                break
            last = glyph
    return last.x1 - row[0].x0


def stand_alike(lines: Sequence[PrintedLine], near: float) -> bool:
    """Whether most lines of a column begin, end or are centred at the same place, within so many points."""
    for places in (
        [line.x0 for line in lines],
        [line.x1 for line in lines],
        [(line.x0 + line.x1) / 2 for line in lines],
    ):
        usual = median(places)
        if sum(abs(place - usual) <= near for place in places) >= _MOST_ALIKE * len(places):
            return True
    return False


def is_wide(character: str) -> bool:
    """Whether a character is of Japanese writing, in which lines break anywhere and words have no spaces."""
    return (
        "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"
        or "\uff01" <= character <= "\uff60" or character >= "\U00020000"
        or "\u2460" <= character <= "\u24ff" or "\u25a0" <= character <= "\u25ff"
    )  # fmt: skip
