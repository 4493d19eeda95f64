"""Cells that look like a year or a number and are none: kept as they are, and reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.blocks import Block, Table
from ingest.tables import years_in

# A fiscal year by its era, whatever its number: 令和99年度.
_YEAR_LABEL = re.compile(r"(令和|平成|昭和|[RHS])\s*[0-9０-９]+\s*年度")
# Figures between commas, grouped by threes or not.
_GROUPED = re.compile(r"[△▲+＋−-]?[0-9０-９]+(?:[,，][0-9０-９]+)+")
_WELL_GROUPED = re.compile(r"[△▲+＋−-]?[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+")
_LONGEST = 20
_FIRST_OF_YEAR = frozenset("令平昭RHS")


def doubts_of(blocks: Iterable[Block]) -> Iterator[str]:
    """A Japanese sentence with its line for each year that no era has and each number grouped wrongly."""
    for row in (row for block in blocks if isinstance(block, Table) for row in block.rows):
        for text, _ in row.filled:
            may_be_odd = len(text) <= _LONGEST and (text[0] in _FIRST_OF_YEAR or "," in text or "，" in text)
            if may_be_odd and (sentence := _doubt(text)):
                yield f"{row.line}行目: {sentence}"


def _doubt(text: str) -> str:
    if text[0] in _FIRST_OF_YEAR:
        found = _YEAR_LABEL.match(text)
        if found and not years_in(text):
            return f"年度「{found.group()}」を読み取れません。この年度では検索できません。"
    elif _GROUPED.fullmatch(text) and not _WELL_GROUPED.fullmatch(text):
        return f"数値「{text}」を読み取れません。文字のまま残しました。"
    return ""
