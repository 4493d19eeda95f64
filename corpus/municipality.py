"""Municipalities 「自治体」: their codes, and finding them by code, by name and in text.

The table is 全国地方公共団体コード (JIS X 0402, see ``corpus/data/README.md``). A name is never guessed: two
towns that share a name are both given, or an error names the codes to choose from. Names are compared folded,
with a few variant characters made one (ヶ/ケ, 龍/竜), and found in text from their last character backwards,
so that a long text costs one scan and not one for each of 1,741 names.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path

from corpus.errors import AmbiguousMunicipalityError, InputError, UnknownMunicipalityError
from corpus.folding import fold, match_key

_COLUMNS = ("code", "prefecture", "name", "kana", "level")
_VARIANTS = str.maketrans(
    "ヶヵ龍鰺竈檜籠條澤濱邊邉嶋槇廣國﨑舘淵諌",
    "ケカ竜鯵釜桧篭条沢浜辺辺島槙広国崎館渕諫",
)
_SUFFIXES = "市区町村"
_LISTED = 5

_KANJI = r"[\u3400-\u9fff々〆\uf900-\ufaff]"
_IS_KANJI = re.compile(_KANJI)
_HIRAGANA = re.compile("[ぁ-ん]")
_COUNTY = rf"(?:{_KANJI}|[ケノの]){{1,5}}郡"
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


class Level(StrEnum):
    """What a code stands for: a prefecture, a municipality (or special ward), a ward of a designated city."""

    PREFECTURE = "prefecture"
    MUNICIPALITY = "municipality"
    WARD = "ward"


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """One row of the table.

    Attributes:
        code: Six digits with the check digit; never an int, for 014605 begins with 0.
        prefecture: Name with its suffix, 群馬県.
        name: Name with its suffix but without prefecture and county, 大泉町; of a prefecture, its own name.
        kana: Reading in full-width katakana.
        level: What the code stands for.
    """

    code: str
    prefecture: str
    name: str
    kana: str
    level: Level

    @property
    def full_name(self) -> str:
        """The name after its prefecture's: 群馬県大泉町."""
        return self.name if self.level is Level.PREFECTURE else self.prefecture + self.name

    @property
    def short_name(self) -> str:
        """The name without 市, 区, 町 or 村: 大泉. A prefecture's name stays whole."""
        return self.name if self.level is Level.PREFECTURE else self.name[:-1]


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


def check_digit(first_five: str) -> str:
    """Compute the check digit 「検査数字」 of a code by JIS X 0402.

    The digits are weighted 6, 5, 4, 3, 2 and summed; the check digit is the last digit of 11 minus the sum's
    remainder by 11 (総務省「全国地方公共団体コード仕様」).

    Args:
        first_five: Five ASCII digits: prefecture (two) and municipality (three).

    Raises:
        InputError: ``first_five`` is not five ASCII digits.
    """
    if not re.fullmatch(r"[0-9]{5}", first_five):
        raise InputError(
            f"「{first_five}」は5桁の数字ではありません。団体コードの先頭5桁を指定してください。"
        )
    total = sum(int(digit) * weight for digit, weight in zip(first_five, (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)


def is_valid_code(code: str) -> bool:
    """Tell whether a code is six ASCII digits of which the last is the check digit."""
    return bool(re.fullmatch(r"[0-9]{6}", code)) and check_digit(code[:5]) == code[5]


class MunicipalityTable:
    """The municipalities that are known, by code and by name. Immutable; load it with ``load``."""

    def __init__(self, municipalities: Iterable[Municipality]) -> None:
        """Index rows by code and folded name.

        Raises:
            InputError: Two rows have the same code.
        """
        self._by_code: dict[str, Municipality] = {}
        by_key: defaultdict[str, list[Municipality]] = defaultdict(list)
        for row in sorted(municipalities, key=lambda row: row.code):
            if row.code in self._by_code:
                raise InputError(
                    f"団体コード{row.code}が2回出てきます（{row.full_name}）。一方を削除してください。"
                )
            self._by_code[row.code] = row
            by_key[_key(row.name)].append(row)
        self._by_key = {key: tuple(rows) for key, rows in by_key.items()}
        self._prefectures = {_key(row.prefecture): row.prefecture for row in self}
        self._names = {key for key, rows in self._by_key.items() if rows[0].level is not Level.PREFECTURE}
        self._short_names = {key[:-1] for key in self._names}
        self._lengths = sorted({len(key) for key in self._names}, reverse=True)
        self._ends = re.compile("[" + re.escape("".join(sorted({key[-1] for key in self._names}))) + "]")
        full = "|".join(sorted(map(re.escape, self._prefectures), key=len, reverse=True))
        short = "|".join(re.escape(key[:-1]) for key in self._prefectures if key[-1:] in "都府県")
        self._before = re.compile(rf"(?:(?P<full>{full})[\s]*の?|(?P<short>{short})の)(?:{_COUNTY})?$")
        self._after = re.compile(rf"\s*\((?P<full>{full})\)")

    @staticmethod
    def load(*extra: Path) -> "MunicipalityTable":
        """Load the table that ships with Shirube, and CSV files with the same columns.

        Args:
            *extra: Files of further rows, UTF-8, for instance of fictional towns (prefecture code 99).

        Returns:
            The same object for the same files.

        Raises:
            InputError: A file cannot be read, lacks a column or holds a wrong code.
        """
        return _load(extra)

    def __iter__(self) -> Iterator[Municipality]:
        """Go through all rows by code."""
        return iter(self._by_code.values())

    def __len__(self) -> int:
        """Count the rows, prefectures among them."""
        return len(self._by_code)

    def by_code(self, code: str) -> Municipality:
        """Find a municipality by its code.

        Five digits are a code without its check digit, or one whose leading 0 a spreadsheet dropped (14605
        for 014605); where both readings are known, neither is chosen.

        Args:
            code: Six or five digits, full-width ones too.

        Raises:
            UnknownMunicipalityError: Not five or six digits, a wrong check digit, or no such code.
            AmbiguousMunicipalityError: Five digits that stand for two municipalities.
        """
        digits = match_key(code)
        if not re.fullmatch(r"[0-9]{5,6}", digits):
            raise UnknownMunicipalityError(
                f"団体コード「{code}」は6桁の数字ではありません。6桁のコードを指定してください。"
            )
        if len(digits) == 6:
            readings = [digits]
            if not is_valid_code(digits):
                raise UnknownMunicipalityError(
                    f"団体コード「{code}」は検査数字（6桁目）が合いません。コードを確かめてください。"
                )
        else:
            readings = [digits + check_digit(digits), "0" + digits]
        found = [self._by_code[reading] for reading in readings if reading in self._by_code]
        return _only(found, code, f"団体コード「{code}」の自治体は見つかりません。コードを確かめてください。")

    def named(self, name: str, prefecture: str | None = None) -> list[Municipality]:
        """Find the municipalities, or the prefecture, of a full name.

        Args:
            name: With its suffix; its prefecture and county may stand before it: 群馬県邑楽郡大泉町.
            prefecture: Keeps those of a prefecture, 群馬県 or 群馬.

        Returns:
            By code; empty where there is none.
        """
        key = _key(name)
        found = self._by_key.get(key, ())
        for full, shown in self._prefectures.items():
            if not found and key.startswith(full) and len(key) > len(full):
                rest = key.removeprefix(full)
                rows = self._by_key.get(rest) or self._by_key.get(re.sub(f"^{_COUNTY}", "", rest), ())
                found = tuple(row for row in rows if row.prefecture == shown)
        if not found:
            found = self._by_key.get(re.sub(f"^{_COUNTY}", "", key), ())
        if prefecture is None:
            return list(found)
        wanted = _key(prefecture)
        return [row for row in found if wanted in (_key(row.prefecture), _key(row.prefecture)[:-1])]

    def resolve(self, name_or_code: str, prefecture: str | None = None) -> Municipality:
        """Find the one municipality that a name or a code stands for.

        Raises:
            UnknownMunicipalityError: There is none; the message names near ones.
            AmbiguousMunicipalityError: There are several; the message names their codes.
        """
        if re.fullmatch(r"[0-9]+", match_key(name_or_code)):
            return self.by_code(name_or_code)
        found = self.named(name_or_code, prefecture)
        key = _key(name_or_code)
        near = [row for row in self if key and _key(row.short_name) == key][:_LISTED]
        advice = "市区町村まで含めた名前か、6桁の団体コードを指定してください。"
        if near:
            shown = "、".join(f"{row.name}（{row.prefecture}、{row.code}）" for row in near)
            advice = f"{shown}ではありませんか。{advice}"
        place = f"{prefecture}に" if prefecture else ""
        return _only(found, name_or_code, f"自治体「{name_or_code}」は{place}見つかりません。{advice}")

    def find_in_text(self, text: str) -> list[MunicipalityMention]:
        """Find the municipalities that a text names in full, with 市, 区, 町 or 村.

        A prefecture before the name (群馬県大泉町, 群馬県邑楽郡大泉町, 広島の府中市) or after it in brackets
        belongs to the mention and decides between namesakes. There is no mention where it has no such
        municipality (東京都大泉町), where the name is part of another (東大泉町, 大阪市北区), or for a
        prefecture alone.

        Returns:
            In the order of the text, not overlapping; offsets in code points of ``text``.
        """
        folded = fold(text)
        key = folded.text.translate(_VARIANTS)
        mentions = []
        for start, end in self._spans(key):
            if mention := self._mention(key, start, end):
                start, end = folded.source_span(mention.start, mention.end)
                mentions.append(replace(mention, start=start, end=end))
        return mentions

    def find_short_names(self, text: str, candidates: Iterable[Municipality]) -> list[MunicipalityMention]:
        """Find names without 市, 区, 町 or 村 (大泉 for 大泉町) of the candidates given.

        Only names of two characters or more with a kanji or katakana among them, and no everyday words
        (中央, 南部), are looked for. A name inside a longer word is none: 小大泉, 富良野 in 上富良野,
        大泉学園.

        Args:
            text: A question, or a text about the candidates.
            candidates: Municipalities that may be meant, for instance those of the library.

        Returns:
            In the order of the text, not overlapping; offsets in code points of ``text``.
        """
        short: defaultdict[str, list[Municipality]] = defaultdict(list)
        for row in sorted(candidates, key=lambda row: row.code):
            if row.level is not Level.PREFECTURE and _is_distinctive(stem := _key(row.short_name)):
                short[stem].append(row)
        if not short:
            return []
        folded = fold(text)
        key = folded.text.translate(_VARIANTS)
        full = self._spans(key)
        names = re.compile("|".join(sorted(map(re.escape, short), key=len, reverse=True)))
        mentions = []
        for match in names.finditer(key):
            inside = any(start < match.end() and match.start() < end for start, end in full)
            if inside or not self._stands_alone(key, *match.span()):
                continue
            start, end = folded.source_span(*match.span())
            rows = tuple(short[match.group()])
            mentions.append(MunicipalityMention(start=start, end=end, municipalities=rows))
        return mentions

    def _spans(self, key: str) -> list[tuple[int, int]]:
        """Give the spans of all names in a folded text: where two overlap the earlier, then the longer."""
        found = []
        for suffix in self._ends.finditer(key):
            end = suffix.end()
            for length in self._lengths:
                if length <= end and key[end - length : end] in self._names:
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
        rows = tuple(row for row in rows if _key(row.prefecture).startswith(wanted))
        return MunicipalityMention(start=start, end=end, municipalities=rows) if rows else None

    def _stands_alone(self, key: str, start: int, end: int) -> bool:
        """Tell whether a short name is no part of a longer name or word."""
        before = key[start - 1 : start]
        if (_IS_KANJI.match(before) and before not in _BEFORE_NAME) or _OTHER_NAME.match(key, end):
            return False
        longer = (key[start : end + more] for more in range(1, self._lengths[0]) if end + more <= len(key))
        return not any(word in self._short_names or word in self._names for word in longer)


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
    return before not in _SUFFIXES or key[end - 1] == "市"


def _is_distinctive(stem: str) -> bool:
    return len(stem) >= 2 and stem not in _ORDINARY_WORDS and not re.fullmatch("[ぁ-ん]+", stem)


def _key(name: str) -> str:
    return match_key(name).translate(_VARIANTS)


def _only(found: Sequence[Municipality], asked: str, unknown: str) -> Municipality:
    """Give the one that was found.

    Raises:
        UnknownMunicipalityError: There is none.
        AmbiguousMunicipalityError: There are several.
    """
    if not found:
        raise UnknownMunicipalityError(unknown)
    if len(found) == 1:
        return found[0]
    places = "と".join(dict.fromkeys(row.prefecture for row in found))
    if len({row.name for row in found}) == 1:
        where = f"{places}にあります"
    else:
        where = "と".join(row.full_name for row in found) + "のどちらにも読めます"
    codes = " / ".join(row.code for row in found)
    raise AmbiguousMunicipalityError(f"「{asked}」は{where}。コード({codes})で指定してください。")


@cache
def _load(extra: tuple[Path, ...]) -> MunicipalityTable:
    shipped = files("corpus").joinpath("data", "municipalities.csv").read_text(encoding="utf-8")
    rows = list(_rows(shipped, "municipalities.csv"))
    for path in extra:
        try:
            rows.extend(_rows(path.read_text(encoding="utf-8-sig"), str(path)))
        except (OSError, UnicodeDecodeError) as exc:
            raise InputError(
                f"自治体の表「{path}」を読めません。UTF-8のCSVファイルを指定してください。"
            ) from exc
    return MunicipalityTable(rows)


def _rows(text: str, source: str) -> Iterator[Municipality]:
    """Read rows of a CSV text.

    Raises:
        InputError: A column is missing, or a code or level is wrong.
    """
    reader = csv.DictReader(text.splitlines())
    if missing := [column for column in _COLUMNS if column not in (reader.fieldnames or ())]:
        columns = ", ".join(missing)
        raise InputError(f"自治体の表「{source}」に列 {columns} がありません。1行目に列名を書いてください。")
    for number, row in enumerate(reader, start=2):
        code, level = row["code"].strip(), row["level"].strip()
        if not is_valid_code(code):
            raise InputError(f"自治体の表「{source}」{number}行目の団体コード「{code}」が正しくありません。")
        if level not in set(Level) or not row["name"].strip() or not row["prefecture"].strip():
            raise InputError(f"自治体の表「{source}」{number}行目の名前か区分「{level}」が正しくありません。")
        yield Municipality(
            code=code,
            prefecture=row["prefecture"].strip(),
            name=row["name"].strip(),
            kana=row["kana"].strip(),
            level=Level(level),
        )
