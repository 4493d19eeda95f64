"""Search terms of a text: what the lexical index counts and what the embedding model has rows for.

Decides which tokens make a term, alone or as a run of nouns, and where it stands. What one token is for
search is decided in ``index.tokens``.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property, lru_cache, partial
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from corpus.folding import fold_text
from index.morphemes import Tagger, dictionary_version, shared_tagger
from index.tokens import Plain, figure_key, plain_token
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

_BLANK = re.compile(r"[\x00-\x20]")
"""What MeCab leaves out between words."""

_START = itemgetter(1)
_PLACE = itemgetter(1, 2)
"""Start of a term; start and end."""

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


_WORD, _COMPOUND, _NUMBER = TermKind.WORD, TermKind.COMPOUND, TermKind.NUMBER

_Found = tuple[str, int, int, TermKind]
"""The four parts of a term: of most terms only the keys are read, so they are made terms late."""

_Placed = tuple[Plain, int, int]
"""A token with its start and end."""

_Scanned = tuple[str, int, int, bool]
"""A figure (True) or Latin word that was found before MeCab, with its start and end."""


class Cut:
    """A line as cut; not to be changed.

    Args:
        found: the parts of its terms, by start, then end.

    Attributes:
        keys: of its terms.
        words: the keys of words and compounds, without numbers.
    """

    __slots__ = ("_found", "_terms", "keys", "words")

    def __init__(self, found: Sequence[_Found]) -> None:
        self._found = found
        self._terms: tuple[Term, ...] | None = None
        self.words = [key for key, _, _, kind in found if kind is not _NUMBER]
        self.keys = self.words if len(self.words) == len(found) else [key for key, _, _, _ in found]

    @property
    def terms(self) -> tuple[Term, ...]:
        """Its terms, by start, then end."""
        if self._terms is None:
            self._terms = tuple(map(_term, self._found))
        return self._terms

    def words_within(self, start: int, end: int) -> list[str]:
        """The keys of words and compounds that stand as a whole in ``[start, end)`` of the line."""
        first = bisect_left(self._found, start, key=_START)
        last = bisect_left(self._found, end, lo=first, key=_START)
        return [key for key, _, to, kind in self._found[first:last] if to <= end and kind is not _NUMBER]


class Heading(NamedTuple):
    """The keys of a title, a heading or a header; not to be changed.

    Attributes:
        keys: in the order of ``TermAnalyzer.analyze``.
        words: those of words and compounds, without numbers.
    """

    keys: Sequence[str]
    words: Sequence[str]


class TermAnalyzer:
    """Cuts folded text (NFKC, ASCII in lower case) into terms. Safe to share between threads.

    Args:
        dictionary_dir: where compiled dictionaries are kept; the user's cache folder if None.
        words: our compounds; the product's word list if None. Without words unidic-lite works alone.
    """

    def __init__(
        self,
        dictionary_dir: Path | None = None,
        *,
        words: Sequence[Word] | None = None,
    ) -> None:
        self._words = read_words() if words is None else tuple(words)
        folder = default_dictionary_dir() if dictionary_dir is None else dictionary_dir
        self._dictionary = compile_dictionary(self._words, folder) if self._words else None
        self._taggers: dict[Path | None, Tagger] = {}
        self._tokens: defaultdict[Tagger, dict[str, Plain]] = defaultdict(dict)
        self._listed = frozenset(word.text for word in self._words)
        self._inner: dict[str, tuple[_Found, ...]] = {}
        self._kept = lru_cache(maxsize=LINES_KEPT)(self._cut)
        self._headings = lru_cache(maxsize=LINES_KEPT)(self._heading)

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

    def heading(self, text: str) -> Heading:
        """The keys of a text that stands over many passages, which is kept; it need not be folded."""
        return self._headings(text) if len(text) <= LONGEST_KEPT else self._heading(text)

    def forget(self) -> None:
        """Keep no lines as cut: the next text is cut anew."""
        self._kept.cache_clear()
        self._headings.cache_clear()

    def _heading(self, text: str) -> Heading:
        folded = fold_text(text)
        return Heading(self.keys(folded), self.word_keys(folded))

    def _line(self, line: str) -> Cut:
        return self._kept(line) if len(line) <= LONGEST_KEPT else self._cut(line)

    def _cut(self, line: str) -> Cut:
        return Cut(self._terms(line))

    def _terms(self, line: str) -> list[_Found]:
        scanned = _scan(line)
        placed = self._among_scanned(line, scanned) if scanned else self._place(line)
        found, is_ordered = self._in_placed(placed, line)
        latin = [term for word in scanned if not word[3] for term in _latin_terms(word)]
        if latin or not is_ordered:
            found = sorted(latin + found, key=_PLACE)
        return found

    def _in_placed(self, placed: Sequence[_Placed], line: str) -> tuple[list[_Found], bool]:
        """The terms of tokens, and whether they are in order: the parts of a compound are not.

        Adjacent numerals (三|十|五, 2|億|5|千|万) are one number, adjacent nouns also one compound.
        """
        found: list[_Found] = []
        is_ordered = True
        members = 0  # of the run that the last terms found make
        number_start = 0
        previous_end, after_number = -1, False
        for (_, key, is_numeral, joins, counts, is_compound), start, end in placed:
            adjoins = start == previous_end
            if members and not (joins and adjoins):
                if 1 < members <= _LONGEST_RUN:
                    _add_run(found, members)
                members = 0
            if is_numeral:
                if after_number and adjoins:
                    found[-1] = (figure_key(line[number_start:end]), number_start, end, _NUMBER)
                else:
                    number_start = start
                    found.append((key, start, end, _NUMBER))
            elif is_compound:
                found.extend(self._compound_terms(key, start))
                is_ordered = False
            else:
                found.append((key, start, end, _WORD))
                if joins and (members or not (after_number and counts and adjoins)):
                    members += 1
            previous_end, after_number = end, is_numeral
        if 1 < members <= _LONGEST_RUN:
            _add_run(found, members)
        return found, is_ordered

    def _place(self, line: str) -> list[_Placed]:
        """The tokens of a line that make terms, with their places; the others only part them."""
        placed = []
        end = 0
        has_blanks = _BLANK.search(line) is not None
        for token in self._tokenize(line, self._tagger()):
            start = line.index(token[0], end) if has_blanks else end
            end = start + len(token[0])
            if token[1]:
                placed.append((token, start, end))
        return placed

    def _among_scanned(self, line: str, scanned: Sequence[_Scanned]) -> list[_Placed]:
        """The same with figures and Latin words that were found before.

        A scanned figure takes the place of the tokens that it touches, except inside a compound (6次産業化).
        """
        placed: list[_Placed] = []
        end = covered = at = 0
        upcoming = scanned[0][1]
        has_blanks = _BLANK.search(line) is not None
        for token in self._tokenize(line, self._tagger()):
            start = line.index(token[0], end) if has_blanks else end
            end = start + len(token[0])
            while upcoming < end:
                surface, first, covered, is_figure = scanned[at]
                if is_figure and not token[5]:
                    placed.append(((surface, figure_key(surface), True, False, False, False), first, covered))
                at += 1
                upcoming = scanned[at][1] if at < len(scanned) else len(line)
            if token[1] and (start >= covered or token[5]):
                placed.append((token, start, end))
        return placed

    def _compound_terms(self, surface: str, offset: int) -> list[_Found]:
        inner = self._inner.get(surface)
        if inner is None:
            inner = self._inner[surface] = tuple(self._inner_terms(surface))
        return [(key, offset + start, offset + end, kind) for key, start, end, kind in inner]

    def _inner_terms(self, word: str) -> Iterator[_Found]:
        """The parts of a listed word, and every listed word that some of them make, itself included."""
        parts: list[_Placed] = []
        end = 0
        for token in self._tokenize(word, self._plain_tagger()):
            surface, key, is_numeral, *_ = token
            start, end = end, end + len(surface)
            parts.append((token, start, end))
            if key and not _LATIN_PART.fullmatch(surface):
                yield key, start, end, _NUMBER if is_numeral else _WORD
        for first, last in itertools.combinations(range(len(parts)), 2):
            start, end = parts[first][1], parts[last][2]
            if word[start:end] in self._listed:
                key = "".join(key or surface for (surface, key, *_), _, _ in parts[first : last + 1])
                yield key, start, end, _COMPOUND

    def _tokenize(self, line: str, tagger: Tagger) -> list[Plain]:
        tokens = self._tokens[tagger]
        if len(tokens) > _CACHE_LIMIT:
            tokens = self._tokens[tagger] = {}  # not emptied: another thread may be reading it
        return tagger.each(line, plain_token, tokens)

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


def _latin_terms(latin: _Scanned) -> Iterator[_Found]:
    """A Latin word; of one with hyphens (e-mail, wi-fi) the parts, and the whole without its hyphens."""
    surface, start, end, _ = latin
    parts = list(_LATIN_PART.finditer(surface))
    for part in parts:
        yield part.group(), start + part.start(), start + part.end(), _WORD
    if len(parts) > 1:
        yield "".join(part.group() for part in parts), start, end, _COMPOUND


def _add_run(found: list[_Found], members: int) -> None:
    """The last terms found as one, in its place: right after the first of them, which it begins with."""
    run = found[-members:]
    key = "".join([key for key, _, _, _ in run])
    found.insert(len(found) - members + 1, (key, run[0][1], run[-1][2], _COMPOUND))
