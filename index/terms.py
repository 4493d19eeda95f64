"""Search terms of a text: what the lexical index counts and what the embedding model has rows for.

Decides which tokens make a term, alone or as a run of nouns, and where it stands. What one token is for
search is decided in ``index.tokens``.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property, lru_cache, partial
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from index.morphemes import Tagger, dictionary_version, parse_line, shared_tagger
from index.tokens import Token, figure_token, token_of
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


_term: Callable[[tuple[str, int, int, TermKind]], Term] = partial(tuple.__new__, Term)
"""A term of its four parts, in a third of the time that the class takes by name."""


class Cut(NamedTuple):
    """A line as cut.

    Attributes:
        terms: by start, then end.
        keys: theirs.
        words: the keys of words and compounds, without numbers.
    """

    terms: tuple[Term, ...]
    keys: tuple[str, ...]
    words: tuple[str, ...]


_Placed = tuple[Token, int, int]
"""A token with its start and end."""

_Scanned = tuple[str, int, int, bool]
"""A figure (True) or Latin word that was found before MeCab, with its start and end."""


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
        self._taggers: dict[Path | None, Tagger] = {}
        self._tokens: dict[str, Token] = {}
        self._listed = frozenset(word.text for word in self._words)
        self._inner: dict[str, tuple[Term, ...]] = {}
        self._kept = lru_cache(maxsize=LINES_KEPT)(self._cut)

    @cached_property
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
            found = self._line(line).terms
            terms.extend(found if offset == 0 else (_moved(term, offset) for term in found))
            offset += len(line) + 1
        return terms

    def keys(self, text: str) -> list[str]:
        """The keys of the terms of ``text``, in the order of ``analyze``."""
        return [key for line in text.split("\n") for key in self._line(line).keys]

    def word_keys(self, text: str) -> list[str]:
        """The keys of words and compounds, without numbers, in the order of ``analyze``."""
        return [key for line in text.split("\n") for key in self._line(line).words]

    def cuts(self, text: str) -> list[Cut]:
        """Each line of ``text`` as cut, for who wants several of these; places are those in the line."""
        return [self._line(line) for line in text.split("\n")]

    def forget(self) -> None:
        """Keep no lines as cut: the next text is cut anew."""
        self._kept.cache_clear()

    def _line(self, line: str) -> Cut:
        return self._kept(line) if len(line) <= LONGEST_KEPT else self._cut(line)

    def _cut(self, line: str) -> Cut:
        terms = tuple(sorted(self._terms(line), key=_PLACE))
        words = tuple([term.text for term in terms if term.kind is not TermKind.NUMBER])
        keys = words if len(words) == len(terms) else tuple([term.text for term in terms])
        return Cut(terms, keys, words)

    def _terms(self, line: str) -> list[Term]:
        scanned = _scan(line)
        found = [term for latin in scanned if not latin[3] for term in _latin_terms(latin)]
        placed = self._among_scanned(line, scanned) if scanned else self._place(line)
        run: list[_Placed] = []
        previous_end, after_number = -1, False
        for item in _merge_numerals(placed, line):
            token, start, end = item
            _, key, is_numeral, joins, counts, is_compound, _ = token
            if run and (start != previous_end or not joins):
                if len(run) > 1:
                    found.extend(_run_term(run))
                run = []
            if is_compound:
                found.extend(self._compound_terms(item))
            elif key:
                found.append(_term((key, start, end, TermKind.NUMBER if is_numeral else TermKind.WORD)))
            if joins and (run or not (after_number and counts and start == previous_end)):
                run.append(item)
            previous_end, after_number = end, is_numeral
        if len(run) > 1:
            found.extend(_run_term(run))
        return found

    def _place(self, line: str) -> list[_Placed]:
        """The tokens of a line that make terms, with their places; the others only part them."""
        placed = []
        cursor = 0
        for token in self._tokenize(line, self._tagger()):
            start = line.index(token[0], cursor)
            cursor = start + len(token[0])
            if token[6]:
                placed.append((token, start, cursor))
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
            start = line.index(token[0], cursor)
            cursor = start + len(token[0])
            while current is not None and current[1] < cursor:
                surface, first, covered, is_figure = current
                if is_figure and not token.is_compound:
                    placed.append((figure_token(surface), first, covered))
                current = next(pending, None)
            if token[6] and (start >= covered or token.is_compound):
                placed.append((token, start, cursor))
        return placed

    def _compound_terms(self, item: _Placed) -> Iterator[Term]:
        surface = item[0].surface
        inner = self._inner.get(surface)
        if inner is None:
            inner = self._inner[surface] = tuple(self._inner_terms(surface))
        return (_moved(term, item[1]) for term in inner)

    def _inner_terms(self, word: str) -> Iterator[Term]:
        """The parts of a listed word, and every listed word that some of them make, itself included."""
        parts: list[_Placed] = []
        end = 0
        for token in self._tokenize(word, self._plain_tagger()):
            start, end = end, end + len(token.surface)
            parts.append((token, start, end))
            if token.key and not _LATIN_PART.fullmatch(token.surface):
                yield Term(token.key, start, end, TermKind.NUMBER if token.is_numeral else TermKind.WORD)
        for first, last in itertools.combinations(range(len(parts)), 2):
            start, end = parts[first][1], parts[last][2]
            if word[start:end] in self._listed:
                members = [token for token, _, _ in parts[first : last + 1]]
                key = "".join(token.key or token.surface for token in members)
                yield Term(key, start, end, TermKind.COMPOUND)

    def _tokenize(self, line: str, tagger: Tagger) -> list[Token]:
        tokens = self._tokens
        if len(tokens) > _CACHE_LIMIT:
            tokens = self._tokens = {}
        lines = tagger.lines(line)
        try:
            return [tokens[described] for described in lines]
        except KeyError:  # a word for the first time
            for described in lines:
                if described not in tokens:
                    tokens[described] = token_of(parse_line(described))
            return [tokens[described] for described in lines]

    def _tagger(self) -> Tagger:
        return self._taken(self._dictionary)

    def _plain_tagger(self) -> Tagger:
        return self._taken(None)

    def _taken(self, dictionary: Path | None) -> Tagger:
        """The process's tagger with a user dictionary, or without one, taken when it is first needed."""
        found = self._taggers.get(dictionary)
        if found is None:
            found = self._taggers[dictionary] = shared_tagger(dictionary)
        return found


def _moved(term: Term, offset: int) -> Term:
    return _term((term[0], term[1] + offset, term[2] + offset, term[3]))


def _scan(line: str) -> list[_Scanned]:
    # MeCab cuts 1,355 at the comma and e-mail at the hyphen: figures and Latin words are found before it.
    return [
        (match.group(), match.start(), match.end(), match.lastgroup == "figure")
        for match in _SCANNED.finditer(line)
    ]


def _latin_terms(latin: _Scanned) -> Iterator[Term]:
    """A Latin word; of one with hyphens (e-mail, wi-fi) the parts, and the whole without its hyphens."""
    surface, start, end, _ = latin
    parts = list(_LATIN_PART.finditer(surface))
    for part in parts:
        yield Term(part.group(), start + part.start(), start + part.end(), TermKind.WORD)
    if len(parts) > 1:
        yield Term("".join(part.group() for part in parts), start, end, TermKind.COMPOUND)


def _merge_numerals(items: Sequence[_Placed], line: str) -> Sequence[_Placed]:
    """Join adjacent numerals (三|十|五, 2|億|5|千|万) into one number."""
    for token, _, _ in items:
        if token[2]:
            break
    else:
        return items
    merged: list[_Placed] = []
    held: list[_Placed] = []
    for item in items:
        is_numeral = item[0].is_numeral
        if held and not (is_numeral and item[1] == held[-1][2]):
            merged.append(_one_number(held, line))
            held = []
        (held if is_numeral else merged).append(item)
    if held:
        merged.append(_one_number(held, line))
    return merged


def _one_number(held: Sequence[_Placed], line: str) -> _Placed:
    start, end = held[0][1], held[-1][2]
    return held[0] if len(held) == 1 else (figure_token(line[start:end]), start, end)


def _run_term(run: Sequence[_Placed]) -> Iterator[Term]:
    if 2 <= len(run) <= _LONGEST_RUN:
        key = "".join([token[1] for token, _, _ in run])
        yield _term((key, run[0][1], run[-1][2], TermKind.COMPOUND))
