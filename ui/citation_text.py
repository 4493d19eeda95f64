"""A quotation as staff paste it into their own document: the words and, below them, where they come from."""

from __future__ import annotations

from functools import lru_cache

from corpus.fiscal_year import era_label
from corpus.fiscal_year_text import find_fiscal_years
from corpus.locator import Locator
from corpus.passage import Passage
from qa.hits import Hit

LONGEST_ITEM = 40
"""Up to so many characters an item is a label; a longer one is what the passage says."""


def item_label(passage: Passage) -> str:
    """The label of the item that a passage states; empty where it would say the passage's words again."""
    return passage.item if len(passage.item) <= LONGEST_ITEM else ""


def source_line(hit: Hit, locator: Locator | None = None) -> str:
    """出典（大泉町「令和6年度 方針書」企画部 中間レビュー ⑧、120行目）.

    Args:
        hit: the passage.
        locator: the quote's own place, the passage's if None.
    """
    document = hit.document
    year = era_label(hit.fiscal_year) if hit.fiscal_year is not None else ""
    sheet = hit.sheet.title if hit.sheet else ""
    section = hit.passage.section_path[-1] if hit.passage.section_path else ""
    told_again = bool(sheet) and section.endswith(sheet)  # 「(1) …」 of the same words
    parts = [hit.department, "" if told_again else sheet, section, item_label(hit.passage)]
    if year and not names_only(document.title, year):
        parts.insert(0, year)
    kept = dict.fromkeys(part for part in parts if part and part != document.title)
    place = (locator or hit.locator).label()
    return f"出典（{document.municipality}「{document.title}」{' '.join(kept)}、{place}）"


@lru_cache(maxsize=4_000)
def names_only(title: str, year: str) -> bool:
    """Whether a title says this year and no other: one of several does not tell of when a statement is."""
    said = {one.fiscal_year for one in find_fiscal_years(title)}
    return year in title.replace(" ", "") and len(said) == 1


def quotation(quote: str, hit: Hit, locator: Locator | None = None) -> str:
    """What 「引用をコピー」 copies."""
    return f"「{quote}」\n{source_line(hit, locator)}"
