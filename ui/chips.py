"""What was understood, as chips that can be taken away again.

A chip that was read from the question is removed by taking its words out of the question, so that the box
always shows exactly what is searched; one that was given as a filter is removed from the filters. Nothing is
remembered beside the two. A kind of document stays as a word of the topic: only what makes it a limit goes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from corpus.fiscal_year_text import find_fiscal_years, fiscal_year_ranges
from corpus.folding import fold
from corpus.relative_years import relative_fiscal_years
from corpus.span import Span
from qa.filter_words import FilterWords
from qa.kind_words import joining_end
from qa.own_town import own_towns
from qa.town_words import NamedTown
from qa.understand import Understood
from ui.markup import disclosure, esc
from ui.matches import joined
from ui.year_words import years_label

FIELDS = {"municipalities": "自治体", "fiscal_years": "年度", "departments": "部署", "document_kinds": "種別"}
JOINERS = "のとや、，・"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One thing that was understood.

    Attributes:
        label: as shown, 「自治体: 大泉町」.
        removal: what removes it, JSON that ``without`` reads.
    """

    label: str
    removal: str


def chips_of(understood: Understood, words: FilterWords, names: Mapping[str, str]) -> list[Chip]:
    """The chips of a search: what was read from the question, then the filters.

    Args:
        understood: how the question was read.
        words: the filters given.
        names: towns' names by code.
    """
    chips: list[Chip] = []
    chips += [_town_chip(one) for one in understood.towns if understood.read.municipalities]
    if understood.read.stated_years:
        chips += _year_chips(understood)
    for name in understood.departments if understood.read.departments is not None else ():
        chips.append(_chip(f"部署: {name}", of="words", words=[name]))
    chips += [
        _chip(f"種別: {_meant(one.words, one.values)}", of="kind", words=[one.words])
        for one in understood.kinds
    ]
    chips += [
        _chip(f"欄: {one.words}", of="field", words=[one.typed, one.words]) for one in understood.fields
    ]
    chips += [_chip(f"完全一致: 「{phrase}」", of="phrase", words=[phrase]) for phrase in understood.phrases]
    for field, title in FIELDS.items():
        for value in getattr(words, field):
            chips.append(_chip(f"{title}: {_shown(field, value, names)}", of=field, words=[value]))
    chips += [_chip(f"使わない言い換え: {value}", of="without", words=[value]) for value in words.without]
    return chips


def _town_chip(one: NamedTown) -> Chip:
    label = f"自治体: {one.label}"
    if one.words and not one.former:
        return _chip(label, of="own", words=[one.words])
    town = one.town
    return _chip(
        label, of="words", words=[one.words] if one.former else [town.full_name, town.name, town.short_name]
    )


def _year_chips(understood: Understood) -> list[Chip]:
    """One for the years that are named outright, one for each word that is relative to today."""
    text = understood.question.text
    outright = {mention.fiscal_year for mention in find_fiscal_years(text)}
    outright |= {year for first, last, _ in fiscal_year_ranges(text) for year in range(first, last + 1)}
    chips = [_chip(f"年度: {years_label(sorted(outright))}", of="years")] if outright else []
    for one in understood.relative:
        said = years_label(range(one.first, one.last + 1))
        chips.append(_chip(f"年度: {one.label}＝{said}", of="relative", words=[one.label]))
    return chips


def _meant(words: str, values: tuple[str, ...]) -> str:
    meant = "、".join(values)
    return meant if meant == words else f"{words}＝{meant}"


def chips_html(chips: Iterable[Chip]) -> str:
    """The chips as a list of buttons, empty without any."""
    items = _items(chips)
    return f'<div class="chips"><p>読み取った条件</p><ul>{items}</ul></div>' if items else ""


def _items(chips: Iterable[Chip]) -> str:
    return "".join(
        f'<li><button type="button" class="chip" data-act="drop" data-value="{esc(chip.removal)}" '
        f'aria-label="{esc(chip.label)} の条件を外す">{esc(chip.label)}'
        '<span aria-hidden="true"> ×</span></button></li>'
        for chip in chips
    )


def calls_html(understood: Understood) -> str:
    """The words that were searched for beside the typed ones, empty without any; never silent about them."""
    typed = dict.fromkeys(one.typed for one in understood.called)
    chips = []
    for one in understood.called:
        way = f"{one.typed}→{one.called}"
        chips.append(_chip(f"言い換え: {way}", of="call", words=[way]))
    title = f"言い換えた言葉でも探しました（{'、'.join(typed)}）"
    hint = '<p class="hint">× を押すと、その言い換えを使わずに探し直します。</p>'
    return disclosure(title, f'{hint}<div class="chips"><ul>{_items(chips)}</ul></div>') if chips else ""


def without(removal: str, typed: str, words: FilterWords) -> tuple[str, FilterWords]:
    """The question and the filters without what a chip stands for; unknown chips change nothing."""
    chip = _read(removal)
    values = [value for value in chip.get("words", []) if isinstance(value, str)]
    match chip.get("of"):
        case "words":
            return _cut(typed, _first_found(typed, values)), words
        case "years":
            return _cut(typed, _year_places(typed)), words
        case "relative":
            return _cut(typed, _relative_places(typed, values)), words
        case "own":
            return _cut(typed, _own_places(typed, values)), words
        case "kind":
            return _loosened(typed, values), words
        case "field" if len(values) == 2:
            return _replaced(typed, values[0], values[1]), words
        case "phrase":
            return _unquoted(typed, values), words
        case "call":
            return typed, replace(words, without=tuple(dict.fromkeys([*words.without, *values])))
        case "without":
            return typed, replace(words, without=tuple(one for one in words.without if one not in values))
        case str(field) if field in FIELDS:
            kept = tuple(value for value in getattr(words, field) if value not in values)
            limits: dict[str, Any] = {field: kept}
            return typed, replace(words, **limits)
    return typed, words


def _chip(label: str, **removal: Any) -> Chip:
    return Chip(label=label, removal=json.dumps(removal, ensure_ascii=False))


def _read(removal: str) -> dict[str, Any]:
    try:
        data = json.loads(removal)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _shown(field: str, value: str, names: Mapping[str, str]) -> str:
    if field == "municipalities":
        return names.get(value, value)
    if field == "fiscal_years" and value.isdigit():
        return years_label((int(value),))
    return value


def _first_found(typed: str, forms: list[str]) -> list[Span]:
    """The places of the first form that the text holds (the longest comes first); white space may part it."""
    folded = fold(typed)
    for form in forms:
        pattern = r"\s*".join(map(re.escape, "".join(fold(form).text.split())))
        places = [Span(*folded.source_span(*match.span())) for match in re.finditer(pattern, folded.text)]
        if pattern and places:
            return places
    return []


def _year_places(typed: str) -> list[Span]:
    places = [Span(mention.start, mention.end) for mention in find_fiscal_years(typed)]
    return places + [Span(start, end) for _, _, (start, end) in fiscal_year_ranges(typed)]


def _relative_places(typed: str, labels: list[str]) -> list[Span]:
    """The places of 昨年度 and its like; which day it is does not matter to where they stand."""
    found = relative_fiscal_years(typed, date(2024, 4, 1))
    return [Span(one.start, one.end) for one in found if one.label in labels]


def _own_places(typed: str, words: list[str]) -> list[Span]:
    folded = fold(typed)
    found = [one for one in own_towns(folded.text) if one.words in words]
    return [Span(*folded.source_span(one.start, one.end)) for one in found]


def _loosened(typed: str, words: list[str]) -> str:
    """A question in which a kind of document is a word like any other: 方針書の課題 becomes 方針書 課題."""
    for place in reversed(_first_found(typed, words)):
        end = joining_end(typed, place.end)
        if end > place.end:
            typed = f"{typed[: place.end]} {typed[end:].lstrip()}"
    return typed.strip()


def _replaced(typed: str, words: str, by: str) -> str:
    for place in reversed(_first_found(typed, [words])):
        typed = typed[: place.start] + by + typed[place.end :]
    return typed


def _cut(typed: str, places: list[Span]) -> str:
    """A text without the places and without the particle that tied each of them to the rest."""
    for span in reversed(joined(places)):
        before, after = typed[: span.start].rstrip(), typed[span.end :].lstrip()
        if after[:1] and after[0] in JOINERS:
            after = after[1:].lstrip()
        elif not after:
            before = before.rstrip(JOINERS)
        typed = (
            f"{before} {after}" if before and after and typed[span.start - 1].isspace() else before + after
        )
    return typed.strip()


def _unquoted(typed: str, phrases: list[str]) -> str:
    for phrase in phrases:
        typed = re.sub(rf"[「『“\"＂]\s*({re.escape(phrase)})\s*[」』”\"＂]", r"\1", typed)
    return typed
