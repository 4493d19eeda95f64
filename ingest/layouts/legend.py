"""What a document itself says that its progress marks mean: 「◎：計画以上　○：計画どおり」."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.folding import match_key

_EXPLAINED = re.compile(
    r"([◎○〇◯△▲×●☆]|(?<![A-Za-zＡ-Ｚ])[A-ESＡ-ＥＳ])\s*(?:[:：=＝…]+|・{2,})\s*([^\s、，,;；)）◎○〇△×]+)"
)
_LONGEST_LEGEND = 120
_MAY_EXPLAIN = re.compile(r"[◎○〇◯A-CＡ-Ｃ]\s*(?:[:：=＝…]|・・)")


def legend_in(text: str) -> dict[str, str]:
    """The meaning of each mark, folded, where a line explains two of them or more."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        told = _EXPLAINED.findall(line) if _MAY_EXPLAIN.search(line) else []
        found |= {match_key(mark): meaning for mark, meaning in told} if len(told) > 1 else {}
    return found


def explains_marks(line: str) -> bool:
    """Whether a line is a legend: it explains two marks or more and ends no sentence."""
    is_short = len(line) <= _LONGEST_LEGEND and "。" not in line
    return is_short and _MAY_EXPLAIN.search(line) is not None and len(_EXPLAINED.findall(line)) > 1


def meaning_of(mark: str, legend: Mapping[str, str]) -> str:
    """What a mark means by a document's legend, empty where it does not say."""
    return legend.get(match_key(mark), "")
