from __future__ import annotations

from dataclasses import replace

import pytest

from index.terms import TermAnalyzer
from qa.hits import Hit
from qa.question_kind import asked_of
from qa.short_cells import labelled_candidate
from qa.short_topic import Topic
from tests.qa.make import a_hit, plan, row


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer()


def headed(department: str) -> Hit:
    text = f"{department}\t海野 一花"
    document = plan(text)
    passage = row(document, text, [("部署名", None), ("所属長", None)])
    return a_hit(document, replace(passage, departments=(department,)))


@pytest.mark.parametrize(
    ("question", "department", "said"),
    [
        ("港湾整備室の室長は誰ですか", "港湾整備室", "海野 一花"),
        ("港湾課の課長はだれですか", "港湾課", "海野 一花"),
        ("港湾課の部長は誰ですか", "港湾課", ""),
    ],
)
def test_who_heads_a_department_stands_under_the_header_for_heads(
    question: str, department: str, said: str, analyzer: TermAnalyzer
) -> None:
    asked = asked_of(question)[0]
    topic = Topic(dict.fromkeys(analyzer.keys("港湾整備室 港湾課"), 1.0))
    found = labelled_candidate(asked, [headed(department)], topic, analyzer)
    assert (found.text if found else "") == said
