"""What was understood, as chips that can be taken away again.

A chip that was read from the question is removed by taking its words out of the question, so that the box
always shows exactly what is searched; one that was given as a filter is removed from the filters. Nothing is
remembered beside the two.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from corpus.fiscal_year_text import find_fiscal_years, fiscal_year_ranges
from corpus.folding import fold
from corpus.span import Span
from qa.filter_words import FilterWords
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
    for town in understood.municipalities if understood.read.municipalities else ():
        forms = [town.full_name, town.name, town.short_name]
        chips.append(_chip(f"自治体: {town.name}", of="words", words=forms))
    if understood.read.stated_years:
        chips.append(_chip(f"年度: {years_label(understood.read.stated_years)}", of="years"))
    for name in understood.departments if understood.read.departments is not None else ():
        chips.append(_chip(f"部署: {name}", of="words", words=[name]))
    chips += [_chip(f"完全一致: 「{phrase}」", of="phrase", words=[phrase]) for phrase in understood.phrases]
    for field, title in FIELDS.items():
        for value in getattr(words, field):
            chips.append(_chip(f"{title}: {_shown(field, value, names)}", of=field, words=[value]))
    return chips


def chips_html(chips: Iterable[Chip]) -> str:
    """The chips as a list of buttons, empty without any."""
    items = "".join(
        f'<li><button type="button" class="chip" data-act="drop" data-value="{esc(chip.removal)}" '
        f'aria-label="{esc(chip.label)} の条件を外す">{esc(chip.label)}'
        '<span aria-hidden="true"> ×</span></button></li>'
        for chip in chips
    )
    return f'<div class="chips"><p>読み取った条件</p><ul>{items}</ul></div>' if items else ""


def calls_html(understood: Understood) -> str:
    """The words that were searched for beside the typed ones, empty without any; never silent about them."""
    ways: dict[str, list[str]] = {}
    for one in understood.called:
        ways.setdefault(one.typed, []).append(one.called)
    items = "".join(f"<li>{esc(typed)} → {esc('、'.join(called))}</li>" for typed, called in ways.items())
    title = f"言い換えた言葉でも探しました（{'、'.join(ways)}）"
    return disclosure(title, f"<ul>{items}</ul>") if items else ""


def without(removal: str, typed: str, words: FilterWords) -> tuple[str, FilterWords]:
    """The question and the filters without what a chip stands for; unknown chips change nothing."""
    chip = _read(removal)
    values = [value for value in chip.get("words", []) if isinstance(value, str)]
    match chip.get("of"):
        case "words":
            return _cut(typed, _first_found(typed, values)), words
        case "years":
            return _cut(typed, _year_places(typed)), words
        case "phrase":
            return _unquoted(typed, values), words
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
