"""The passages of a theme, town by town: one search a town, so that none crowds out another.

A town's candidates are the passages that hold the theme's words in any field, best first; which of them speak
of the theme is then decided by what they say (``qa.theme_standing``). A topic's number (①) leads from a
passage that does to what the same sheet plans for it and reports of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.document import Document
from corpus.municipality import MunicipalityTable
from corpus.passage import Passage
from corpus.sheet import Sheet
from corpus.store_reader import StoreReader
from index.encoder import Encoder
from index.expansion import Expander
from index.filters import Filters
from index.retriever import Retriever, Scored, SearchRequest
from index.terms import TermAnalyzer
from qa.filter_words import FilterWords
from qa.hits import Hit, year_of_fact
from qa.theme import Theme, read_theme
from qa.theme_standing import LINKED, Standing, introduced_by, standing_of

MOST_READ = 1_500
"""How many passages are read for all towns together."""

MOST_TOPICS = 8
"""How many topics of a town are followed to their other sections."""

FEWEST, MOST = 16, 400
"""Bounds of how many are read for one town."""

Topic = tuple[str, int | None, str]
"""A document, a sheet and the circled number of a topic in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSource:
    """What a comparison, a track and a search for precedents read from: one state of a library."""

    store: StoreReader
    retriever: Retriever
    analyzer: TermAnalyzer
    encoder: Encoder
    table: MunicipalityTable
    expander: Expander

    def read(self, typed: str, words: FilterWords | None) -> Theme:
        """A theme over this library's values. Errors as ``qa.theme.read_theme``."""
        given = words or FilterWords()
        return read_theme(typed, given, self.retriever.facets, self.table, self.analyzer, self.expander)


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A municipality of the library with its documents within the limits.

    Attributes:
        code: its code.
        name: its name.
        documents: within the limits of kind; by fiscal year.
    """

    code: str
    name: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A passage that may speak of the theme, with how it stands to it."""

    row_id: int
    passage: Passage
    document: Document
    sheet: Sheet | None
    standing: Standing
    words: float
    meaning: float

    @property
    def asked_years(self) -> tuple[int, ...]:
        """The fiscal years that the theme or its limits name."""
        theme = self.standing.theme
        return theme.filters.fiscal_years or theme.understood.fiscal_years

    @property
    def fiscal_year(self) -> int | None:
        """Of the fact."""
        return year_of_fact(self.passage, self.document, self.asked_years)

    def hit(self, rank: int, linked: Sequence[Passage] = ()) -> Hit:
        """The passage as a result."""
        theme = self.standing.theme
        return Hit(
            rank=rank,
            score=round(self.words, 6),
            passage=self.passage,
            document=self.document,
            sheet=self.sheet,
            matched=tuple(dict.fromkeys(key for unit in theme.units for key in unit.keys)),
            called=theme.called_in(f"{self.standing.over} {self.passage.text}"),
            row_id=self.row_id,
            asked_years=self.asked_years,
            linked=tuple(linked),
        )


def towns_of(source: ThemeSource, filters: Filters) -> list[Town]:
    """The library's municipalities within the limits of place, by code; each with its documents."""
    documents: dict[str, list[Document]] = defaultdict(list)
    names: dict[str, str] = {}
    for one in source.store.documents():
        inside = (filters.municipalities is None or one.municipality_code in filters.municipalities) and (
            filters.prefectures is None or one.prefecture in filters.prefectures
        )
        if inside:
            names[one.municipality_code] = one.municipality
            if filters.document_kinds is None or one.document_kind in filters.document_kinds:
                documents[one.municipality_code].append(one)
    return [Town(code=code, name=names[code], documents=tuple(documents[code])) for code in sorted(names)]


def candidates_by_town(
    source: ThemeSource, theme: Theme, towns: Sequence[Town]
) -> Mapping[str, list[Candidate]]:
    """The passages of each town that may speak of the theme, best first, linked ones last."""
    limit = max(FEWEST, min(MOST, MOST_READ // max(1, len(towns))))
    scored = _search(source, theme, [town.code for town in towns if town.documents], limit)
    passages = source.store.passages_at([one.row_id for found in scored.values() for one in found])
    sheets = source.store.sheets_over(passages.values())
    made: dict[str, list[Candidate]] = {}
    for town in towns:
        documents = {one.document_id: one for one in town.documents}
        kept = list(_candidates(theme, scored.get(town.code, ()), passages, documents, sheets))
        made[town.code] = _with_links(source, theme, kept)
    return made


def _search(source: ThemeSource, theme: Theme, codes: Sequence[str], limit: int) -> dict[str, list[Scored]]:
    """The passages of each town by its code."""
    limits = [replace(theme.filters, municipalities=(code,)) for code in codes]
    topic = theme.understood.topic
    if not theme.phrases:
        return dict(zip(codes, source.retriever.holding(topic, theme.groups, limits, limit), strict=True))
    request = SearchRequest(
        text=topic, terms=theme.understood.terms, phrases=theme.understood.phrases, limit=limit
    )
    return {
        code: source.retriever.search(replace(request, filters=filters))
        for code, filters in zip(codes, limits, strict=True)
    }


def _candidates(
    theme: Theme,
    scored: Sequence[Scored],
    passages: Mapping[int, Passage],
    documents: Mapping[str, Document],
    sheets: Mapping[tuple[str, int], Sheet],
) -> Iterator[Candidate]:
    best = max((one.lexical for one in scored), default=0.0) or 1.0
    for one in scored:
        passage = passages.get(one.row_id)
        document = documents.get(passage.document_id) if passage else None
        if passage is None or document is None:
            continue
        sheet = (
            None
            if passage.sheet_ordinal is None
            else sheets.get((document.document_id, passage.sheet_ordinal))
        )
        yield Candidate(
            row_id=one.row_id,
            passage=passage,
            document=document,
            sheet=sheet,
            standing=standing_of(theme, passage, document, sheet),
            words=max(0.0, one.lexical) / best,
            meaning=one.dense,
        )


def _with_links(source: ThemeSource, theme: Theme, kept: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, and the other sections' passages of the topics that are about the theme.

    A topic is if a passage introduces it by the theme, or if its passages of two sections begin with it.
    """
    if theme.filters.sections is not None:
        return list(kept)
    sections: dict[Topic, set[tuple[str, ...]]] = defaultdict(set)
    topics: dict[Topic, Candidate] = {}
    numbered = [one for one in kept if one.passage.topic_number]
    for one in numbered:
        if theme.strength(_first_statement(one.passage.text)):
            sections[_topic(one)].add(one.passage.section_path)
        if theme.strength(introduced_by(one.passage.text)) or len(sections[_topic(one)]) > 1:
            topics.setdefault(_topic(one), one)
    followed = dict(list(topics.items())[:MOST_TOPICS])
    raised = [
        replace(one, standing=replace(one.standing, base=max(LINKED, one.standing.base)))
        if _topic(one) in followed
        else one
        for one in kept
    ]
    seen = {one.passage.passage_id for one in kept}
    for one in followed.values():
        standing = replace(one.standing, base=LINKED)
        raised += [
            replace(one, row_id=0, passage=passage, standing=standing, words=one.words / 2)
            for passage in source.store.linked(one.passage)
            if passage.passage_id not in seen
        ]
    return raised


def _first_statement(text: str) -> str:
    return text.split("。", 1)[0]


def _topic(one: Candidate) -> Topic:
    return one.passage.document_id, one.passage.sheet_ordinal, one.passage.topic_number
