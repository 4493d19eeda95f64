"""The lines above a table that give the unit or the year of its figures.

「（単位：千円）」, 「（令和5年度実績）」.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.fiscal_year_text import find_fiscal_years
from corpus.folding import fold
from corpus.span import Span
from ingest.blocks import Blank, Block, Table, TextLine

# A line of a unit, perhaps behind another remark and before the date of the figures.
_CAPTION = re.compile(
    r"[(\[]?(?:[^()\[\]。]{0,25}[、,・ ])?単位[:\s/]*(?P<units>[^()\[\]:。]{1,20})[)\]]?"
    r"(?:\s*\([^()。]{1,15}\))?"
)
# What may stand around the year in a line that gives nothing else.
_YEAR_CAPTION = re.compile(
    r"[(\[【〔※*・\s]*の?(年度|年|末|実績|決算|現在|時点|値|見込み?|額|分|の)*[)\]】〕\s]*"
)
_LONGEST = 50
_LONGEST_YEAR_CAPTION = 25


def is_unit_caption(text: str) -> bool:
    """Whether a line says nothing but a unit, and perhaps the date of the figures."""
    return _unit_span(text) is not None


def is_year_caption(text: str) -> bool:
    """Whether a line says nothing but the one year of the figures below it: 「（令和5年度実績）」."""
    if len(text) > _LONGEST_YEAR_CAPTION or "単位" in text:
        return False
    mentions = find_fiscal_years(text)
    if len(mentions) != 1:
        return False
    rest = fold(text[: mentions[0].start] + text[mentions[0].end :]).text
    return _YEAR_CAPTION.fullmatch(rest) is not None


def is_dating_table(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line gives the year of the table below it, at most blanks and a unit between."""
    line = blocks[index]
    if not isinstance(line, TextLine) or not is_year_caption(line.text):
        return False
    for block in blocks[index + 1 :]:
        if isinstance(block, TextLine) and is_unit_caption(block.text):
            continue
        if not isinstance(block, Blank):
            return isinstance(block, Table)
    return False


def _unit_span(text: str) -> Span | None:
    """Where the first unit of such a line stands in it, None for any other line."""
    if "単位" not in text or len(text) > _LONGEST:
        return None
    folded = fold(text)
    found = _CAPTION.fullmatch(folded.text.strip())
    if found is None:
        return None
    left = len(folded.text) - len(folded.text.lstrip())
    first = re.split(r"[、,・\s]", found["units"])[0]
    start = found.start("units") + left
    return Span(*folded.source_span(start, start + len(first))) if first else None


def caption_span(caption: TextLine) -> Span | None:
    """Where the unit stands that a line gives: all of 「（単位：千円）」, so that it reads as a unit.

    A heading that ends in a unit, 「３．コスト（千円）」, gives that; a bracket with a colon what follows it.
    """
    found = _unit_span(caption.text)
    if found is None:
        at = max(caption.text.rfind("("), caption.text.rfind("（"))
        told = re.search(r"[:：]\s*(?P<unit>[^()（）:：]+)[)）]$", caption.text)
        if told is not None and told.start() > at:
            start, end = told.span("unit")
            return Span(caption.span.start + start, caption.span.start + end)
        return Span(caption.span.start + at, caption.span.end) if caption.text[-1] in ")）" else None
    if re.fullmatch(r"[(（]単位[^、,，]*[)）]", caption.text):
        return caption.span
    return Span(caption.span.start + found.start, caption.span.start + found.end)
