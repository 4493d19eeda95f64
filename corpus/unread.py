"""What was offered and could not be read, a file or pages of one: an answer that leaves it out has to say so.

Pages are told by a warning of their document, in a form that is read back here: a document's warnings are the
one thing that is kept and shown wherever it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.number_runs import number_runs

_MOST_NAMED = 20
# What ``pages_warning`` writes.
_PAGES = re.compile(r"読み取れないページ（(?P<pages>[^（）]+)）: (?P<reason>.+)", re.DOTALL)
UNREAD_PAGES = "読み取れないページ（"
"""How a warning about unread pages begins."""

NO_OCR = "文字の情報のない画像です。文字認識（OCR）のプログラムを入れて取り込み直すと読み取れます。"
"""Why pages are unread where nothing is installed that could read them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadFile:
    """A refused file, or pages of a file that were left out.

    Attributes:
        origin: its path.
        source: its name, with the pages if it is not all of it.
        reason: a Japanese sentence for staff: what, where, what to do.
        noted_at: UTC, ISO 8601, seconds.
    """

    origin: str
    source: str
    reason: str
    noted_at: str


def pages_warning(pages: Sequence[int], reason: str) -> str:
    """The warning of a document that some of its pages could not be read."""
    return f"{UNREAD_PAGES}{named_pages(pages)}）: {reason}"


def named_pages(pages: Sequence[int]) -> str:
    """Pages in words: consecutive ones from first to last, of very many the first."""
    runs = number_runs(pages)
    words = [str(a) if a == b else f"{a}・{b}" if b == a + 1 else f"{a}〜{b}" for a, b in runs]
    left = sum(b - a + 1 for a, b in runs[_MOST_NAMED:])
    return "・".join(words[:_MOST_NAMED]) + "ページ" + (f"ほか{left}ページ" if left else "")


def unread_pages(origin: str, source: str, warnings: Iterable[str], noted_at: str) -> Iterator[UnreadFile]:
    """The unread pages that a document's warnings tell of."""
    for warning in warnings:
        found = _PAGES.fullmatch(warning)
        if found:
            name = f"{source}（{found['pages']}）"
            yield UnreadFile(origin=origin, source=name, reason=found["reason"], noted_at=noted_at)


def awaits_ocr(warnings: Iterable[str]) -> bool:
    """Whether pages of a document are unread only because nothing that reads pictures was installed."""
    return any(warning.startswith(UNREAD_PAGES) and warning.endswith(NO_OCR) for warning in warnings)
