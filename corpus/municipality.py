"""Municipalities 「自治体」: their codes and names, and finding one by its code or its name.

The table is 全国地方公共団体コード (JIS X 0402, see ``corpus/data/README.md``). This file decides which codes
and names are known and when two names are the same: they are compared folded, with a few variant characters
made one (ヶ/ケ, 龍/竜). A name is never guessed: two towns that share a name are both given, or an error
names the codes to choose from. Former names 「旧市町村名」 lead to what the former municipality is now, or is
now a part of. Here a name stands alone; finding one among other words is ``corpus.municipality_text``.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from corpus.errors import AmbiguousMunicipalityError, InputError, UnknownMunicipalityError
from corpus.folding import match_key

_COLUMNS = ("code", "prefecture", "name", "kana", "level")
_FORMER_COLUMNS = ("prefecture", "county", "name", "successor")
_VARIANTS = str.maketrans(
    "ヶヵ龍鰺竈檜籠條澤濱邊邉嶋槇廣國﨑舘淵諌",
    "ケカ竜鯵釜桧篭条沢浜辺辺島槙広国崎館渕諫",
)
_LISTED = 5
_PREFECTURES = 47
SUFFIXES = "市区町村"
KANJI = r"[\u3400-\u9fff々〆\uf900-\ufaff]"
# A county, which may stand between prefecture and name.
COUNTY = rf"(?:{KANJI}|[ケノの]){{1,5}}郡"


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
        """The name without 市, 区, 町 or 村: 大泉. Those of a prefecture or an association stay whole."""
        is_town = self.level is not Level.PREFECTURE and self.name[-1:] in SUFFIXES
        return self.name[:-1] if is_town else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerMunicipality:
    """A municipality that was merged or renamed.

    Attributes:
        prefecture: Name with its suffix.
        county: Name of the county it belonged to with 郡, empty for a former city.
        name: Former name with its suffix, 赤堀町.
        successor: The municipality that it is now, or is now a part of.
    """

    prefecture: str
    county: str
    name: str
    successor: Municipality

    @property
    def label(self) -> str:
        """Both names, 赤堀町（現 伊勢崎市）."""
        return f"{self.name}（現 {self.successor.name}）"


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
            by_key[name_key(row.name)].append(row)
        self._by_key = {key: tuple(rows) for key, rows in by_key.items()}
        self._prefectures = {name_key(row.prefecture): row.prefecture for row in self if row.prefecture}
        self.former: tuple[FormerMunicipality, ...] = ()

    @staticmethod
    def load(*extra: Path, former: tuple[Path, ...] = ()) -> "MunicipalityTable":
        """Load the tables that ship with Shirube, and CSV files with the same columns.

        Args:
            *extra: Files of further rows, UTF-8, for instance of fictional towns (prefecture code 99).
            former: Files of further former names, UTF-8.

        Returns:
            The same object for the same files.

        Raises:
            InputError: A file cannot be read, lacks a column, or holds a wrong code or an unknown successor.
        """
        return _load(extra, former)

    def __iter__(self) -> Iterator[Municipality]:
        """Go through all rows by code."""
        return iter(self._by_code.values())

    def __len__(self) -> int:
        """Count the rows, prefectures among them."""
        return len(self._by_code)

    def including(self, towns: Iterable[Municipality]) -> "MunicipalityTable":
        """Give a table that also knows some towns; their codes that are known already stay as they are."""
        new = {town.code: town for town in towns if town.code not in self._by_code}
        if not new:
            return self
        table = MunicipalityTable([*self, *new.values()])
        table.former = self.former
        return table

    def unlisted(self, code: str, name: str) -> Municipality:
        """Make the row of one that no table knows: a new town, or an association of towns 「一部事務組合」.

        Args:
            code: Six digits; the first two tell the prefecture, where they are one's.
            name: As somebody wrote it.
        """
        digits = match_key(code)
        found = (row.prefecture for row in self if row.code[:2] == digits[:2])
        prefecture = next(found, "") if int(digits[:2]) <= _PREFECTURES else ""
        return Municipality(code=digits, prefecture=prefecture, name=name, kana="", level=Level.MUNICIPALITY)

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
        if known := self._by_code.get(code):
            return known
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
        key = name_key(name)
        found = self._by_key.get(key, ())
        for full, shown in self._prefectures.items():
            if not found and key.startswith(full) and len(key) > len(full):
                rest = key.removeprefix(full)
                rows = self._by_key.get(rest) or self._by_key.get(re.sub(f"^{COUNTY}", "", rest), ())
                found = tuple(row for row in rows if row.prefecture == shown)
        if not found:
            found = self._by_key.get(re.sub(f"^{COUNTY}", "", key), ())
        if prefecture is None:
            return list(found)
        wanted = name_key(prefecture)
        return [row for row in found if wanted in (name_key(row.prefecture), name_key(row.prefecture)[:-1])]

    def resolve(self, name_or_code: str, prefecture: str | None = None) -> Municipality:
        """Find the one municipality that a name or a code stands for.

        Raises:
            UnknownMunicipalityError: There is none; the message names near ones.
            AmbiguousMunicipalityError: There are several; the message names their codes.
        """
        if re.fullmatch(r"[0-9]+", match_key(name_or_code)):
            return self.by_code(name_or_code)
        found = self.named(name_or_code, prefecture)
        key = name_key(name_or_code)
        near = [row for row in self if key and name_key(row.short_name) == key][:_LISTED]
        advice = "市区町村まで含めた名前か、6桁の団体コードを指定してください。"
        if near:
            shown = "、".join(f"{row.name}（{row.prefecture}、{row.code}）" for row in near)
            advice = f"{shown}ではありませんか。{advice}"
        place = f"{prefecture}に" if prefecture else ""
        return _only(found, name_or_code, f"自治体「{name_or_code}」は{place}見つかりません。{advice}")


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """Give the form of a name in which it is compared: folded, without white space and variants."""
    return unify_variants(match_key(name))


def unify_variants(folded: str) -> str:
    """Replace variant characters of names one by one, so that indices stay those of the folded text."""
    return folded.translate(_VARIANTS)


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
def _load(extra: tuple[Path, ...], former: tuple[Path, ...]) -> MunicipalityTable:
    data = files("corpus").joinpath("data")
    rows = list(_rows(data.joinpath("municipalities.csv").read_text(encoding="utf-8"), "municipalities.csv"))
    for path in extra:
        rows.extend(_rows(_read(path), str(path)))
    table = MunicipalityTable(rows)
    shipped = data.joinpath("former_municipalities.csv").read_text(encoding="utf-8")
    found = list(_former_rows(shipped, "former_municipalities.csv", table))
    for path in former:
        found.extend(_former_rows(_read(path), str(path), table))
    table.former = tuple(found)
    return table


def _read(path: Path) -> str:
    """Read a CSV file of the user's.

    Raises:
        InputError: It cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise InputError(f"自治体の表「{path}」を読めません。UTF-8のCSVファイルを指定してください。") from exc


def _records(text: str, source: str, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Go through the rows of a CSV text with their line numbers.

    Raises:
        InputError: A column is missing.
    """
    reader = csv.DictReader(text.splitlines())
    if missing := [column for column in columns if column not in (reader.fieldnames or ())]:
        listed = ", ".join(missing)
        raise InputError(f"自治体の表「{source}」に列 {listed} がありません。1行目に列名を書いてください。")
    for number, row in enumerate(reader, start=2):
        yield number, {column: (row[column] or "").strip() for column in columns}


def _rows(text: str, source: str) -> Iterator[Municipality]:
    """Read municipalities from a CSV text.

    Raises:
        InputError: A column is missing, or a code or level is wrong.
    """
    for number, row in _records(text, source, _COLUMNS):
        code, level = row["code"], row["level"]
        if not is_valid_code(code):
            raise InputError(f"自治体の表「{source}」{number}行目の団体コード「{code}」が正しくありません。")
        if level not in set(Level) or not row["name"] or not row["prefecture"]:
            raise InputError(f"自治体の表「{source}」{number}行目の名前か区分「{level}」が正しくありません。")
        yield Municipality(
            code=code,
            prefecture=row["prefecture"],
            name=row["name"],
            kana=row["kana"],
            level=Level(level),
        )


def _former_rows(text: str, source: str, table: MunicipalityTable) -> Iterator[FormerMunicipality]:
    """Read former municipalities from a CSV text.

    Raises:
        InputError: A column or a name is missing, or the table does not know the successor.
    """
    for number, row in _records(text, source, _FORMER_COLUMNS):
        found = table.named(row["successor"], row["prefecture"])
        if len(found) != 1 or row["name"][-1:] not in ("市", "区", "町", "村"):
            raise InputError(
                f"旧市町村名の表「{source}」{number}行目の名前「{row['name']}」か"
                f"現在の名前「{row['successor']}」が正しくありません。"
            )
        yield FormerMunicipality(
            prefecture=row["prefecture"], county=row["county"], name=row["name"], successor=found[0]
        )
