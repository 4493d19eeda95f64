"""Which other words a question calls up from the thesaurus, and how much they may count.

What one typed word calls up are alternatives of one another; who searches decides how much the best of them
counts beside the word itself.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.folding import fold
from index.terms import TermAnalyzer, TermKind
from index.thesaurus import Group, groups_fingerprint, read_groups, thesaurus_files
from index.user_dictionary import default_dictionary_dir

WINDOW = 3
"""How many other terms may stand between the terms of a word that calls."""

PART_SHARE = 0.7
"""How much a word counts that stands within a longer calling one: 滞納 within 家賃の滞納."""

RULES_VERSION = "3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A word called up by a typed one.

    Attributes:
        typed: the thesaurus's word that the question holds.
        typed_terms: its terms.
        called: the word that it stands for.
        terms: the terms of ``called``.
        weight: above 0 to 1.
    """

    typed: str
    typed_terms: tuple[str, ...]
    called: str
    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class _Entry:
    """A calling word with its terms and what it calls: (word, terms, weight)."""

    typed: str
    keys: tuple[str, ...]
    called: tuple[tuple[str, tuple[str, ...], float], ...]


class Expander:
    """Calls up words. Safe to share between threads.

    Args:
        analyzer: cuts questions and the thesaurus's words alike.
        extra: thesaurus files of the user beside the product's own.
        cache: the folder that keeps the thesaurus as cut; the user's cache folder if None.
        groups: further groups, cut anew each time: names that the library's documents write in two ways.
    """

    def __init__(
        self,
        analyzer: TermAnalyzer,
        extra: Iterable[Path] = (),
        cache: Path | None = None,
        groups: Sequence[Group] = (),
    ) -> None:
        self._analyzer = analyzer
        files = thesaurus_files(extra)
        self._by_key: dict[str, list[_Entry]] = defaultdict(list)
        kept = _entries(files, analyzer, default_dictionary_dir() if cache is None else cache)
        for entry in [*kept, *_cut(groups, analyzer)]:
            self._by_key[entry.keys[0]].append(entry)

    def expand(self, text: str) -> list[Called]:
        """What a folded text calls up, in the order of the words that call; each word is called once."""
        places: dict[str, list[int]] = defaultdict(list)
        for at, key in enumerate(_word_keys(self._analyzer, text)):
            places[key].append(at)
        found: dict[str, Called] = {}
        near = [entry for key in places for entry in self._by_key.get(key, ()) if _close(entry.keys, places)]
        entries = sorted(
            near, key=lambda one: (min(places[key] for key in one.keys), -len(one.keys), one.typed)
        )
        typed = set(self._analyzer.keys(text))
        for entry, share in _shares(entries):
            for called, terms, sure in entry.called:
                held = found.get(called)
                weight = sure * share
                said = called in text or typed.issuperset(terms)
                if not said and (held is None or weight > held.weight):
                    found[called] = Called(
                        typed=entry.typed, typed_terms=entry.keys, called=called, terms=terms, weight=weight
                    )
        return list(found.values())


def _word_keys(analyzer: TermAnalyzer, text: str) -> list[str]:
    """The keys of a folded text's single words, in order: compounds would say the same twice."""
    return [term.text for term in analyzer.analyze(text) if term.kind is not TermKind.COMPOUND]


def _close(keys: tuple[str, ...], places: dict[str, list[int]]) -> bool:
    """Whether all keys stand within a window of the question."""
    if any(key not in places for key in keys):
        return False
    reach = len(keys) - 1 + WINDOW
    return any(
        all(any(abs(at - start) <= reach for at in places[key]) for key in keys) for start in places[keys[0]]
    )


def _shares(entries: Sequence[_Entry]) -> Iterator[tuple[_Entry, float]]:
    """Each entry with the share it counts by: a part of a longer entry's words says less than the whole."""
    sets = [frozenset(entry.keys) for entry in entries]
    for entry, keys in zip(entries, sets, strict=True):
        yield entry, PART_SHARE if any(keys < other for other in sets) else 1.0


def _entries(files: Sequence[Path], analyzer: TermAnalyzer, cache: Path) -> list[_Entry]:
    """The thesaurus as cut, from the cache where it is of these files and this analyzer."""
    name = f"thesaurus-{RULES_VERSION}-{analyzer.fingerprint}-{groups_fingerprint(files)}.json"
    path = cache / name
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        entries = _cut(read_groups(files), analyzer)
        _keep(path, entries)
        return entries
    return [
        _Entry(typed, tuple(keys), tuple((word, tuple(terms), weight) for word, terms, weight in called))
        for typed, keys, called in raw
    ]


def _cut(groups: Sequence[Group], analyzer: TermAnalyzer) -> list[_Entry]:
    called: dict[str, dict[str, float]] = defaultdict(dict)
    for group in groups:
        for typed, word, weight in group.calls():
            called[typed][word] = max(weight, called[typed].get(word, 0.0))
    terms: dict[str, tuple[str, ...]] = {}

    def terms_of(word: str) -> tuple[str, ...]:
        if word not in terms:
            terms[word] = tuple(dict.fromkeys(analyzer.keys(word)))
        return terms[word]

    entries = []
    for typed, words in called.items():
        keys = tuple(dict.fromkeys(_word_keys(analyzer, fold(typed).text)))
        targets = tuple((word, terms_of(word), weight) for word, weight in words.items() if terms_of(word))
        if keys and targets and len(typed) > 1:
            entries.append(_Entry(typed, keys, targets))
    return entries


def _keep(path: Path, entries: list[_Entry]) -> None:
    """Write the cut thesaurus beside the compiled dictionary; a folder that cannot be written is no fault."""
    data = [[entry.typed, entry.keys, entry.called] for entry in entries]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False, separators=(",", ":"))
        Path(name).replace(path)
    except OSError:
        return
