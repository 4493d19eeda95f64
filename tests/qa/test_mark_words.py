"""Words of legends and of everyday talk as progress marks: each document's own marks, none by mistake."""

from __future__ import annotations

import pytest

from qa.filter_words import FilterWords
from qa.mark_words import Sense, marks_meant, meant_by, sense_of
from tests.qa.theme_engines import sample_engine

BELOW = {"◎": "計画以上", "○": "ほぼ計画通り", "△": "計画以下"}
LATE = {"〇": "おおむね順調", "▲": "やや遅れている", "×": "遅れている"}
UNSAID = {"○": "", "△": "", "×": ""}
LEGENDS = {"below": BELOW, "late": LATE, "unsaid": UNSAID}


@pytest.mark.parametrize(
    ("typed", "below", "late", "unsaid"),
    [
        ("△の取組", "△", "△", "△"),
        ("「▲」判定の事業", "△", "△", "△"),
        ("計画以下の取組", "△", "△×", "△×"),
        ("計画以下だったもの", "△", "△×", "△×"),
        ("遅れている取組", "△", "×", "△×"),
        ("進捗の遅れ", "△", "△×", "△×"),
        ("達成できなかった", "△", "△×", "△×"),
        ("目標を達成できていない事業", "△", "△×", "△×"),
        ("計画どおりに進まなかった取組", "△", "△×", "△×"),
        ("未達成", "△", "△×", "△×"),
        ("計画通りの取組", "○", "○", "○"),
        ("ほぼ計画どおり", "○", "○", "○"),
        ("計画以上の取組", "◎", "", ""),
        ("順調な取組", "○", "○", "○"),
    ],
)
def test_words_mean_each_documents_own_marks(typed: str, below: str, late: str, unsaid: str) -> None:
    meant = marks_meant(typed, LEGENDS)
    assert meant is not None
    told = ["".join(sorted(meant.among(one), key="◎○△×".index)) for one in LEGENDS]
    assert told == [below, late, unsaid]


@pytest.mark.parametrize(
    "typed",
    [
        "発達の遅れ",
        "「遅れている」",
        "「計画以下の取組」",
        "空き家",
        "計画に基づく取組",
        "達成度",
        "実施計画",
    ],
)
def test_words_of_a_topic_mean_no_mark(typed: str) -> None:
    assert marks_meant(typed, LEGENDS) is None


def test_words_mean_nothing_where_no_document_has_marks() -> None:
    assert marks_meant("遅れている取組", {}) is None
    assert marks_meant("計画以上の取組", {"unsaid": UNSAID}) is None


def test_what_is_left_is_the_theme() -> None:
    meant = marks_meant("空き家の計画以下だったもの", LEGENDS)
    assert meant is not None
    assert meant.rest.split() == ["空き家の"]
    assert (meant.words, meant.sense) == ("計画以下", Sense.BEHIND)


@pytest.mark.parametrize(
    ("mark", "meaning", "sense"),
    [
        ("△", "計画を下回る", Sense.BEHIND),
        ("×", "進捗なし", Sense.BEHIND),
        ("△", "一部達成", Sense.BEHIND),
        ("○", "目標達成", Sense.PLANNED),
        ("◎", "目標を上回る", Sense.AHEAD),
        ("◎", "完了", Sense.PLANNED),
        ("〇", "", Sense.PLANNED),
        ("A", "", None),
    ],
)
def test_a_legend_says_the_sense_of_its_marks(mark: str, meaning: str, sense: Sense | None) -> None:
    assert sense_of(mark, meaning) is sense


def test_the_longest_meaning_counts() -> None:
    assert meant_by("やや遅れている事業", LATE.items()) == "△"
    assert meant_by("遅れている事業", LATE.items()) == "×"
    assert meant_by("順調", LATE.items()) == ""


def test_track_lists_the_measures_behind_their_plan_and_says_how_it_read() -> None:
    found = sample_engine().track("遅れている取組")
    assert found.measures
    for one in found.measures:
        assert {"△", "×"} & {point.mark for point in one.points}
    assert "△（計画を下回る）" in found.notices[0]
    assert "×（進捗なし）" in found.notices[0]
    only = sample_engine().track("計画を下回る取組")
    assert len(only.measures) == len(sample_engine().track("△の取組").measures)
    assert all("△" in {point.mark for point in one.points} for one in only.measures)


def test_track_of_a_mark_keeps_to_the_years_asked() -> None:
    found = sample_engine().track("計画以下の取組", FilterWords(fiscal_years=("令和3年度",)))
    assert found.measures
    assert all({point.mark for point in one.points} <= {"△", "×"} for one in found.measures)


def test_track_of_a_town_without_marks_says_so() -> None:
    found = sample_engine().track("鳴神沢町の遅れている取組")
    assert found.measures == ()
    assert any("その印が付いた取組はありませんでした" in one for one in found.notices)
