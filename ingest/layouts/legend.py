"""What a document itself says that its progress marks mean: 「◎：計画以上　○：計画どおり」, or a table."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.folding import match_key

_EXPLAINED = re.compile(
    r"([◎○〇◯△▲×●☆]|(?<![A-Za-zＡ-Ｚ])[A-ESＡ-ＥＳ])\s*(?:[:：=＝…]+|・{2,})\s*([^\s、，,;；)）◎○〇△×]+)"
)
_SPACED = re.compile(
    r"(?<![^\s:：(（])([◎○〇◯△▲×●☆]|[A-ESＡ-ＥＳ])[ \u3000]+(?![◎○〇◯△▲×●☆])([^\s、，,;；)）]{2,})"
)
_IN_TABLE = re.compile(r"([◎○〇◯△▲×●☆]|[A-ESＡ-ＥＳ])\t([^\t0-9０-９][^\t]+)")
_BRACKETED = re.compile(
    r"([◎○〇◯△▲×●☆]|(?<![A-Za-zＡ-Ｚ])[A-ESＡ-ＥＳ])\s?[(（]([^()（）0-9０-９][^()（）]{1,24})[)）](?=[、，・\s及又のでと])"
)
_LONGEST_LEGEND = 120
_LEAST_SPACED = 3
_MAY_EXPLAIN = re.compile(r"[◎○〇◯A-CＡ-Ｃ]\s*(?:[:：=＝…]|・・)")


def legend_in(text: str) -> dict[str, str]:
    """The meaning of each mark, folded, where a line or the rows of a table explain two of them or more."""
    found: dict[str, str] = {}
    rows: dict[str, str] = {}
    for line in (*text.splitlines(), ""):
        row = _IN_TABLE.fullmatch(line)
        if row is None:
            found |= rows if len(rows) > 1 else {}
            rows = {}
        else:
            rows[match_key(row[1])] = row[2].strip()
        found |= {match_key(mark): meaning for mark, meaning in (*_in_sentence(line), *_explained(line))}
    return found


def explains_marks(line: str) -> bool:
    """Whether a line is a legend: it explains two marks or more and ends no sentence."""
    return len(line) <= _LONGEST_LEGEND and "。" not in line and bool(_explained(line))


def _explained(line: str) -> list[tuple[str, str]]:
    """The marks that a line explains: two behind a colon, or three that only white space parts from words."""
    told: list[tuple[str, str]] = _EXPLAINED.findall(line) if _MAY_EXPLAIN.search(line) else []
    if len(told) > 1:
        return told
    spaced: list[tuple[str, str]] = _SPACED.findall(line) if len(line) <= _LONGEST_LEGEND else []
    return spaced if len({mark for mark, _ in spaced}) >= _LEAST_SPACED else []


def _in_sentence(line: str) -> list[tuple[str, str]]:
    """The marks that a sentence explains, three or more: 「A（達成）、B（一部達成）、C（未達成）です」."""
    told: list[tuple[str, str]] = _BRACKETED.findall(line)
    return told if len({mark for mark, _ in told}) >= _LEAST_SPACED else []


def meaning_of(mark: str, legend: Mapping[str, str]) -> str:
    """What a mark means by a document's legend, empty where it does not say."""
    return legend.get(match_key(mark), "")
