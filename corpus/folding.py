"""Folding: the form of a text that is matched, with a way back to the source's own characters.

Text is compared in its folded form and shown in its source form, so every folded code point remembers the
source code point it comes from. Folding is apart from searching because the store, the index and the citation
check must all agree on it, character for character.

What folding does, cluster by cluster (a cluster is a character with the combining marks after it):

* NFKC (Unicode Standard Annex #15), after which カ + U+3099, ｶﾞ and ガ are equal, ㈱ is (株), ㌔ is キロ;
* invisible format characters (variation selectors, zero-width spaces, soft hyphens) are dropped;
* radicals that PDF fonts put for characters, and which NFKC leaves (⻑ ⻘) or maps to a traditional form
  (⼾ to 戶), become the characters that Japanese uses;
* 〜 ～ ∼ become ``~`` and dashes become ``-``; neither is ever dropped (2019〜2028 stays two numbers) and
  neither becomes the long vowel mark ー;
* ASCII capitals become small letters.
"""

from __future__ import annotations  # array[int] cannot be evaluated before Python 3.12

import re
import sys
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial

from corpus.number_runs import number_runs

# Invisible characters that carry no meaning for matching: soft hyphen, zero-width and direction marks,
# word joiner, byte order mark, variation selectors (Mongolian, standard, ideographic).
_DROPPED = frozenset(
    map(chr, (0x00AD, 0x180B, 0x180C, 0x180D, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF))
) | frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))

# CJK Radicals Supplement characters that NFKC leaves, with the ideograph of the same shape in Japanese use.
_RADICALS = dict(
    zip(
        "⺁⺅⺆⺈⺉⺊⺌⺍⺎⺒⺓⺔⺕⺖⺘⺙⺛⺜⺝⺞⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺲⺶⺷⺹⺺⺻⺼⺽⺾⺿⻀"
        "⻁⻂⻃⻄⻆⻇⻊⻌⻍⻎⻏⻑⻒⻖⻗⻘⻝⻟⻣⻤⻨⻩⻫⻭⻯⻲",
        "厂亻冂刀刂卜小小兀巳幺彑彐忄扌攵旡日月歺民氵氺灬爫爫丬牛犭王疋目示礻竹糹罒羊羊耂肀聿肉臼艹艹艹"
        "虎衤覀西角角足辶辶辶阝長镸阝雨青食飠骨鬼麦黄斉歯竜亀",
        strict=True,
    )
)

# Kangxi radicals whose NFKC form is one that Japanese text does not use.
_SHAPE_TWINS = {"戶": "戸", "靑": "青", "黃": "黄", "黑": "黒"}

_WAVES = dict.fromkeys("〜∼", "~")
_DASHES = dict.fromkeys("‐‑‒–—―−─", "-")
# Spacing voiced marks would become space + mark under NFKC; as combining marks they join their base.
_VOICED = {"゛": "\u3099", "゜": "\u309a"}

_BEFORE_NFKC = str.maketrans({**dict.fromkeys(_DROPPED, ""), **_VOICED})
_AFTER_NFKC = str.maketrans({**_RADICALS, **_SHAPE_TWINS, **_WAVES, **_DASHES, "⁄": "/"})
_ASCII_LOWER = str.maketrans({chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})

# Code points that can fold to something else; what lies outside is CJK, Hangul syllables or unassigned.
_SCANNED = (
    range(0x0, 0x3400),
    range(0xA000, 0xAC00),
    range(0xF900, 0x20000),
    range(0x2F800, 0x2FA20),
    range(0xE0100, 0xE01F0),
    tuple(map(ord, _SHAPE_TWINS)),
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A folded text and where each of its code points comes from.

    Attributes:
        text: The folded text.
        offsets: ``len(text) + 1`` non-decreasing indices in code points: entry ``i`` is the first source
            code point of the cluster that folded code point ``i`` comes from; the last entry is the length
            of the source.
    """

    text: str
    offsets: array[int]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a half-open folded span to the half-open source span that it comes from.

        The span grows to whole source clusters: キ of キロ gives all of ㌔, and a dropped variation selector
        belongs to the character before it. An empty folded span gives an empty source span.

        Args:
            start: First folded code point, ``0 <= start <= end``.
            end: One past the last folded code point, at most ``len(self.text)``.

        Returns:
            Start and end in code points of the source.

        Raises:
            IndexError: The span lies outside the folded text.
        """
        offsets = self.offsets
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"span {start}:{end} outside folded text of length {len(self.text)}")
        first = offsets[start]
        if start == end:
            return first, first
        last, final = offsets[end - 1], len(self.text)
        while end < final and offsets[end] == last:
            end += 1
        return first, offsets[end]


def fold(text: str) -> Folded:
    """Fold a text for matching.

    Runs that cannot change are copied whole; only the clusters that a compiled character class finds go
    through Unicode normalization.

    Args:
        text: Source text, any length.

    Returns:
        The folded text with its offsets into ``text``.
    """
    if text.isascii():  # figures and codes, of which tables have very many
        return Folded(text=text.lower(), offsets=array("I", range(len(text) + 1)))
    pieces: list[str] = []
    offsets = array("I")
    done = 0
    for match in _changing().finditer(text):
        start, end = match.span()
        cluster = match.group()
        # A mark composes with the character before it, which the class could not see.
        if start > done and _is_mark(cluster[0]):
            start -= 1
            cluster = text[start] + cluster
        if start > done:
            pieces.append(text[done:start])
            offsets.extend(range(done, start))
        folded = _fold_cluster(cluster)
        pieces.append(folded)
        if len(folded) == 1:
            offsets.append(start)
        else:
            offsets.extend([start] * len(folded))
        done = end
    pieces.append(text[done:])
    offsets.extend(range(done, len(text) + 1))
    return Folded(text="".join(pieces), offsets=offsets)


def fold_text(text: str) -> str:
    """The folded text alone, as ``fold`` gives it and in a third of its time: no way back is kept."""
    if text.isascii():
        return text.lower()
    if _mark().search(text):
        return fold(text).text
    return _changing().sub(_folded, text)


def match_key(text: str) -> str:
    """Give the folded text without any white space, for comparing two texts as equal."""
    return _SPACE.sub("", fold_text(text))


def _folded(match: re.Match[str]) -> str:
    return _fold_cluster(match.group())


_clusters: dict[str, str] = {}
_CLUSTERS_KEPT = 50_000


def _fold_cluster(cluster: str) -> str:
    known = _clusters.get(cluster)
    if known is None:
        known = _normalised(cluster)
        if len(_clusters) < _CLUSTERS_KEPT:
            _clusters[cluster] = known
    return known


def _normalised(text: str) -> str:
    normalized = unicodedata.normalize("NFKC", text.translate(_BEFORE_NFKC))
    return normalized.translate(_AFTER_NFKC).translate(_ASCII_LOWER)


@cache
def _is_mark(char: str) -> bool:
    return char in _marks()


@cache
def _mark() -> re.Pattern[str]:
    """A pattern for what may be a mark; supplementary characters as one range, see ``_changing``."""
    head = _character_class(char for char in _marks() if char <= "\uffff")
    return re.compile(f"{head[:-1]}\\U00010000-\\U0010ffff]")


@cache
def _marks() -> frozenset[str]:
    """Characters that join the cluster before them: marks, conjoining jamo, dropped characters."""
    composing = set(_DROPPED) | set(_VOICED)
    composing.update(map(chr, (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))))
    for char, parted in _each_as(partial(unicodedata.normalize, "NFD")):
        if char != parted:
            parts = unicodedata.decomposition(char).split()
            composing.update(chr(int(code, 16)) for code in parts[1:])  # of one part or two
    for char, parted in _each_as(partial(unicodedata.normalize, "NFKD")):
        if unicodedata.combining(parted[0]) or parted[0] in composing:
            composing.add(char)
    return frozenset(composing)


@cache
def _changing() -> re.Pattern[str]:
    """A pattern for a character that folding changes, or a mark, with the marks after it."""
    marks = _marks()
    changed = [char for char, folded in _each_as(_normalised) if char in marks or folded != char]
    # Supplementary characters come as one range, which may match a character that stays as it is: the regex
    # engine looks the others up in a bitmap but would test each supplementary range for every character.
    head = _character_class(char for char in changed if char <= "\uffff")
    return re.compile(f"{head[:-1]}\\U00010000-\\U0010ffff]{_character_class(marks)}*")


def _each_as(made: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Each scanned character with what is made of it; of all at once, for nothing joins a line's end."""
    return zip(_scanned(), made("\n".join(_scanned())).split("\n"), strict=True)


@cache
def _scanned() -> tuple[str, ...]:
    """The characters that may fold to something else; a line's end does not."""
    codes = sorted({code for block in _SCANNED for code in block if code <= sys.maxunicode} - {ord("\n")})
    return tuple(char for char in map(chr, codes) if unicodedata.category(char) != "Cn")


def _character_class(chars: Iterable[str]) -> str:
    """Write characters as a regex class of ranges."""
    runs = number_runs(map(ord, chars))
    return "[" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in runs) + "]"
