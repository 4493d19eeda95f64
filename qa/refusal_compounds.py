"""Compounds of a question that a text says in other joints: 「加入率」 of 「自治会加入率」 with の before it.

Written language joins and parts compounds freely: 自治会加入率 and 自治会の加入率, ごみ量 and ごみの排出量.
What leads a compound and says nothing of its topic (総 of 総排出量) may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.terms import Term, TermKind
from qa.refusal_wording import GENERIC_WORDS

FEWEST_PARTS = 2

_JOINT = "の?[一-鿿々ァ-ヴー]{0,2}"
"""What may stand between two parts: の, or a short noun that says the same more exactly (ごみ(排出)量)."""


def other_joints(whole: Term, terms: Sequence[Term], text: str) -> str:
    """The pattern of how a text may say a compound, its parts in order; empty where too few parts tell.

    It is not compiled: few compounds of a question are looked for so.

    Args:
        whole: the compound.
        terms: of the question, in order.
        text: of the question, folded.
    """
    inside = [one for one in terms if one.kind is not TermKind.COMPOUND]
    parts = [one for one in inside if whole.start <= one.start and one.end <= whole.end]
    while parts and parts[0].text in GENERIC_WORDS:
        parts = parts[1:]
    if len(parts) < FEWEST_PARTS:
        return ""
    return _JOINT.join(re.escape(text[one.start : one.end]) for one in parts)
