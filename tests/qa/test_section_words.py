from __future__ import annotations

import pytest

from qa.section_words import named_fields, part_asked

HEADINGS = ("現状と課題", "取組成果", "取組方針", "5年後までの目標")

FIELDS = [
    ("課題の欄は", [("課題", "課題の欄", ("現状と課題",))]),
    ("空き家の取組成果欄に", [("取組成果", "取組成果欄", ("取組成果",))]),
    ("「取組成果」の欄で", [("取組成果", "「取組成果」の欄", ("取組成果",))]),
    ("現状と課題の項目", [("現状と課題", "現状と課題の項目", ("現状と課題",))]),
    ("評価項目の見直し", []),
    ("記入欄を設けた", []),
    ("空き家の課題は", []),
    ("課題の欄干", []),
]


@pytest.mark.parametrize(("text", "expected"), FIELDS)
def test_only_what_is_written_as_a_field_limits(
    text: str, expected: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    assert [(one.words, one.typed, one.values) for one in named_fields(text, HEADINGS)] == expected


ASKED = [
    ("空き家対策の課題は", "現状"),
    ("空き家の取組結果は何ですか", "成果"),
    ("空き家の成果を教えて", "実績"),
    ("空き家の課題", "課題"),
    ("移住の目標は?", "目指す姿"),
]


@pytest.mark.parametrize(("text", "name"), ASKED)
def test_the_part_asked_for_goes_by_all_its_names(text: str, name: str) -> None:
    assert name in part_asked(text)


@pytest.mark.parametrize("text", ["課題解決の方法", "空き家は何件か", "目標値は", ""])
def test_no_part_is_asked_for(text: str) -> None:
    assert part_asked(text) == ()
