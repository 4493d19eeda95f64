"""Character pairs, indexed beside words: exact phrases and words outside the dictionary are found by them."""

from __future__ import annotations

import sys
from array import array
from operator import add

from corpus.folding import match_key

_CODE_POINTS = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"


def character_pairs(text: str) -> list[str]:
    """The adjacent pairs of a text's characters, folded and without white space; a lone character stays."""
    key = match_key(text)
    return [key] if len(key) == 1 else list(map(add, key, key[1:]))


def pairs_in_line(folded: str) -> str:
    """The same of a text that is folded already, in one line, parted by blanks.

    Written code point by code point into every third place: a string for each pair would take three times as
    long, and an index takes the line.
    """
    key = "".join(folded.split())
    if len(key) < 2:
        return key
    characters = array("I", key.encode(_CODE_POINTS, "surrogatepass"))
    line = array("I", (ord(" "),)) * (3 * len(key) - 4)
    line[0::3] = characters[:-1]
    line[1::3] = characters[1:]
    return line.tobytes().decode(_CODE_POINTS, "surrogatepass")
