from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.sheet import ProgressMark
from corpus.span import Span
from corpus.store import Store
from qa.hits import Hit
from qa.short_marks import mark_candidate, mark_meant
from qa.short_topic import Topic
from tests.qa.make import a_hit, plan, prose, row, stored

TEXT = "相談窓口を3か所に置いた。"
MARKS = "取組達成度\t◎"
HEADERS: list[tuple[str, int | None]] = [("項目", None), ("令和6年度", 2024)]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path)


@pytest.fixture
def hits(store: Store) -> list[Hit]:
    """What was written, of a sheet whose marks stand in a row of a table that was not found."""
    document = plan(f"{MARKS}\n{TEXT}")
    marks = row(document, MARKS, HEADERS)
    start = len(MARKS) + 1
    written = prose(document, TEXT, 2, Span(start, start + len(TEXT)))
    stored(store, document_text := f"{MARKS}\n{TEXT}", [marks, written], document)
    assert document_text.endswith(written.text)
    return [a_hit(document, written)]


def test_the_mark_of_the_found_sheet_answers_for_the_year_asked(store: Store, hits: list[Hit]) -> None:
    topic = Topic({"相談": 1.0}, years=(2024,))
    found = mark_candidate("相談窓口の令和6年度の達成度は", [], hits, topic, store.reader)
    assert found is not None
    assert (found.text, found.hit.passage.text) == ("◎", MARKS)
    without_year = mark_candidate("相談窓口の達成度は", [], hits, Topic({"相談": 1.0}), store.reader)
    assert without_year is not None
    assert without_year.text == "令和6年度◎"
    other = Topic({"相談": 1.0}, years=(2020,))
    assert mark_candidate("令和2年度の達成度は", [], hits, other, store.reader) is None


def test_a_mark_asked_for_lists_the_sheets_that_bear_it(store: Store, hits: list[Hit]) -> None:
    topic = Topic({"取り組み": 1.0}, years=(2024,))
    found = mark_candidate("達成度が◎だった取組はどれか", [], hits, topic, store.reader)
    assert found is not None
    assert found.text == "多文化共生課"
    assert [hit.passage.text for hit in found.hits] == [MARKS]
    assert mark_candidate("達成度が×の取組はどれか", [], hits, topic, store.reader) is None
    bare = [replace(hits[0], sheet=None)]
    assert mark_candidate("達成度が◎の取組はどれか", [], bare, topic, store.reader) is None


def test_a_mark_that_no_row_prints_is_not_told(store: Store) -> None:
    document = plan(TEXT)
    passage = prose(document, TEXT)
    stored(store, TEXT, [passage], document)
    topic = Topic({"相談": 1.0}, years=(2024,))
    assert mark_candidate("相談窓口の達成度は", [], [a_hit(document, passage)], topic, store.reader) is None


def test_the_words_of_the_legend_mean_its_mark(store: Store, hits: list[Hit]) -> None:
    (hit,) = hits
    assert hit.sheet is not None
    explained = replace(
        hit,
        sheet=replace(
            hit.sheet, progress=tuple(replace(one, meaning="計画以上") for one in hit.sheet.progress)
        ),
    )
    assert mark_meant("令和6年度に計画以上だった取組", [explained]) == "◎"
    assert mark_meant("計画に基づく取組", [explained]) == ""
    topic = Topic({"取り組み": 1.0}, years=(2024,))
    found = mark_candidate("令和6年度に計画以上だった取組はどれか", [], [explained], topic, store.reader)
    assert found is not None
    assert found.text == hit.sheet.title


def test_grades_in_letters_and_rows_without_a_year_are_told(store: Store) -> None:
    text = "期末報告\t三便を増やした。\t達成度\tS"
    document = plan(text)
    graded = row(document, text, [("", None), ("期末報告", None), ("", None), ("達成度", None)])
    stored(store, text, [graded], document)
    hit = a_hit(document, graded)
    assert hit.sheet is not None
    mark = ProgressMark(fiscal_year=2024, mark="S", meaning="")
    sheet = replace(hit.sheet, progress=(mark,))
    found = mark_candidate(
        "増便の達成度は", [], [replace(hit, sheet=sheet)], Topic({"便": 1.0}), store.reader
    )
    assert found is not None
    assert (found.text, found.hit.passage.text) == ("令和6年度S", text)
    named = "港湾部長の増便の達成度は"  # the sheet is of 多文化共生課
    assert mark_candidate(named, [], [replace(hit, sheet=sheet)], Topic({"便": 1.0}), store.reader) is None
