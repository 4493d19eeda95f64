"""The draft as text, and the precedents below the headings of a form."""

from __future__ import annotations

import pytest

from qa.aspect_words import Aspect
from qa.precedents import PatternGroup
from ui.draft_forms import ALL_SECTIONS, FORMS, by_section, headings_of
from ui.draft_tab import picks_of
from ui.draft_text import marks_in, with_sentences


def test_sentences_go_below_their_heading() -> None:
    first = with_sentences("", "空き家 方針書（案）", [("現状と課題", "増えている。", 1)])
    assert first == "空き家 方針書（案）\n\n■ 現状と課題\n・増えている。[1]"
    second = with_sentences(first, "", [("取組方針", "減らす。", 2), ("現状と課題", "古い\nものが多い。", 3)])
    assert second.splitlines()[2:] == [
        "■ 現状と課題",
        "・増えている。[1]",
        "・古い ものが多い。[3]",
        "",
        "■ 取組方針",
        "・減らす。[2]",
    ]


def test_what_was_typed_is_kept() -> None:
    text = "題\n\n■ 現状と課題\n・自分で書いた文。\n\n\n■ 取組方針\n"
    made = with_sentences(text, "", [("現状と課題", "増えている。", 1)])
    assert made.splitlines()[:5] == ["題", "", "■ 現状と課題", "・自分で書いた文。", "・増えている。[1]"]
    assert made.splitlines()[-1] == "■ 取組方針"


def test_marks_are_those_still_in_the_draft() -> None:
    assert marks_in("・ひとつ。[1]\n・三つ目。[3] [12] [0x]") == {1, 3, 12}


def group(aspect: Aspect, pattern: str) -> PatternGroup:
    return PatternGroup(section=aspect, pattern=pattern, passages=())


GROUPS = (
    group(Aspect.ISSUE, "〜が課題である"),
    group(Aspect.INDICATOR, "〜件"),
    group(Aspect.ACTION, "〜する"),
)


@pytest.mark.parametrize(
    ("form", "heading", "expected"),
    [
        ("方針書", ALL_SECTIONS, ["現状と課題", "取組内容", "指標"]),
        ("業務棚卸表", ALL_SECTIONS, ["課題", "行政活動", "指標"]),
        ("取組結果報告書", "取組課題と次年度以降の方針", ["取組課題と次年度以降の方針"]),
        ("推進プラン", "目標", ["目標"]),
        ("推進プラン", "目指す姿", []),
    ],
)
def test_groups_stand_below_the_headings_of_the_form(form: str, heading: str, expected: list[str]) -> None:
    assert [title for title, _ in by_section(form, heading, GROUPS)] == expected


@pytest.mark.parametrize("form", FORMS)
def test_each_form_offers_all_its_parts(form: str) -> None:
    assert headings_of(form) == [ALL_SECTIONS, *(one.heading for one in FORMS[form])]


@pytest.mark.parametrize("sent", [None, [], {"picks": "x"}, {"picks": [1, ["a"], ["a", 2], [None, "b"]]}])
def test_picks_that_are_no_text_are_left_out(sent: object) -> None:
    assert picks_of(sent) == []
