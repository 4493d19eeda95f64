"""Search terms of a text: what the lexical index counts and what the embedding model has rows for.

Decides which morphemes are content and under which key a word's spellings meet. Keys come by rule from
unidic's lemmas: verbs take their nominal form (取り組む → 取り組み), so verb and noun meet without a list.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from index.morphemes import COMPOUND_MARK, Morpheme, Tagger, dictionary_version, parse_line
from index.numerals import numeral_key
from index.user_dictionary import (
    Word,
    compile_dictionary,
    default_dictionary_dir,
    read_words,
    words_fingerprint,
)

RULES_VERSION = "1"
"""Raised with every change of the rules below: an index made under other rules must be made anew."""

_LONGEST_RUN = 4
_CACHE_LIMIT = 300_000

_FIGURE = r"(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d+)?"
_LATIN = r"[a-zà-öø-ÿ]"
_SCANNED = re.compile(
    rf"(?P<latin>{_LATIN}(?:{_LATIN}|\d)*(?:[-&+]{_LATIN}(?:{_LATIN}|\d)*)*)|(?P<figure>{_FIGURE})"
)
_LATIN_PART = re.compile(rf"{_LATIN}(?:{_LATIN}|\d)*")

_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞", "接尾辞"})
_NOUN_LIKE = frozenset({"名詞", "形状詞", "接頭辞", "接尾辞"})
# Words that nearly every sentence of a plan holds, and affixes that turn any word into another.
_STOPPED = frozenset(
    """
    為る 有る 居る 成る 行う 図る 出来る 因る つく 於く 対する 関する 言う 伴う 無い 良い
    御 第 各 本 当 同 等 的 達 様 共 毎 更に 特に 又 並びに 及び 等々 共に 既に 未だ 尚 約
    """.split()  # noqa: SIM905 (a table to read)
)
# Formal nouns and adverbs: stopped only when written in kana (所 in 所管 or 中 in 中間 stay).
_STOPPED_IN_KANA = frozenset(
    "事 物 為 所 通り 外 他 内 筈 訳 上 中 後 間 時 方 儘 際 程 位".split()  # noqa: SIM905
)
_KANA_ONLY = re.compile(r"[ぁ-ゖー]+")
_KATAKANA_ONLY = re.compile(r"[ァ-ヴー]+")
_KANJI = re.compile(r"[一-鿿々]")
_LONG_KATAKANA = re.compile(r"[ァ-ヴー]{3,}ー")
_NOMINAL_ENDING = dict(zip("うくぐすつぬぶむる", "いきぎしちにびみり", strict=True))


_PLACE = itemgetter(1, 2)
"""Start and end of a term."""

LINES_KEPT = 4_096
LONGEST_KEPT = 400
"""Of so many lines of up to so many characters the terms are kept: about 12 MB."""


class TermKind(StrEnum):
    """What a term is made of."""

    WORD = "word"
    COMPOUND = "compound"
    NUMBER = "number"


class Term(NamedTuple):
    """A search term: its key, and the code points ``[start, end)`` of the text that it stands for."""

    text: str
    start: int
    end: int
    kind: TermKind


class _Token(NamedTuple):
    surface: str
    key: str  # empty: not content
    is_numeral: bool
    joins: bool  # may be a member of a noun run
    counts: bool  # may follow a figure as its unit
    is_compound: bool
    matters: bool  # makes a term, alone or with others


class TermAnalyzer:
    """Cuts folded text (NFKC, ASCII in lower case) into terms. Safe to share between threads.

    Args:
        dictionary_dir: where compiled dictionaries are kept; the user's cache folder if None.
        words: our compounds; the product's word list if None. Without words unidic-lite works alone.
    """

    def __init__(self, dictionary_dir: Path | None = None, *, words: Sequence[Word] | None = None) -> None:
        self._words = read_words() if words is None else tuple(words)
        folder = default_dictionary_dir() if dictionary_dir is None else dictionary_dir
        self._dictionary = compile_dictionary(self._words, folder) if self._words else None
        self._making = threading.Lock()
        self._taggers: dict[Path | None, Tagger] = {}
        self._tokens: dict[str, _Token] = {}
        self._listed = frozenset(word.text for word in self._words)
        self._inner: dict[str, tuple[Term, ...]] = {}
        self._kept = lru_cache(maxsize=LINES_KEPT)(self._cut)

    @property
    def fingerprint(self) -> str:
        """Hash of the word list, these rules and unidic-lite's version: equal fingerprints cut alike."""
        made_of = f"{RULES_VERSION}\n{dictionary_version()}\n{words_fingerprint(self._words)}"
        return hashlib.sha256(made_of.encode()).hexdigest()[:16]

    def analyze(self, text: str) -> list[Term]:
        """The terms of ``text``, by start, then end: a compound comes after the parts that it begins with.

        Any string can be analysed; an empty one has no terms. Short lines are kept as cut: an answer reads
        the same sentences several times, and the next question often reads them again; a passage is read by
        the index and then by the embedding model.
        """
        terms: list[Term] = []
        offset = 0
        for line in text.split("\n"):
            found = self._line(line)
            terms.extend(found if offset == 0 else (_moved(term, offset) for term in found))
            offset += len(line) + 1
        return terms

    def keys(self, text: str) -> list[str]:
        """The keys of the terms of ``text``, in the order of ``analyze``."""
        return [term.text for line in text.split("\n") for term in self._line(line)]

    def word_keys(self, text: str) -> list[str]:
        """The keys of words and compounds, without numbers, in the order of ``analyze``."""
        lines = text.split("\n")
        return [term.text for line in lines for term in self._line(line) if term.kind is not TermKind.NUMBER]

    def prepare(self, texts: Iterable[str]) -> None:
        """Hear of the texts that will be cut next; for an analyzer that has them cut elsewhere.

        This one needs no notice and leaves the texts unread.
        """

    def _line(self, line: str) -> tuple[Term, ...]:
        return self._kept(line) if len(line) <= LONGEST_KEPT else self._cut(line)

    def _cut(self, line: str) -> tuple[Term, ...]:
        return tuple(sorted(self._analyze_line(line, 0), key=_PLACE))

    def _analyze_line(self, line: str, offset: int) -> Iterator[Term]:
        scanned = list(_scan(line))
        for latin in scanned:
            if not latin.is_figure:
                yield from _latin_terms(latin, offset)
        placed = self._among_scanned(line, scanned) if scanned else self._place(line)
        run: list[_Placed] = []
        previous_end, after_number = -1, False
        for item in _merge_numerals(placed, line):
            token, start, end = item
            if run and (start != previous_end or not token.joins):
                yield from _run_term(run, offset)
                run = []
            if token.is_compound:
                yield from self._compound_terms(item, offset)
            elif token.key:
                kind = TermKind.NUMBER if token.is_numeral else TermKind.WORD
                yield Term(token.key, offset + start, offset + end, kind)
            if token.joins and (run or not (after_number and token.counts and start == previous_end)):
                run.append(item)
            previous_end, after_number = end, token.is_numeral
        yield from _run_term(run, offset)

    def _place(self, line: str) -> list[_Placed]:
        """The tokens of a line that make terms, with their places; the others only part them."""
        placed = []
        cursor = 0
        for token in self._tokenize(line, self._tagger()):
            start = line.index(token.surface, cursor)
            cursor = start + len(token.surface)
            if token.matters:
                placed.append(_Placed(token, start, cursor))
        return placed

    def _among_scanned(self, line: str, scanned: Sequence[_Scanned]) -> list[_Placed]:
        """The same with figures and Latin words that were found before.

        A scanned figure takes the place of the tokens that it touches, except inside a compound (6次産業化).
        """
        placed = []
        pending = iter(scanned)
        current = next(pending, None)
        covered = cursor = 0
        for token in self._tokenize(line, self._tagger()):
            start = line.index(token.surface, cursor)
            cursor = start + len(token.surface)
            while current is not None and current.start < cursor:
                if current.is_figure and not token.is_compound:
                    placed.append(_Placed(_figure_token(current.surface), current.start, current.end))
                covered = current.end
                current = next(pending, None)
            if token.matters and (start >= covered or token.is_compound):
                placed.append(_Placed(token, start, cursor))
        return placed

    def _compound_terms(self, item: _Placed, offset: int) -> Iterator[Term]:
        surface = item.token.surface
        inner = self._inner.get(surface)
        if inner is None:
            inner = self._inner[surface] = tuple(self._inner_terms(surface))
        shift = offset + item.start
        for term in inner:
            yield Term(term.text, shift + term.start, shift + term.end, term.kind)

    def _inner_terms(self, word: str) -> Iterator[Term]:
        """The parts of a listed word, and every listed word that some of them make, itself included."""
        parts: list[_Placed] = []
        end = 0
        for token in self._tokenize(word, self._plain_tagger()):
            start, end = end, end + len(token.surface)
            parts.append(_Placed(token, start, end))
            if token.key and not _LATIN_PART.fullmatch(token.surface):
                yield Term(token.key, start, end, TermKind.NUMBER if token.is_numeral else TermKind.WORD)
        for first, last in itertools.combinations(range(len(parts)), 2):
            start, end = parts[first].start, parts[last].end
            if word[start:end] in self._listed:
                key = "".join(part.token.key or part.token.surface for part in parts[first : last + 1])
                yield Term(key, start, end, TermKind.COMPOUND)

    def _tokenize(self, line: str, tagger: Tagger) -> list[_Token]:
        tokens = self._tokens
        if len(tokens) > _CACHE_LIMIT:
            tokens = self._tokens = {}
        found = []
        for described in tagger.lines(line):
            token = tokens.get(described)
            if token is None:
                token = tokens[described] = _token(parse_line(described))
            found.append(token)
        return found

    def _tagger(self) -> Tagger:
        return self._made(self._dictionary)

    def _plain_tagger(self) -> Tagger:
        return self._made(None)

    def _made(self, dictionary: Path | None) -> Tagger:
        """The tagger with a user dictionary, or without one, made when it is first needed."""
        with self._making:
            if dictionary not in self._taggers:
                self._taggers[dictionary] = Tagger(dictionary)
            return self._taggers[dictionary]


@dataclass(frozen=True, slots=True)
class _Scanned:
    surface: str
    start: int
    end: int
    is_figure: bool


class _Placed(NamedTuple):
    token: _Token
    start: int
    end: int


def _moved(term: Term, offset: int) -> Term:
    return Term(term.text, term.start + offset, term.end + offset, term.kind)


def _scan(line: str) -> Iterator[_Scanned]:
    # MeCab cuts 1,355 at the comma and e-mail at the hyphen: figures and Latin words are found before it.
    for match in _SCANNED.finditer(line):
        yield _Scanned(match.group(), match.start(), match.end(), match.lastgroup == "figure")


def _latin_terms(latin: _Scanned, offset: int) -> Iterator[Term]:
    """A Latin word; of one with hyphens (e-mail, wi-fi) the parts, and the whole without its hyphens."""
    parts = list(_LATIN_PART.finditer(latin.surface))
    start = offset + latin.start
    for part in parts:
        yield Term(part.group(), start + part.start(), start + part.end(), TermKind.WORD)
    if len(parts) > 1:
        whole = "".join(part.group() for part in parts)
        yield Term(whole, start, offset + latin.end, TermKind.COMPOUND)


def _merge_numerals(items: Sequence[_Placed], line: str) -> Sequence[_Placed]:
    """Join adjacent numerals (三|十|五, 2|億|5|千|万) into one number."""
    if not any(item.token.is_numeral for item in items):
        return items
    merged: list[_Placed] = []
    held: list[_Placed] = []
    for item in items:
        if held and not (item.token.is_numeral and item.start == held[-1].end):
            merged.append(_one_number(held, line))
            held = []
        if item.token.is_numeral:
            held.append(item)
        else:
            merged.append(item)
    if held:
        merged.append(_one_number(held, line))
    return merged


def _one_number(held: Sequence[_Placed], line: str) -> _Placed:
    start, end = held[0].start, held[-1].end
    return held[0] if len(held) == 1 else _Placed(_figure_token(line[start:end]), start, end)


def _figure_token(surface: str) -> _Token:
    return _Token(
        surface,
        numeral_key(surface),
        is_numeral=True,
        joins=False,
        counts=False,
        is_compound=False,
        matters=True,
    )


def _run_term(run: Sequence[_Placed], offset: int) -> Iterator[Term]:
    if 2 <= len(run) <= _LONGEST_RUN:
        key = "".join(item.token.key for item in run)
        yield Term(key, offset + run[0].start, offset + run[-1].end, TermKind.COMPOUND)


def _token(morpheme: Morpheme) -> _Token:
    pos1, pos2, pos3 = morpheme.part_of_speech
    if pos3 == COMPOUND_MARK:
        return _Token(
            morpheme.surface,
            morpheme.surface,
            is_numeral=False,
            joins=False,
            counts=False,
            is_compound=True,
            matters=True,
        )
    if pos2 == "数詞":
        return _figure_token(morpheme.surface)
    key = _key(morpheme) if _is_content(morpheme) else ""
    is_stem = pos1 == "動詞" and morpheme.inflection_form.startswith("連用形-一般") and pos2 == "一般"
    return _Token(
        morpheme.surface,
        key,
        is_numeral=False,
        joins=bool(key) and (pos1 in _NOUN_LIKE or is_stem),
        counts=pos1 == "接尾辞" or pos3 == "助数詞可能",
        is_compound=False,
        matters=bool(key),
    )


def _is_content(morpheme: Morpheme) -> bool:
    pos1, pos2, _ = morpheme.part_of_speech
    if pos1 == "記号":
        return pos2 == "文字"
    if pos1 not in _CONTENT or morpheme.lemma in _STOPPED or pos2 == "助動詞語幹":
        return False
    if not _KANA_ONLY.fullmatch(morpheme.surface):
        return True
    return not (pos2 == "非自立可能" or pos1 in ("副詞", "接尾辞") or morpheme.lemma in _STOPPED_IN_KANA)


def _key(morpheme: Morpheme) -> str:
    lemma = morpheme.lemma.split("-", 1)[0]  # サービス-service
    if not lemma or lemma == "*" or (_KATAKANA_ONLY.fullmatch(lemma) and _KANJI.search(morpheme.surface)):
        lemma = (
            morpheme.surface
        )  # unknown words; and names, whose lemma is only their reading (大泉: オオイズミ)
    if morpheme.part_of_speech[0] == "動詞":
        return _nominal(lemma, morpheme.inflection_type)
    return lemma[:-1] if _LONG_KATAKANA.fullmatch(lemma) else lemma


def _nominal(lemma: str, inflection_type: str) -> str:
    """The form of a verb that serves as its noun (連用形): 取り組む → 取り組み, 支える → 支え."""
    if "一段" in inflection_type and lemma.endswith("る"):
        return lemma[:-1]
    if inflection_type.startswith("五段") or "一段" in inflection_type:  # 取り組める has the lemma 取り組む
        return lemma[:-1] + _NOMINAL_ENDING.get(lemma[-1], lemma[-1])
    return lemma
