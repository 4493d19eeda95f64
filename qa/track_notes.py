"""From the sightings of a measure to what changed in it, and where its course turned."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby, pairwise

from corpus.fiscal_year import era_label
from corpus.indicator import IndicatorRole
from corpus.listing import ListedIndicator
from qa.theme_search import Town
from qa.track_changes import (
    Change,
    Notes,
    Reversal,
    key_of,
    mark_falls,
    note_mark,
    note_values,
    note_wording,
    shown,
    stops,
    value_turns,
)
from qa.track_match import Chain, same_series
from qa.track_sighting import SeenYear, Sighting
from qa.track_texts import TEXT_ORDER


def change_of(seen: SeenYear, before: SeenYear | None, chain: Chain, town: Town) -> Change:
    """What a year brought against the one before; ``before`` is None for the first."""
    notes = Notes()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    if before is None:
        _note_beginning(chain.sightings[0], town, notes)
    else:
        note_mark(before.mark, seen.mark, notes)
        note_values([one for _, one in before.point.values], [one for _, one in seen.point.values], notes)
        aspect = next(
            (one for one in TEXT_ORDER if one in seen.point.told and one in before.point.told), None
        )
        if aspect is not None:
            added, removed = note_wording(before.point.told[aspect].text, seen.point.told[aspect].text, notes)
    _note_targets(seen, chain, notes)
    begins = before is not None and before.sighting is not seen.sighting
    if chain.merged and begins and seen.sighting is chain.sightings[-1]:
        names = "、".join(f"「{one.title}」" for one in chain.merged)
        notes.add("merged", f"{names}も、この取組にまとめられた可能性があります")
    _note_end(seen, chain, town, notes)
    return Change(kinds=tuple(notes.kinds), text="。".join(notes.texts), added=added, removed=removed)


def _note_beginning(first: Sighting, town: Town, notes: Notes) -> None:
    """New where an earlier document of the same kind has no such measure, else the first year known."""
    document = first.document
    earlier = [
        one
        for one in town.documents
        if same_series(one, document)
        and one.document_id != document.document_id
        and (one.fiscal_year or 0) < (document.fiscal_year or 0)
    ]
    if earlier:
        notes.add("new", f"「{earlier[-1].title}」にはない取組です")
    else:
        notes.add("first", "記載のある最初の年度です")


def _note_end(seen: SeenYear, chain: Chain, town: Town, notes: Notes) -> None:
    """Dropped where a later document of the same kind does not name the measure any more."""
    last = chain.sightings[-1]
    if seen.sighting is not last or seen.point.fiscal_year != max(one.fiscal_year for one in last.points):
        return
    later = [
        one
        for one in town.documents
        if same_series(one, last.document) and (one.fiscal_year or 0) > (last.document.fiscal_year or 0)
    ]
    if later:
        notes.add("dropped", f"「{later[0].title}」には見当たりません")


def _note_targets(seen: SeenYear, chain: Chain, notes: Notes) -> None:
    """Targets of one year that a later document raised or lowered, and other figures that it corrected."""
    year = seen.point.fiscal_year
    for earlier, later in pairwise(chain.sightings):
        old = {key_of(value): value for value in _values_of(earlier, year)}
        for value in _values_of(later, year):
            other = old.get(key_of(value))
            left = other.indicator.value if other else None
            right = value.indicator.value
            if left is None or right is None or left == right:
                continue
            unit, name = value.indicator.unit, value.indicator.name
            said = f"{name}の{{}}（{shown(left, unit)}→{shown(right, unit)}、「{later.document.title}」）"
            if value.indicator.role is IndicatorRole.TARGET:
                raised = right > left
                words = "目標が引き上げられました" if raised else "目標が引き下げられました"
                notes.add("target_raised" if raised else "target_lowered", said.format(words))
            else:
                notes.add("corrected", said.format("値が改められました"))


def _values_of(sighting: Sighting, year: int) -> list[ListedIndicator]:
    return [value for point in sighting.points if point.fiscal_year == year for _, value in point.values]


def reversals_of(seen: Mapping[int, SeenYear], chain: Chain) -> list[Reversal]:
    """The turns of a measure against its course, by year."""
    found = list(mark_falls([(year, seen[year].mark) for year in sorted(seen)]))
    values = [value for year in sorted(seen) for _, value in seen[year].point.values]
    for _, row in groupby(sorted(values, key=key_of), key=key_of):
        found += value_turns(sorted(row, key=lambda one: one.indicator.fiscal_year or 0))
    ordered = sorted(seen)
    for earlier, later in pairwise(ordered):
        old, new = seen[earlier].point.told, seen[later].point.told
        aspect = next((one for one in TEXT_ORDER if one in old and one in new), None)
        if aspect is not None:
            found += stops(later, old[aspect].text, new[aspect].text)
    for year in ordered:
        notes = Notes()
        _note_targets(seen[year], chain, notes)
        found += [
            Reversal(fiscal_year=year, kind="target", text=f"{era_label(year)}: {text}")
            for kind, text in zip(notes.kinds, notes.texts, strict=True)
            if kind == "target_lowered"
        ]
    return sorted(found, key=lambda one: (one.fiscal_year, one.kind, one.text))
