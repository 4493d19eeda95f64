"""MeCab with unidic-lite: the one module that touches fugashi.

Who cuts much text asks a tagger, in one string, which words of its dictionaries stand in it, and what they
are only of a word that is new: to write that out takes MeCab a quarter of its time. One tagger behind a lock
serves all threads of a process: each further one would map the dictionary once more, and fugashi's nodes tell
of what MeCab parsed last.
"""

from __future__ import annotations

import csv
import re
import shlex
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar
from weakref import WeakValueDictionary

import fugashi
import unidic_lite

Made = TypeVar("Made")

COMPOUND_MARK = "複合"
"""Third part of speech given to every word of our own dictionary; unidic has no such class."""

# Surface, contexts and cost: of entries that are alike in all of these MeCab always takes the same one. The
# kind of word comes last because fugashi strips the text, and with it columns that are empty.
_ENTRY = r"%m\t%phl\t%phr\t%pw\t%s\n"
_COSTS = r"%phl\t%phr\t%pw\t%pC\n"

_NOTHING = "*"
"""What a dictionary writes where there is nothing to say."""

_CONTROL_CHARACTER = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class Morpheme:
    """One morpheme as the dictionary describes it."""

    surface: str
    part_of_speech: tuple[str, str, str]
    inflection_type: str
    inflection_form: str
    lemma: str


@dataclass(frozen=True, slots=True)
class MorphemeCosts:
    """What MeCab counts for a morpheme: for the word itself, and for joining it to the morpheme before.

    The numbers of its left and right contexts are the dictionary's.
    """

    left_id: int
    right_id: int
    word_cost: int
    join_cost: int


def dictionary_folder() -> Path:
    """The folder of the unidic-lite dictionary."""
    return Path(str(unidic_lite.DICDIR))


def dictionary_version() -> str:
    """The installed version of unidic-lite, which decides every lemma."""
    return version("unidic-lite")


class Tagger:
    """A MeCab tagger. Safe to share between threads, which take turns: MeCab holds Python's lock anyway.

    Args:
        user_dictionary: a compiled dictionary to load beside unidic-lite.
    """

    def __init__(self, user_dictionary: Path | None = None) -> None:
        self._tagger = _made(_ENTRY, user_dictionary)
        self._turn = threading.Lock()

    def each(self, sentence: str, make: Callable[[Morpheme], Made], kept: dict[str, Made]) -> list[Made]:
        """What ``make`` makes of each morpheme of one line of text; white space yields none.

        Args:
            sentence: the line.
            make: depends on the morpheme alone.
            kept: what was made of words before, for this tagger and ``make`` alone; new ones are added.
        """
        entries = self._entries(sentence)
        try:
            return list(map(kept.__getitem__, entries))
        except KeyError:  # a word for the first time
            new = {entry: place for place, entry in enumerate(entries) if entry not in kept}
            for entry, morpheme in zip(new, self._morphemes(sentence, new.values()), strict=True):
                kept[entry] = make(morpheme)
            return list(map(kept.__getitem__, entries))

    def morphemes(self, sentence: str) -> list[Morpheme]:
        """The morphemes of one line of text; white space yields none."""
        return self._morphemes(sentence)

    def _morphemes(self, sentence: str, places: Iterable[int] | None = None) -> list[Morpheme]:
        """Those at some places among the morphemes of a line, or all."""
        with self._turn:
            nodes = self._tagger.parseToNodeList(_CONTROL_CHARACTER.sub(" ", sentence))
            wanted = nodes if places is None else [nodes[place] for place in places]
            return [_morpheme(node.surface, node.feature_raw) for node in wanted]

    def _entries(self, sentence: str) -> list[str]:
        """Which entry of the dictionaries each morpheme is: equal ones are equal morphemes."""
        with self._turn:
            parsed = self._tagger.parse(_CONTROL_CHARACTER.sub(" ", sentence))
        return parsed.split("\n") if parsed else []


def _morpheme(surface: str, feature: str) -> Morpheme:
    """What a dictionary says of a word, in a line of CSV; of a word that it does not know only its class."""
    said = ["" if part == _NOTHING else part for part in next(csv.reader([feature]))]
    pos1, pos2, pos3, _, inflection, form, *rest = said
    return Morpheme(
        surface=surface,
        part_of_speech=(pos1, pos2, pos3),
        inflection_type=inflection,
        inflection_form=form,
        lemma=rest[1] if rest else "",
    )


def shared_tagger(user_dictionary: Path | None = None) -> Tagger:
    """The process's one tagger with a user dictionary; it lives as long as somebody uses it."""
    with _making:
        found = _shared.get(user_dictionary)
        if found is None:
            found = _shared[user_dictionary] = Tagger(user_dictionary)
        return found


_shared: WeakValueDictionary[Path | None, Tagger] = WeakValueDictionary()
_making = threading.Lock()


class CostTagger:
    """A tagger that tells what MeCab counts, with unidic-lite alone."""

    def __init__(self) -> None:
        self._tagger = _made(_COSTS, None)

    def costs(self, word: str) -> list[MorphemeCosts]:
        """The costs of the morphemes of a word, in order."""
        lines = self._tagger.parse(word).split("\n")
        return [MorphemeCosts(*map(int, line.split("\t"))) for line in lines if line]


def _made(form: str, user_dictionary: Path | None) -> fugashi.GenericTagger:
    """MeCab that writes each word in a form."""
    arguments = ["-r", _empty_settings(), "-d", str(dictionary_folder()), "-O", ""]
    arguments += ["-F", form, "-U", form, "-E", r"\n"]
    if user_dictionary is not None:
        arguments += ["-u", str(user_dictionary)]
    return fugashi.GenericTagger(shlex.join(arguments))


def build_dictionary(source: Path, target: Path) -> None:
    """Compile a CSV of words.

    It prints to standard output and may end the process: call it in a process of its own.
    """
    folder = str(dictionary_folder())
    fugashi.build_dictionary(
        shlex.join(
            ["mecab-dict-index", "-f", "utf8", "-t", "utf8", "-d", folder, "-u", str(target), str(source)]
        )
    )


@cache
def _empty_settings() -> str:
    # MeCab insists on a settings file; unidic-lite brings an empty one, where Windows has no /dev/null.
    return str(dictionary_folder() / "mecabrc")
