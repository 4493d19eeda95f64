"""Bar charts of shares: rows of figures that add up to 100, below or above the names of the bars' parts.

Reports of surveys have one a page. Such a chart is a table: each row has a name and as many shares as the
legend has names, and that the shares add up to 100 proves that none is missing. A row of which that does not
hold stays as it is printed: where figures stand one above the other, nobody can tell which is whose.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import NamedTuple

from ingest.pdf_lines import Lines, PrintedLine
from ingest.pdf_paragraphs import Row
from ingest.pdf_parted import cut
from ingest.pdf_tables import CellRows, PageTable

_SHARE = r"[0-9]{1,3}(?:\.[0-9]+)?\s?[%％]?"
_END = r"(?:\s+|(?<=[%％])|$)"
# A name in a chart's legend, perhaps with the pattern of its bars before it.
_NAME = re.compile(r"[■□▨▩▧▦▥▤◆◇●○・]?(?=[^■□◆◇●○]*[^\W\d_])[^。0-9０-９%％()（）]{1,15}")
_FIGURE = r"([0-9]+(?:\.[0-9]+)?[%％位]?|[(（<＜][0-9.]+[%％]?[)）>＞])"
_MOST_NAMES = 8  # of a legend
_MOST_HEADS = 4  # over the names of the bars
_FARTHEST_HEADS = 4  # rows above the first bar
_FEWEST_ROWS = 2  # of bars
_FEWEST_STEPS = 4  # of a scale
_FARTHEST = 7.0  # of the type: from one row of bars to the next
_LONGEST_NAME = 40  # characters beside figures: more is running text
_MOST_NEAR = 8  # shares near a bar, to try them all
_NEAR = 1.3  # of the type: where the figure of a part too small for it stands
_ROUNDED = 0.05  # by how much a share may be rounded
_WHOLE = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart found in the rows of a page.

    Attributes:
        table: what is read from it, None where no row of bars is sure.
        rows: those of the page of which parts are in the table, by number, with what is left of each.
        loose: the other rows of bars: they look like rows of a table and are none.
    """

    table: PageTable | None
    rows: dict[int, list[PrintedLine]]
    loose: frozenset[int]


class _Bar(NamedTuple):
    """A row of bars: its number, its cells, and from which rows else shares were taken."""

    row: int
    cells: list[Lines]
    beside: tuple[tuple[int, PrintedLine], ...] = ()


def charts_of(rows: Sequence[Lines], page: int) -> Iterator[Chart]:
    """The charts in the printed rows of a page, from the top."""
    taken: set[int] = set()
    for is_sure in (True, False):
        for legend, names in _legends(rows, taken):
            reached = (sorted(_reached(rows, legend, step, taken)) for step in (-1, 1))
            charts = (_chart(rows, numbers, legend, names, page) for numbers in reached)
            chart = next((one for one in charts if one and is_sure is (one.table is not None)), None)
            if chart is not None:
                taken |= {legend, *chart.rows, *chart.loose}
                yield chart


def _legends(rows: Sequence[Lines], taken: Container[int]) -> Iterator[tuple[int, Lines]]:
    """Rows that may be the legend of a chart, with the names in them."""
    for at, row in enumerate(rows):
        names = _names(row) if at not in taken else []
        if 2 <= len(names) <= _MOST_NAMES:
            yield at, names


def _chart(
    rows: Sequence[Lines], reached: Sequence[int], legend: int, names: Lines, page: int
) -> Chart | None:
    found = [bar for at in reached if (bar := _bar(rows, at, len(names))) is not None]
    sure = {bar.row for bar in found} if len(found) >= _FEWEST_ROWS else set()
    scales = {at for at in reached if is_axis(rows[at])}
    if not (sure or scales):
        return None
    ends = {legend, *sure, *scales}
    within = range(min(ends), max(ends) + 1)
    loose = frozenset(
        at
        for at in {*within, *reached} - sure
        if len(re.findall(r"[0-9]\.[0-9]|[0-9][%％]", _text(rows[at]))) > 1
        or (at in within and re.search("[0-9]", _text(rows[at])))
    )
    if not sure:
        return Chart(table=None, rows={}, loose=loose)
    bars = [bar.cells for bar in found]
    heads, above = _heads(rows, found[0].row, bars)
    left: dict[int, list[PrintedLine]] = {at: [] for at in {legend, *above, *sure}}
    for at, used in (one for bar in found for one in bar.beside):
        words = left.get(at) or [word for line in rows[at] for word in _words(line)]
        left[at] = [word for word in words if word.x0 != used.x0]
    table = _table([*heads, *([name] for name in names)], bars, page)
    return Chart(table=table, rows=left, loose=loose - left.keys())


def is_axis(row: Lines) -> bool:
    """Whether a row is the scale of a chart: figures from 0 in equal steps."""
    words = " ".join(line.text for line in row).split()
    if len(words) < _FEWEST_STEPS or not all(
        re.fullmatch(r"[0-9,]+(\.[0-9]+)?[%％]?", word) for word in words
    ):
        return False
    values = [float(word.rstrip("%％").replace(",", "")) for word in words]
    return values[0] == 0 < values[1] and all(
        abs(value - values[1] * at) < _ROUNDED for at, value in enumerate(values)
    )


def _names(row: Lines) -> list[PrintedLine]:
    """The names of a legend, none where a row holds anything else."""
    found = [part for line in row for part in _words(line)]
    return found if all(_NAME.fullmatch(part.text) for part in found) else []


def _words(line: PrintedLine) -> Iterator[PrintedLine]:
    for word in re.finditer(r"\S+", line.text):
        yield cut(line, word.start(), word.end())


def _reached(rows: Sequence[Lines], legend: int, step: int, taken: Container[int]) -> Iterator[int]:
    """The rows above or below a legend that may be of its chart: up to running text, or much white."""
    last = rows[legend]
    at = legend + step
    while 0 <= at < len(rows) and at not in taken and rows[at]:
        upper, lower = (rows[at], last) if step < 0 else (last, rows[at])
        if lower[0].y0 - upper[0].y1 > _FARTHEST * upper[0].size or _is_prose(rows[at]):
            return
        yield at
        last = rows[at]
        at += step


def _bar(rows: Sequence[Lines], at: int, count: int) -> _Bar | None:
    """A row of bars: its shares are on its line, or where there was no room beside one another near it."""
    name, shares = _cut_shares(rows[at], count)
    if not name or not shares:
        return None
    if len(shares) == count:
        return _Bar(at, [name, *([share] for share in shares)]) if _is_whole(shares) else None
    near = [
        (one, word)
        for one in (at - 2, at - 1, at + 1, at + 2)
        for word in _shares_beside(rows, one, rows[at])
    ]
    if len(near) > _MOST_NEAR:
        return None
    fits = [
        more
        for more in combinations(near, count - len(shares))
        if _is_whole([*shares, *(word for _, word in more)])
    ]
    if len(fits) != 1:
        return None
    every = sorted([*shares, *(word for _, word in fits[0])], key=lambda word: word.x0)
    if any(after.x0 < before.x1 for before, after in pairwise(every)):
        return None
    return _Bar(at, [name, *([share] for share in every)], fits[0])


def _shares_beside(rows: Sequence[Lines], at: int, bar: Lines) -> Iterator[PrintedLine]:
    """The shares in a row of figures alone that stand close to a row of bars."""
    for line in rows[at] if 0 <= at < len(rows) else []:
        if (
            re.fullmatch(rf"({_SHARE}{_END})+", line.text)
            and abs(line.middle - bar[0].middle) < _NEAR * line.size
        ):
            yield from _words(line)


def _is_whole(shares: Lines) -> bool:
    total = sum(float(share.text.rstrip(" %％")) for share in shares)
    return abs(total - _WHOLE) <= _ROUNDED * len(shares) + 0.01


def _text(row: Lines) -> str:
    return "".join(line.text for line in row)


def _is_prose(row: Lines) -> bool:
    text = _text(row)
    return "。" in text or len(re.sub(r"[0-9.%％\s]", "", text)) > _LONGEST_NAME


def _cut_shares(row: Lines, most: int) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """A row's name and the shares at its end, at most so many; neither where it has no name."""
    text = "\n".join(line.text for line in row)
    for count in range(most, 0, -1):
        found = re.fullmatch(rf"(.*[^0-9.\s])\s*((?:{_SHARE}{_END}){{{count}}})", text, re.DOTALL)
        if found is not None:
            begin = found.start(2)
            shares = [(begin + one.start(), begin + one.end()) for one in re.finditer(_SHARE, found[2])]
            cells = [_between(row, start, end) for start, end in shares]
            return _between(row, 0, found.end(1)), [part for cell in cells for part in cell]
    return [], []


def _between(row: Lines, start: int, end: int) -> list[PrintedLine]:
    """What stands between two places of a row's text, its lines taken as parted by one character."""
    parts = []
    at = 0
    for line in row:
        first, last = max(start - at, 0), min(end - at, len(line.text))
        if first < last and line.text[first:last].strip():
            first += len(line.text[first:last]) - len(line.text[first:last].lstrip())
            parts.append(cut(line, first, last))
        at += len(line.text) + 1
    return parts


def _heads(rows: Sequence[Lines], first: int, bars: list[list[Lines]]) -> tuple[list[Lines], set[int]]:
    """What stands over the names of the bars, and the row in which it does.

    Where that is several words, such as 「施策　順位　満足度」, the names are cut into as many columns.
    """
    above = first - 1
    while above >= 0 and first - above <= _FARTHEST_HEADS and re.search("[0-9]", _text(rows[above])):
        above -= 1
    words = _names(rows[above]) if above >= 0 else []
    reach = max((line.x1 for cells in bars for line in cells[0]), default=0.0)
    if not 1 < len(words) <= _MOST_HEADS or words[-1].x0 > reach:
        return [[]], set()
    cut_names = [_cut_name(cells[0], len(words)) for cells in bars]
    if not all(cut_names):
        return [[]], set()
    bars[:] = [[*named, *cells[1:]] for named, cells in zip(cut_names, bars, strict=True)]
    return [[word] for word in words], {above}


def _cut_name(name: Lines, count: int) -> list[Lines]:
    """A name, then its rank or figures, each a cell; none where it has not as many."""
    text = "\n".join(line.text for line in name)
    figures = r"\s*".join([_FIGURE] * (count - 1))
    found = re.fullmatch(rf"(.*?[^0-9\s])\s*{figures}", text, re.DOTALL)
    if found is None:
        return []
    return [_between(name, found.start(at), found.end(at)) for at in range(1, count + 1)]


def _table(names: Sequence[Lines], bars: Sequence[Sequence[Lines]], page: int) -> PageTable:
    every = [line for cells in (names, *bars) for cell in cells for line in cell]
    first = [line for cells in bars for line in cells[0]]
    left, right = min(line.x0 for line in first), max(line.x1 for line in every)
    begins = max(line.x1 for line in first)
    width = max(right - begins, 1.0) / (len(names) - 1)
    heights = [min(line.y0 for cell in cells for line in cell) for cells in bars]
    return PageTable(
        page=page,
        xs=(left, *(begins + width * at for at in range(len(names)))),
        ys=(heights[0], *heights, max(line.y1 for cell in bars[-1] for line in cell)),
        rows=tuple(tuple(_cell(cell) for cell in cells) for cells in (names, *bars)),
        is_ruled=False,
        is_chart=True,
    )


def _cell(lines: Lines) -> CellRows:
    return [Row(lines=list(lines), right=max(line.x1 for line in lines))] if lines else []
