"""Checking a draft against the precedents it was written from: what of another town was left in it.

A name, a year or a figure that stands in a cited precedent and in the draft is pointed out, never changed:
some belong there (a national plan's name, a law's year), and only a person can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.fiscal_year_text import find_fiscal_years
from corpus.folding import fold
from corpus.municipality import MunicipalityTable
from corpus.municipality_text import find_municipalities, find_short_names
from corpus.span import Span
from qa.compare_cells import CitedHit


class Copied(StrEnum):
    """What kind of thing was left."""

    NAME = "name"
    YEAR = "year"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something in a draft that a precedent of another town holds.

    Attributes:
        kind: see ``Copied``.
        text: the draft's own characters.
        start: where they begin in the draft, code points.
        end: one past their end.
        sources: the precedents that hold it; empty for the name of a town that none of them quotes.
    """

    kind: Copied
    text: str
    start: int
    end: int
    sources: tuple[CitedHit, ...]

    @property
    def sentence(self) -> str:
        """What to tell the writer."""
        towns = "、".join(dict.fromkeys(one.hit.document.municipality for one in self.sources))
        words = {
            Copied.NAME: "ほかの自治体の名前",
            Copied.YEAR: "先例の年度",
            Copied.FIGURE: "先例の数値",
        }[self.kind]
        held = f"（{towns}の資料にあります）" if towns else ""
        return f"「{self.text}」は{words}です{held}。そのままでよいか確かめてください。"


_FIGURE = re.compile(
    r"\d[\d,]*(?:\.\d+)?(?:%|‰|千円|百万円|万円|億円|円|件|人|名|回|か所|箇所|カ所|世帯|団体|戸|台|校|地区|時間|日|ha|km|"
    r"㎡|m2|t|kg|ポイント|冊|社|店|棟|基|本|枚|か国|言語|割)"
)


def copied_from(
    draft: str, precedents: Iterable[CitedHit], own_code: str, table: MunicipalityTable
) -> list[Finding]:
    """What a draft holds of other towns, by place.

    Args:
        draft: the text as written.
        precedents: the passages that it was written from.
        own_code: the writer's own municipality, whose words are its own; empty where unknown.
        table: all municipalities.
    """
    others = [one for one in precedents if one.hit.document.municipality_code != own_code]
    found = [*_names(draft, others, own_code, table), *_years(draft, others), *_figures(draft, others)]
    return sorted(found, key=lambda one: (one.start, one.end, one.kind))


def _names(
    draft: str, others: Sequence[CitedHit], own_code: str, table: MunicipalityTable
) -> Iterator[Finding]:
    """Names of other towns, in full wherever they stand, shortened only those of the precedents."""
    folded = fold(draft)
    taken: list[tuple[int, int]] = []
    full = [
        (one.start, one.end, {town.code for town in one.municipalities})
        for one in find_municipalities(folded.text, table)
    ]
    codes = {one.hit.document.municipality_code for one in others}
    quoted = [table.by_code(code) for code in sorted(codes)]
    short = [
        (one.start, one.end, {town.code for town in one.municipalities})
        for one in find_short_names(folded.text, quoted, table)
    ]
    for start, end, named in [*full, *short]:
        if own_code in named or any(start < other and begun < end for begun, other in taken):
            continue
        taken.append((start, end))
        sources = tuple(one for one in others if one.hit.document.municipality_code in named)
        span = Span(*folded.source_span(start, end))
        yield Finding(kind=Copied.NAME, text=span.of(draft), start=span.start, end=span.end, sources=sources)


def _years(draft: str, others: Sequence[CitedHit]) -> Iterator[Finding]:
    held = [(one, {year.fiscal_year for year in find_fiscal_years(one.citation.quote)}) for one in others]
    for year in find_fiscal_years(draft):
        sources = tuple(one for one, years in held if year.fiscal_year in years)
        if sources:
            yield Finding(
                kind=Copied.YEAR,
                text=draft[year.start : year.end],
                start=year.start,
                end=year.end,
                sources=sources,
            )


def _figures(draft: str, others: Sequence[CitedHit]) -> Iterator[Finding]:
    held = [(one, set(_figures_in(fold(one.citation.quote).text))) for one in others]
    folded = fold(draft)
    for match in _FIGURE.finditer(folded.text):
        sources = tuple(one for one, figures in held if match.group().replace(",", "") in figures)
        if sources:
            start, end = folded.source_span(match.start(), match.end())
            yield Finding(kind=Copied.FIGURE, text=draft[start:end], start=start, end=end, sources=sources)


def _figures_in(text: str) -> Iterator[str]:
    for match in _FIGURE.finditer(text):
        yield match.group().replace(",", "")
