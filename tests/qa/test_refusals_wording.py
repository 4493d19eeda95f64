from __future__ import annotations

from dataclasses import replace

import pytest

from qa.absences import names_field
from qa.refusal_marks import grade_named
from qa.refusal_places import subject_places
from qa.refusal_premises import premises_of
from qa.refusal_wording import Wording, is_name, wording_of
from qa.refusal_years import states_year
from tests.qa.make import a_hit, plan, prose, row

WORDINGS = [
    ("空き家バンク 登録件数", Wording.PLAIN),
    ("通訳タブレットの購入額を教えてください。", Wording.PLAIN),
    ("重い荷物を持って帰るのがつらい人の手伝い", Wording.EVERYDAY),
    ("使用料を改定する計画の書き方", Wording.BROAD),
    ("2つの市町を比べると", Wording.BROAD),
]


@pytest.mark.parametrize(("question", "wording"), WORDINGS)
def test_wording_is_told_by_script_and_by_request(question: str, wording: Wording) -> None:
    assert wording_of(question) is wording


PLACES = [
    ("若竹町の空き家", ["若竹町"]),
    ("青葉川市では何人か", ["青葉川市"]),
    ("霧ヶ峠村のお試し住宅", ["霧ヶ峠村"]),
    ("東京都の除雪", ["東京都"]),
    ("他市の例", []),
    ("どの町が多いか", []),
    ("町の人の声", []),
    ("4つの市町で比べる", []),
    ("地区の集会所", []),
    ("農村の暮らし", []),
    ("市町村の役割", []),
    ("国民健康保険の徴収", []),
]


@pytest.mark.parametrize(("question", "places"), PLACES)
def test_a_place_is_a_name_that_stands_as_subject(question: str, places: list[str]) -> None:
    assert subject_places(question) == places


PREMISES = [
    ("バスを廃止した理由", ["廃止した"]),
    ("料金を引き下げたのはなぜか", ["引き下げた"]),
    ("断水で亡くなった人の数", ["亡くなった"]),
    ("廃止された施設の一覧", []),
    ("窓口を開いた理由", []),
]


@pytest.mark.parametrize(("question", "said"), PREMISES)
def test_a_premise_is_looked_for_only_where_a_question_asks_why(question: str, said: list[str]) -> None:
    assert [asked for asked, _ in premises_of(question)] == said


def test_a_row_states_the_years_of_its_filled_cells() -> None:
    text = "登録件数\t12\t-\t15"
    headers = [("指標", None), ("R3", 2021), ("R4", 2022), ("R5", 2023)]
    hit = a_hit(plan(text), row(plan(text), text, headers))
    assert [states_year(hit, year) for year in (2021, 2022, 2023, 2024)] == [True, False, True, False]


def test_prose_of_a_long_period_states_only_the_years_that_it_names() -> None:
    text = "令和7年度までに木道を直す。"
    passage = replace(prose(plan(text), text), fiscal_years=(2021, 2022, 2023, 2024, 2025))
    hit = a_hit(plan(text), passage)
    assert [states_year(hit, year) for year in (2023, 2025)] == [False, True]


@pytest.mark.parametrize(
    ("question", "field"), [("最終レビュー", True), ("取組達成度", True), ("窓口", False)]
)
def test_a_field_of_a_form_is_named(question: str, field: bool) -> None:
    assert names_field(question) is field


@pytest.mark.parametrize(("word", "name"), [("閉鎖", True), ("センサ", True), ("遅れ", False), ("課", False)])
def test_a_name_is_written_in_kanji_or_katakana(word: str, name: bool) -> None:
    assert is_name(word) is name


@pytest.mark.parametrize(
    ("question", "grade"),
    [
        ("Ｄ評価の目標とその理由", "d"),
        ("評価がBの事業", "b"),
        ("判定Cの施設", "c"),
        ("SDGs評価の方法", ""),
        ("評価APIの導入", ""),
    ],
)
def test_a_grade_is_named_by_its_letter(question: str, grade: str) -> None:
    assert grade_named(question) == grade
