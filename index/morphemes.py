"""MeCab with unidic-lite: the one module that touches fugashi.

A tagger is asked for one formatted string and never for nodes: fugashi's ``feature`` is filled lazily and
gives wrong lemmas when a tagger is shared, while a string is complete when returned (and twice as fast). One
tagger behind a lock serves all threads: each further one would map the dictionary (70 MB) once more.
"""

from __future__ import annotations

import shlex
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import fugashi
import unidic_lite

COMPOUND_MARK = "複合"
"""Third part of speech given to every word of our own dictionary; unidic has no such class."""

_KNOWN_WORD = r"%m\t%f[0]\t%f[1]\t%f[2]\t%f[4]\t%f[5]\t%f[7]\t%phl\t%phr\t%pw\t%pC\n"
_UNKNOWN_WORD = r"%m\t%f[0]\t%f[1]\t%f[2]\t\t\t\t%phl\t%phr\t%pw\t%pC\n"

_CONTROL_CHARACTERS = {code: " " for code in range(32) if code != ord("\n")}


@dataclass(frozen=True, slots=True)
class Morpheme:
    """One morpheme as the dictionary describes it.

    ``word_cost`` and ``join_cost`` are MeCab's: of the word itself, and of joining it to the morpheme before.
    """

    surface: str
    part_of_speech: tuple[str, str, str]
    inflection_type: str
    inflection_form: str
    lemma: str
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
        arguments = ["-r", _empty_settings(), "-d", str(dictionary_folder()), "-O", ""]
        arguments += ["-F", _KNOWN_WORD, "-U", _UNKNOWN_WORD, "-E", r"\n"]
        if user_dictionary is not None:
            arguments += ["-u", str(user_dictionary)]
        self._tagger = fugashi.GenericTagger(shlex.join(arguments))
        self._turn = threading.Lock()

    def lines(self, sentence: str) -> Iterator[str]:
        """The morphemes of one line of text, each as a line for ``parse_line``. White space yields none."""
        with self._turn:
            parsed = self._tagger.parse(sentence.translate(_CONTROL_CHARACTERS))
        for line in parsed.split("\n"):
            if line:
                yield line

    def morphemes(self, sentence: str) -> list[Morpheme]:
        """The morphemes of one line of text."""
        return [parse_line(line) for line in self.lines(sentence)]


def parse_line(line: str) -> Morpheme:
    """The morpheme that a line of ``Tagger.lines`` describes."""
    surface, pos1, pos2, pos3, inflection, form, lemma, left_id, right_id, word_cost, join_cost = line.split(
        "\t"
    )
    return Morpheme(
        surface=surface,
        part_of_speech=(pos1, pos2, pos3),
        inflection_type=inflection,
        inflection_form=form,
        lemma=lemma,
        left_id=int(left_id),
        right_id=int(right_id),
        word_cost=int(word_cost),
        join_cost=int(join_cost),
    )


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
