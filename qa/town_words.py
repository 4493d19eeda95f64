"""The municipalities that a question names: in full, without 市 or 町, by a former name, or as 本市."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.municipality import Municipality, MunicipalityTable
from corpus.municipality_text import find_former_names, find_municipalities, find_short_names
from index.facets import Facets
from qa.own_town import own_towns

WHICH_TOWN = (
    "「{words}」がどの自治体か分からないため、自治体を限らずに探しました。"
    "自治体を1つ選ぶか、名前を入れてください。"
)

_PARTNER = re.compile(
    r"と(?:の(?!比較|対比|差|違)|合併|連携|共同|共催|協[定力議]|締結|結[んび]|組[んみ]|一緒)"
)
"""What follows a town with which another one does something: 板倉町との合併 is a topic of whoever merges."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTown:
    """A municipality that a question names.

    Attributes:
        town: the one that is meant.
        words: as typed, folded, where it is not today's name: 赤堀町, 本市; empty where it is.
        former: whether the words are a former name.
    """

    town: Municipality
    words: str = ""
    former: bool = False

    @property
    def label(self) -> str:
        """What was read, 「大泉町」, 「赤堀町（現 伊勢崎市）」 or 「本市＝大泉町」."""
        if self.former:
            return f"{self.words}（現 {self.town.name}）"
        return f"{self.words}＝{self.town.name}" if self.words else self.town.name


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTowns:
    """All that a question says of municipalities.

    Attributes:
        towns: named in it, each once; those that limit.
        rest: the folded question with the names blanked; a former name stays, for it still names a place.
        former_names: the former names that stay.
        notices: what a person should know.
    """

    towns: tuple[NamedTown, ...]
    rest: str
    former_names: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def named_towns(
    folded: str, facets: Facets, table: MunicipalityTable, chosen: tuple[str, ...] | None
) -> NamedTowns:
    """Read the municipalities out of a question; the library's own come first.

    Where the question names towns of the library and others, the others are part of its topic
    (「太田市と開いたセミナー」) and no limit; so is one that is only somebody's partner (「板倉町との合併」).
    本市 is the one that was chosen, or the library's only one.

    Args:
        folded: the question.
        facets: the towns of the library.
        table: all that are known.
        chosen: codes of those that a person chose, None without.
    """
    found: dict[str, NamedTown] = {}
    rest = folded
    kept: list[str] = []
    places: list[tuple[int, int]] = []
    for mention in find_former_names(folded, table):
        town = mention.former.successor
        if mention.located or town.code in facets.municipalities:
            found[town.code] = NamedTown(town=town, words=folded[mention.start : mention.end], former=True)
            kept.append(mention.former.name)
            rest = _masked(rest, [(mention.start, mention.end)])
            places.append((mention.start, mention.end - len(mention.former.name)))
    for full in find_municipalities(rest, table):
        known = [town for town in full.municipalities if town.code in facets.municipalities]
        if not known and _PARTNER.match(rest, full.end):
            continue
        found.update((town.code, NamedTown(town=town)) for town in known or full.municipalities)
        places.append((full.start, full.end))
    rest = _masked(rest, places)
    held = [table.by_code(code) for code in facets.municipalities]
    for short in find_short_names(rest, held, table):
        if joins(rest[short.end : short.end + 1]) or joins(rest[: short.start][-1:]):
            continue
        found.update((town.code, NamedTown(town=town)) for town in short.municipalities)
        places.append((short.start, short.end))
    own, own_places, notices = _own(rest, held, table, chosen)
    found = {**{one.town.code: one for one in own}, **found}
    in_library = tuple(one for one in found.values() if one.town.code in facets.municipalities)
    return NamedTowns(
        towns=in_library or tuple(found.values()),
        rest=blanked(folded, places + own_places),
        former_names=tuple(kept),
        notices=notices,
    )


def partner_towns(folded: str, table: MunicipalityTable) -> list[str]:
    """The names of the towns with which a folded question says that another one does something, in order."""
    return [
        folded[full.start : full.end]
        for full in find_municipalities(folded, table)
        if _PARTNER.match(folded, full.end)
    ]


def _own(
    folded: str, held: list[Municipality], table: MunicipalityTable, chosen: tuple[str, ...] | None
) -> tuple[list[NamedTown], list[tuple[int, int]], tuple[str, ...]]:
    """What 本市 stands for, its places, and a notice where that cannot be told."""
    towns = held if chosen is None else [table.by_code(code) for code in chosen]
    meant = towns[0] if len(towns) == 1 else None
    found: list[NamedTown] = []
    places: list[tuple[int, int]] = []
    notices: dict[str, None] = {}
    for own in own_towns(folded):
        if not any(own.may_be(town) for town in towns):
            continue
        places.append((own.start, own.end))
        if meant is None:
            notices[WHICH_TOWN.format(words=own.words)] = None
        elif not found:
            found.append(NamedTown(town=meant, words=own.words))
    return found, places, tuple(notices)


def joins(character: str) -> bool:
    """Whether a character goes on with the word beside it: 館林場外 is no place in 館林市."""
    return re.match(r"[一-鿿々〆ァ-ヴーa-z0-9]", character) is not None


def blanked(text: str, places: Iterable[tuple[int, int]]) -> str:
    """A text without some places; what white space is left is made one."""
    return re.sub(r"\s+", " ", _masked(text, places))


def _masked(text: str, places: Iterable[tuple[int, int]]) -> str:
    """A text with places made white space: all others stay where they are."""
    characters = list(text)
    for start, end in places:
        characters[start:end] = " " * (end - start)
    return "".join(characters)
