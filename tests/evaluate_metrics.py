"""What a ranked list of passages is worth for one judged question: nDCG@10, R@10 and hit@1.

A passage is relevant when it holds a judged quote, white space, bullets and dashes aside, and it earns the
grades of the quotes that no earlier passage held. Every system is measured by this rule over one and the same
cut into passages.
"""

from __future__ import annotations

import math
import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.folding import match_key

DEPTH = 10
DROPPED = re.compile(r"</?(?:p|ul|li|br|ol|div|span)\b[^<>]*>|[,・•●○◦\-‐ー―—–|]", re.IGNORECASE)

Row = dict[str, Any]
Measured = dict[str, float]
Means = dict[str, Measured]
"""Mean of each metric by kind of question and over ``all``, with the number of questions as ``n``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A passage of a ranked list: the name of its file, and the text that a person reads."""

    source: str
    text: str


def compared(text: str) -> str:
    """A text as quotes are looked for in it."""
    return DROPPED.sub("", match_key(text))


def grades_held(question: Row, shown: Iterable[Shown]) -> list[list[int]]:
    """Of each of the first passages, the grades of the judged quotes that it is first to hold.

    Passages of documents whose passages nobody judged for this question are passed over.
    """
    unjudged = tuple(question.get("unjudged_docs", ()))
    judged = [one for one in shown if not one.source.startswith(unjudged)]
    waiting = dict(enumerate(question["relevant"]))
    found = []
    for one in judged[:DEPTH]:
        text = compared(one.text)
        held = [number for number, quote in waiting.items() if _holds(one.source, text, quote)]
        found.append([int(waiting.pop(number)["grade"]) for number in held])
    return found


def _holds(source: str, text: str, quote: Mapping[str, Any]) -> bool:
    ways = (quote["quote"], *quote.get("also", ()))
    return source.startswith(quote["doc"]) and any(compared(way) in text for way in ways)


def ranking(question: Row, shown: Iterable[Shown]) -> Measured:
    """The metrics of one ranked list."""
    held = grades_held(question, shown)
    grades = sorted((int(one["grade"]) for one in question["relevant"]), reverse=True)
    ideal = discounted(grades[:DEPTH])
    return {
        "nDCG@10": min(1.0, discounted([sum(one) for one in held]) / ideal),
        "R@10": sum(map(sum, held)) / sum(grades),
        "hit@1": float(bool(held) and grades[0] in held[0]),
    }


def discounted(gains: Sequence[int]) -> float:
    """Discounted cumulated gain (Järvelin and Kekäläinen 2002), the base of the logarithm being 2."""
    return sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains))


def says(short: str, answer: str) -> bool:
    """Whether a short answer holds an expected one; a number only as a whole (5 is not in 15 or 5.2)."""
    said, wanted = match_key(short).replace(",", ""), match_key(answer).replace(",", "")
    before = r"(?<![\d.])" if wanted[:1].isdigit() else ""
    after = r"(?!\.?\d)" if wanted[-1:].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, said) is not None


def means(measured: Iterable[tuple[str, Measured]]) -> Means:
    """The means of what was measured, each with the kind of its question."""
    values: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for kind, one in measured:
        for name in (kind, "all"):
            values[name]["n"].append(1.0)
            for metric, value in one.items():
                values[name][metric].append(value)
    return {
        kind: {
            metric: len(found) if metric == "n" else round(statistics.fmean(found), 3)
            for metric, found in sorted(columns.items())
        }
        for kind, columns in sorted(values.items())
    }
