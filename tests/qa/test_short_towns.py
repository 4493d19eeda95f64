from __future__ import annotations

import pytest

from qa.short_candidate import Candidate
from qa.short_towns import told
from tests.qa.make import a_hit, plan, prose


def values(*texts: str) -> list[tuple[str, Candidate]]:
    document = plan("表")
    hit = a_hit(document, prose(document, "表"))
    towns = ("月見浦市", "白樺野町")
    return [
        (town, Candidate(text=text, hit=hit, score=1.0)) for town, text in zip(towns, texts, strict=False)
    ]


@pytest.mark.parametrize(
    ("question", "texts", "said"),
    [
        (
            "どっちが多い",
            ("1,240件", "令和5年度 980件"),
            "月見浦市のほうが多い（月見浦市 1,240件、白樺野町 令和5年度 980件）",
        ),
        (
            "どちらのほうが少ないですか",
            ("1,240件", "980件"),
            "白樺野町のほうが少ない（月見浦市 1,240件、白樺野町 980件）",
        ),
        ("どちらが多い", ("1,240件", "38%"), "月見浦市 1,240件、白樺野町 38%"),
        ("どちらが多い", ("980件", "980件"), "月見浦市 980件、白樺野町 980件"),
        ("どちらが多い", ("1,240件",), "月見浦市 1,240件"),
        ("それぞれ何件か", ("1,240件", "980件"), "月見浦市 1,240件、白樺野町 980件"),
    ],
)
def test_the_town_that_has_more_is_named_where_both_give_the_measure(
    question: str, texts: tuple[str, ...], said: str
) -> None:
    found = told(values(*texts), question, lambda _: True)
    assert found is not None
    assert found.text == said


def test_no_town_has_more_of_what_may_be_another_measure() -> None:
    found = told(values("1,240件", "980件"), "どちらが多い", lambda one: one.text == "980件")
    assert found is not None
    assert found.text == "月見浦市 1,240件、白樺野町 980件"
