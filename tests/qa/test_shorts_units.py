from __future__ import annotations

import pytest

from qa.short_units import counts, figures_in, unit_fits

TEXTS = [
    ("令和5年度は119件で、前年度から12件増えた", ["119件", "12件"]),
    ("年間約180万円の委託料を減らす", ["約180万円"]),
    ("389人(30.9%)にとどまる", ["389人", "30.9%"]),
    ("10月1日から15会場で", ["15会場"]),
    ("第2次計画の第3回会議", []),
    ("建築後32年を経過している", ["32年"]),
    ("延長16.2kmを更新した", ["16.2km"]),
    ("営業日数が52日と最短となり、運休日数は9日であった", ["52日", "9日"]),
    ("12月25日に閉じる", []),
    ("築43年を迎える校舎", ["43年"]),
    ("三つの方針と補助率2分の1", ["三つ", "2分の1"]),
    ("目標80%以上とする", ["80%以上"]),
]


@pytest.mark.parametrize(("text", "figures"), TEXTS)
def test_figures_are_numbers_with_units_and_never_dates_or_ordinals(text: str, figures: list[str]) -> None:
    assert [text[one.start : one.end] for one in figures_in(text)] == figures


FITS = [
    ("件", ("件",), True),
    ("千円", ("円",), True),
    ("名", ("人",), True),
    ("%", ("円",), False),
    ("m", ("km",), True),
]


@pytest.mark.parametrize(("unit", "asked", "fits"), FITS)
def test_a_unit_fits_its_own_scale(unit: str, asked: tuple[str, ...], fits: bool) -> None:
    assert (unit_fits(unit, asked) > 0.5) is fits


@pytest.mark.parametrize(
    ("unit", "said"), [("t", "トン"), ("g", "グラム"), ("千t", "トン"), ("m2", "平方メートル")]
)
def test_a_sign_is_the_unit_that_is_said(unit: str, said: str) -> None:
    assert unit_fits(unit, (said,)) == 1.0
    assert unit_fits("kg", ("トン",)) < 1.0


@pytest.mark.parametrize(
    ("text", "question", "counted"),
    [
        ("令和5年度は2,140の投稿があった", "写真の募集に何件投稿があったか", True),
        ("令和5年度は2,140の投稿があった", "写真展に何人来たか", False),
        ("令和5年度は2,140件の投稿があった", "写真の募集に何件投稿があったか", False),
    ],
)
def test_a_bare_number_of_a_thing_counts_it_where_the_question_speaks_of_it(
    text: str, question: str, *, counted: bool
) -> None:
    assert [counts(text, one, question) for one in figures_in(text)] == [counted]
