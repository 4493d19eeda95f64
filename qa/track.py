"""Following measures over fiscal years: marks, figures and wording in sequence, each with its source.

A theme that names a mark (「△の取組」), or says it in words (「遅れている取組」), follows the measures that
ever bore it, in the years asked where any are; with nothing else in the theme, all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from corpus.track_links import Decisions
from qa.filter_words import FilterWords
from qa.mark_words import MarksMeant, marks_meant, plain_mark
from qa.record_limits import record_limits
from qa.request_words import FRAME_WORDS, REQUEST_WORDS
from qa.searched import Searched, searched
from qa.theme import Theme
from qa.theme_search import Candidate, ThemeSource, Town, candidates_by_town, towns_of
from qa.theme_standing import LEAST, SAID, Standing
from qa.track_match import Chain, chains_of
from qa.track_points import Measure, measure_of
from qa.track_sighting import Sighting
from qa.track_sightings import in_order, sightings_of, whole_sheet
from qa.track_texts import SheetTexts

MOST = 60
ANY_MARKED = "取組"


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """The measures of a theme over the years.

    Attributes:
        theme: as typed.
        searched: what was looked at.
        measures: those that are most about the theme first.
        notices: what a person should know of this result (Japanese sentences).
    """

    theme: str
    searched: Searched
    measures: tuple[Measure, ...]
    notices: tuple[str, ...]


def track(
    source: ThemeSource,
    typed: str,
    words: FilterWords | None = None,
    decided: Decisions = MappingProxyType({}),
) -> Track:
    """Follow the measures of a theme over the fiscal years; what people decided of them holds.

    Raises:
        QuestionError: the theme has no word, or is too long.
        InputError: a filter cannot be read.
    """
    meant = marks_meant(typed, source.store.legends())
    found = _track(source, typed, words, decided, meant)
    if meant is None or not meant.words or found.measures:
        return found
    as_typed = _track(source, typed, words, decided, None)
    if not as_typed.measures:
        return found
    told = f"「{meant.words}」を表す印が付いた取組は見つからなかったため、言葉の近い取組を示します。"
    return replace(as_typed, notices=(told, *as_typed.notices))


def _track(
    source: ThemeSource,
    typed: str,
    words: FilterWords | None,
    decided: Decisions,
    meant: MarksMeant | None,
) -> Track:
    """As ``track``, of the measures that bear the marks meant; of all measures without any."""
    theme, only_marked = _read(source, meant.rest if meant else typed, words, marked=meant is not None)
    limits = replace(theme.filters, fiscal_years=None, stated_years=None)
    open_theme = replace(theme, understood=replace(theme.understood, filters=limits))
    towns = towns_of(source, limits)
    if only_marked:
        found = _marked_sheets(source, open_theme, towns)
    else:
        candidates = candidates_by_town(source, open_theme, towns)
        found = {town.code: sightings_of(source.store, candidates.get(town.code, ())) for town in towns}
    years = theme.filters.fiscal_years or theme.filters.stated_years
    chains = [
        (town, chain)
        for town in towns
        for chain in chains_of(found[town.code], source.encoder, decided)
        if meant is None or _bears(chain, meant, years)
    ]
    chains.sort(key=lambda pair: (-max(one.worth for one in pair[1].sightings), pair[0].code))
    measures = [measure_of(source.store, town, chain, years) for town, chain in chains[:MOST]]
    told = tuple(one for one in measures if one.points)
    looked_at = searched(source.store, source.retriever.facets, theme.filters)
    read = _legend_words(source, meant)
    return Track(
        theme=typed.strip(),
        searched=looked_at,
        measures=told,
        notices=looked_at.year_notices() or tuple(_notices(_label(typed), told, len(chains), read, years)),
    )


def _read(source: ThemeSource, typed: str, words: FilterWords | None, *, marked: bool) -> tuple[Theme, bool]:
    """The theme, and whether a mark was all that was asked for beside towns and years."""
    theme = source.read(f"{typed} {ANY_MARKED}" if marked else typed, words)
    general = FRAME_WORDS | REQUEST_WORDS
    return theme, marked and all(set(unit.keys) <= general for unit in theme.units)


def _marked_sheets(source: ThemeSource, theme: Theme, towns: Sequence[Town]) -> dict[str, list[Sighting]]:
    """Every sheet that bears a progress mark, as a measure, by the code of its town."""
    documents = {one.document_id: one for town in towns for one in town.documents}
    limits = replace(record_limits(theme.filters), municipalities=tuple(town.code for town in towns))
    texts = SheetTexts(source.store)
    found: dict[str, list[Sighting]] = {town.code: [] for town in towns}
    for listed in source.store.listed_sheets(limits):
        sheet = listed.sheet
        if sheet.document_id not in documents or not any(mark.mark for mark in sheet.progress):
            continue
        passages = texts.passages(sheet.document_id, sheet.ordinal)
        if passages:
            candidate = Candidate(
                row_id=0,
                passage=passages[0],
                document=documents[sheet.document_id],
                sheet=sheet,
                standing=Standing(theme=theme, base=LEAST, over=""),
                words=0.0,
                meaning=0.0,
            )
            sighting = whole_sheet(texts, candidate, SAID)
            found[candidate.document.municipality_code].append(sighting)
    return {code: in_order(sightings) for code, sightings in found.items()}


def _bears(chain: Chain, meant: MarksMeant, years: tuple[int, ...] | None) -> bool:
    """Whether a measure ever bore one of the marks meant, in the years asked where any are."""
    return any(
        point.mark is not None and plain_mark(point.mark.mark) in meant.among(sighting.document.document_id)
        for sighting in chain.sightings
        for point in sighting.points
        if years is None or point.fiscal_year in years
    )


def _legend_words(source: ThemeSource, meant: MarksMeant | None) -> str:
    """How words were read as a mark, with what the documents' legends say of it; empty where none were."""
    if meant is None or meant.sense is None:
        return ""
    legends = source.store.legends()
    told = dict.fromkeys(
        f"{mark}（{meaning}）" if meaning else mark
        for document_id, marks in meant.marks.items()
        for mark, meaning in legends[document_id].items()
        if plain_mark(mark) in marks
    )
    return (
        f"「{meant.words}」は、資料の凡例で{meant.sense.value}ことを表す印と読みました: {'、'.join(told)}。"
        "その印が付いたことのある取組を示します。言葉のまま探すときは、「」で囲んでください。"
    )


def _label(typed: str) -> str:
    """The theme in 「」, where it was not typed so."""
    text = typed.strip()
    return text if text.startswith("「") else f"「{text}」"


def _notices(
    theme: str, measures: Sequence[Measure], found: int, read: str, years: tuple[int, ...] | None
) -> Iterator[str]:
    if read:
        yield read
    if not measures and read:
        yield "条件に合う自治体と年度には、その印が付いた取組はありませんでした。"
    elif not measures:
        yield (
            f"{theme}の取組や指標で、年度を追えるものは見つかりませんでした。"
            "取組の名前や指標の名前で、もう一度お試しください。"
        )
    elif years is None and all(len(one.points) < 2 for one in measures):
        yield "どの取組も、1つの年度の記載しかありません。ほかの年度の資料を取り込むと、推移を追えます。"
    if found > MOST:
        yield f"{found}件のうち、テーマに近い{MOST}件を示します。自治体や部署で絞り込んでください。"
