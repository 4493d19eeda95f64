"""What kind of passage a question looks for: small corrections to the fused score, each with its reason.

The engine's score knows words and nearness of meaning, not what a person wants with them. A question for a
figure looks for a table row, any other for something written; a question that names a part of the form
(課題, 成果, 総括) looks there; a question for a reason looks for a sentence that gives one. The corrections
are in z-scores, small beside a clear difference in words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.folding import fold, match_key
from corpus.passage import Passage, PassageKind
from qa.figures import asks_for_figure
from qa.hits import Hit, ranked
from qa.section_words import part_asked, parts_named
from qa.short_cells import HEADED, asks_for_head

DEFINES = re.compile(r"とは|意味|って何")
REASON = re.compile(r"なぜ|何故|理由|原因|背景|どうして|きっかけ")
GIVES_REASON = re.compile(r"ため|により|によって|ことから|影響|原因|理由|伴い|受けて|踏まえ")
DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Priors:
    """The corrections, in z-scores of the fused score."""

    row_unasked: float = -0.8
    row_asked: float = 0.3
    row_empty: float = -0.8
    contents: float = -1.5
    note: float = -0.5
    section: float = 0.4
    part: float = 0.4
    reason: float = 0.7


def reordered(hits: Sequence[Hit], question: str, priors: Priors) -> list[Hit]:
    """The hits with corrected scores, best first, ties by their earlier rank; ranks counted anew."""
    named, part = parts_named(question), part_asked(fold(question).text)
    return ranked((hit.score + _correction(hit.passage, question, named, part, priors), hit) for hit in hits)


def _correction(
    passage: Passage, question: str, named: Sequence[str], part: Sequence[str], priors: Priors
) -> float:
    total = 0.0
    if passage.kind is PassageKind.ROW and asks_for_head(question) and HEADED.search(passage.headers):
        total += priors.row_asked
    elif passage.kind is PassageKind.ROW:
        total += priors.row_asked if asks_for_figure(question) else priors.row_unasked
        if not any(DIGIT.search(cell.text) for cell in passage.cells):
            total += priors.row_empty
    elif passage.kind is PassageKind.CONTENTS:
        total += priors.contents
    elif passage.kind is PassageKind.NOTE and not DEFINES.search(question):
        total += priors.note
    if named or part:
        over = match_key("".join((*passage.section_path[-1:], passage.headers)))
        total += priors.section if any(word in over for word in named) else 0.0
        total += priors.part if any(word in over for word in part) else 0.0
    if REASON.search(question) and GIVES_REASON.search(passage.text):
        total += priors.reason
    return total
