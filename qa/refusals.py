"""When no answer is given, and what is said instead: why, what was searched, what exists nearby.

Rules that can be certain come first: a town that is not held, a field left empty, a year not stated. Whatever
passes them is judged by how much of the question meets in one place of the documents. A question of exact
phrases that were found is never refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.fiscal_year import era_label
from corpus.folding import fold
from corpus.store_reader import StoreReader
from index.facets import Facets
from index.filters import Filters
from index.terms import TermAnalyzer
from qa.absences import absence_sentence, absent_field, names_field
from qa.hits import Hit
from qa.question_kind import QuestionKind
from qa.refusal_demands import Form, demand_of
from qa.refusal_evidence import Again, Case, RefusalConfig, case_of
from qa.refusal_features import features_of, names_held
from qa.refusal_marks import grade_named, unborne_reason
from qa.refusal_model import likelihood
from qa.refusal_opinions import opinion_reason
from qa.refusal_places import absent_places, absent_sides
from qa.refusal_reasons import nearest_sentence, unmet_sentence
from qa.refusal_towns import other_town_reason
from qa.refusal_years import year_reason
from qa.results import SearchResult
from qa.searched import searched
from qa.short_asked import asked_for
from qa.short_marks import MARK, mark_meant, of_departments

_ROLE_OF_FIGURE = re.compile(r"(?:決算|予算|実績|目標|基準)(?:見込)?(?:額|値|件数|人数)")
"""A figure that is asked for by its role alone: 「令和3年度の決算額」."""

_COUNT_LAST = re.compile(
    r"[一-鿿々ァ-ヴー]{1,6}(?:回数|件数|人数|[者員]数|台数|[箇か]所数|世帯数|団体数|施設数)(?=[?。 ]*$)"
)
"""A count in which a phrase ends: 「令和5年度の開催回数」."""


def refusal_reason(
    store: StoreReader,
    facets: Facets,
    found: SearchResult,
    analyzer: TermAnalyzer,
    again: Again | None = None,
    config: RefusalConfig | None = None,
) -> str | None:
    """Why a question is not answered (Japanese sentences), None if it is.

    In order: a place that the library does not hold; a field that the source leaves empty; nothing found; a
    question that no document answers; a year that is not stated; too little of the question meets anywhere.

    Args:
        store: of the library.
        facets: of the library.
        found: the search.
        analyzer: cuts terms.
        again: asks the same question with other limits; without it towns and years are not compared.
        config: thresholds.
    """
    absent = absent_places(store, facets, found) or absent_sides(facets, found)
    if absent:
        held = "、".join(dict.fromkeys(document.municipality for document in store.documents()))
        scope = f"資料のある自治体は{held}です。" if held else ""
        return f"{'、'.join(absent)}の資料は、このライブラリにありません。{scope}{found.searched.sentence()}"
    case = case_of(store, facets, found, again, config or RefusalConfig())
    said = _reason(case, analyzer)
    return f"{said}{found.searched.sentence()}" if said is not None else None


def no_figure_reason(store: StoreReader, facets: Facets, found: SearchResult) -> str | None:
    """Why a question of a figure is not answered of which no passage found states one; None if it asks more.

    Args:
        store: of the library.
        facets: of the library.
        found: the search, in which no short answer was found.
    """
    question = found.understood.question.text
    demand = demand_of(question)
    text = fold(question).text
    role = _ROLE_OF_FIGURE.search(text) or _COUNT_LAST.search(text)
    if role is None and (demand is None or demand.form not in (Form.FIGURE, Form.MONEY)):
        return None
    if {one.kind for one in asked_for(found.understood)} != {QuestionKind.FIGURE}:
        return None
    case = case_of(store, facets, found, None, RefusalConfig())
    if (
        demand is not None
        and demand.given
        and any(demand.given.search(fold(hit.passage.text).text) for hit in case.leading(found.hits))
    ):
        return None  # 全額, 2分の1
    wanted = demand.said if demand is not None else role.group().removeprefix("年度") if role else "数値"
    said = f"「{wanted}」に当たる数値は、この内容の資料に見当たりません。"
    return f"{said}{nearest_sentence(case)}{found.searched.sentence()}"


def _reason(case: Case, analyzer: TermAnalyzer) -> str | None:
    if case.found.hits and case.found.understood.question.only_phrases:
        return None
    empty = _empty_field(case)
    if empty is not None:
        return empty
    if not case.found.hits:
        return year_reason(case) or other_town_reason(case) or _nothing(case)
    return opinion_reason(case) or year_reason(case) or unborne_reason(case) or _unmet(case, analyzer)


def _unmet(case: Case, analyzer: TermAnalyzer) -> str | None:
    """Too little of the question meets in one place; said with what is missing and what comes nearest."""
    features = features_of(case, analyzer)
    if likelihood(features) < case.config.refused or names_held(case, analyzer) or _mark_borne(case):
        return None
    if features.elsewhere >= case.config.margin:
        return other_town_reason(case)
    return unmet_sentence(case, features, analyzer) + nearest_sentence(case)


def _empty_field(case: Case) -> str | None:
    """An empty field of the sheet that is meant; where the year hides the sheet, it is looked for without."""
    found, years = case.found, case.found.asked_years
    if _mark_borne(case):
        return None
    absence = absent_field(case.store, case.question, _meant(case, found.hits), years)
    if (
        absence is None
        and names_field(case.question)
        and found.understood.read.stated_years
        and case.again is not None
    ):
        hits = case.again(replace(found.understood.filters, stated_years=None))
        absence = absent_field(case.store, case.question, _meant(case, hits), years)
    return absence_sentence(case.store, absence) if absence is not None else None


def _mark_borne(case: Case) -> bool:
    """Whether a sheet of a found document bears the progress mark that the question names or means."""
    named = MARK.search(fold(case.question).text)
    graded = grade_named(case.question)
    wanted = named.group() if named else graded or mark_meant(case.question, case.found.hits)
    documents = {hit.document.document_id for hit in case.found.hits} if wanted else set()
    departments = case.found.understood.departments if graded else ()
    sheets = (sheet for found in documents for sheet in case.store.sheets(found))
    marks = (one for sheet in sheets if of_departments(sheet, departments) for one in sheet.progress)
    years = case.found.asked_years
    return any(fold(one.mark).text == wanted and (not years or one.fiscal_year in years) for one in marks)


def _meant(case: Case, hits: Sequence[Hit]) -> list[Hit]:
    return [hit for hit in case.leading(hits) if case.share(hit) >= case.config.meant]


def _nothing(case: Case) -> str:
    filters: Filters = case.found.understood.filters
    years = filters.fiscal_years or filters.stated_years
    if years and case.found.searched.documents:
        labels = "、".join(era_label(year) for year in years[:5])
        said = f"{labels}について書かれた箇所は見つかりませんでした。"
        anytime = replace(filters, fiscal_years=None, stated_years=None)
        held = searched(case.store, case.facets, anytime).fiscal_years
        nearest = min(held, key=lambda held_year: min(abs(held_year - year) for year in years), default=None)
        if nearest is None or nearest in years:
            return said
        return f"{said}この範囲の資料でいちばん近い年度は{era_label(nearest)}です。"
    return "見つかりませんでした。"
