"""Words that mean a progress mark 「達成度」: 計画以下 of a document's own legend, or everyday 遅れている.

Each document has its own legend: what one calls 計画以下, another calls 計画を下回る or leaves unsaid. So
words are read as a sense, ahead of the plan, as planned or behind it, and each document's legend says which
of its marks have that sense; where it has the very words typed, they mean that mark alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from corpus.folding import fold, match_key

Legend = Mapping[str, str]
"""Marks as printed and what their document says of them, empty without a word."""

SHORTEST_MEANING = 4
"""Shorter words of a legend (達成, 未達) are words of any question."""

CIRCLES = str.maketrans("〇◯▲✕", "○○△×")
_SIGN = re.compile(r"[「『]?([◎○△×])[」』]?(?:印|判定|評価)?")
_QUOTED = re.compile(r"「[^」]*」|『[^』]*』")
_ABOUT = re.compile(r"^(?:ほぼ|おおむね|概ね)")
_AFTER = r"(?:であった|だった|である|の|な)?(?:もの|項目)?"
_PLANNED = r"(?:計画|予定|目標)"


class Sense(StrEnum):
    """What a mark says of a year, in the words of the page."""

    AHEAD = "計画を上回っている"
    PLANNED = "計画どおりである"
    BEHIND = "計画に届いていない"


_SAID = {
    Sense.BEHIND: re.compile(
        rf"遅れて(?:いる|いた|きた)?|遅れた|(?:取り?組み?|計画|事業|施策|進捗|進み)の遅れ|遅延(?:して(?:いる|いた)|した)"
        rf"|{_PLANNED}(?:を|より)?(?:下回(?:る|った|って(?:いる|いた))|以下)|{_PLANNED}に(?:届か|達し|至ら)(?:ない|なかった)"
        rf"|{_PLANNED}(?:を)?(?:通り|どおり)(?:に|で)?(?:は)?(?:進ま|いか|でき|行え)?(?:ない|なかった|ていない)"
        rf"|{_PLANNED}?(?:を|が|は)?(?:達成|実施|実現)(?:が|は)?(?:でき|し|され)(?:ない|なかった|て(?:い)?ない|ていなかった)"
        r"|進(?:んでいない|んでいなかった|まない|まなかった)|未達成?|未実施|未着手|順調で(?:は)?な(?:い|かった)|うまくいかな(?:い|かった)"
    ),
    Sense.AHEAD: re.compile(rf"{_PLANNED}(?:以上|を?上回(?:る|った|って(?:いる|いた))|を?超え(?:る|た))"),
    Sense.PLANNED: re.compile(
        rf"{_PLANNED}(?:を)?(?:通り|どおり)(?:に)?(?:進んだ|進んでいる|できた|達成した)?|順調(?:な|に進んでいる|に進んだ)"
    ),
}
"""How people say each sense; a failure comes first, for it names what did not succeed."""

_MEANS = {
    Sense.BEHIND: re.compile(
        r"以下|下回|未満|未達|未実施|未着手|遅れ|遅延|不十分|一部|やや|進捗なし|(?:でき|され|して|んで|届か|至ら|進ま)(?:い)?な|中止|休止"
    ),
    Sense.AHEAD: re.compile(r"以上|上回|超え|大き[くな]|期待"),
    Sense.PLANNED: re.compile(r"通り|どおり|順調|達成|完了|実施"),
}
"""How legends say it."""

_SIGNS = {"◎": Sense.AHEAD, "○": Sense.PLANNED, "△": Sense.BEHIND, "×": Sense.BEHIND}


@dataclass(frozen=True, slots=True, kw_only=True)
class MarksMeant:
    """What a theme says of progress marks.

    Attributes:
        rest: the theme without those words, folded.
        marks: the marks meant, plain, by document; a document without them is not in it.
        words: the words that were read as a mark, empty where the mark itself was typed.
        sense: what the words say.
    """

    rest: str
    marks: Mapping[str, frozenset[str]]
    words: str = ""
    sense: Sense | None = None

    def among(self, document_id: str) -> frozenset[str]:
        """The marks meant in a document."""
        return self.marks.get(document_id, frozenset())


def plain_mark(mark: str) -> str:
    """A mark in the one form that it is compared by: 〇 and ◯ are ○, ▲ is △."""
    return mark.strip().translate(CIRCLES)


def meant_by(text: str, meanings: Iterable[tuple[str, str]]) -> str:
    """The mark whose meaning a text names in the legend's own words, the longest; empty without one.

    Args:
        text: as typed.
        meanings: marks and their meanings, of one document or of several.
    """
    asked = _spelled(match_key(text))
    named = [
        (len(meaning), mark)
        for mark, meaning in meanings
        if len(meaning) >= SHORTEST_MEANING and _spelled(match_key(meaning)) in asked
    ]
    return plain_mark(max(named)[1]) if named else ""


def sense_of(mark: str, meaning: str) -> Sense | None:
    """What a mark of a legend says: by its meaning, without one by the mark itself."""
    key = match_key(meaning)
    said = next((sense for sense, words in _MEANS.items() if words.search(key)), None)
    return said or _SIGNS.get(plain_mark(mark))


def marks_meant(typed: str, legends: Mapping[str, Legend]) -> MarksMeant | None:
    """What a theme says of marks, None where it speaks of none or no document has such a mark.

    Words within 「」 are looked for as they stand and mean no mark, unless they are a mark.

    Args:
        typed: the theme.
        legends: of the documents that have progress marks, by document.
    """
    text = fold(typed).text.translate(CIRCLES)
    signs = frozenset(_SIGN.findall(text))
    if signs:
        return MarksMeant(rest=_SIGN.sub(" ", text), marks=dict.fromkeys(legends, signs))
    open_text = _QUOTED.sub(lambda found: "\0" * len(found.group()), text)
    said = _said(open_text, legends)
    if said is None:
        return None
    start, end, sense = said
    words = text[start:end]
    marks = {document: held for document, legend in legends.items() if (held := _of(words, sense, legend))}
    rest = f"{text[:start]} {text[end:]}"
    after = re.compile(_AFTER).match(text, end)
    if after:
        rest = f"{text[:start]} {text[after.end() :]}"
    return MarksMeant(rest=rest, marks=marks, words=words, sense=sense) if marks else None


def _of(words: str, sense: Sense, legend: Legend) -> frozenset[str]:
    """The marks of one document: the one whose meaning has the very words, else those of the sense."""
    named = meant_by(words, legend.items())
    if named:
        return frozenset({named})
    return frozenset(plain_mark(mark) for mark, meaning in legend.items() if sense_of(mark, meaning) is sense)


def _said(text: str, legends: Mapping[str, Legend]) -> tuple[int, int, Sense] | None:
    """Where a text names a sense, the longest words: as some legend has them, or as people say it."""
    found = [
        *_everyday(text),
        *(
            (match.start(), match.end(), sense)
            for legend in legends.values()
            for mark, meaning in legend.items()
            if (sense := sense_of(mark, meaning)) is not None
            for match in [_written(meaning).search(text) if len(_bare(meaning)) >= SHORTEST_MEANING else None]
            if match is not None
        ),
    ]
    return max(found, key=lambda one: (one[1] - one[0], -one[0], one[2] is Sense.BEHIND), default=None)


def _everyday(text: str) -> Iterator[tuple[int, int, Sense]]:
    for sense, words in _SAID.items():
        for match in words.finditer(text):
            yield match.start(), match.end(), sense


def _bare(meaning: str) -> str:
    return _ABOUT.sub("", match_key(meaning))


def _spelled(key: str) -> str:
    return key.replace("どおり", "通り")


def _written(meaning: str) -> re.Pattern[str]:
    spelled = re.escape(_spelled(_bare(meaning))).replace("通り", "(?:通り|どおり)")
    return re.compile(rf"(?:ほぼ|おおむね|概ね)?{spelled}")
