"""The noun phrases of a sentence: where a name or thing stands, what follows it, with what it is listed.

Apart from choosing one, because names, things and lists are cut from a sentence by the same grammar: runs of
nouns, joined by 「の」, listed by 「、」「・」「と」「及び」.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.morphemes import Morpheme, Tagger

LISTING = re.compile(r" ?(?:、|,|・|とか|と|や|及び|および|並びに|ならびに|または|又は|/) ?")
PARTICLES = tuple(
    "において から まで より という として にて の を に へ と で が は も や".split()  # noqa: SIM905 (a table)
)
LONGEST_LIST = 110
_PLAIN_LISTING = frozenset(("、", "・", "や", "及び", "および", "並びに", "又は", "または"))
_MARKED = re.compile(r"(?:\([^()]{1,20}\))?(?:等|など|ほか|他)?[」』]?(?:等|など)?")
_ENDING = re.compile(r"(?:等|など|ほか|他)$")
_NOUNS = frozenset({"名詞", "接尾辞", "接頭辞", "形状詞"})
_JOINING = re.compile(r"[ァ-ヴー・&.\-々ヶケa-z0-9%]+")
_FOREIGN = re.compile(r"[ァ-ヴー]{2,}")
_QUOTED = re.compile(r"「[^「」]{1,40}」|『[^『』]{1,40}』")
_TIME = re.compile(
    r"(?:現在|令和\d*年度?|.*年度?|.*月|.*日|今後|一方|場合|結果|当初|時点|以降|以来|ほか|うち|際|ため|もの|こと)$"
)

_local = threading.local()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase of a folded sentence.

    Attributes:
        start: where it begins with what 「の」 and adjectives join to it.
        run: where its last run of nouns begins.
        end: where it ends.
        particle: what follows it, past 「等」, or empty.
        after: where that particle ends.
    """

    start: int
    run: int
    end: int
    particle: str
    after: int


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    kind: str  # "noun", "modifier" or "other"


def phrases(text: str) -> list[Phrase]:
    """The noun phrases of a folded sentence, in order; a quotation 「…」 counts as one noun."""
    found: list[Phrase] = []
    for modifier, start, whole in _runs(text):
        mark = _ENDING.search(text, start, whole)
        end = mark.start() if mark and mark.start() > start else whole
        begun = start if modifier is None else modifier
        before = found[-1] if found else None
        joined = before is not None and before.particle == "の" and before.after == begun
        first = before.start if joined and before is not None else begun
        particle, after = _particle(text, end)
        found.append(Phrase(first, start, end, particle, after))
    return found


def listed_with(
    text: str,
    found: Sequence[Phrase],
    phrase: Phrase,
    ends: re.Pattern[str] | None = None,
    *,
    loose: bool = False,
) -> tuple[int, int]:
    """Where the list begins and ends that a phrase stands in: 「前橋市、高崎市、豊橋市」 for any one of them.

    Args:
        text: the sentence.
        found: its phrases.
        phrase: one of them.
        ends: how a phrase of the kind asked for ends; 「と」 and 「や」 join only such phrases, or like ones.
        loose: 「と」 joins whatever stands before the phrase.
    """
    start, end, mine = phrase.start, phrase.end, phrase
    earlier = [one for one in found if one.end <= start]
    while earlier:
        before = earlier[-1]
        joined = loose and text[before.end : start] == "と"
        if not (joined or _are_listed(text, before, mine, start, ends)) or end - before.start > LONGEST_LIST:
            break
        start, mine = before.start, before
        earlier = [one for one in found if one.end <= start]
    mine = phrase
    while True:
        later = [one for one in found if one.start >= end and _are_listed(text, mine, one, one.start, ends)]
        later = [one for one in later if one.start == later[0].start and one.end - start <= LONGEST_LIST]
        if not later:
            return start, end
        mine = next((one for one in later if _alike(text, mine, one, ends)), later[-1])
        end = mine.end


def _are_listed(text: str, one: Phrase, other: Phrase, start: int, ends: re.Pattern[str] | None) -> bool:
    between = re.sub(r"^\([^()]*\)", "", text[one.end : start])
    if not LISTING.fullmatch(between) or _TIME.match(text[one.run : one.end]):
        return False
    return between.strip() in _PLAIN_LISTING or _alike(text, one, other, ends)


def _alike(text: str, one: Phrase, other: Phrase, ends: re.Pattern[str] | None) -> bool:
    """Whether two phrases name things of one kind: they end alike, or both are foreign names."""
    mine, theirs = text[one.run : one.end], text[other.run : other.end]
    if ends is not None and ends.search(mine) and ends.search(theirs):
        return True
    first = text[other.start : other.end]
    return mine[-1] == theirs[-1] or (bool(_FOREIGN.match(mine)) and bool(_FOREIGN.match(first)))


def _particle(text: str, end: int) -> tuple[str, int]:
    at = end + len(m.group()) if (m := _MARKED.match(text, end)) else end
    for particle in PARTICLES:
        if text.startswith(particle, at):
            return particle, at + len(particle)
    return "", end


def _runs(text: str) -> Iterator[tuple[int | None, int, int]]:
    """Runs of nouns: where the adjective before them begins, where they begin and end."""
    modifier: int | None = None
    start: int | None = None
    end = 0
    for piece in _pieces(text):
        if start is not None and (piece.kind != "noun" or piece.start != end):
            yield modifier, start, end
            start = modifier = None
        if piece.kind == "noun":
            if start is None:
                start = piece.start
                modifier = modifier if modifier is not None and end == piece.start else None
            end = piece.end
        elif piece.kind == "modifier":
            modifier, end = piece.start, piece.end
        else:
            modifier = None
            end = piece.end
    if start is not None:
        yield modifier, start, end


def _pieces(text: str) -> Iterator[_Piece]:
    quoted = [(match.start(), match.end()) for match in _QUOTED.finditer(text)]
    placed = list(_placed(text))
    told: set[int] = set()
    for number, (start, end, morpheme) in enumerate(placed):
        inside = next((span for span in quoted if span[0] <= start < span[1]), None)
        if inside is not None:
            if inside[0] not in told:
                told.add(inside[0])
                yield _Piece(inside[0], inside[1], "noun")
            continue
        following = placed[number + 1] if number + 1 < len(placed) else None
        yield _Piece(start, end, _kind(morpheme, following, end))


def _kind(morpheme: Morpheme, following: tuple[int, int, Morpheme] | None, end: int) -> str:
    part = morpheme.part_of_speech[0]
    if part in _NOUNS:
        return "noun"
    if part in ("補助記号", "記号") and _JOINING.fullmatch(morpheme.surface):
        return "noun" if morpheme.surface != "・" else "other"
    adjacent = following is not None and following[0] == end and following[2].part_of_speech[0] in _NOUNS
    if part == "動詞" and adjacent and morpheme.inflection_form.startswith("連用形"):
        return "noun"
    if part in ("形容詞", "連体詞") and adjacent:
        return "modifier"
    return "other"


def _placed(text: str) -> Iterator[tuple[int, int, Morpheme]]:
    cursor = 0
    for morpheme in _tagger().morphemes(text):
        start = text.index(morpheme.surface, cursor)
        cursor = start + len(morpheme.surface)
        yield start, cursor, morpheme


def _tagger() -> Tagger:
    """The thread's own tagger."""
    tagger: Tagger | None = getattr(_local, "tagger", None)
    if tagger is None:
        tagger = _local.tagger = Tagger()
    return tagger
