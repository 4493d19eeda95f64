"""Municipalities in running text: where a text names one, in full or without 市, 区, 町 or 村.

This file decides which characters around a name make it another word or another place (大田市場, 東大泉町,
大泉学園), for the names of today and for former ones. It stands apart from ``corpus.municipality``, which
knows codes and names but no text around them.
Names are found from their last character backwards, so that a long text costs one scan and not one for each
of 1,741 names.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.folding import fold
from corpus.municipality import (
    COUNTY,
    KANJI,
    SUFFIXES,
    FormerMunicipality,
    Level,
    Municipality,
    MunicipalityTable,
    name_key,
    unify_variants,
)

_IS_KANJI = re.compile(KANJI)
_HIRAGANA = re.compile("[ぁ-ん]")
# Kanji after which a name begins anew: 群馬県大泉町, 邑楽郡大泉町, 令和6年度大泉町, 旧伊達町.
_BEFORE_NAME = frozenset("県都道府郡年月日度次期回版号旧現元当同各内外間後")
# Kanji that make another place's name of the one they stand before: 東大泉町.
_PLACE_PREFIXES = frozenset("東西南北上下中大小新本奥")
# What turns a name's last character into another word: 大田市場, 港区域, 朝日町内会, 昭和町3丁目.
_OTHER_WORD = re.compile(
    r"(?<=市)場|(?<=区)[域間画分切別]|(?<=町)(?:村|内会|づくり|並)"
    r"|\s?[0-9一二三四五六七八九十]+(?:丁目|番)"
)
# What turns a short name into a school, a line or a river: 大泉学園, 高崎線.
_OTHER_NAME = re.compile(
    r"学園|駅|線|高校|高等|小学|中学|大学|川|山|湖|城|港|空港|氏|さん|様|[市区町村郡県都府]|[0-9元]"
)
# Short names that are words of every plan, or an era.
_ORDINARY_WORDS = frozenset(
    ("中央", "昭和", "明和", "南部", "朝日", "大和", "共和", "大空", "清水", "国立", "東海", "東北", "北方")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityMention:
    """A municipality as a text names it.

    Attributes:
        start: First code point in the text given, of the prefecture where it stands with the name.
        end: One past the last code point.
        municipalities: Those of that name, by code; more than one where nothing tells them apart.
    """

    start: int
    end: int
    municipalities: tuple[Municipality, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerMention:
    """A former municipality as a text names it.

    Attributes:
        start: First code point in the text given, of prefecture or county where they stand with the name.
        end: One past the last code point.
        former: The one that is meant.
        located: Whether prefecture or county stand with the name, so that no namesake can be meant.
    """

    start: int
    end: int
    former: FormerMunicipality
    located: bool


def find_municipalities(text: str, table: MunicipalityTable) -> list[MunicipalityMention]:
    """Find the municipalities that a text names in full, with 市, 区, 町 or 村.

    A prefecture before the name (群馬県大泉町, 群馬県邑楽郡大泉町, 広島の府中市) or after it in brackets
    belongs to the mention and decides between namesakes. There is no mention where it has no such
    municipality (東京都大泉町), where the name is part of another (東大泉町, 大阪市北区), or for a
    prefecture alone.

    Args:
        text: Any text.
        table: The municipalities that are known.

    Returns:
        In the order of the text, not overlapping; offsets in code points of ``text``.
    """
    return _names_of(table).mentions(text)


def find_short_names(
    text: str, candidates: Iterable[Municipality], table: MunicipalityTable
) -> list[MunicipalityMention]:
    """Find names without 市, 区, 町 or 村 (大泉 for 大泉町) of the candidates given.

    Only names of two characters or more with a kanji or katakana among them, and no everyday words
    (中央, 南部), are looked for. A name inside a longer word is none: 小大泉, 富良野 in 上富良野,
    大泉学園.

    Args:
        text: A question, or a text about the candidates.
        candidates: Municipalities that may be meant, for instance those of the library.
        table: All that are known, so that a part of another's name is left alone.

    Returns:
        In the order of the text, not overlapping; offsets in code points of ``text``.
    """
    return _names_of(table).short_mentions(text, candidates)


def find_former_names(text: str, table: MunicipalityTable) -> list[FormerMention]:
    """Find the former municipalities that a text names in full, 赤堀町 or 群馬県佐波郡東村.

    A name that a municipality of today bears as well (境町), or that several bore (東村), counts only with
    its prefecture or county.

    Args:
        text: Any text.
        table: The municipalities that are known, with the former ones.

    Returns:
        In the order of the text, not overlapping; offsets in code points of ``text``.
    """
    return _former_names_of(table).mentions(text)


_ShortNames = tuple[dict[str, list[Municipality]], re.Pattern[str] | None]


class _Names:
    """The names of a table, indexed for finding them in texts."""

    def __init__(self, table: MunicipalityTable) -> None:
        by_key: defaultdict[str, list[Municipality]] = defaultdict(list)
        for row in table:
            by_key[name_key(row.name)].append(row)
        self._by_key = {k: rows for k, rows in by_key.items() if rows[0].level is not Level.PREFECTURE}
        self._short_names = {name_key(rows[0].short_name) for rows in self._by_key.values()}
        self._short: tuple[tuple[str, ...], _ShortNames] | None = None
        self._lengths = sorted({len(key) for key in self._by_key}, reverse=True)
        self._ends = re.compile("[" + re.escape("".join(sorted({key[-1] for key in self._by_key}))) + "]")
        prefectures = list(dict.fromkeys(name_key(row.prefecture) for row in table if row.prefecture))
        full = "|".join(sorted(map(re.escape, prefectures), key=len, reverse=True))
        short = "|".join(re.escape(key[:-1]) for key in prefectures if key[-1:] in "都府県")
        self._before = re.compile(rf"(?:(?P<full>{full})[\s]*の?|(?P<short>{short})の)(?:{COUNTY})?$")
        self._after = re.compile(rf"\s*\((?P<full>{full})\)")

    def mentions(self, text: str) -> list[MunicipalityMention]:
        """Do the work of ``find_municipalities``."""
        folded = fold(text)
        key = unify_variants(folded.text)
        mentions = []
        for start, end in self.spans(key):
            if mention := self._mention(key, start, end):
                start, end = folded.source_span(mention.start, mention.end)
                mentions.append(replace(mention, start=start, end=end))
        return mentions

    def short_mentions(self, text: str, candidates: Iterable[Municipality]) -> list[MunicipalityMention]:
        """Do the work of ``find_short_names``."""
        short, names = self._short_names_of(candidates)
        if names is None:
            return []
        folded = fold(text)
        key = unify_variants(folded.text)
        full = self.spans(key)
        mentions = []
        for match in names.finditer(key):
            inside = any(start < match.end() and match.start() < end for start, end in full)
            if inside or not self._stands_alone(key, *match.span()):
                continue
            start, end = folded.source_span(*match.span())
            rows = tuple(short[match.group()])
            mentions.append(MunicipalityMention(start=start, end=end, municipalities=rows))
        return mentions

    def _short_names_of(self, candidates: Iterable[Municipality]) -> _ShortNames:
        """The candidates by their short names; kept while they are the same: a library has many questions."""
        rows = sorted(candidates, key=lambda row: row.code)
        codes = tuple(row.code for row in rows)
        if self._short is None or self._short[0] != codes:
            short: defaultdict[str, list[Municipality]] = defaultdict(list)
            for row in rows:
                if row.level is not Level.PREFECTURE and _is_distinctive(stem := name_key(row.short_name)):
                    short[stem].append(row)
            pattern = "|".join(sorted(map(re.escape, short), key=len, reverse=True))
            self._short = codes, (dict(short), re.compile(pattern) if short else None)
        return self._short[1]

    def spans(self, key: str) -> list[tuple[int, int]]:
        """Give the spans of all names in a folded text: where two overlap the earlier, then the longer."""
        found = []
        for suffix in self._ends.finditer(key):
            end = suffix.end()
            for length in self._lengths:
                if length <= end and key[end - length : end] in self._by_key:
                    found.append((end - length, end))
                    break
        spans: list[tuple[int, int]] = []
        for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
            if not spans or start >= spans[-1][1]:
                spans.append((start, end))
        return spans

    def _mention(self, key: str, start: int, end: int) -> MunicipalityMention | None:
        rows: Sequence[Municipality] = self._by_key[key[start:end]]
        if _OTHER_WORD.match(key, end):
            return None
        before = self._before.search(key[max(0, start - 14) : start])
        after = self._after.match(key, end)
        if before:
            start -= before.end() - before.start()
            wanted = before["full"] or before["short"]
        elif not _begins_name(key, start, end):
            return None
        elif after:
            end, wanted = after.end(), after["full"]
        else:
            wanted = ""
        rows = tuple(row for row in rows if name_key(row.prefecture).startswith(wanted))
        return MunicipalityMention(start=start, end=end, municipalities=rows) if rows else None

    def _stands_alone(self, key: str, start: int, end: int) -> bool:
        """Tell whether a short name is no part of a longer name or word."""
        before = key[start - 1 : start]
        if (_IS_KANJI.match(before) and before not in _BEFORE_NAME) or _OTHER_NAME.match(key, end):
            return False
        longer = (key[start : end + more] for more in range(1, self._lengths[0]) if end + more <= len(key))
        return not any(word in self._short_names or word in self._by_key for word in longer)


class _FormerNames:
    """The former names of a table, indexed for finding them in texts."""

    def __init__(self, table: MunicipalityTable) -> None:
        self._by_key: defaultdict[str, list[FormerMunicipality]] = defaultdict(list)
        for one in table.former:
            self._by_key[name_key(one.name)].append(one)
        self._today = _names_of(table)
        self._taken = {name_key(row.name) for row in table}
        names = sorted(map(re.escape, self._by_key), key=len, reverse=True)
        self._names = re.compile("|".join(names)) if names else None
        prefectures = {name_key(one.prefecture) for one in table.former}
        full = "|".join(sorted(map(re.escape, prefectures)))
        short = "|".join(sorted(re.escape(one[:-1]) for one in prefectures if one[-1] in "都府県"))
        place = (
            rf"(?:(?P<full>{full})\s*の?|(?P<short>{short})の)" if short else rf"(?P<full>{full})(?P<short>)"
        )
        self._before = re.compile(rf"{place}?(?P<county>{COUNTY})?$")

    def mentions(self, text: str) -> list[FormerMention]:
        """Do the work of ``find_former_names``."""
        if self._names is None:
            return []
        folded = fold(text)
        key = unify_variants(folded.text)
        today = self._today.spans(key)
        found = []
        for match in self._names.finditer(key):
            longer = any(
                start <= match.start() and match.end() <= end and (start, end) != match.span()
                for start, end in today
            )
            mention = None if longer or _OTHER_WORD.match(key, match.end()) else self._mention(key, match)
            if mention is not None:
                start, end = folded.source_span(mention.start, mention.end)
                found.append(replace(mention, start=start, end=end))
        return found

    def _mention(self, key: str, match: re.Match[str]) -> FormerMention | None:
        name, (start, end) = match.group(), match.span()
        before = self._before.search(key[max(0, start - 14) : start])
        prefecture = (before["full"] or before["short"] or "") if before else ""
        county = (before["county"] or "") if before else ""
        known = [
            one
            for one in self._by_key[name]
            if name_key(one.prefecture).startswith(prefecture) and county in ("", name_key(one.county))
        ]
        if before is not None and (prefecture or county) and len(known) == 1:
            begun = start - (before.end() - before.start())
            return FormerMention(start=begun, end=end, former=known[0], located=True)
        named = self._by_key[name]
        if prefecture or county or len(named) > 1 or name in self._taken or not _begins_name(key, start, end):
            return None
        return FormerMention(start=start, end=end, former=named[0], located=False)


def _begins_name(key: str, start: int, end: int) -> bool:
    """Tell whether a name begins at ``start`` and is not the tail of a longer one or of an address.

    A name in hiragana must not be the tail of a word: 憩いの町 and ふれあいの町 are not いの町.
    """
    before = key[start - 1 : start] if start else ""
    if _HIRAGANA.match(key, start) and _HIRAGANA.match(before):
        return before in ("とや" if end - start <= 3 else "とやのはがにでも")
    if _HIRAGANA.match(key, start) and _IS_KANJI.match(before):
        return before in _BEFORE_NAME
    if not _IS_KANJI.match(before) or before in _BEFORE_NAME:
        return True
    if before in _PLACE_PREFIXES or end - start <= 2:
        return False
    return before not in SUFFIXES or key[end - 1] == "市"


def _is_distinctive(stem: str) -> bool:
    return len(stem) >= 2 and stem not in _ORDINARY_WORDS and not re.fullmatch("[ぁ-ん]+", stem)


@lru_cache(maxsize=4)
def _names_of(table: MunicipalityTable) -> _Names:
    """Index a table once, however many texts are read with it."""
    return _Names(table)


@lru_cache(maxsize=4)
def _former_names_of(table: MunicipalityTable) -> _FormerNames:
    """Index a table's former names once."""
    return _FormerNames(table)
