"""Values that stand under a label: the nearest label, and the column of the year asked for."""

from __future__ import annotations

import pytest

from index.terms import TermAnalyzer
from qa.question_kind import Asked, QuestionKind
from qa.short_cells import labelled_candidate
from qa.short_topic import Topic
from tests.qa.make import a_hit, plan, row

HEADERS: list[tuple[str, int | None]] = [
    ("所属", None),
    ("所属長", None),
    ("評価 R4", 2022),
    ("評価 R5", 2023),
]
TEXT = "港湾課\t樫野 一郎\t△\t×"


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer()


@pytest.mark.parametrize(
    ("label", "years", "said"),
    [("所属長", (), "樫野 一郎"), ("評価", (2023,), "×"), ("評価", (2022,), "△"), ("評価", (2020,), None)],
)
def test_the_very_label_and_the_year_asked_for_tell_the_value(
    label: str, years: tuple[int, ...], said: str | None, analyzer: TermAnalyzer
) -> None:
    document = plan(TEXT)
    hits = [a_hit(document, row(document, TEXT, HEADERS))]
    topic = Topic(dict.fromkeys(analyzer.keys("港湾課"), 1.0), years)
    found = labelled_candidate(Asked(kind=QuestionKind.FIELD, focus=label), hits, topic, analyzer)
    assert (found.text if found is not None else None) == said
