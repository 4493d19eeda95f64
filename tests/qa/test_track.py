"""Measures over the years: marks, figures, certainty, turns."""

from __future__ import annotations

import pytest

from qa.filter_words import FilterWords
from qa.track import Track
from qa.track_changes import Notes, mark_falls, note_mark, note_wording, stops
from qa.track_match import Certainty
from qa.track_points import Measure
from tests.qa.theme_engines import needs_seeds, sample_engine, seed_engine


def marks(measure: Measure) -> list[tuple[int, str]]:
    return [(point.fiscal_year, point.mark) for point in measure.points]


def actuals(found: Track, name: str) -> list[tuple[int, float | None]]:
    measure = next(
        one
        for one in found.measures
        if any(value.listed.indicator.name == name for point in one.points for value in point.values)
    )
    return [
        (point.fiscal_year, value.listed.indicator.value)
        for point in measure.points
        for value in point.values
        if value.listed.indicator.role.value == "actual"
    ]


def test_track_shows_marks_with_the_legend_of_their_document() -> None:
    found = sample_engine().track("外国につながる町民の相談体制の整備")
    first = found.measures[0]
    assert first.title == "外国につながる町民の相談体制の整備"
    assert marks(first) == [(2021, "△"), (2022, "○"), (2023, "○")]
    assert dict(first.legend)["△"] == "計画を下回る"
    assert first.points[0].meaning == "計画を下回る"
    assert "mark_up" in first.points[1].change.kinds
    assert all(point.citation and point.mark_citation for point in first.points)


def test_track_joins_the_years_of_two_documents() -> None:
    found = sample_engine().track("月見浦市の空き家バンクの登録件数")
    assert actuals(found, "登録件数") == [(2017, 3), (2018, 5), (2019, 7), (2020, 11), (2021, 14)]
    first = next(one for one in found.measures if "登録件数" in one.title)
    assert len(first.documents) == 2
    assert first.certainty is Certainty.SURE


def test_track_by_a_mark_gives_the_measures_that_ever_bore_it() -> None:
    found = sample_engine().track("△", FilterWords(municipalities=("白樺野町",)))
    assert found.measures
    for measure in found.measures:
        assert "△" in {mark for _, mark in marks(measure)}
    every = sample_engine().track("◎か○", FilterWords(municipalities=("白樺野町",)))
    assert len(every.measures) > len(found.measures)


def test_track_keeps_to_the_years_asked_for() -> None:
    found = sample_engine().track("やさしい日本語と多言語による情報発信", FilterWords(fiscal_years=("R5",)))
    assert {point.fiscal_year for measure in found.measures for point in measure.points} == {2023}


def test_track_says_what_a_later_document_does_not_name() -> None:
    found = sample_engine().track("日本語教室", FilterWords(municipalities=("鳴神沢町",)))
    measure = next(one for one in found.measures if one.title == "日本語教室の運営")
    assert [point.fiscal_year for point in measure.points] == [2023, 2024]
    assert "wording" in measure.points[1].change.kinds
    assert measure.points[1].change.added


def test_track_of_nothing_is_explained() -> None:
    found = sample_engine().track("宇宙港の建設")
    assert found.measures == ()
    assert "見つかりませんでした" in found.notices[0]


@pytest.mark.parametrize(
    ("before", "now", "kinds"),
    [("△", "○", ["mark_up"]), ("◎", "○", ["mark_down"]), ("○", "○", ["mark_same"]), ("", "○", [])],
)
def test_marks_are_compared_by_their_order(before: str, now: str, kinds: list[str]) -> None:
    notes = Notes()
    note_mark(before, now, notes)
    assert notes.kinds == kinds


def test_falls_count_from_the_last_mark_given() -> None:
    falls = list(mark_falls([(2020, "○"), (2021, ""), (2022, "△"), (2023, "○")]))
    assert [(one.fiscal_year, one.kind) for one in falls] == [(2022, "mark")]


def test_wording_names_what_was_added_and_removed() -> None:
    notes = Notes()
    added, removed = note_wording("窓口を開く。広報する。", "窓口を開く。訪問する。", notes)
    assert (added, removed) == (("訪問する。",), ("広報する。",))
    assert notes.kinds == ["wording"]


def test_an_end_is_told_only_where_it_is_new() -> None:
    assert [one.kind for one in stops(2021, "毎年開催した。", "感染症のため中止した。")] == ["stopped"]
    assert list(stops(2022, "感染症のため中止した。", "今年度も中止した。")) == []


REAL_MARKS = {
    "管路・施設情報管理台帳の一元化": "△○○○",
    "照明設備LED化事業": "○△○○",
    "さかい聖苑電気機械設備の更新による施設機能の維持": "○○△○",
}


@needs_seeds
def test_track_of_real_documents_gives_the_marks_year_by_year() -> None:
    found = seed_engine().track("△", FilterWords(municipalities=("伊勢崎市",)))
    told = {one.title: one for one in found.measures}
    assert set(told) == set(REAL_MARKS)
    for title, expected in REAL_MARKS.items():
        assert marks(told[title]) == list(zip(range(2020, 2024), expected, strict=True))
        assert dict(told[title].legend)["△"] == "計画以下"
    turned = {one.fiscal_year for one in told["照明設備LED化事業"].reversals}
    assert turned == {2021}


@needs_seeds
def test_track_of_real_documents_gives_the_figures_first() -> None:
    found = seed_engine().track("ふるさと納税の件数", FilterWords(municipalities=("館林市",)))
    values = [value.listed.indicator.value for point in found.measures[0].points for value in point.values]
    assert values == [1244, 903, 636, 787, 1355]
    assert [point.fiscal_year for point in found.measures[0].points] == [2016, 2017, 2018, 2019, 2020]
    assert found.measures[0].points[4].values[0].citation.quote == "1,355"
