"""Fiscal years in running text: what is read as a year, what is not, and ranges."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.fiscal_year import fiscal_year_of
from corpus.fiscal_year_text import find_fiscal_years, fiscal_year_ranges

ONE_FISCAL_YEAR = [
    ("令和6年度", 2024),
    ("令和６年度", 2024),
    ("令和 6 年度", 2024),
    ("令和六年度", 2024),
    ("令和十一年度", 2029),
    ("令和元年度", 2019),
    ("㋿6年度", 2024),
    ("R6", 2024),
    ("R6年度", 2024),
    ("Ｒ６", 2024),
    ("R元", 2019),
    ("R1年度", 2019),
    ("R10", 2028),
    ("令和10年度", 2028),
    ("H28", 2016),
    ("Ｈ28", 2016),
    ("S63", 1988),
    ("T12年度", 1923),
    ("M45年度", 1912),
    ("平成31年度", 2019),
    ("平成32年度", 2020),
    ("2024年度", 2024),
    ("2024 年度", 2024),
    ("２０２４年度", 2024),
    ("二〇二四年度", 2024),
    ("FY2024", 2024),
    ("FY24", 2024),
]
ONE_DATE = [
    ("平成16年9月", 2004),
    ("平成16年3月", 2003),
    ("平成16年", 2004),
    ("令和６年１２月", 2024),
    ("令和七年三月", 2024),
    ("R4.3.4", 2021),
    ("R2.3.31", 2019),
    ("R4.4.1", 2022),
    ("H28.4", 2016),
    ("2024年", 2024),
    ("2024年3月31日", 2023),
    ("2024.4.1", 2024),
    ("2024/4/1", 2024),
    ("2024-03-31", 2023),
]
NO_YEAR = [
    "RPA",
    "R2D2",
    "H28mm",
    "R6.5GB",
    "AR6",
    "R410A",
    "R22",
    "S3",
    "M8",
    "第6次",
    "6年",
    "6年度",
    "令和99年度",
    "令和0年度",
    "平成40年",
    "平成46年度",
    "昭和70",
    "昭和65年度",
    "2024",
    "2024.5%",
    "令和6年13月",
    "1,2024年",
    "0276-2020-2023",
    "2000〜2050人",
    "昭和町",
    "",
]


@pytest.mark.parametrize(("label", "year"), ONE_FISCAL_YEAR)
def test_a_fiscal_year_is_found_with_its_span(label: str, year: int) -> None:
    (mention,) = find_fiscal_years(f"表は{label}の実績")
    assert (mention.fiscal_year, mention.label, mention.is_fiscal) == (year, label, True)
    assert (mention.start, mention.end) == (2, 2 + len(label))


@pytest.mark.parametrize(("label", "year"), ONE_DATE)
def test_a_date_belongs_to_the_fiscal_year_of_its_month(label: str, year: int) -> None:
    (mention,) = find_fiscal_years(f"「{label}」")
    assert (mention.fiscal_year, mention.label, mention.is_fiscal) == (year, label, False)


@pytest.mark.parametrize("text", NO_YEAR)
def test_what_only_looks_like_a_year_is_not_read(text: str) -> None:
    assert find_fiscal_years(text) == []
    assert find_fiscal_years(f"、{text}、") == []


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("H28実績とR2の目標", [2016, 2020]),
        ("令和11年度（2029年度）", [2029, 2029]),
        ("令和6年度（2024）", [2024, 2024]),
        ("2024（令和6）年度", [2024, 2024]),
        ("令和6年度（2025）", [2024]),
        ("令和5・6年度", [2023, 2024]),
        ("令和3年度・4年度に", [2021, 2022]),
        ("2024・2025年度", [2024, 2025]),
        ("H30 H31 R1 R2", [2018, 2019, 2019, 2020]),
        ("令和4年度年に", [2022]),
        ("令和5年度から10年かけて", [2023]),
        ("令和5年度、6年後", [2023]),
        ("R6-5", []),
    ],
)
def test_several_years_are_found_in_order(text: str, years: list[int]) -> None:
    assert [mention.fiscal_year for mention in find_fiscal_years(text)] == years


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("令和2～5年度", (2020, 2023)),
        ("令和２〜５年度", (2020, 2023)),
        ("令和二～五年度", (2020, 2023)),
        ("令和2年度～令和5年度", (2020, 2023)),
        ("令和2年度から令和5年度", (2020, 2023)),
        ("令和4年度から6年度", (2022, 2024)),
        ("平成28年度～令和2年度", (2016, 2020)),
        ("平成28～30年度", (2016, 2018)),
        ("H28〜R2", (2016, 2020)),
        ("R2-R5", (2020, 2023)),
        ("R2～5", (2020, 2023)),
        ("2020〜2023", (2020, 2023)),
        ("2020..2024", (2020, 2024)),
        ("2020～23年度", (2020, 2023)),
        ("2020〜2023年度", (2020, 2023)),
        ("令和6年4月1日から令和7年3月31日", (2024, 2024)),
        ("令和2年度（2020年度）～令和6年度", (2020, 2024)),
    ],
)
def test_a_range_is_found_with_its_span(text: str, expected: tuple[int, int]) -> None:
    assert fiscal_year_ranges(f"計画期間：{text}まで") == [(*expected, (5, 5 + len(text)))]
    ends = find_fiscal_years(f"計画期間：{text}まで")
    assert (ends[0].fiscal_year, ends[-1].fiscal_year) == expected


@pytest.mark.parametrize(
    "text", ["令和5年度～令和2年度", "令和5年度、令和6年度", "令和5年度", "2000〜2050人", "5～6年"]
)
def test_no_range_where_there_is_none(text: str) -> None:
    assert fiscal_year_ranges(text) == []


@pytest.mark.parametrize(
    ("text", "fiscal"),
    [("2020〜2023", False), ("2020〜2023年度", True), ("2020〜2023年", False), ("R2～5", True)],
)
def test_a_bare_year_takes_its_meaning_from_the_range(text: str, fiscal: bool) -> None:
    assert [mention.is_fiscal for mention in find_fiscal_years(text)] == [fiscal, fiscal]


@given(st.text(st.sampled_from("令和平成昭RHSFYT元六十二〇0123456789２年度月～~-..（）()・、からと 　円")))
def test_mentions_of_any_text_are_ordered_and_quote_it(text: str) -> None:
    end = 0
    for mention in find_fiscal_years(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.label == text[mention.start : mention.end]
        end = mention.end
    for first, last, (start, stop) in fiscal_year_ranges(text):
        assert first <= last
        assert 0 <= start < stop <= len(text)


@given(st.dates(date(1990, 1, 1), date(2058, 12, 31)))
def test_a_written_date_lies_in_the_fiscal_year_of_the_day(day: date) -> None:
    for label in (f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}"):
        (mention,) = find_fiscal_years(label)
        assert (mention.fiscal_year, mention.label) == (fiscal_year_of(day), label)
