"""Boxes to check: which choice is checked, and what is no choice at all."""

import pytest

from ingest.checked_box import box_choice, labelled_choice
from ingest.layouts.generic import Generic
from ingest.layouts.marked_fields import Marked, marked, marks_by_year
from tests.ingest.documents import found, read, values

LINES = """港の点検表
令和5年度

１ 桟橋

進捗状況：□順調　□遅れ

潮が高い。

２ 灯台

進捗状況：□順調　■遅れ

灯りを替えた。
"""


@pytest.mark.parametrize(
    ("text", "chosen", "legend"),
    [
        ("■達成　□未達成", "達成", "達成・未達成"),
        ("□A ☑B □C", "B", "A・B・C"),
        ("[レ]順調 [　]遅れ", "順調", "順調・遅れ"),
        ("□達成 □一部達成 レ未達成", "未達成", "達成・一部達成・未達成"),
        ("□有・■無", "無", "有・無"),
        ("□達成　□未達成", None, "達成・未達成"),
    ],
)
def test_the_checked_choice_is_told_with_all_choices(text: str, chosen: str | None, legend: str) -> None:
    told = box_choice(text)
    assert told is not None
    assert (told.chosen, told.legend) == (chosen, legend)
    assert told.span.of(text) == (chosen or "")


@pytest.mark.parametrize(
    "text",
    [
        "■達成　■未達成",
        "■ 事業の目的",
        "□港を直す。 ■灯台を直す。",
        "レベル□の達成",
        "達成",
        "",
        "□達成",
        "□　■達成",
    ],
)
def test_headings_sentences_and_two_checked_boxes_are_no_choice(text: str) -> None:
    assert box_choice(text) is None


def test_a_label_before_the_choices_is_parted_from_them() -> None:
    text = "進捗状況：■順調 □遅れ"
    told = labelled_choice(text)
    assert told is not None
    assert [span.of(text) for span in told] == ["進捗状況", "■順調 □遅れ"]
    assert labelled_choice("港は、■直す □直さない") is None


def test_a_field_without_a_checked_box_is_an_absence() -> None:
    parsed = read(Generic(), LINES)
    assert [(one.sheet, one.label) for one in parsed.absences] == [(0, "進捗状況")]
    assert [mark.mark for sheet in parsed.sheets for mark in sheet.progress] == ["遅れ"]


def test_the_entry_of_a_field_is_the_checked_choice() -> None:
    row = found(read(Generic(), LINES), lambda p: "■遅れ" in LINES[p.segments[0].start : p.segments[-1].end])
    assert values(row, LINES) == [("進捗状況", "遅れ", None)]


def test_a_direction_is_no_progress() -> None:
    assert marked("事業の方向性", "□拡充 ☑継続", None) is None
    assert marked("目標の達成", "□達成 ☑未達成", 2023) == Marked(
        fiscal_year=2023, mark="未達成", legend="達成・未達成"
    )


def test_what_was_done_gives_way_to_how_far_it_has_come() -> None:
    done = Marked(fiscal_year=None, mark="実施済", of_doing=True)
    reached = Marked(fiscal_year=None, mark="未達成")
    assert marks_by_year([(done, ("実施状況",)), (reached, ("達成状況",))], 2023) == {2023: reached}
    assert marks_by_year([(done, ("実施状況",))], 2023) == {2023: done}
    assert marks_by_year([(done, ("実施状況",))], None) == {}
