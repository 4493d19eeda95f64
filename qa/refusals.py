"""When no answer is given, and what is said instead: why, what was searched, what exists nearby.

The rules stand in modules of their own; here is their order. A question of exact phrases that were found is
never refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.fiscal_year import era_label
from corpus.store_reader import StoreReader
from index.facets import Facets
from index.filters import Filters
from qa.absences import absence_sentence, absent_field, names_field
from qa.hits import Hit
from qa.refusal_attributes import detail_reason
from qa.refusal_evidence import Again, Case, RefusalConfig, case_of
from qa.refusal_places import absent_places
from qa.refusal_premises import ASKS_WHY, premise_reason
from qa.refusal_towns import other_town_reason
from qa.refusal_wording import Wording
from qa.refusal_years import year_reason
from qa.results import SearchResult

RULES = (other_town_reason, year_reason, premise_reason, detail_reason)


def refusal_reason(
    store: StoreReader,
    facets: Facets,
    found: SearchResult,
    again: Again | None = None,
    config: RefusalConfig | None = None,
) -> str | None:
    """Why a question is not answered (Japanese sentences), None if it is.

    In order: a place that the library does not hold; nothing found; a field that the source leaves empty;
    a thing that only another town has; a year that is not stated; a premise that no passage states; a detail
    that is not recorded; words of the topic that no passage holds.

    Args:
        store: of the library.
        facets: of the library.
        found: the search.
        again: asks the same question with other limits; without it towns and years are not compared.
        config: thresholds.
    """
    absent = absent_places(store, facets, found)
    if absent:
        held = "、".join(dict.fromkeys(document.municipality for document in store.documents()))
        scope = f"資料のある自治体は{held}です。" if held else ""
        return f"{'、'.join(absent)}の資料は、このライブラリにありません。{scope}{found.searched.sentence()}"
    case = case_of(store, facets, found, again, config or RefusalConfig())
    said = _reason(case)
    return f"{said}{found.searched.sentence()}" if said is not None else None


def _reason(case: Case) -> str | None:
    if case.found.hits and case.found.understood.question.only_phrases:
        return None
    empty = _empty_field(case)
    if empty is not None:
        return empty
    if not case.found.hits:
        return year_reason(case) or other_town_reason(case) or _nothing(case.found)
    for rule in RULES:
        said = rule(case)
        if said is not None:
            return said
    return _unspoken(case)


def _empty_field(case: Case) -> str | None:
    """An empty field of the sheet that is meant; where the year hides the sheet, it is looked for without."""
    found, years = case.found, case.found.asked_years
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


def _meant(case: Case, hits: Sequence[Hit]) -> list[Hit]:
    return [hit for hit in case.leading(hits) if case.share(hit) >= case.config.least_broad]


def _unspoken(case: Case) -> str | None:
    """The topic's words, or the names among them, are in no passage."""
    config, hits = case.config, case.found.hits
    least, unheard = {
        Wording.PLAIN: (config.least, config.unheard),
        Wording.BROAD: (config.least_broad, config.unheard_broad),
        Wording.EVERYDAY: (config.least_everyday, config.unheard_everyday),
    }[case.wording]
    unspoken = config.unspoken_why if ASKS_WHY.search(case.question) else config.unspoken
    names = case.unheard_share >= unheard or (
        case.wording is Wording.PLAIN and case.unspoken_share >= unspoken
    )
    quoted = bool(case.found.understood.phrases) and not case.found.notices
    if (quoted or case.best(hits) >= least) and not names:
        return None
    return "お尋ねの内容について書かれた箇所は見つかりませんでした。"


def _nothing(found: SearchResult) -> str:
    filters: Filters = found.understood.filters
    years = filters.fiscal_years or filters.stated_years
    if years and found.searched.documents:
        labels = "、".join(era_label(year) for year in years[:5])
        return f"{labels}について書かれた箇所は見つかりませんでした。"
    return "見つかりませんでした。"
