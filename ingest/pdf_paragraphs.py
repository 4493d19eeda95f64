"""Which printed lines are one paragraph, and how they are joined.

A printed line goes on in the next one where it was full: where the next letter (in Latin letters, the word)
would not have fitted before the right margin. That, the same indent and no end of a sentence make one line of
text, without a break in it. What is in doubt stays apart: layouts join sentences by their words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.broken_lines import begins_within_sentence
from ingest.heading_rank import Rank
from ingest.headings import heading_of
from ingest.pdf_lines import PrintedLine, is_wide
from ingest.pdf_listing import is_entry

_ENDED = "。．！？!?：:；;"
# Marks and numbers with which a paragraph of its own begins.
_OPENS = re.compile(
    r"[・●〇■◆◇□▼▽○◎※＊*⇒→☆★【〈《〔―－▪►▶✓➢]|[①-⑳]|[(（][0-9０-９ア-ンa-zａ-ｚ]{1,2}[)）]|[ア-コ][.．、\s]|[-–•]\s"
    r"|[0-9０-９]{1,2}(?:[-－.．][0-9０-９]{1,2})*(?:[.．、)）](?![0-9０-９])|\s(?=\D))"
    r"|第\s*[0-9０-９一二三四五六七八九十]+\s*[編部章節]"
)
# How a line ends that stops in the middle of a sentence.
_BROKEN = re.compile(r"[、，のをにはがでとへやも・（(「『]$")
# The end of a line and the start of the next, with a bar between, where the break cuts a number.
_CUT_NUMBER = re.compile(r".?[0-9]\|[0-9.,%]|[0-9][.,]\|[0-9]")
# The same where it cuts a year from its era's letter.
_CUT_YEAR = re.compile(r"[^A-Za-zＡ-Ｚａ-ｚ][RHSＲＨＳ]\|[0-9０-９元]")
# Figures alone, as labels of a chart are.
_FIGURES = re.compile(r"[0-9０-９.,，．%％()（）<>＜＞△▲+\-－\s]+")
_SOFT_HYPHEN = "\u00ad"
_SLACK = 0.7  # of the type: what a full line may leave of its width
_NEARLY = 2.5  # of the type: the same where a particle or comma ends it
_PADDING = 6.0  # points: the most that a cell leaves at its sides
_HANGING = "、。，．"
_BLANK = 1.1  # of the type: more white parts paragraphs
_MOST_PIECES = 2  # of a row that is not scattered
_SHORT = 8  # characters of a piece, on the average
_BLOCK = 3  # rows, to tell where they end
_WIDE = 0.75  # of the column's width: rows of running text


@dataclass(slots=True, kw_only=True)
class Row:
    """What stands on one height of a column, left to right, with the right margin that holds for it.

    Attributes:
        frame: which frame it stands in, -1 for none; no paragraph crosses a frame.
    """

    lines: list[PrintedLine]
    right: float
    frame: int = -1

    @property
    def first(self) -> PrintedLine:
        """The leftmost line."""
        return self.lines[0]

    @property
    def last(self) -> PrintedLine:
        """The rightmost line."""
        return self.lines[-1]

    @property
    def is_scattered(self) -> bool:
        """Whether it is short pieces far from one another, as the labels of a chart are."""
        pieces = len(self.lines)
        if pieces <= _MOST_PIECES:
            return False
        figures = sum(_FIGURES.fullmatch(line.text) is not None for line in self.lines)
        return figures * 2 >= pieces or sum(len(line.text) for line in self.lines) < _SHORT * pieces

    @property
    def text(self) -> str:
        """All of it, with a space for each wide gap."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Part:
    """A printed line in a paragraph: what joins it to the part before, and how much of it counts."""

    glue: str
    line: PrintedLine
    end: int

    @property
    def text(self) -> str:
        """Its characters; a hyphen that stays is printed as one."""
        return self.line.text[: self.end].replace(_SOFT_HYPHEN, "-")


@dataclass(slots=True, kw_only=True)
class Paragraph:
    """One line of stored text; ``is_apart`` tells that white space parts it from what stands above."""

    rows: list[Row] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    is_apart: bool = False

    @property
    def text(self) -> str:
        """As it will be stored."""
        return "".join(part.glue + part.text for part in self.parts)

    def add(self, row: Row, glue: str) -> None:
        """Go on with a row."""
        if self.parts:
            self.parts[-1], glue = _hyphenated(self.parts[-1], row, glue)
        for index, line in enumerate(row.lines):
            self.parts.append(Part(" " if index else glue, line, len(line.text)))
        self.rows.append(row)


def paragraphs_of(rows: Sequence[Row], before: Paragraph | None = None) -> list[Paragraph]:
    """Rows of a column, downwards, as paragraphs; the first is ``before`` where the text goes on from it."""
    found: list[Paragraph] = []
    if before is not None and rows and _goes_on(before, rows[0], is_next_page=True):
        before.add(rows[0], _glue(before.rows[-1], rows[0]))
        found, rows = [before], rows[1:]
    for row in rows:
        if found and _goes_on(found[-1], row):
            found[-1].add(row, _glue(found[-1].rows[-1], row))
            continue
        is_apart = bool(found) and row.first.y0 - found[-1].rows[-1].first.y1 > _BLANK * row.first.size
        found.append(Paragraph(is_apart=is_apart))
        found[-1].add(row, "")
    return found


def cell_paragraph(rows: Sequence[Row]) -> Paragraph:
    """All of a cell on one line: lines that broke are joined, others are parted by a space."""
    found = Paragraph()
    stacked = len(rows) > 1 and all(len(row.text) == 1 and "\u3040" <= row.text <= "\u9fff" for row in rows)
    for row in rows:
        before = found.rows[-1] if found.rows else None
        if before is None:
            found.add(row, "")
        elif (
            stacked
            or runs_on(before, row)
            or (_is_open(before, row) and _is_broken(before, row))
            or _is_year(before, row)
        ):
            found.add(row, _glue(before, row))
        else:
            found.add(row, " ")
    return found


def settle_margins(rows: Sequence[Row]) -> None:
    """Give rows of running text the right margin at which their neighbours end, which may be short of all."""
    left = min((row.first.x0 for row in rows), default=0.0)
    block: list[Row] = []
    for row in [*rows, None]:
        if row is not None and (not block or _is_near(block[-1], row)):
            block.append(row)
            continue
        end = max(map(_end_of, block)) if block else 0.0
        ends = sum(end - _end_of(one) <= one.last.size for one in block)
        if (
            len(block) >= _BLOCK
            and (ends > 1 or _is_prose(block))
            and end - left >= _WIDE * (block[0].right - left)
        ):
            for one in block:
                one.right = min(one.right, end)
        block = [row] if row is not None else []


def _end_of(row: Row) -> float:
    """Where a row ends at the right; a comma or full stop may hang out of the margin."""
    last = row.last
    return last.x1 - last.size if last.text[-1] in _HANGING else last.x1


def _is_prose(block: Sequence[Row]) -> bool:
    """Whether rows are of sentences."""
    return sum("。" in row.text or "、" in row.text for row in block) * 2 > len(block)


def _is_near(before: Row, row: Row) -> bool:
    gap = row.first.y0 - before.first.y1
    return before.frame == row.frame and gap < _BLANK * row.first.size


def cell_right(rows: Sequence[Row], left: float, right: float) -> float:
    """Right margin of a cell: its border, less the padding that it has at its left."""
    indent = min((row.first.x0 for row in rows), default=left) - left
    return right - min(max(indent, 0.0), _PADDING)


def _goes_on(paragraph: Paragraph, row: Row, *, is_next_page: bool = False) -> bool:
    """Whether a row is the next line of a paragraph; on a new page or column distance tells nothing."""
    before = paragraph.rows[-1]
    size = before.last.size
    if before.frame != row.frame or abs(row.first.size - size) > 0.25 * size:
        return False
    if before.is_scattered or row.is_scattered:
        return False
    if not runs_on(before, row):
        return False
    if is_next_page:
        heading = heading_of(row.text)
        # Marks further out are words with numbers, with which no line of a sentence begins.
        return heading is None or heading.rank >= Rank.NUMBER
    pitch = row.first.middle - before.first.middle
    if len(paragraph.rows) > 1:
        usual = before.first.middle - paragraph.rows[-2].first.middle
        if usual > 0 and pitch > 1.25 * usual + 1:
            return False
    return 0 < pitch < 2.4 * size and _keeps_indent(paragraph, row)


def runs_on(before: Row, row: Row) -> bool:
    """Whether a line goes on in the next one by its words and its length, wherever that stands."""
    return _is_open(before, row) and (_is_full(before, row) or _is_nearly_full(before, row))


def _keeps_indent(paragraph: Paragraph, row: Row) -> bool:
    before = paragraph.rows[-1].first
    shift = (row.first.x0 - before.x0) / before.size
    if abs(shift) <= 0.6:
        return True
    if len(paragraph.rows) > 1:
        return False
    return -2.2 <= shift < 0 or (shift <= 3.5 and _OPENS.match(before.text) is not None)


def begins_item(text: str) -> bool:
    """Whether a line begins a heading, an item of a list or a note, by the mark or number before it."""
    return _OPENS.match(text) is not None


def _is_open(before: Row, row: Row) -> bool:
    """Whether a sentence may go on from one line to the next by what they say."""
    return (
        before.last.text[-1] not in _ENDED and not _OPENS.match(row.text) and not is_entry(before.last.text)
    )


def _is_full(before: Row, row: Row) -> bool:
    """Whether the next letter or word had no room at the end of a line."""
    return before.right - before.last.x1 < row.first.first + _SLACK * row.first.size


def _is_nearly_full(before: Row, row: Row) -> bool:
    """Whether a line that ends with a particle or comma does so near the margin, as where none is set."""
    missing = before.right - before.last.x1
    return (
        missing < row.first.first + _NEARLY * row.first.size and _BROKEN.search(before.last.text) is not None
    )


def _is_broken(before: Row, row: Row) -> bool:
    return _BROKEN.search(before.last.text) is not None or begins_within_sentence(row.text)


def _glue(before: Row, row: Row) -> str:
    is_latin = not (is_wide(before.last.text[-1]) or is_wide(row.text[0]))
    return " " if is_latin and not _is_number(before, row) and not _is_year(before, row) else ""


def _is_year(before: Row, row: Row) -> bool:
    """Whether a line ends within a year, between its era's letter and its number: 「目標値（R」."""
    return _CUT_YEAR.fullmatch(before.last.text[-2:] + "|" + row.text[0]) is not None


def _is_number(before: Row, row: Row) -> bool:
    """Whether a line of Japanese ends within a number, as it does where lines break anywhere."""
    is_japanese = any(map(is_wide, before.last.text)) and any(map(is_wide, row.text))
    return is_japanese and _CUT_NUMBER.fullmatch(before.last.text[-2:] + "|" + row.text[0]) is not None


def _hyphenated(part: Part, row: Row, glue: str) -> tuple[Part, str]:
    """Join a word that was hyphenated at the end of a line; between figures a hyphen stays."""
    text = part.line.text
    hyphen = text[-1] == _SOFT_HYPHEN or (text[-1] == "-" and glue == " ")
    if not hyphen or part.end != len(text) or len(text) < 2:
        return part, glue
    if text[-2].isascii() and text[-2].isalpha() and row.text[0].isascii() and row.text[0].islower():
        return Part(part.glue, part.line, part.end - 1), ""
    return part, "" if glue == " " else glue
