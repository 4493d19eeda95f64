from datetime import date, datetime, time, timedelta

import pytest

from ingest.number_format import CellValue, printed

ACCOUNTING = '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (1234, "General", "1234"),
        (46.8, "General", "46.8"),
        (0.1 + 0.2, "General", "0.3"),
        (1 / 3, "General", "0.333333333"),
        (123456789012, "General", "123456789012"),
        (0.468, "0.0%", "46.8%"),
        (0.5, "0%", "50%"),
        (1.005, "0%", "101%"),
        (1234567, "#,##0", "1,234,567"),
        (0, "#,##0", "0"),
        (0, "#,###", ""),
        (1234, '#,##0"千円"', "1,234千円"),
        (1234567, '#,##0,"千円"', "1,235千円"),
        (1234567890, '#,##0,,"百万円"', "1,235百万円"),
        (1234567, "#,##0.0,", "1,234.6"),
        (1, "00", "01"),
        (101, "0000", "0101"),
        (1234567, "000-0000", "123-4567"),
        (2.5, "0", "3"),
        (-2.5, "0", "-3"),
        (1.5, "0.00", "1.50"),
        (1.5, "0.##", "1.5"),
        (1, "0.##", "1"),
        (0.5, "#.0", ".5"),
        (-1234, '#,##0;"▲"#,##0', "▲1,234"),
        (-1234, "#,##0;[Red]△#,##0", "△1,234"),
        (-1234, "#,##0;[赤]\\-#,##0", "-1,234"),
        (-1234, "#,##0", "-1,234"),
        (0, '#,##0;"▲"#,##0;"－"', "－"),
        (-1234, ACCOUNTING, "-1,234"),
        (0, ACCOUNTING, "-"),
        ("未定", ACCOUNTING, "未定"),
        (1234, '"¥"#,##0', "¥1,234"),
        (1234.5, "[$¥-411]#,##0.00", "¥1,234.50"),
        (12, '0"人"', "12人"),
        (12, '"約"0"人"', "約12人"),
        (3, "0!人", "3人"),
        (12, 'General"件"', "12件"),
        (12.34, '"R"General', "R12.34"),
        (5, ";;;", ""),
        ("見えない", ";;;", ""),
        ("第1", '@"号"', "第1号"),
        (5, "@", "5"),
        (1200, '[>=1000]#,##0"千円";0"円"', "1,200千円"),
        (200, '[>=1000]#,##0"千円";0"円"', "200円"),
        (12345, "0.00E+00", "1.23E+04"),
        (1.5, "# ?/?", "1 1/2"),
        (True, "General", "TRUE"),
        (None, "0.0%", ""),
        ("  前後  ", "General", "前後"),
    ],
)
def test_number_is_printed_by_its_format(value: CellValue, code: str, expected: str) -> None:
    assert printed(value, code) == expected


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (datetime(2024, 4, 1), "[$-411]ge.m.d", "R6.4.1"),
        (datetime(2024, 4, 1), "[$-411]ge.m.d;@", "R6.4.1"),
        (datetime(2024, 4, 1), '[$-411]ggge"年"m"月"d"日"', "令和6年4月1日"),
        (datetime(2024, 4, 1), '[$-411]ggge"年度"', "令和6年度"),
        (45383, '[$-411]ggge"年"', "令和6年"),
        (45383, 'yyyy"年"m"月"', "2024年4月"),
        (datetime(2019, 4, 30), "[$-411]ge.m.d", "H31.4.30"),
        (datetime(2019, 5, 1), "[$-411]gge", "令1"),
        (datetime(2019, 5, 1), '[$-ja-JP-x-gannen]ggge"年"m"月"', "令和元年5月"),
        (datetime(2024, 12, 25), '[DBNum1][$-411]ggge"年"m"月"d"日"', "令和六年十二月二十五日"),
        (datetime(2024, 4, 1), "[DBNum3]yyyy/m/d", "２０２４/４/１"),
        (datetime(2024, 4, 1), "m/d(aaa)", "4/1(月)"),
        (datetime(2024, 4, 1), "aaaa", "月曜日"),
        (datetime(2024, 4, 1), "yyyy/mm/dd", "2024/04/01"),
        (datetime(2024, 4, 1), "[$-409]mmm-yy", "Apr-24"),
        (date(2024, 4, 1), "General", "2024/4/1"),
        (datetime(2024, 4, 1, 13, 5), "yyyy/m/d h:mm", "2024/4/1 13:05"),
        (datetime(2024, 4, 1, 13, 5, 9), "[$-411]AM/PM h:mm:ss", "午後 1:05:09"),
        (time(9, 30), "h:mm", "9:30"),
        (timedelta(hours=30, minutes=15), "[h]:mm", "30:15"),
        (1, "yyyy/m/d", "1900/1/1"),
        (61, "yyyy/m/d", "1900/3/1"),
    ],
)
def test_date_is_printed_by_its_format(value: CellValue, code: str, expected: str) -> None:
    assert printed(value, code) == expected


def test_dates_of_old_macintosh_workbooks_count_from_1904() -> None:
    assert printed(0, "yyyy/m/d", is_1904=True) == "1904/1/1"
