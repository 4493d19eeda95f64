"""Numbers in kanji and in full-width figures, as lists and formats of Office print them: 十二, 一二, １２."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_POWERS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
_MOST_COUNTED = 9999
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def full_width(text: str) -> str:
    """``text`` with its figures in full width."""
    return text.translate(_FULL_WIDTH)


def kanji_digits(number: int) -> str:
    """A number figure by figure: 12 is 一二."""
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def kanji_counted(number: int) -> str:
    """A number as it is spoken: 12 is 十二; figure by figure for 0 and above 9,999."""
    if not 0 < number <= _MOST_COUNTED:
        return kanji_digits(number)
    text = ""
    for power, sign in _POWERS:
        digit, number = divmod(number, power)
        if digit:
            text += ("" if digit == 1 and sign else _DIGITS[digit]) + sign
    return text
