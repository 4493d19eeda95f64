"""The lines within a cell or a paragraph as one line.

A line break that an author set to fit a sentence into its box is no part of the sentence; one between a label
and its unit, or between items, parts words. The first kind is dropped, the second becomes a space. A word
that stands upright, a letter a line, is one word.
"""

from __future__ import annotations

import re

_BREAK = re.compile(r"[ \t　]*(?:\r\n|[\r\n\v])[ \t\r\n\v　]*")
# Marks and numbers with which an item begins, so that no line before it goes on.
_OPENS = re.compile(
    r"[・●■◆◇□▼▽○◎△×※＊*⇒→☆★《【〈〔「（(―－\-]|[①-⑳㉑-㉟]|第[0-9０-９]+"
    r"|(?:[0-9０-９]{1,2}|[ア-コa-z])[.．、)）\s　]"
)
_ENDED = "。．！？!?」』】〉》〕）):：;；%％…"
_JAPANESE = re.compile(r"[ぁ-んァ-ヶー一-龠々、０-９Ａ-Ｚａ-ｚ]")
_LETTER = re.compile(r"[ぁ-んァ-ヶー一-龠々]")
_SENTENCE = 15


def one_line(text: str) -> str:
    """``text`` without line breaks, trimmed."""
    return " ".join(lines_of(text))


def lines_of(text: str) -> list[str]:
    """The lines of ``text`` that are meant as such, none empty; a sentence broken over lines is one."""
    lines: list[str] = []
    last = ""
    parts = [line for line in _BREAK.split(text.strip()) if line]
    if len(parts) > 1 and all(_LETTER.fullmatch(line) for line in parts):
        return ["".join(parts)]
    for line in parts:
        if lines and _is_broken(last, line):
            lines[-1] += line
        else:
            lines.append(line)
        last = line
    return lines


def _is_broken(before: str, after: str) -> bool:
    """Whether a line break stands within a sentence."""
    if not before or not after or before[-1] in _ENDED or _OPENS.match(after):
        return False
    if not _JAPANESE.match(before[-1]) or not _JAPANESE.match(after[0]):
        return False
    return before[-1] == "、" or len(before) >= _SENTENCE
