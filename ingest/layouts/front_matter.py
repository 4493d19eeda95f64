"""A document's title, its fiscal year, and the year of its figures, from the lines before its first heading.

A plan for 令和6年度～令和8年度 is of the year in which it begins, a report of such years of the last.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from corpus.fiscal_year_text import fiscal_year_ranges
from ingest.blocks import Block, TextLine
from ingest.headings import squeezed
from ingest.tables import years_in

# Titles of papers that look back on the years they name.
_REPORT_TITLE = re.compile(r"報告|結果|実績|評価|検証|進捗|決算")
# The year in a title of which the figures are: 「（令和5年度実施事業）」.
_OF_FIGURES = re.compile(r"[^\s(（]{2,7}年度?(?=(実施|実績|決算|対象|分|の?事業))")
# Titles whose year tells when the paper was made, or for when, and not of when its figures are.
_DATED_ONLY = re.compile(r"計画|プラン|戦略|ビジョン|大綱|指針|改訂|策定|[0-9０-９]月")
_MARKDOWN = re.compile(r"^#{1,6} ")
_LONGEST_TITLE = 60
_LONGEST_DATE = 40
_LINES_LOOKED_AT = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What the first lines say.

    Attributes:
        title: of the document, empty if it has none.
        fiscal_year: of the document, None if the lines name none.
        figures_year: the one year that the figures of the document are of, None where the title says none.
    """

    title: str
    fiscal_year: int | None
    figures_year: int | None


def front_matter(
    blocks: Sequence[Block], end: int, others: Collection[int], *, title: str = ""
) -> FrontMatter:
    """Read the lines before ``end``; of a document that begins with a heading, its first line.

    Args:
        blocks: of the document.
        end: where the first heading or sheet stands.
        others: lines that are page numbers or running headers.
        title: that each form of the document repeats, which is its own where nothing stands before them.
    """
    told = [(i, b) for i, b in enumerate(blocks) if isinstance(b, TextLine) and i not in others]
    lines = [squeezed(b.text) for i, b in told if i < max(end, 1)] or [squeezed(b.text) for _, b in told][:1]
    lines = [_MARKDOWN.sub("", line) for line in lines[:_LINES_LOOKED_AT] if not line.endswith("。")]
    lines = [title] if title and not end else lines
    title = next((line for line in lines if len(line) <= _LONGEST_TITLE), "")
    dated = (
        title if years_in(title) else next((x for x in lines if len(x) <= _LONGEST_DATE and years_in(x)), "")
    )
    named = years_in(dated)
    year = min(named, default=None) if _is_plan(title, dated) else max(named, default=None)
    return FrontMatter(title=title, fiscal_year=year, figures_year=_figures_year(title))


def _is_plan(title: str, dated: str) -> bool:
    """Whether the years are a range that a plan is for, and not one that a report tells of."""
    return bool(fiscal_year_ranges(dated)) and _REPORT_TITLE.search(title) is None


def _figures_year(title: str) -> int | None:
    """The year whose figures a paper of one year tells: of （令和5年度実施事業） that year."""
    found = _OF_FIGURES.search(title)
    if found and (years := years_in(found[0])):
        return years[0]
    named = years_in(title)
    return named[0] if len(named) == 1 and not _DATED_ONLY.search(title) else None
