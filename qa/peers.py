"""Towns of like size 「類似団体」: chosen by the population that a person's own table gives.

The product holds no population: it changes every month, and every office has its own reference date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.errors import InputError, UnknownMunicipalityError
from corpus.folding import fold
from corpus.municipality import MunicipalityTable

CODE_COLUMNS = ("code", "municipality_code", "コード", "団体コード", "自治体コード")
NAME_COLUMNS = ("municipality", "name", "自治体", "市町村", "団体名", "市町村名", "自治体名")
POPULATION_COLUMNS = ("population", "人口", "総人口", "住基人口")


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A municipality with its population."""

    code: str
    name: str
    population: int


def read_peers(rows: Iterable[Mapping[str, str]], table: MunicipalityTable) -> list[Peer]:
    """The municipalities of a table, in its order.

    Args:
        rows: cells by column name; a code or a name, and a population.
        table: the municipalities that are known.

    Raises:
        InputError: a column is missing, or a row cannot be read; says which.
    """
    found = []
    for number, row in enumerate(rows, start=2):
        cells = {fold(key or "").text.strip(): (value or "").strip() for key, value in row.items()}
        place = _first(cells, CODE_COLUMNS) or _first(cells, NAME_COLUMNS)
        written = _first(cells, POPULATION_COLUMNS)
        if not place or not written:
            raise InputError(
                f"人口の表の{number}行目に、自治体（municipality か code）か人口（population）がありません。"
                "1行目に列の名前、2行目から1行に1自治体を書いてください。"
            )
        digits = re.sub(r"[,\s人]", "", fold(written).text)
        if not digits.isdecimal():
            raise InputError(f"人口の表の{number}行目の人口を読めません: {written}。数字で書いてください。")
        try:
            town = table.resolve(place)
        except UnknownMunicipalityError as exc:
            raise InputError(f"人口の表の{number}行目: {exc}") from exc
        found.append(Peer(code=town.code, name=town.name, population=int(digits)))
    if not found:
        raise InputError("人口の表に行がありません。1行目に列の名前、2行目から1行に1自治体を書いてください。")
    return found


def near(peers: Iterable[Peer], town: str, within: float, table: MunicipalityTable) -> list[Peer]:
    """The municipalities whose population differs by at most a share from a town's, itself among them.

    Args:
        peers: as ``read_peers`` gives them.
        town: name or code.
        within: the share, 0.3 for 30 %.
        table: the municipalities that are known.

    Raises:
        InputError: the town is not in the table, or the share is negative.
        UnknownMunicipalityError: there is no such town.
    """
    if within < 0:
        raise InputError(f"人口の差の割合を読めません: {within}。0.3 のように0以上の数で指定してください。")
    held = list(peers)
    code = table.resolve(town).code
    own = next((one for one in held if one.code == code), None)
    if own is None:
        raise InputError(f"人口の表に{table.by_code(code).name}がありません。行を足してください。")
    reach = own.population * within
    return [one for one in held if abs(one.population - own.population) <= reach]


def _first(cells: Mapping[str, str], names: Iterable[str]) -> str:
    return next((cells[name] for name in names if cells.get(name)), "")
