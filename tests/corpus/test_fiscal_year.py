"""Fiscal years: what is read as a year, what is not, ranges, filters and labels."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import FiscalYearError
from corpus.fiscal_year import (
    era_label,
    find_fiscal_years,
    fiscal_year_of,
    fiscal_year_ranges,
    format_fiscal_year,
    parse_fiscal_year,
    parse_fiscal_year_range,
    relative_fiscal_years,
)

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


@pytest.mark.parametrize(
    ("label", "year"),
    [
        ("2024", 2024),
        ("２０２４", 2024),
        ("令和6", 2024),
        (" R6 ", 2024),
        ("r6", 2024),
        ("T12", 1923),
        ("昭和64", 1989),
        ("平成32", 2020),
        ("令和11年度（2029年度）", 2029),
        ("2024-03-31", 2023),
    ],
)
def test_parse_reads_a_label(label: str, year: int) -> None:
    assert parse_fiscal_year(label) == year
    assert parse_fiscal_year_range(label) == (year, year)


@pytest.mark.parametrize(
    "label", ["", "6", "abc", "令和99", "令和6年度の", "24年度", "令和6年度（2025年度）", "1500"]
)
def test_parse_refuses_with_the_forms_it_accepts(label: str) -> None:
    with pytest.raises(FiscalYearError, match="「令和6年度」のように"):
        parse_fiscal_year(label)
    with pytest.raises(FiscalYearError, match=r"2020\.\.2024"):
        parse_fiscal_year_range(label)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("2020..2024", (2020, 2024)),
        ("R2..R5", (2020, 2023)),
        ("r2..r5", (2020, 2023)),
        ("令和2..5", (2020, 2023)),
        ("令和2～5年度", (2020, 2023)),
        ("平成30年度から令和3年度まで", (2018, 2021)),
        ("2020-2024", (2020, 2024)),
    ],
)
def test_parse_range_reads_both_ends(label: str, expected: tuple[int, int]) -> None:
    assert parse_fiscal_year_range(label) == expected


def test_parse_range_refuses_one_that_runs_backwards() -> None:
    with pytest.raises(FiscalYearError, match="入れ替えて"):
        parse_fiscal_year_range("R5..R2")
    with pytest.raises(FiscalYearError, match="読み取れません"):
        parse_fiscal_year("R2..R5")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今年度", (2024, 2024)),
        ("本年度", (2024, 2024)),
        ("昨年度", (2023, 2023)),
        ("前年度", (2023, 2023)),
        ("一昨年度", (2022, 2022)),
        ("来年度", (2025, 2025)),
        ("再来年度", (2026, 2026)),
        ("過去3年間", (2021, 2023)),
        ("過去３年度", (2021, 2023)),
        ("過去五か年", (2019, 2023)),
    ],
)
def test_relative_years_count_from_the_day_given(text: str, expected: tuple[int, int]) -> None:
    (found,) = relative_fiscal_years(f"町の{text}の実績", date(2025, 3, 31))
    assert (found.first, found.last) == expected
    assert (found.start, found.end, found.label) == (2, 2 + len(text), text)


@pytest.mark.parametrize("text", ["前年度比", "過去の実績", "過去0年間", "令和6年度"])
def test_relative_years_leave_other_words_alone(text: str) -> None:
    assert relative_fiscal_years(text, date(2024, 4, 1)) == []


@pytest.mark.parametrize(
    ("day", "year"), [(date(2024, 4, 1), 2024), (date(2025, 3, 31), 2024), (date(2024, 1, 1), 2023)]
)
def test_fiscal_year_begins_in_april(day: date, year: int) -> None:
    assert fiscal_year_of(day) == year


@pytest.mark.parametrize(
    ("year", "label"),
    [
        (2024, "令和6年度"),
        (2019, "令和元年度"),
        (2018, "平成30年度"),
        (1989, "平成元年度"),
        (1988, "昭和63年度"),
        (1927, "昭和2年度"),
        (1926, "大正15年度"),
        (1912, "大正元年度"),
        (1911, "明治44年度"),
    ],
)
def test_era_label_names_the_year(year: int, label: str) -> None:
    assert era_label(year) == label
    assert format_fiscal_year(year) == f"{label}（{year}）"


@pytest.mark.parametrize("year", [1867, 2101])
def test_era_label_refuses_years_outside_the_eras(year: int) -> None:
    with pytest.raises(FiscalYearError, match=str(year)):
        era_label(year)


@given(st.integers(1926, 2045))
def test_every_year_comes_back_from_its_label(year: int) -> None:
    assert parse_fiscal_year(era_label(year)) == year
    assert parse_fiscal_year(format_fiscal_year(year)) == year


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
