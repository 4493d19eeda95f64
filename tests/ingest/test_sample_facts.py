"""Every fact that was written down when the sample corpus was made is found where the source has it.

A fact of a table's row must be an indicator or a cell of that fiscal year, in that sheet and row; a fact of
running text must be in one passage of that sheet, section and fiscal year.
"""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus.fiscal_year import parse_fiscal_year
from corpus.fiscal_year_text import find_fiscal_years
from corpus.folding import match_key
from corpus.passage import Cell, Passage, PassageKind
from corpus.sample_corpus import SAMPLES
from corpus.sheet import Sheet
from tests.ingest.taken_in import Taken, taken_in

FACTS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "sample_facts.json").read_text("utf-8")
)
COLUMN = re.compile(r"(基準値|目標値(\(.*\))?|[HR]\d+|[HR]\d+予算額)$")
"""How the row of a fact ends that names the column of its value."""
CODE = re.compile(r"(\d{2,6})\s*(.*)")
ITEM = re.compile(r"[①-⑳]")


@cache
def years() -> dict[str, int]:
    with (SAMPLES / "manifest.csv").open(encoding="utf-8") as file:
        return {row["file"]: parse_fiscal_year(row["fiscal_year"]) for row in csv.DictReader(file)}


def sample(fact: dict[str, Any]) -> Taken:
    return taken_in(SAMPLES / fact["file"], years()[fact["file"]])


def holds(words: str, *texts: str) -> bool:
    """Whether each word stands in the texts, white space and width aside."""
    whole = match_key("\n".join(texts))
    return all(match_key(word) in whole for word in words.split())


def is_in_sheet(fact: dict[str, Any], passage: Passage, sheet: Sheet | None) -> bool:
    if fact["sheet"] == "脚注":
        return passage.kind is PassageKind.NOTE
    return sheet is not None and holds(fact["sheet"], sheet.title, sheet.identity, *sheet.departments)


def is_in_section(fact: dict[str, Any], passage: Passage) -> bool:
    if fact["section"] == "脚注" or fact["sheet"] == "脚注":
        return passage.kind is PassageKind.NOTE and holds(fact["item_or_row"].split()[0], passage.text)
    path = (*passage.section_path, *(cell.header for cell in passage.cells))
    if fact["section"] == "業務コード":
        return any("行政活動" in cell.header or "事業名" in cell.header for cell in passage.cells)
    return holds(fact["section"].split("/")[-1], *path)


def is_of_item(fact: dict[str, Any], passage: Passage) -> bool:
    """Whether a passage is of the item ①, or of the row with the code, that a fact names."""
    row = str(fact["item_or_row"])
    if ITEM.fullmatch(row):
        return passage.item == row
    code = CODE.fullmatch(row)
    if code and fact["section"] == "業務コード":
        place = (passage.item, *passage.section_path, *(cell.text for cell in passage.cells))
        return any(text.split()[0] == code[1] for text in place if text)
    return True


def cells_of(fact: dict[str, Any], passage: Passage) -> list[Cell]:
    """The cells of a row that hold the quote in the column that the fact names."""
    column = fact["item_or_row"].split()[-1]
    return [
        cell
        for cell in passage.cells
        if match_key(fact["quote"]) in match_key(cell.text) and (column != "備考" or "備考" in cell.header)
    ]


def is_column_fact(fact: dict[str, Any]) -> bool:
    """Whether a fact is the value of one dated column of a row."""
    amount = "財政効果額" in fact["section"] and str(fact["quote"]).replace(",", "").isdigit()
    return amount or COLUMN.search(match_key(fact["item_or_row"]).upper()) is not None


def row_name(fact: dict[str, Any]) -> str:
    """The row's name without its code, the label 事業名 and its column."""
    words = fact["item_or_row"].split()
    kept = [word for word in words if not COLUMN.fullmatch(match_key(word).upper())]
    kept = [word for word in kept if not re.fullmatch(r"\d{1,6}|事業名|20\d\d年?度?|年度", word)]
    return " ".join(kept) or fact["section"]


def years_of(passage: Passage) -> set[int]:
    """The years of the fact, and those that the passage's own words name, by which it is found too."""
    return {*passage.fiscal_years, *(one.fiscal_year for one in find_fiscal_years(passage.text))}


COLUMN_FACTS = [fact for fact in FACTS if is_column_fact(fact)]
OTHER_FACTS = [fact for fact in FACTS if not is_column_fact(fact)]


def name_of(fact: dict[str, Any]) -> str:
    return f"{fact['file'].removesuffix('.txt')}: {fact['question_like']}"


@pytest.mark.parametrize("fact", COLUMN_FACTS, ids=name_of)
def test_a_value_of_a_column_is_an_indicator_of_its_year(fact: dict[str, Any]) -> None:
    taken = sample(fact)
    named = row_name(fact)
    if "財政効果額" in fact["section"]:
        named = fact["section"]
    found = [
        one
        for one in taken.indicators
        if one.fiscal_year == fact["fiscal_year"]
        and one.value_text == fact["quote"]
        and holds(named, one.name)
        and is_in_sheet(fact, passage := taken.passage_of(one), taken.sheet_of(passage))
        and is_in_section(fact, passage)
        and is_of_item(fact, passage)
    ]
    assert len(found) == 1, [one for one in taken.indicators if one.value_text == fact["quote"]]
    assert found[0].span.of(taken.text) == fact["quote"]


@pytest.mark.parametrize("fact", OTHER_FACTS, ids=name_of)
def test_words_are_in_a_passage_of_their_sheet_section_and_year(fact: dict[str, Any]) -> None:
    taken = sample(fact)
    if fact["section"] in ("担当部課", "実践課"):
        departments = [
            "、".join(sheet.departments)
            for sheet in taken.sheets
            if holds(fact["sheet"], sheet.title, sheet.identity, *sheet.departments)
        ]
        assert departments == [fact["quote"]]
        return
    quoted = [p for p in taken.passages if match_key(fact["quote"]) in match_key(p.text)]
    found = [
        passage
        for passage in quoted
        if is_in_sheet(fact, passage, taken.sheet_of(passage))
        and is_in_section(fact, passage)
        and is_of_item(fact, passage)
        and fact["fiscal_year"] in years_of(passage)
        and (not fact["item_or_row"].endswith("備考") or cells_of(fact, passage))
    ]
    shown = [(p.section_path, p.item, p.fiscal_years, p.kind.value, p.sheet_ordinal) for p in quoted]
    assert len(found) == 1, shown
