"""Numbers as search keys: 「1,355」, 「三十五」 and 「2億5千万」 become plain digits.

Apart from the word rules because a figure is matched by its value, a word by its lemma.
"""

from __future__ import annotations

import re

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_SMALL_UNITS = {"十": 10, "百": 100, "千": 1_000}
_LARGE_UNITS = {"万": 10**4, "億": 10**8, "兆": 10**12}
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_PIECE = re.compile(r"\d+(?:\.\d+)?|[〇一二三四五六七八九]+|[十百千万億兆]")


def numeral_key(surface: str) -> str:
    """The digits of a number written in digits, in kanji or in both.

    A number in digits keeps its zeros (040301, 46.80: a business code is not its value); with a kanji in it,
    its value is worked out. What is no number (数十) comes back unchanged.
    """
    digits = surface.replace(",", "")
    if _PLAIN.fullmatch(digits):
        return digits
    pieces = _PIECE.findall(digits)
    if not pieces or "".join(pieces) != digits:
        return surface
    return _in_digits(_value(pieces))


def _value(pieces: list[str]) -> float:
    total = section = 0.0
    pending: float | None = None
    for piece in pieces:
        if piece in _LARGE_UNITS:
            amount = section + (pending or 0.0)
            total += (amount or 1.0) * _LARGE_UNITS[piece]
            section, pending = 0.0, None
        elif piece in _SMALL_UNITS:
            section += (1.0 if pending is None else pending) * _SMALL_UNITS[piece]
            pending = None
        elif piece[0] in _DIGITS:
            pending = float("".join(str(_DIGITS[character]) for character in piece))
        else:
            pending = float(piece)
    return total + section + (pending or 0.0)


def _in_digits(value: float) -> str:
    rounded = round(value, 6)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)
