"""What a document itself says that its progress marks mean: 「◎：計画以上　○：計画どおり」, or a table."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.folding import match_key

_SIGN = "[◎○〇◯△▲×●☆]"
_LETTER = "[A-ESＡ-ＥＳ]"
_MARK = f"({_SIGN}|{_LETTER})"
# A letter that ends a word is no mark.
_MARK_ALONE = f"({_SIGN}|(?<![A-Za-zＡ-Ｚ]){_LETTER})"
# 「◎：計画以上」: a colon, an equals sign or dots between the mark and what it means.
_EXPLAINED = re.compile(rf"{_MARK_ALONE}\s*(?:[:：=＝…]+|・{{2,}})\s*([^\s、，,;；)）◎○〇△×]+)")
# 「◎ 計画以上」: nothing but white between them.
_SPACED = re.compile(rf"(?<![^\s:：(（]){_MARK}[ \u3000]+(?!{_SIGN})([^\s、，,;；)）]{{2,}})")
# A row of a table of two columns: the mark and what it means.
_IN_TABLE = re.compile(rf"{_MARK}\t([^\t0-9０-９][^\t]+)")
# 「A（達成）、B（一部達成）」 within a sentence.
_BRACKETED = re.compile(
    rf"{_MARK_ALONE}\s?[(（]([^()（）0-9０-９][^()（）]{{1,24}})[)）](?=[、，・\s及又のでと])"
)
_LONGEST_LEGEND = 120
_LEAST_SPACED = 3
# What most legends have in them; most lines have none, and need no closer look.
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
