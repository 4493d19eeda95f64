"""The theme 「テーマ」 of a comparison: which words a passage must say to speak of it, and whether it does.

A theme is made of units, its longest words (空き家, 公共施設). A unit is said as it stands, by a noun that
the thesaurus calls up for the whole of it, or by its parts close together in one sentence (職員向けの研修).
Meaning alone is no evidence here: a cell of a comparison that is beside the point is worse than an empty one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from corpus.errors import QuestionError
from corpus.folding import fold, match_key
from corpus.municipality import MunicipalityTable
from index.expansion import Called, Expander
from index.facets import Facets
from index.filters import Filters
from index.lexical import Alternatives
from index.terms import Term, TermAnalyzer, TermKind
from qa.filter_words import FilterWords, resolve_filters
from qa.question import read_question
from qa.request_words import FRAME_WORDS, REQUEST_WORDS
from qa.understand import Understood, understand
from qa.wording_frames import LIST_NOUNS

LEAST_CALLED = 0.6
"""The thesaurus's weight from which a called-up noun says the same as the word that calls it."""

CALLED, NEAR, SOFT = 0.6, 0.7, 0.5
"""What a called-up noun, scattered parts and a soft unit that is not said count beside the unit itself."""

WINDOW = 36
"""How many characters may lie between the parts of a unit in one sentence."""

MOST_LOOSE = 3
"""From so many units on a passage may lack some."""

LOOSE_SHARE = 0.6

ENDINGS = frozenset({"対策", "施策", "事業", "政策"})
"""What a theme ends in that only says that something is done about it."""

_POINTS = re.compile(r"[・･、,。「」『』()（）\[\]【】\"'“”]")
_ENDING = re.compile(r"(?<=[一-鿿々])[ぁ-ゖ]+$")
_GLUED = r"[一-鿿々ァ-ヴー]"
_INNER_KANA = re.compile(r"(?<=[一-鿿々])[ぁ-ゖ]{1,2}(?=[一-鿿々])")
"""Kana that are left out in a shorter spelling of the same word: 空き家, 空家."""

_VERB = re.compile(r".+[うくぐすつぬぶむる]")
_SENTENCE = re.compile(r"[^。！？\n]+")


@lru_cache(maxsize=20_000)
def theme_key(text: str) -> str:
    """A text as themes are looked for in it: folded, without white space, points and brackets."""
    return _POINTS.sub("", match_key(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One word of a theme.

    Attributes:
        text: as ``theme_key`` gives it.
        keys: the terms that a passage must hold.
        stems: its parts without their inflected endings, in order.
        called: nouns that say the same, as ``theme_key`` gives them.
        called_keys: the terms of each.
        soft: whether it says what is done with another unit (活用 of 空き家) and may be said otherwise.
    """

    text: str
    keys: tuple[str, ...]
    stems: tuple[str, ...]
    called: tuple[str, ...] = ()
    called_keys: tuple[tuple[str, ...], ...] = ()
    soft: bool = False

    def said_in(self, key: str) -> float:
        """How clearly a text says the unit: 1 as it stands, less by another noun, 0 not at all."""
        if self.text in key:
            return 1.0
        if any(word in key for word in self.called):
            return CALLED
        return 0.0

    def scattered_in(self, sentence: str) -> bool:
        """Whether the parts stand close together in a sentence's key, each at the end of a word.

        公共 of 公共交通 is part of another word; 研修 of 階層別研修 is not.
        """
        if len(self.stems) < 2:
            return False
        places = [
            [match.end() for match in re.finditer(f"{re.escape(stem)}(?!{_GLUED})", sentence)]
            for stem in self.stems
        ]
        reach = sum(map(len, self.stems)) + WINDOW
        return all(places) and any(
            all(any(abs(other - at) <= reach for other in more) for more in places[1:]) for at in places[0]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme as read.

    Attributes:
        understood: how the words typed were read; its filters are the limits of the search.
        units: what must be said.
        phrases: what must be said letter for letter, folded without white space.
    """

    understood: Understood
    units: tuple[Unit, ...]
    phrases: tuple[str, ...]
    _strengths: dict[str, float] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was found of texts already looked at: titles and headings stand over very many passages."""

    @property
    def text(self) -> str:
        """As typed."""
        return self.understood.question.text

    @property
    def filters(self) -> Filters:
        """The limits, those read from the theme among them."""
        return self.understood.filters

    @property
    def exact(self) -> str:
        """The whole topic as ``theme_key`` gives it."""
        return theme_key(self.understood.topic)

    @property
    def groups(self) -> tuple[Alternatives, ...]:
        """What the index must find; empty where a passage may lack a unit, or nothing is said as terms."""
        required = [unit for unit in self.units if not unit.soft]
        if len(required) >= MOST_LOOSE:
            return (Alternatives(ways=tuple((unit.keys, 1.0) for unit in required)),)
        return tuple(
            Alternatives(ways=((unit.keys, 1.0), *((keys, CALLED) for keys in unit.called_keys)))
            for unit in required
        )

    def strength(self, text: str) -> float:
        """How clearly a text says the theme, 0 to 1; 0 where it does not.

        Args:
            text: in the source's own characters, any length.
        """
        known = self._strengths.get(text)
        if known is None:
            known = self._strengths[text] = self._strength(text)
        return known

    def _strength(self, text: str) -> float:
        if self.phrases and not all(phrase in match_key(text) for phrase in self.phrases):
            return 0.0
        whole = theme_key(text)
        if self.exact in whole:
            return 1.0
        return self._share([unit.said_in(whole) or self._scattered(unit, text) for unit in self.units])

    def says_some(self, unit: Unit, text: str) -> bool:
        """Whether a text says one unit of the theme."""
        return unit.said_in(theme_key(text)) > 0

    def called_in(self, text: str) -> tuple[Called, ...]:
        """The called-up words by which alone a text says a unit; empty where it says all as they stand."""
        key = theme_key(text)
        unsaid = [unit for unit in self.units if unit.text not in key]
        words = {word for unit in unsaid for word in unit.called if word in key}
        return tuple(one for one in self.understood.called if theme_key(one.called) in words)

    @property
    def label(self) -> str:
        """The theme in 「」, where it was not typed so."""
        return self.text if self.text.startswith("「") else f"「{self.text}」"

    def without(self, text: str) -> str:
        """A text, folded, without the theme's own words: what it says beside them."""
        folded = fold(text).text
        for unit in self.units:
            for word in (unit.text, *unit.called):
                folded = folded.replace(word, " ")
        return folded

    def _scattered(self, unit: Unit, text: str) -> float:
        if len(unit.stems) < 2:
            return 0.0
        key = theme_key(text)
        if not all(stem in key for stem in unit.stems):
            return 0.0
        sentences = _SENTENCE.findall(text)
        return NEAR if any(unit.scattered_in(theme_key(sentence)) for sentence in sentences) else 0.0

    def _share(self, said: Sequence[float]) -> float:
        """The mean over the units; 0 where one of few, or too many of many, are not said."""
        if not said:
            return 1.0 if self.phrases else 0.0
        required = [one for unit, one in zip(self.units, said, strict=True) if not unit.soft]
        held = sum(1 for one in required if one > 0)
        least = len(required) if len(required) < MOST_LOOSE else LOOSE_SHARE * len(required)
        worth = [max(one, SOFT) if unit.soft else one for unit, one in zip(self.units, said, strict=True)]
        return sum(worth) / len(worth) if held >= least else 0.0


def read_theme(
    typed: str,
    words: FilterWords,
    facets: Facets,
    table: MunicipalityTable,
    analyzer: TermAnalyzer,
    expander: Expander,
) -> Theme:
    """Read a theme over the values that the library holds.

    Raises:
        QuestionError: nothing but a town or a year was typed, nothing at all, or too much.
        InputError: a filter cannot be read.
    """
    given = resolve_filters(words, facets, table)
    widened = expander if words.widen else None
    understood = understand(
        read_question(typed), given, facets, table, analyzer, widened, without=words.without, narrow=False
    )
    limited = understood.municipalities or understood.fiscal_years
    if limited and understood.topic == fold(understood.question.text).text:
        raise QuestionError(
            f"テーマの言葉がありません: {understood.question.text}。「多文化共生」のように、"
            "調べたい事柄を入力し、自治体や年度は絞り込みで指定してください。"
        )
    units = () if understood.question.only_phrases else units_of(understood, analyzer)
    phrases = tuple(match_key(phrase) for phrase in understood.phrases)
    return Theme(understood=understood, units=units, phrases=phrases)


def units_of(understood: Understood, analyzer: TermAnalyzer) -> tuple[Unit, ...]:
    """The longest words of a topic in order; words of every plan (取組) only where there is no other."""
    topic = understood.topic
    terms = analyzer.analyze(topic)
    longest = [
        one
        for one in terms
        if not any(
            other.start <= one.start and one.end <= other.end and len(other.text) > len(one.text)
            for other in terms
            if other is not one and other.end - other.start > one.end - one.start
        )
    ]
    general = FRAME_WORDS | REQUEST_WORDS
    longest = [part for one in longest for part in _without_ending(one, terms)]
    telling = [one for one in longest if one.text not in general] or longest
    units = {
        unit.text: unit
        for one in telling
        if (unit := _unit(one, topic, terms, understood, analyzer)) is not None
    }
    if all(unit.text in LIST_NOUNS for unit in units.values()):
        return tuple(units.values())
    return tuple(replace(unit, soft=unit.text in LIST_NOUNS) for unit in units.values())


def _without_ending(one: Term, terms: Sequence[Term]) -> list[Term]:
    """空き家対策 as 空き家 and 対策: what is done about it may be said otherwise, or not at all."""
    ending = next(
        (part for part in terms if part.text in ENDINGS and part.end == one.end and one.start < part.start),
        None,
    )
    return [one] if ending is None else [one._replace(end=ending.start), ending]


def _unit(
    one: Term, topic: str, terms: Sequence[Term], understood: Understood, analyzer: TermAnalyzer
) -> Unit | None:
    parts = [
        term
        for term in terms
        if term.kind is not TermKind.COMPOUND and one.start <= term.start and term.end <= one.end
    ] or [one]
    surface = topic[one.start : one.end]
    keys = tuple(dict.fromkeys(term.text for term in parts))
    text = theme_key(surface) if len(parts) > 1 else _stem(theme_key(surface), one.text)
    if not text:
        return None
    called = [
        word
        for word in understood.called
        if set(word.typed_terms) == set(keys) and word.weight >= LEAST_CALLED and _noun(word.called, analyzer)
        if text not in theme_key(word.called)
    ]
    spellings = {theme_key("".join(term.text for term in parts)), _other_kana(text)}
    shorter = _INNER_KANA.sub("", text)
    if frozenset(analyzer.keys(shorter)) == frozenset(analyzer.keys(text)):
        spellings.add(shorter)
    spellings.discard(text)
    return Unit(
        text=text,
        keys=keys,
        stems=tuple(_stem(theme_key(topic[term.start : term.end]), term.text) for term in parts),
        called=tuple(dict.fromkeys([*(theme_key(word.called) for word in called), *sorted(spellings)])),
        called_keys=tuple(dict.fromkeys(word.terms for word in called)),
    )


def _stem(word: str, key: str) -> str:
    """A verb without its inflected ending: 減らす and 減らし meet as 減ら; any other word as it is."""
    if not _ENDING.search(word) or not _ENDING.search(key):
        return word
    stem = _ENDING.sub("", word)
    return stem if len(stem) > 1 else word[:-1] if len(word) > 2 else word


def _noun(word: str, analyzer: TermAnalyzer) -> bool:
    """Whether a word is nothing but nouns: 返礼品 is, 役立てる and 税金が戻る寄付 are not."""
    key = theme_key(word)
    if _VERB.fullmatch(key):
        return False
    singles = [term for term in analyzer.analyze(key) if term.kind is not TermKind.COMPOUND]
    covered = {at for term in singles for at in range(term.start, term.end)}
    return len(key) > 1 and len(covered) == len(key)


def _other_kana(text: str) -> str:
    """Katakana for hiragana and the other way round, of a word in nothing else: ごみ, ゴミ."""
    if re.fullmatch(r"[ぁ-ゖー]+", text):
        return "".join(chr(ord(one) + 0x60) if one != "ー" else one for one in text)
    if re.fullmatch(r"[ァ-ヶー]+", text):
        return "".join(chr(ord(one) - 0x60) if one != "ー" else one for one in text)
    return text
