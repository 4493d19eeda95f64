"""Made-up towns for the benchmark: names and codes that no municipality has."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.municipality import MunicipalityTable, check_digit

FIRST = "霧星雲霞風虹露霜雪朝夕夜暁宵琴笛鈴鼓扇硯筆紅藍紫翠"
SECOND = (
    *("見原", "守沢", "待浦", "渡野", "織里", "結坂", "映池", "越窪", "巡岡", "籠谷", "招浜", "遊瀬", "眺台"),
    *("語森", "訪崎", "包島", "抱山", "憩川", "佇畑", "歩田", "寄津", "澄倉", "奏橋", "彩峰", "紡塚", "灯根"),
    *("舞堀", "詠江", "贈宮", "願庄", "集郷", "仰岳"),
)
ENDS = "市町村"
FIRST_CODE = 99100
PREFECTURE = "みほん県"


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpTown:
    """A town of the benchmark."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """Renames towns in a text, with and without 市, 町 or 村."""

    names: tuple[str, ...]
    town: MadeUpTown

    def __call__(self, text: str) -> str:
        """The text with the town's name in the place of every other one."""
        for name in self.names:
            text = text.replace(name, self.town.name).replace(name[:-1], self.town.name[:-1])
        return text


def made_up_towns(table: MunicipalityTable) -> Iterator[MadeUpTown]:
    """Towns in order; none bears a name of the table."""
    code = FIRST_CODE
    for number, (second, first) in enumerate(itertools.product(SECOND, FIRST)):
        name = first + second + ENDS[number % len(ENDS)]
        if not table.named(name):
            yield MadeUpTown(code=f"{code}{check_digit(str(code))}", name=name)
            code += 1


def write_towns(towns: Sequence[MadeUpTown], path: Path) -> None:
    """Write towns into a file that ``MunicipalityTable.load`` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("code", "prefecture", "name", "kana", "prefecture_kana", "level"))
        writer.writerows(
            (one.code, PREFECTURE, one.name, "マチ", "ミホンケン", "municipality") for one in towns
        )
