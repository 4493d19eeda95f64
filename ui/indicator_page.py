"""What the 指標 tab does, apart from Gradio: words and limits in, HTML out; nothing is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.indicator import IndicatorRole
from qa.engine import Engine
from qa.filter_words import FilterWords
from qa.indicator_groups import IndicatorGroup, groups_of
from qa.indicator_series import Series, same_unit, series_of
from qa.searched import Searched
from ui.export_places import export_place
from ui.indicator_form import ROLES
from ui.indicator_view import FoundSeries, indicators_html
from ui.page_work import guarded
from ui.result_view import error_html
from ui.tab_start import NO_DOCUMENTS, tab_start_html
from ui.view_link import ViewLink, view_html

EXAMPLES = ("ふるさと納税", "待機児童", "移住相談", "職員研修", "空き家")
TAB = "indicator-tab"
FAILED = "指標を示せませんでした"
ALL = "すべて"
ROLE_NAMES = {name: role for role, name in ROLES.items()}
BY_TOPIC = "関連の深い順"
Order = Callable[[Series], tuple[object, ...]]
ORDERS: dict[str, Order | None] = {
    BY_TOPIC: None,
    "自治体の順": lambda one: (one.municipality_code,),
    "指標の名前の順": lambda one: (one.name, one.municipality_code),
    "新しい年度の順": lambda one: (-max(one.years, default=0), one.municipality_code),
    "値の大きい順（単位ごと）": lambda one: (one.scale, one.cumulative, -newest_value(one)),
    "値の小さい順（単位ごと）": lambda one: (one.scale, one.cumulative, newest_value(one)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorsAsked:
    """What indicators are wanted.

    Attributes:
        text: words of their names, measures or sheets; empty for all.
        words: the limits.
        role: a name of ``ROLES``, ``ALL`` for any.
        unit: as shown, ``ALL`` for any.
        order: one of ``ORDERS``.
    """

    text: str = ""
    words: FilterWords = field(default_factory=FilterWords)
    role: str = ALL
    unit: str = ALL
    order: str = BY_TOPIC

    @property
    def extras(self) -> dict[str, str]:
        """What a link says beside text and limits."""
        said = {"role": (self.role, ALL), "unit": (self.unit, ALL), "order": (self.order, BY_TOPIC)}
        return {name: value for name, (value, usual) in said.items() if value != usual}

    @classmethod
    def of(cls, text: str, words: FilterWords, extras: Mapping[str, str]) -> IndicatorsAsked:
        """What a link or an address of a file asks for; what it does not know is as usual."""
        role, order = extras.get("role", ALL), extras.get("order", BY_TOPIC)
        return cls(
            text=text.strip(),
            words=words,
            role=role if role in ROLE_NAMES else ALL,
            unit=extras.get("unit") or ALL,
            order=order if order in ORDERS else BY_TOPIC,
        )


def indicator_start() -> str:
    """The tab before anything is asked."""
    return tab_start_html(
        "指標を並べて見る",
        (
            "指標・施策の言葉を入力すると、基準値・実績・目標値を、自治体と年度を並べて示します。",
            "単位の違う値（件と%）や、累計と1年ごとの値は、混ぜずに分けて示します。",
            "何も入力せずに「指標を探す」を押すと、条件に合うすべての指標を一覧にします。",
        ),
        EXAMPLES,
    )


class IndicatorPage:
    """The tab over one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def show(self, asked: IndicatorsAsked) -> tuple[str, list[str]]:
        """The indicators, or why there are none, and the units that they have."""
        empty: list[str] = []
        return guarded(lambda: self._show(asked), lambda why: (error_html(why, FAILED), empty))

    def found(self, asked: IndicatorsAsked) -> tuple[list[Series], Searched, list[str]]:
        """The series in the order asked for, what was searched, and all units before one was chosen.

        Raises:
            QuestionError: the words cannot be searched for.
            InputError: a limit cannot be read.
        """
        roles = (ROLE_NAMES[asked.role],) if asked.role in ROLE_NAMES else ()
        listed = self._engine.indicators(asked.text, asked.words, roles)
        series = series_of(listed.indicators)
        units = sorted({same_unit(one.unit) for one in series} - {""})
        if asked.unit != ALL:
            series = [one for one in series if same_unit(one.unit) == same_unit(asked.unit)]
        order = ORDERS.get(asked.order)
        return (series if order is None else sorted(series, key=order)), listed.searched, units

    def groups(self, series: Sequence[Series]) -> list[IndicatorGroup]:
        """What may stand side by side."""
        return groups_of(series, self._engine.analyzer)

    def _show(self, asked: IndicatorsAsked) -> tuple[str, list[str]]:
        if not self._engine.store.documents():
            return NO_DOCUMENTS, []
        series, searched, units = self.found(asked)
        exports = [
            (label, export_place(name, asked.text, asked.words, asked.extras))
            for label, name in (("Excel で保存", "indicators.xlsx"), ("CSV で保存", "indicators.csv"))
        ]
        html = indicators_html(
            FoundSeries(text=asked.text, series=series, groups=self.groups(series), searched=searched),
            exports,
        )
        link = ViewLink(tab=TAB, text=asked.text, words=asked.words, extras=asked.extras)
        return html + (view_html(link) if asked.text else ""), units


def newest_value(one: Series) -> float:
    """The newest number in the smallest unit of its kind, for ordering; without one the end of the list."""
    newest = one.newest or one.last_of(IndicatorRole.TARGET)
    if newest is None or newest.indicator.value is None:
        return float("inf")
    return newest.indicator.yen if newest.indicator.yen is not None else newest.indicator.value
