"""MeCab with unidic-lite: the one module that touches fugashi.

A tagger is asked for one formatted string and never for nodes: fugashi's ``feature`` is filled lazily and
gives wrong lemmas when a tagger is shared, while a string is complete when returned (and twice as fast). One
tagger behind a lock serves all threads of a process: each further one would map the dictionary once more.
"""

from __future__ import annotations

import re
import shlex
import threading
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from weakref import WeakValueDictionary

import fugashi
import unidic_lite

COMPOUND_MARK = "複合"
"""Third part of speech given to every word of our own dictionary; unidic has no such class."""

# No costs: a word's line is then the same wherever the word stands, so what is made of it can be kept. The
# kind of word comes last because fugashi strips the text, and with it columns that are empty.
_KNOWN_WORD = r"%m\t%f[0]\t%f[1]\t%f[2]\t%f[4]\t%f[5]\t%f[7]\t%s\n"
_UNKNOWN_WORD = r"%m\t%f[0]\t%f[1]\t%f[2]\t\t\t\t%s\n"
_COSTS = r"%phl\t%phr\t%pw\t%pC\n"

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
        self._tagger = _made(_KNOWN_WORD, _UNKNOWN_WORD, user_dictionary)
        self._turn = threading.Lock()

    def lines(self, sentence: str) -> list[str]:
        """The morphemes of one line of text, each as a line for ``parse_line``. White space yields none."""
        with self._turn:
            parsed = self._tagger.parse(_CONTROL_CHARACTER.sub(" ", sentence))
        return parsed.split("\n") if parsed else []

    def morphemes(self, sentence: str) -> list[Morpheme]:
        """The morphemes of one line of text."""
        return [parse_line(line) for line in self.lines(sentence)]


def parse_line(line: str) -> Morpheme:
    """The morpheme that a line of ``Tagger.lines`` describes."""
    surface, pos1, pos2, pos3, inflection, form, lemma, _ = line.split("\t")
    return Morpheme(
        surface=surface,
        part_of_speech=(pos1, pos2, pos3),
        inflection_type=inflection,
        inflection_form=form,
        lemma=lemma,
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
        self._tagger = _made(_COSTS, _COSTS, None)

    def costs(self, word: str) -> list[MorphemeCosts]:
        """The costs of the morphemes of a word, in order."""
        lines = self._tagger.parse(word).split("\n")
        return [MorphemeCosts(*map(int, line.split("\t"))) for line in lines if line]


def _made(known: str, unknown: str, user_dictionary: Path | None) -> fugashi.GenericTagger:
    """MeCab with a form for the words that its dictionaries know, and one for the others."""
    arguments = ["-r", _empty_settings(), "-d", str(dictionary_folder()), "-O", ""]
    arguments += ["-F", known, "-U", unknown, "-E", r"\n"]
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
