from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.store import Store
from qa.short_marks import mark_candidate
from qa.short_topic import Topic
from tests.qa.make import a_hit, plan, prose, stored

TEXT = "相談窓口を3か所に置いた。"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path)


def test_the_mark_of_the_found_sheet_answers_for_the_year_asked(store: Store) -> None:
    document = plan(TEXT)
    passage = prose(document, TEXT)
    stored(store, TEXT, [passage], document)
    hits = [a_hit(document, passage)]
    topic = Topic({"相談": 1.0}, years=(2024,))
    found = mark_candidate("相談窓口の令和6年度の達成度は", [], hits, topic, store.reader)
    assert found is not None
    assert (found.text, found.hit) == ("◎", hits[0])
    without_year = mark_candidate("相談窓口の達成度は", [], hits, Topic({"相談": 1.0}), store.reader)
    assert without_year is not None
    assert without_year.text == "令和6年度◎"
    other = Topic({"相談": 1.0}, years=(2020,))
    assert mark_candidate("令和2年度の達成度は", [], hits, other, store.reader) is None


def test_a_mark_asked_for_lists_the_sheets_that_bear_it(store: Store) -> None:
    document = plan(TEXT)
    passage = prose(document, TEXT)
    stored(store, TEXT, [passage], document)
    hits = [a_hit(document, passage)]
    topic = Topic({"取り組み": 1.0}, years=(2024,))
    found = mark_candidate("達成度が◎だった取組はどれか", [], hits, topic, store.reader)
    assert found is not None
    assert found.text == "多文化共生課"
    assert mark_candidate("達成度が×の取組はどれか", [], hits, topic, store.reader) is None
    bare = [replace(hits[0], sheet=None)]
    assert mark_candidate("達成度が◎の取組はどれか", [], bare, topic, store.reader) is None
