"""Comparing municipalities on a theme: what each writes of issue, policy, action, outcome and figures.

Every cell holds words of the municipality's own documents, letter for letter, or says that the part of the
library that was searched holds none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa.aspect_words import Aspect
from qa.compare_cells import Cell, Quotations, cells_of
from qa.compare_differences import Differences, differences_of
from qa.compare_figures import figures_of
from qa.compare_quotes import quotes_of
from qa.filter_words import FilterWords
from qa.searched import Searched, searched
from qa.theme import Theme
from qa.theme_search import FEWEST, MOST_READ, ThemeSource, Town, candidates_by_town, towns_of

MANY_TOWNS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A municipality's row.

    Attributes:
        municipality: its name.
        municipality_code: its code.
        cells: one for each aspect.
        documents: how many of its documents were searched.
        passages: how many passages these hold.
    """

    municipality: str
    municipality_code: str
    cells: Mapping[Aspect, Cell]
    documents: int
    passages: int

    @property
    def found(self) -> bool:
        """Whether any cell holds something."""
        return any(cell.found for cell in self.cells.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A matrix of municipalities and aspects.

    Attributes:
        theme: as read.
        searched: what was looked at.
        rows: by municipality code.
        differences: what all have and what only some or one has.
        notices: what a person should know of this result (Japanese sentences).
    """

    theme: Theme
    searched: Searched
    rows: tuple[Row, ...]
    differences: Differences
    notices: tuple[str, ...]


def compare(source: ThemeSource, typed: str, words: FilterWords | None = None) -> Comparison:
    """Compare the library's municipalities on a theme.

    Raises:
        QuestionError: the theme has no word, or is too long.
        InputError: a filter cannot be read.
    """
    theme = source.read(typed, words)
    towns = towns_of(source, theme.filters)
    candidates = candidates_by_town(source, theme, towns)
    quotations = Quotations(source.store)
    quoted = {town.code: quotes_of(candidates.get(town.code, ())) for town in towns}
    rows = tuple(
        _row(source, town, cells_of(quotations, quoted[town.code], figures_of(source.store, told)))
        for town in towns
        for told in [candidates.get(town.code, ())]
    )
    looked_at = searched(source.store, source.retriever.facets, theme.filters)
    return Comparison(
        theme=theme,
        searched=looked_at,
        rows=rows,
        differences=differences_of(source, theme, towns, quoted, quotations),
        notices=looked_at.year_notices() or tuple(_notices(rows, theme)),
    )


def _row(source: ThemeSource, town: Town, cells: Mapping[Aspect, Cell]) -> Row:
    counted = source.retriever.facets.documents
    return Row(
        municipality=town.name,
        municipality_code=town.code,
        cells=cells,
        documents=len(town.documents),
        passages=sum(counted.get(one.document_id, 0) for one in town.documents),
    )


def _notices(rows: Sequence[Row], theme: Theme) -> Iterator[str]:
    """What a person should know: nothing found, nobody to compare with, or too many to show each."""
    told = [row for row in rows if row.found]
    if not rows:
        yield "条件に合う自治体がありません。絞り込みを確かめてください。"
    elif not told:
        yield (
            f"{theme.label}を述べた箇所は、どの自治体の資料にも見つかりませんでした。"
            "短い言葉や別の言い方で、もう一度お試しください。"
        )
    elif len(rows) == 1:
        yield f"比べる相手がありません。条件に合う自治体は{rows[0].municipality}だけです。"
    elif len(told) == 1:
        yield f"{theme.label}を述べているのは、検索した範囲では{told[0].municipality}だけです。"
    if len(rows) > MANY_TOWNS:
        yield (
            f"{len(rows)}自治体を比べました。1自治体あたり、"
            f"言葉の近い{max(FEWEST, MOST_READ // len(rows))}か所から選びました。"
            "都道府県や近い規模の自治体に絞ると、より詳しく比べられます。"
        )
