"""Which lines are one paragraph: extraction breaks a sentence where the printed line ended."""

from __future__ import annotations

import re

from ingest.blocks import TextLine
from ingest.broken_lines import begins_within_sentence

_ENDED = "。．！？!?」』】〉》〕：:;；"
# Marks and numbers with which a paragraph of its own begins.
_OPENS = re.compile(
    r"[・●■◆◇□▼▽○◎※＊*⇒→☆★《【〈〔―－]|[①-⑳]|[(（][0-9０-９ア-ン]{1,2}[)）]|[ア-コ][.．、\s　]"
    r"|[0-9０-９]{1,2}(?:[-－.．][0-9０-９]{1,2})*(?:[.．、)）]\s*(?![0-9０-９])|[\s　])"
    r"|第\s*[0-9０-９一二三四五六七八九十]+[章節編]"
)
# How a line ends that stops in the middle of a sentence.
_BROKEN = re.compile(r"[、，のをにはがでとへやもて]$")
_PRINTED_LINE = 12


def continues(before: TextLine, after: TextLine, *, is_parted: bool) -> bool:
    """Whether ``after`` goes on with the sentence that ``before`` left open.

    Args:
        before: a line.
        after: the next line of text.
        is_parted: whether the border of a page stands between them.
    """
    if after.bullet or _OPENS.match(after.text):
        return False
    if before.text[-1] in _ENDED:
        return False
    if _BROKEN.search(before.text) or begins_within_sentence(after.text):
        return True
    return (
        len(before.text) >= _PRINTED_LINE
        and before.text[-1] not in "）)"
        and not (is_parted and before.text[-1] in "等円件人％%")
    )
