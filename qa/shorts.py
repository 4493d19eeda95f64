"""The short answer to a question of figure or fact: the bare words, and the passages that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.folding import fold, match_key
from corpus.passage import PassageKind
from corpus.store_reader import StoreReader
from index.terms import TermAnalyzer
from qa.figures import figure_candidates
from qa.hits import Hit
from qa.mark_reasons import asks_of_mark, explained, marked_examples
from qa.question_kind import Asked, QuestionKind, asks_for_passages
from qa.refusal_wording import Wording, wording_of
from qa.results import SearchResult
from qa.short_asked import asked_for
from qa.short_candidate import Candidate
from qa.short_cells import labelled_candidate
from qa.short_changes import computed_change, shown_trend
from qa.short_counted import counted_candidate
from qa.short_dates import extreme_year, more_exact, year_figures
from qa.short_facts import fact_candidate
from qa.short_figure_choice import chosen_figures
from qa.short_figure_context import asks_for_change
from qa.short_focus import focus_of, object_of, told_by
from qa.short_frame import frame_of
from qa.short_marks import mark_candidate, marks_named
from qa.short_rows import row_candidate
from qa.short_sections import part_fit
from qa.short_siblings import reason_siblings, sheet_siblings, year_siblings
from qa.short_statements import YEAR_WEIGHT, Statement, by_meaning, statements
from qa.short_topic import Topic, topic_of
from qa.short_towns import asks_which, by_town, told, unit_of
from qa.short_units import figures_in, unit_of_noun
from qa.short_yearly import yearly_siblings

_MOST = re.compile(r"最も|一番|いちばん|最大|最小|ピーク")
_YEAR_OF_MOST = re.compile(r"(?:最も|一番|いちばん)[^、。]{1,12}年度?(?:は|に|の|と|を)")
_ONE_OF_MANY = re.compile(
    r"(?:最も|一番|いちばん)[^、。]{1,12}?(?:課|部|係|局|室|取り?組み?|事業|施策)(?:は|を|って)?"
    r"(?:どこ|どれ|何|なに)?(?:です|でした)?か?[?。 ]*$"
)
"""Asks which office or measure stands out, which no passage says of itself: only rows of a table tell."""
_GRADED = re.compile(
    r"(?:進捗|達成|総合|事後|[一二]次)(?:度|状況)?の?評価(?:は|結果|区分|$|[?。])|どの評価|評価区分|判定(?:は|$|[?。])"
)
"""Asks for a mark in other words, where the sheet bears marks."""

_LABELLED = frozenset(
    {
        QuestionKind.DATE,
        QuestionKind.PLACE,
        QuestionKind.ORGANISATION,
        QuestionKind.NAME,
        QuestionKind.THING,
        QuestionKind.FIELD,
    }
)
LONGEST = 120
HITS_READ = 10
OTHERS_READ = 8
OTHERS_COST = 0.15
OTHER_TOWN = 0.4
IN_WORDS = 0.3
GROUNDED = 0.35
"""The share of the topic that a passage must say whose figure answers."""

NAMED = 0.85
"""The share of the topic that a row's label says which names the measure asked for."""

YEARLY_READ = 8
"""Of how many statements the sheets are read for further years."""

SAME_MATTER = 0.5
"""How much of what the passage of a date says of the topic another must say that gives the same date."""

OTHER_TOWN_EACH = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """The bare answer.

    Attributes:
        text: as shown, at most 120 characters.
        hits: the passages that it stands in, the first of them quoted first.
        alone: whether these passages are the whole answer.
    """

    text: str
    hits: tuple[Hit, ...]
    alone: bool = False


def short_answer(
    store: StoreReader, found: SearchResult, hits: Sequence[Hit], analyzer: TermAnalyzer
) -> Short | None:
    """The short answer that the hits give, None where the question asks for no fact or no hit states it.

    Args:
        store: to read the sheets of a document.
        found: the search with the question as understood.
        hits: those that speak of the topic, best first.
        analyzer: cuts terms.
    """
    asked = asked_for(found.understood)
    if not asked:
        return _examples(store, found)
    asking = frozenset(key for one in asked for key in analyzer.keys(one.words))
    beside = frozenset(key for one in asked for key in analyzer.keys(one.beside))
    topic = topic_of(found, asking, beside)
    question = fold(found.understood.question.text).text
    read = hits[:HITS_READ]
    ranks = {hit.rank for hit in hits}
    others = [hit for hit in found.hits[:OTHERS_READ] if hit.rank not in ranks]
    stated = statements(read, topic, analyzer)
    stated += [replace(one, score=one.score - OTHERS_COST) for one in statements(others, topic, analyzer)]
    if any(one.kind is QuestionKind.REASON for one in asked):
        stated += statements(reason_siblings(store, read, topic.years), topic, analyzer)
    stated = by_meaning(stated, topic)
    stated = [replace(one, score=one.score + part_fit(question, one)) for one in stated]
    stated.sort(key=lambda one: -one.score)
    return _Finder(store, found, topic, analyzer, stated).short(asked)


def _examples(store: StoreReader, found: SearchResult) -> Short | None:
    """What a request for examples that names a mark looks for: no value, passages of sheets that bear it."""
    question = found.understood.question.text
    if not asks_for_passages(fold(question).text) or not asks_of_mark(question):
        return None
    hits = marked_examples(question, found.hits, found.asked_years, store)
    return Short(text="", hits=tuple(hits)) if hits else None


class _Finder:
    """The short answers to one question."""

    def __init__(
        self,
        store: StoreReader,
        found: SearchResult,
        topic: Topic,
        analyzer: TermAnalyzer,
        stated: Sequence[Statement],
    ) -> None:
        self.store, self.found, self.topic, self.analyzer = store, found, topic, analyzer
        self.stated = stated
        self.question = found.understood.question.text
        self.folded = fold(self.question).text
        self._plain = wording_of(self.question) is Wording.PLAIN
        self.towns = [town.name for town in found.understood.municipalities]

    def short(self, asked: tuple[Asked, ...]) -> Short | None:
        """What is asked for, joined where it is two things."""
        kinds = [one.kind for one in asked]
        whole = (
            self._rows()
            or self._mark(kinds)
            or self._yearly(asked, kinds)
            or self._extreme(kinds)
            or self._trend(kinds)
        )
        if whole is not None:
            return Short(text=whole.text[:LONGEST], hits=whole.hits, alone=whole.alone)
        if _ONE_OF_MANY.search(self.folded):
            return None
        counted = [_counted(one, self.folded) for one in asked]
        parts = [part for one in counted if (part := self._part(one)) is not None]
        parts = self._together(counted, parts)
        if not parts:
            return None
        text = parts[0].text
        for other in parts[1:]:
            if other.text not in text and len(text) + len(other.text) < LONGEST:
                text = f"{text}、{other.text}"
        return Short(
            text=text[:LONGEST], hits=tuple(dict.fromkeys(hit for part in parts for hit in part.hits))
        )

    def _together(self, asked: Sequence[Asked], parts: list[Candidate]) -> list[Candidate]:
        """Two figures asked for at once: from the second one's passage where that alone gives both."""
        of_figures = len(asked) == 2 and all(one.kind is QuestionKind.FIGURE for one in asked)
        if not of_figures or len(parts) < 2 or parts[0].hit == parts[1].hit:
            return parts
        given: list[list[Candidate]] = []
        for wanted, other in ((asked[1], parts[0]), (asked[0], parts[1])):
            stated = statements([other.hit], self.topic, self.analyzer)
            found = figure_candidates(self.question, wanted, stated, self.topic)
            given.append([one for one in found if one.hit == other.hit])
        if given[0] or not given[1]:
            return parts
        return [given[1][0], parts[1]]

    def _rows(self) -> Candidate | None:
        understood = self.found.understood
        if asks_of_mark(self.question) and marks_named(self.question, self.found.hits, self.store):
            return None  # what lies behind a mark is told with the sheets that bear it
        return row_candidate(
            self.question, self.found.hits, self.topic.years, understood.departments, self.store
        )

    def _mark(self, kinds: Sequence[QuestionKind]) -> Candidate | None:
        asked = QuestionKind.MARK in kinds or _GRADED.search(self.folded)
        if not asked and not marks_named(self.question, self.found.hits, self.store):
            return None
        hits, departments = self.found.hits, self.found.understood.departments
        found = mark_candidate(self.question, self.stated, hits, self.topic, self.store, departments)
        marks = marks_named(self.question, hits, self.store)
        if found is None or not found.alone or not marks or not asks_of_mark(self.question):
            return found
        return explained(found, marks, self.topic, self.store, self.analyzer)

    def _yearly(self, asked: Sequence[Asked], kinds: Sequence[QuestionKind]) -> Candidate | None:
        """「平成30年度に2件」 for 何年度に何件."""
        both = QuestionKind.DATE in kinds and QuestionKind.FIGURE in kinds
        if not both or self.topic.years or not self.stated:
            return None
        units = next(one.units for one in asked if one.kind is QuestionKind.FIGURE)
        return year_figures(self.stated, units)

    def _extreme(self, kinds: Sequence[QuestionKind]) -> Candidate | None:
        """The year of the highest value for 「最も多かったのは何年度か」."""
        of_year = QuestionKind.DATE in kinds or re.search(r"年度?[?。]?$", self.folded)
        if not _MOST.search(self.folded) or not (of_year or _YEAR_OF_MOST.search(self.folded)):
            return None
        counted = Asked(kind=QuestionKind.FIGURE, units=unit_of_noun(self.folded))
        beside = yearly_siblings(self.store, [one.hit for one in self.stated[:YEARLY_READ]])
        values = [
            value
            for stated in (self.stated, statements(beside, self.topic, self.analyzer))
            for value in figure_candidates(self.question, counted, stated, self.topic)
        ]
        return extreme_year(self.question, values)

    def _trend(self, kinds: Sequence[QuestionKind]) -> Candidate | None:
        """How a row's values went, for 「増えているか」."""
        if QuestionKind.STATUS not in kinds or len(self.towns) > 1:
            return None
        counted = Asked(kind=QuestionKind.FIGURE, units=unit_of_noun(self.folded))
        values = figure_candidates(self.question, counted, self.stated, self.topic)
        return shown_trend(self.question, values, self._about)

    def _about(self, name: str) -> float:
        """How much of the topic's weight a name holds."""
        held = self.topic.held(frozenset(self.analyzer.keys(fold(name).text)))
        return sum(self.topic.weights[term] * share for term, share in held.items())

    def _part(self, asked: Asked) -> Candidate | None:
        if len(self.towns) < 2:
            return self._one(asked, self.stated)
        apart = OTHER_TOWN_EACH if "それぞれ" in self.question else OTHER_TOWN
        answers = self._by_town(asked, apart)
        units = {unit_of(one.text) for _, one in answers}
        if asks_which(self.folded) and len(units) > 1:
            asked_alike = (replace(asked, units=(unit,)) for unit in sorted(units) if unit)
            alike = [self._by_town(one, apart) for one in asked_alike]
            of_all = [one for one in alike if len(one) == len(answers)]
            answers = max(of_all, key=lambda one: sum(each.score for _, each in one), default=answers)
        return told(answers, self.folded, self._is_measure)

    def _by_town(self, asked: Asked, apart: float) -> list[tuple[str, Candidate]]:
        return by_town(self.towns, self.stated, lambda own: self._one(asked, own), apart=apart)

    def _is_measure(self, one: Candidate) -> bool:
        """Whether a value stands in a row whose label says nearly all that was asked."""
        passage = one.hit.passage
        labels = [passage.item, *(cell.text for cell in passage.cells)]
        return passage.kind is PassageKind.ROW and self._about(" ".join(labels)) >= NAMED * self.topic.total

    def _one(self, asked: Asked, stated: Sequence[Statement]) -> Candidate | None:
        labelled = asked.kind in _LABELLED or (asked.kind is QuestionKind.CONTENT and asked.focus)
        if labelled and len(self.towns) < 2:
            value = labelled_candidate(asked, self.found.hits, self.topic, self.analyzer)
            if value is not None:
                return value
        if asked.kind is QuestionKind.FIELD:
            return None
        topic = self.topic.framed(frame_of(self.question, asked, self.analyzer))
        if "何" in asked.words and (counted := counted_candidate(self.question, stated, topic)) is not None:
            return counted
        if asked.kind is QuestionKind.FIGURE:
            return self._figure(asked, stated)
        if asked.kind is QuestionKind.CONTENT and self.topic.years and stated and stated[0].cell is not None:
            return self._figure(Asked(kind=QuestionKind.FIGURE), stated)
        fact = fact_candidate(self.question, asked, stated, topic)
        if fact is not None and asked.kind is QuestionKind.STATUS and not self._is_of_object(fact):
            return None
        if fact is None or asked.kind is not QuestionKind.DATE:
            return fact
        return more_exact(fact, asked, self._of_same_matter(fact)) or fact

    def _is_of_object(self, fact: Candidate) -> bool:
        """Whether a passage names what is done something to: 保育料 of 「保育料を無料にする計画はあるか」."""
        focus = focus_of(object_of(self.folded), self.topic.weights, self.analyzer)
        return not focus or self._names(f"{fact.hit.context} {fact.hit.passage.text}", focus)

    def _of_same_matter(self, dated: Candidate) -> list[Statement]:
        """What stands further on in the sheets that give the same date for the topic."""
        least = SAME_MATTER * self._about(f"{dated.hit.context} {dated.hit.passage.text}")
        sheets = {
            _sheet_of(hit)
            for hit in self.found.hits
            if dated.text in hit.passage.text and self._about(f"{hit.context} {hit.passage.text}") >= least
        }
        late = [hit for hit in self.found.hits[HITS_READ:] if _sheet_of(hit) in sheets]
        return [one for hit in late for one in statements([hit], self.topic, self.analyzer)]

    def _figure(self, asked: Asked, stated: Sequence[Statement]) -> Candidate | None:
        candidates = self._grounded(figure_candidates(self.question, asked, stated, self.topic))
        for beside in self._beside(stated) if asked.units and not self._of_years(candidates) else ():
            further = self._grounded(figure_candidates(self.question, asked, beside, self.topic))
            if self._of_years(further):
                stated, candidates = [*stated, *beside], further
                break
        if self._plain and not asks_for_change(self.folded):
            candidates = [one for one in candidates if self._of_years([one])]
        if not candidates:
            return None
        if not asked.words and not asked.units and self._in_words(stated, candidates[0]):
            return fact_candidate(self.question, Asked(kind=QuestionKind.CONTENT), stated, self.topic)
        best = candidates[0]
        printed = best.change and (not self.topic.years or best.year in (None, *self.topic.years))
        if asks_for_change(self.folded) and not printed:
            values = [one for one in candidates if not one.change]
            change = computed_change(self.question, values, self.topic.years)
            if change is not None:
                return change
        text, shown = chosen_figures(candidates, self.topic.years, self.folded)
        others = tuple(dict.fromkeys(hit for one in shown[1:] for hit in one.hits if hit != shown[0].hit))
        return replace(shown[0], text=text, others=others)

    def _beside(self, stated: Sequence[Statement]) -> Iterator[list[Statement]]:
        """What further parts of the sheets found state, part by part."""
        read = {one.hit.passage.passage_id for one in stated}
        towns, years = {one.hit.document.municipality for one in stated}, self.topic.years
        hits = [hit for hit in self.found.hits if hit.document.municipality in towns]
        yield statements(sheet_siblings(self.store, hits, read), self.topic, self.analyzer)
        of_year = year_siblings(self.store, hits, years, read) if years else []
        yield [
            replace(one, score=one.score + YEAR_WEIGHT, year=None)
            for one in statements(of_year, self.topic, self.analyzer)
        ]

    def _of_years(self, candidates: Sequence[Candidate]) -> bool:
        """Whether the best value may be of the years asked for."""
        years = self.topic.years
        return bool(candidates) and (not years or candidates[0].year in (None, *years))

    def _grounded(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The values whose passages speak of what was asked, where the question is in a plan's own words."""
        if not (self._plain or len(self.towns) > 1) or not self.topic.total:
            return list(candidates)
        least = GROUNDED * self.topic.total
        focus = focus_of(self.folded, self.topic.weights, self.analyzer) if len(self.towns) < 2 else ""
        speaking = {
            hit.passage.passage_id
            for hit in dict.fromkeys(one.hit for one in candidates)
            if self._about(f"{hit.context} {hit.passage.text}") >= least
        }
        kept = [one for one in candidates if one.hit.passage.passage_id in speaking and not one.of_other]
        if not focus:
            return kept
        told = [f"{one.hit.context} {told_by(one)}" for one in kept]
        naming = {said: self._names(said, focus) for said in dict.fromkeys(told)}
        return [one for one, said in zip(kept, told, strict=True) if naming[said]]

    def _names(self, said: str, term: str) -> bool:
        """Whether a text holds a word of the topic, or what it calls up."""
        keys = frozenset(self.analyzer.keys(fold(said).text))
        return match_key(term) in match_key(said) or term in self.topic.held(keys)

    def _in_words(self, stated: Sequence[Statement], best: Candidate) -> bool:
        """Whether a sentence without figures speaks far more of the topic: 「財政指標の維持、改善」."""
        numbered = max((one.score for one in stated if one.hit in best.hits), default=0.0)
        first = stated[0]
        return first.cell is None and not figures_in(first.text) and first.score - numbered > IN_WORDS


def _sheet_of(hit: Hit) -> tuple[str, int | None]:
    return hit.document.document_id, hit.passage.sheet_ordinal


def _counted(asked: Asked, question: str) -> Asked:
    """A degree of attainment 「達成度」 as a figure, where no sheet bears marks."""
    if asked.kind is not QuestionKind.MARK:
        return asked
    return replace(asked, kind=QuestionKind.FIGURE, units=unit_of_noun(question))
