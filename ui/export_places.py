"""Where the page fetches a file that is made on demand."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from qa.filter_words import FilterWords
from ui.view_link import words_params

FOLDER = "export"


def export_place(
    name: str, text: str, words: FilterWords | None = None, extras: Mapping[str, str] | None = None
) -> str:
    """The address of a file, relative to the page, so that it holds behind a proxy too.

    Args:
        name: of the file.
        text: the theme or question.
        words: the limits.
        extras: further parameters; empty ones are left out.
    """
    held = {"theme": text, **words_params(words or FilterWords()), **(extras or {})}
    return f"{FOLDER}/{name}?{urlencode({key: value for key, value in held.items() if value})}"
