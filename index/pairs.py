"""Character pairs, indexed beside words: exact phrases and words outside the dictionary are found by them."""

from __future__ import annotations

from operator import add

from corpus.folding import match_key


def character_pairs(text: str) -> list[str]:
    """The adjacent pairs of a text's characters, folded and without white space; a lone character stays."""
    return _pairs(match_key(text))


def pairs_of_folded(folded: str) -> list[str]:
    """The same of a text that is folded already."""
    return _pairs("".join(folded.split()))


def _pairs(key: str) -> list[str]:
    return [key] if len(key) == 1 else list(map(add, key, key[1:]))
