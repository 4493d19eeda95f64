"""Values of indicators made by hand, for the tests of series and groups."""

from __future__ import annotations

from corpus.indicator import Direction, Indicator, IndicatorRole
from corpus.listing import IndicatorLabels, ListedIndicator
from corpus.locator import LineLocator
from corpus.span import Span

CODES = {"千鳥ヶ原市": "990019", "月見浦市": "990035", "白樺野町": "990043"}


def value(
    town: str,
    name: str,
    year: int | None,
    number: float | None,
    unit: str,
    *,
    role: IndicatorRole = IndicatorRole.ACTUAL,
    measure: str = "",
    cumulative: bool = False,
    direction: Direction | None = None,
    title: str = "令和4年度 業務棚卸表",
    text: str = "",
) -> ListedIndicator:
    """A value of a town's indicator."""
    place = f"{CODES[town]}-{'0' * 12}/{abs(hash((name, year, role, title))) % 10_000:04d}"
    printed = text or ("-" if number is None else f"{number:g}")
    return ListedIndicator(
        indicator=Indicator(
            passage_id=place,
            name=name,
            role=role,
            fiscal_year=year,
            value=number,
            value_text=printed,
            unit=unit,
            direction=direction,
            achieved=None,
            span=Span(0, len(printed)),
            measure=measure,
            cumulative=cumulative,
        ),
        labels=IndicatorLabels(name=name, measure=measure, sheet="", section_path=(), departments=()),
        document_id=place.partition("/")[0],
        source="a.txt",
        title=title,
        municipality=town,
        municipality_code=CODES[town],
        locators=(LineLocator(start_line=1, end_line=1),),
        ordinal=1,
    )
