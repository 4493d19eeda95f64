"""The title of a PDF: the largest words of its first page, with those set on with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ingest.pdf_pdfium import RawCharacter, RawPage
from ingest.title_words import closed_up, is_year, title_of_lines

_LARGER = 1.2
"""How much larger than most of a page's letters a title is."""

_FEW_LETTERS = 150
"""A page with fewer is a cover, on which nothing needs to be larger than the rest."""

_AS_LARGE = 0.85
_NEXT_LINE = 1.2
_APART = 0.5


class _Line(NamedTuple):
    """A printed line: its words, the size of its letters in points, its top and foot."""

    text: str
    size: float
    top: float
    foot: float


def pdf_title(page: RawPage) -> str:
    """The title on a first page, empty where no words stand out there."""
    lines = _lines(page.characters)
    least = _LARGER * _body_size(lines)
    groups = sorted(_groups(lines), key=lambda group: -max(line.size for line in group))
    for group in groups:
        title = title_of_lines([line.text for line in group])
        if title and max(line.size for line in group) >= least:
            return _with_year(title, group[0], lines)
    return ""


def _body_size(lines: Sequence[_Line]) -> float:
    """The size of most letters of a page, 0 on a cover."""
    sizes: Counter[int] = Counter()
    for line in lines:
        sizes[round(line.size)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes.total() > _FEW_LETTERS else 0.0


def _with_year(title: str, first: _Line, lines: Sequence[_Line]) -> str:
    """The title with the year that stands on the line above it."""
    above = [line for line in lines if line.foot <= first.top + 1]
    nearest = max(above, key=lambda line: line.foot, default=None)
    near = nearest is not None and first.top - nearest.foot <= 2 * _NEXT_LINE * first.size
    return f"{nearest.text} {title}" if nearest is not None and near and is_year(nearest.text) else title


def _groups(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Lines of about one size that follow one another closely, as those of a long title do."""
    group: list[_Line] = []
    for line in lines:
        if group and not _goes_on(group[-1], line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _goes_on(line: _Line, following: _Line) -> bool:
    smaller, larger = sorted((line.size, following.size))
    return smaller >= _AS_LARGE * larger and following.top - line.foot <= _NEXT_LINE * larger


def _lines(characters: Iterable[RawCharacter]) -> list[_Line]:
    """The lines from top to foot; letters whose feet stand at about one height are of one line."""
    seen = sorted((one for one in characters if chr(one.code).strip()), key=lambda one: one.box[3])
    rows: list[list[RawCharacter]] = []
    for one in seen:
        if rows and one.box[3] - rows[-1][-1].box[3] <= (one.box[3] - one.box[1]) / 4:
            rows[-1].append(one)
        else:
            rows.append([one])
    return [_line(sorted(row, key=lambda one: one.box[0])) for row in rows]


def _line(row: Sequence[RawCharacter]) -> _Line:
    size = median(one.box[3] - one.box[1] for one in row)
    text = chr(row[0].code)
    for before, one in pairwise(row):
        text += (" " if one.box[0] - before.box[2] > _APART * size else "") + chr(one.code)
    return _Line(closed_up(text), size, min(one.box[1] for one in row), max(one.box[3] for one in row))
