"""The draft as plain text that a person edits: a title, headings, sentences with the marks of their sources.

A heading stands behind 「■」, a sentence taken over behind 「・」 with its mark 「[1]」 at its end; all else
that is typed is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

HEADING = "■ "
BULLET = "・"
MARK = re.compile(r"\[(\d{1,3})\]")


def with_sentences(text: str, title: str, taken: Iterable[tuple[str, str, int]]) -> str:
    """The draft with sentences put below their headings.

    Args:
        text: the draft so far.
        title: of a draft that is still empty.
        taken: heading, sentence and the number of its source.
    """
    lines = text.rstrip().splitlines() if text.strip() else [title]
    for heading, sentence, n in taken:
        line = f"{BULLET}{' '.join(sentence.split())}[{n}]"
        head = f"{HEADING}{heading}"
        if head not in lines:
            lines += ["", head]
        at = lines.index(head) + 1
        while at < len(lines) and not lines[at].startswith(HEADING):
            at += 1
        while not lines[at - 1].strip():
            at -= 1
        lines.insert(at, line)
    return "\n".join(lines)


def marks_in(text: str) -> set[int]:
    """The numbers of the sources that a draft still refers to."""
    return {int(found) for found in MARK.findall(text)}
