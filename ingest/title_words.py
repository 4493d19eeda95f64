"""Which words may be a document's title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.headings import heading_of, squeezed

LONGEST = 60
SHORTEST = 4
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-鿿]")
_TOWN = re.compile(r"[ぁ-んァ-ヶ一-鿿]{1,8}[都道府県市区町村]")
_YEAR = re.compile(
    r"[(（]?(?:令和|平成|昭和)?\s?[元0-9０-９]{1,4}\s?年度?(?:\s?[0-9０-９]{1,2}\s?月)?(?:\s?[0-9０-９]{1,2}\s?日)?版?[)）]?"
)
_CONTENTS = re.compile(r"(?:もくじ|目次|はじめに|概要版?|案|別紙|資料)[\d０-９]*$")


def is_title(text: str) -> bool:
    """Whether words may be a title: Japanese, no sentence, no mere town, date or heading of a section."""
    return (
        SHORTEST <= len(text) <= LONGEST
        and _JAPANESE.search(text) is not None
        and not text.endswith(("。", "、"))
        and not any(pattern.fullmatch(text) for pattern in (_TOWN, _YEAR, _CONTENTS))
        and not ((heading := heading_of(text)) is not None and heading.mark)
    )


def is_year(text: str) -> bool:
    """Whether words are a year or date and nothing else, as a line above a title often is."""
    return _YEAR.fullmatch(text) is not None


def title_of_lines(lines: Sequence[str]) -> str:
    """A title that is set on one line or several, empty where they are none."""
    text = closed_up(" ".join(closed_up(line) for line in lines if line.strip()))
    return text if is_title(text) else ""


def closed_up(line: str) -> str:
    """Letters set apart 「高 松 市」 as a word; any other line with single spaces."""
    words = squeezed(line)
    return words.replace(" ", "") if all(len(part) == 1 for part in words.split(" ")) else words
