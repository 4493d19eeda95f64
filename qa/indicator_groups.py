"""Series that count the same: what may stand side by side, and what a person must mind in doing so.

Two series are of one group if their units are one, both are of single years or both are sums over years, and
their names say the same beside what only says that something is counted; a name that hardly says anything
(開催回数) needs its measure too. A name that says more is another definition: it is shown apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.folding import fold, match_key
from index.terms import TermAnalyzer, TermKind
from qa.indicator_series import Series

COUNTING = frozenset("数 件数 回数 人数 割合 率 比率 金額 額 総数 合計 実績 累計 年間 値 延べ 延べる".split())  # noqa: SIM905
"""Words of a name that only say how it is counted: the unit says that too."""

TELLING = 2
"""From so many words on a name tells what is counted without its measure."""

_NOTE = re.compile(r"[(（【〔\[][^)）】〕\]]*[)）】〕\]]")
_SUMMED = re.compile(r"累計|累積|通算|延べ")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorGroup:
    """Series that count the same.

    Attributes:
        name: of the first series.
        scale: the unit that they are counted in, 「円」 for all amounts of money.
        cumulative: whether they are sums over years.
        series: in the order given.
        cautions: what a person must mind in comparing them (Japanese sentences).
    """

    name: str
    scale: str
    cumulative: bool
    series: tuple[Series, ...]
    cautions: tuple[str, ...]

    @property
    def towns(self) -> tuple[str, ...]:
        """The municipalities, in the order of the series."""
        return tuple(dict.fromkeys(one.municipality for one in self.series))


def groups_of(series: Sequence[Series], analyzer: TermAnalyzer) -> list[IndicatorGroup]:
    """The groups in the order of their first series; a series that is alone is a group of one."""
    found: dict[tuple[str, bool, frozenset[str]], list[Series]] = {}
    for one in series:
        summed = one.cumulative or _SUMMED.search(one.name) is not None
        found.setdefault((one.scale, summed, definition_of(one, analyzer)), []).append(one)
    topics: dict[frozenset[str], list[tuple[str, bool]]] = {}
    for scale, summed, said in found:
        topics.setdefault(said, []).append((scale, summed))
    return [
        IndicatorGroup(
            name=members[0].name,
            scale=scale,
            cumulative=summed,
            series=tuple(members),
            cautions=tuple(_cautions(members, scale, topics[said], summed=summed)),
        )
        for (scale, summed, said), members in found.items()
    ]


def definition_of(one: Series, analyzer: TermAnalyzer) -> frozenset[str]:
    """What a series counts, as words: those of its name, and of its measure where the name is too general."""
    said = said_by(one.name, analyzer)
    return said if len(said) >= TELLING else said | said_by(one.measure, analyzer)


def said_by(name: str, analyzer: TermAnalyzer) -> frozenset[str]:
    """What a name says beside how it is counted; the name itself where it says nothing else."""
    text = fold(_NOTE.sub(" ", name)).text
    parts = {one.text for one in analyzer.analyze(text) if one.kind is not TermKind.COMPOUND}
    return frozenset(parts - COUNTING) or frozenset((match_key(name),))


def _cautions(
    members: Sequence[Series], scale: str, kinds: Iterable[tuple[str, bool]], *, summed: bool
) -> Iterator[str]:
    names = tuple(dict.fromkeys(one.name for one in members))
    if len(names) > 1:
        shown = "、".join(f"「{name}」" for name in names[:4])
        yield f"名前の書き方が違います（{shown}）。定義が同じかどうか、原文で確かめてください。"
    others = [other for other, _ in kinds if other != scale]
    if others:
        units = "、".join(dict.fromkeys(other or "単位の記載なし" for other in others))
        yield f"単位の違う同じ名前の指標（{units}）は、別の表に分けています。"
    if any(other == scale and own is not summed for other, own in kinds):
        yield "累計の値と1年ごとの値は比べられないため、別の表に分けています。"
    if len({one.municipality_code for one in members}) > 1:
        newest = {one.newest.indicator.fiscal_year for one in members if one.newest is not None}
        if len(newest) > 1:
            yield "自治体によって、最新の値の年度が違います。"
        if len({one.direction for one in members if one.direction is not None}) > 1:
            yield "自治体によって、目標の向き（増やす・減らす・保つ）が違います。"
    if not scale:
        yield "資料に単位の記載がありません。"
