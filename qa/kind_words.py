"""The kind of document that a question limits itself to: 業務棚卸表で…, 方針書の課題, 総合計画における….

A kind that a question merely names is a word of its topic (総合計画の策定, 方針書 空き家). It limits where a
particle makes it the place to look in, where it stands as a name of its own (多文化共生推進プラン is another
plan), and where what is asked of it is not its own making.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.folding import fold, match_key
from qa.refusal_wording import Wording, wording_of

_WAYS_TO_SAY: tuple[tuple[str, str], ...] = (
    (r"(?:部局?|局|課|室)?(?:運営)?方針書", "方針書"),
    (r"(?:第\d+次)?総合(?:振興|発展)?計画書?", "総合計画|総合振興計画|総合発展計画"),
    (r"業務棚卸し?表?|棚卸し?表", "棚卸"),
    (
        r"(?:行革|行財?政改革)(?:推進計画)?の?(?:取り?組み?)?(?:結果|実績)?報告書?|(?:取り?組み?)?結果報告書?",
        "結果報告",
    ),
    (r"(?:[市町村区県]政)?(?:運営)?推進プラン", "推進プラン"),
    (
        r"(?:住民|市民|町民|村民|区民|職員)?(?:意識)?(?:アンケート(?:調査)?|意識調査)(?:結果)?",
        "アンケート|意識調査",
    ),
)
"""How a question may name a kind, over folded characters, and what the kind's own name holds."""

_TOO_GENERAL = frozenset(("その他", "計画", "資料", "報告書", "プラン", "文書"))
_SHORTEST = 3

_BEFORE = re.compile(
    r"(?:^|[\s、。「『(・]|[はがもや]|と|(?:^|\s|[課部局室係所]|自治体|[市町村区県]|年度|次期|現行|最新|この|その)の)$"
)
_IN = re.compile(
    r"\s?(?:で(?:は|の)?(?![きすし])|における|によ(?:ると|れば)|を(?:見|み)ると|において(?:は)?|に(?:は|(?=書|記|載|あ[るり]))|の?[中内](?:の|で(?:は)?|に)|上の)"
)
_OF = re.compile(r"\s?の(?P<what>[^\s、。はがをにでとも]*)")
_AND = re.compile(r"\s?(?:と|や|・|、|及び|および|または|又は|か)\s?")
_ITS_MAKING = re.compile(
    r"^(?:策定|改[定訂]|見直|作[成り]|公表|周知|推進|実施(?!する)|進行管理|進捗管理|位置[付づ]け|体系|構成|様式|書式|書き方|印刷"
    r"|配布|概要版|運用|活用|提出|点検|期間|名称|計画期間|基本構想|次期|素案|原案|骨子|冊子|委託|審議|議決|検討|更新|見せ方|見える化)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedKind:
    """A kind that limits a question.

    Attributes:
        start: its first code point in the text given.
        end: one past the last; what joins it to the rest is outside.
        after: one past the last of what joins it (で, における, と where another kind follows).
        words: as named, folded.
        values: the kinds of the library that it stands for.
    """

    start: int
    end: int
    after: int
    words: str
    values: tuple[str, ...]


def named_kinds(folded: str, kinds: Iterable[str]) -> list[NamedKind]:
    """The kinds that a question limits itself to, in order; none that the library does not hold.

    Args:
        folded: the question, its towns and years blanked.
        kinds: those of the library.
    """
    broad = wording_of(folded) is Wording.BROAD
    found: list[NamedKind] = []
    for one in sorted(_mentions(folded, tuple(kinds)), key=lambda one: -one.start):
        joined = _AND.match(folded, one.end)
        goes_on = joined is not None and any(other.start == joined.end() for other in found)
        after = joined.end() if joined is not None and goes_on else _after(folded, one.end, broad=broad)
        if after is not None:
            found.append(replace(one, after=after))
    return found[::-1]


def joining_end(text: str, end: int) -> int:
    """Where the words end that join a kind to what follows it (で, における, の, と); ``end`` without any."""
    found = (pattern.match(text, end) for pattern in (_IN, re.compile(r"\s?の"), _AND))
    return next((match.end() for match in found if match is not None), end)


def _after(folded: str, end: int, *, broad: bool) -> int | None:
    """Where the words end that make a kind the place to look in, None where it is none.

    A request for precedents has the document itself for its topic more often than not: 総合計画の指標の先例.
    """
    place = _IN.match(folded, end)
    if place is not None:
        return place.end()
    what = _OF.match(folded, end)
    if what is None or broad or _ITS_MAKING.match(what["what"]):
        return None
    return what.start("what")


def _mentions(folded: str, kinds: tuple[str, ...]) -> Iterator[NamedKind]:
    """The names of kinds that stand as words of their own; the longest at each place."""
    taken: list[tuple[int, int]] = []
    found = [
        (match.start(), match.end(), values)
        for pattern, values in _patterns(kinds)
        for match in re.finditer(pattern, folded)
        if _BEFORE.search(folded[: match.start()])
    ]
    for start, end, values in sorted(found, key=lambda one: (one[0], -one[1])):
        if all(end <= begun or start >= ended for begun, ended in taken):
            taken.append((start, end))
            yield NamedKind(start=start, end=end, after=end, words=folded[start:end], values=values)


def _patterns(kinds: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern, parts in _WAYS_TO_SAY:
        values = tuple(kind for kind in kinds if any(part in match_key(kind) for part in parts.split("|")))
        if values:
            yield pattern, values
    for kind in kinds:
        if len(kind) >= _SHORTEST and kind not in _TOO_GENERAL:
            yield re.escape(fold(kind).text), (kind,)
