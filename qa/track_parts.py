"""Measures that are parts of a sheet: its numbered topics, and the rows of a form with codes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus.folding import match_key
from corpus.indicator import IndicatorRole
from corpus.listing import ListedIndicator
from corpus.passage import Passage, PassageKind
from corpus.store_reader import StoreReader
from qa.compare_figures import figures_of
from qa.theme import Theme, theme_key
from qa.theme_search import Candidate
from qa.theme_standing import HEADING, LEAST, SAID, TITLE, TOGETHER, TOPIC, introduced_by
from qa.track_sighting import SeenPoint, Sighting
from qa.track_texts import beside, told_by_year

CODE = re.compile(r"^(\d{2,8})[\s\u3000]+")
WHOLE, MONEY = 1.0, 1.6
"""What a name that holds the whole theme gains, and what an amount of money loses."""

_ABOUT = re.compile(r"(?:について|に関して|に係る|の推進は).*$")


def topics_of(candidates: Sequence[Candidate], passages: Sequence[Passage]) -> Iterator[Sighting]:
    """The numbered topics of a sheet that are about the theme, each with all its sections."""
    by_number: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.topic_number:
            by_number[passage.topic_number].append(passage)
    worth = {
        number: found
        for number, own in by_number.items()
        if (found := _topic_worth(candidates[0].standing.theme, own)) >= LEAST
    }
    sheet = candidates[0].sheet
    for number in sorted(worth):
        texts = [beside(candidates[0], passage) for passage in by_number[number]]
        told = told_by_year(texts, candidates[0].document)
        yield Sighting(
            document=candidates[0].document,
            form="topic",
            title=_topic_title(by_number[number]),
            code="",
            department="、".join(sheet.departments) if sheet else "",
            points=tuple(
                SeenPoint(fiscal_year=year, mark=None, values=(), told=told[year]) for year in sorted(told)
            ),
            legend=(),
            worth=worth[number],
        )


def _topic_worth(theme: Theme, passages: Sequence[Passage]) -> float:
    """A topic is about the theme if it is introduced by it, or if two of its sections say it."""
    introduced = max(theme.strength(introduced_by(one.text)) for one in passages)
    said = [theme.strength(one.text) for one in passages]
    saying = len({one.section_path for one, worth in zip(passages, said, strict=True) if worth > 0})
    return max(TOPIC * introduced, HEADING * max(said) if saying > 1 else 0.0)


def _topic_title(passages: Sequence[Passage]) -> str:
    """What the topic is introduced as in any section; else how its first text begins."""
    for passage in passages:
        introduced = _ABOUT.sub("", introduced_by(passage.text))
        if introduced:
            return introduced
    first = passages[0].text.removeprefix(passages[0].topic_number).strip()
    return re.split(r"[、。]", first)[0][:40]


def rows_of(
    store: StoreReader, candidates: Sequence[Candidate], *, named: bool = False
) -> Iterator[Sighting]:
    """The rows of figures that are about the theme, one measure a name of what is counted.

    Args:
        store: where the figures are.
        candidates: passages of one sheet.
        named: whether only those count that are called by the theme themselves.
    """
    grouped: dict[tuple[str, str], list[tuple[Candidate, ListedIndicator]]] = defaultdict(list)
    for one in candidates:
        if one.passage.kind is PassageKind.ROW:
            for value in figures_of(store, [one], most=100):
                if named and not one.standing.theme.strength(value.indicator.name):
                    continue
                grouped[value.labels.measure, value.indicator.name].append((one, value))
    for (measure, name), values in grouped.items():
        years = sorted(
            {value.indicator.fiscal_year for _, value in values} - {None}, key=lambda year: year or 0
        )
        theme = values[0][0].standing.theme
        code = CODE.match(measure)
        plain = CODE.sub("", measure)
        yield Sighting(
            document=values[0][0].document,
            form="row",
            title=_joined(plain, name) if match_key(name) not in match_key(plain) else plain,
            code=code.group(1) if code else "",
            department="、".join(values[0][1].indicator.departments),
            points=tuple(
                SeenPoint(
                    fiscal_year=year,
                    mark=None,
                    values=tuple(one for one in values if one[1].indicator.fiscal_year == year),
                    told={},
                )
                for year in years
                if year is not None
            ),
            legend=(),
            worth=_row_worth(theme, name, plain, values[0][1].indicator.role),
        )


def _row_worth(theme: Theme, name: str, measure: str, role: IndicatorRole) -> float:
    """By the name before the measure; a name that holds the whole theme first, amounts of money last."""
    worth = max(
        SAID * theme.strength(name),
        TOGETHER * theme.strength(f"{measure} {name}"),
        TITLE * theme.strength(measure),
    )
    worth += WHOLE if theme.exact in theme_key(name) else 0.0
    return worth - (MONEY if role in (IndicatorRole.BUDGET, IndicatorRole.SETTLEMENT) else 0.0)


def _joined(plain: str, name: str) -> str:
    """A measure's name with its figure's: in brackets, unless that has its own."""
    return f"{plain}: {name}" if name.endswith(("）", ")")) else f"{plain}（{name}）"
