"""The 指標 tab: what is found, sorted, drawn and saved, each value with its source."""

from __future__ import annotations

import csv
import io
import re

import openpyxl  # type: ignore[import-untyped]
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from corpus.indicator import IndicatorRole
from qa.filter_words import FilterWords
from tests.qa.indicator_values import value
from tests.qa.theme_engines import sample_engine
from tests.ui.seen import seen_by
from ui.audit import AuditLog
from ui.bar_chart import Bar, bars_html
from ui.chart_scale import axis_of
from ui.export_indicators import HEADERS
from ui.export_routes import export_routes
from ui.indicator_charts import in_unit
from ui.indicator_page import ORDERS, IndicatorPage, IndicatorsAsked
from ui.library import open_engines
from ui.series_chart import Line, lines_html
from ui.viewer import LOCAL

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning:starlette")]


@pytest.fixture(scope="module")
def page() -> IndicatorPage:
    return IndicatorPage(sample_engine())


def test_the_same_indicator_of_two_towns_stands_side_by_side(page: IndicatorPage) -> None:
    html, units = page.show(IndicatorsAsked(text="ふるさと納税の寄附金額"))
    assert units == ["千円"]
    assert html.count('<th scope="row">千鳥ヶ原市') == 2
    assert 'aria-label="ふるさと納税の寄附金額の折れ線グラフ。' in html
    assert 'aria-label="ふるさと納税の寄附金額の棒グラフ。' in html
    assert "自治体によって、最新の値の年度が違います。" in html
    assert "出典: 千鳥ヶ原市「" in html
    assert "48,300千円（千鳥ヶ原市 ふるさと納税の寄附金額 令和3年度 基準値）の出典を開く" in html


def test_filters_and_orders(page: IndicatorPage) -> None:
    all_of_them, searched, _ = page.found(IndicatorsAsked())
    assert len(all_of_them) > 150
    assert "を検索しました" in searched.sentence()
    targets, _, _ = page.found(IndicatorsAsked(role="目標値", words=FilterWords(fiscal_years=("令和8年度",))))
    assert targets
    assert {place for one in targets for place in one.values} == {(2026, IndicatorRole.TARGET)}
    people, _, _ = page.found(IndicatorsAsked(unit="人", order="値の大きい順（単位ごと）"))
    newest = [one.newest.indicator.value for one in people if one.newest and not one.cumulative]
    assert newest == sorted(newest, key=lambda number: -(number or 0))
    assert {one.unit for one in people} == {"人"}


@pytest.mark.parametrize("order", ORDERS)
def test_no_order_loses_anything(page: IndicatorPage, order: str) -> None:
    usual, _, _ = page.found(IndicatorsAsked(text="ふるさと納税"))
    ordered, _, _ = page.found(IndicatorsAsked(text="ふるさと納税", order=order))
    assert len(ordered) == len(usual)
    assert {(one.municipality, one.name, one.measure, one.unit) for one in ordered} == {
        (one.municipality, one.name, one.measure, one.unit) for one in usual
    }


@pytest.mark.parametrize("text", ["宇宙飛行士の養成", "ふるさと納税 平成元年度"])
def test_nothing_found_says_what_was_searched_and_what_to_do(page: IndicatorPage, text: str) -> None:
    html, units = page.show(IndicatorsAsked(text=text))
    assert "指標は見つかりませんでした" in html
    assert "お試しください" in html
    assert "検索しました" in html
    assert units == []


def test_a_fault_is_told_in_the_place_of_the_result(page: IndicatorPage) -> None:
    html, _ = page.show(IndicatorsAsked(text="相談", words=FilterWords(municipalities=("存在しない町",))))
    assert "指標を示せませんでした" in html
    assert "存在しない町" in html


@pytest.fixture(scope="module")
def client() -> TestClient:
    engines = open_engines(sample_engine().library)
    routes = export_routes(engines, AuditLog(engines.library))
    return TestClient(seen_by(LOCAL, Starlette(routes=routes)))


def test_files_hold_every_value_with_its_source(client: TestClient, page: IndicatorPage) -> None:
    series, _, _ = page.found(IndicatorsAsked(text="ふるさと納税"))
    count = sum(len(one.values) for one in series)
    text = client.get("/export/indicators.csv?theme=ふるさと納税").content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert len(lines) == count
    assert all(line["文書"] and line["所在"] and line["ファイル"] for line in lines)
    book = openpyxl.load_workbook(
        io.BytesIO(client.get("/export/indicators.xlsx?theme=ふるさと納税").content)
    )
    sheet = book["指標"]
    assert tuple(cell.value for cell in sheet[1]) == HEADERS
    assert sheet.max_row == count + 1
    assert isinstance(sheet.cell(2, HEADERS.index("値") + 1).value, int | float)
    assert "を検索しました" in book["検索した範囲"]["A3"].value
    assert client.get("/export/indicators.exe").status_code == 422


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [([3, 9], 0, 12), ([0], 0, 4), ([-20, 10], -20, 20), ([0.4, 0.9], 0, 1), ([1244], 0, 2000)],
)
def test_an_axis_begins_at_zero_or_below(values: list[float], low: float, high: float) -> None:
    axis = axis_of(values)
    assert axis.low == low
    assert axis.high >= max(values)
    assert axis.high == pytest.approx(high, rel=0.6)
    assert min(axis.ticks, key=abs) == 0


def test_lines_differ_by_shape_and_name_and_targets_are_dashed() -> None:
    html = lines_html(
        "相談<件数>",
        "件",
        [
            Line(label="千鳥ヶ原市", done=((2021, 10.0), (2022, 12.0)), targets=((2026, 20.0),)),
            Line(label="白樺野町", done=((2021, 9.0), (2022, 9.0))),
        ],
    )
    assert html.count('<polyline class="done"') == 2
    assert html.count('<polyline class="target"') == 1
    assert "<circle" in html
    assert "<polygon" in html
    assert "千鳥ヶ原市: 令和3年度 10件、令和4年度 12件、令和8年度 目標値 20件" in html
    assert "<件数>" not in html
    assert lines_html("x", "件", [Line(label="a", done=((2021, 1.0),))]) == ""


def test_names_at_the_ends_of_lines_do_not_overlap() -> None:
    lines = [Line(label=f"町{n}", done=((2021, 5.0), (2022, 5.0 + n / 100))) for n in range(5)]
    heights = [float(y) for y in re.findall(r'y="([\d.]+)">町', lines_html("x", "件", lines))]
    assert len(heights) == 5
    gaps = [after - before for before, after in zip(sorted(heights), sorted(heights)[1:], strict=False)]
    assert min(gaps) >= 20


def test_bars_begin_at_zero_and_say_their_target() -> None:
    html = bars_html(
        "相談",
        "件",
        [Bar(label="甲市", when="令和3年度 実績", value=50, target=80), Bar(label="乙町", when="", value=0)],
    )
    widths = [float(one) for one in re.findall(r'class="bar" x="[\d.]+" y="\d+" width="([\d.]+)"', html)]
    assert widths[0] > widths[1]
    assert "目標 80" in html
    assert "甲市 令和3年度 実績 50件（目標値 80件）" in html
    assert bars_html("相談", "件", [Bar(label="甲市", when="", value=1)]) == ""


def test_money_is_converted_and_nothing_else() -> None:
    assert in_unit(value("月見浦市", "寄附", 2021, 5_000, "円"), "千円") == 5
    assert in_unit(value("月見浦市", "件数", 2021, 5, "件"), "件") == 5
    assert in_unit(value("月見浦市", "件数", 2021, None, "件"), "件") is None


def test_a_target_at_the_edge_of_a_bar_chart_is_written_inside() -> None:
    bars = [Bar(label="甲市", when="", value=11, target=0), Bar(label="乙市", when="", value=5, target=8)]
    anchors = re.findall(r'text-anchor="(\w+)">目標 (\d+)<', bars_html("待機児童", "人", bars))
    assert anchors == [("start", "0"), ("middle", "8")]


def test_rows_without_any_number_are_counted_and_not_listed(page: IndicatorPage) -> None:
    series, _, _ = page.found(IndicatorsAsked())
    html, _ = page.show(IndicatorsAsked())
    listed = html.partition("<h2>一覧</h2>")[2]
    told = re.search(r"値が数値でない(\d+)件は省いています", listed)
    assert told is not None
    rows = listed.count('<tr><th scope="row"')
    assert int(told[1]) > 0
    assert rows + int(told[1]) == len(series)
    assert not re.search(r"(?:<td class=\"number\"><span class=\"none\">—</span></td>){3}", listed)


def test_two_charts_of_the_same_figures_tell_their_sources_once(page: IndicatorPage) -> None:
    html, _ = page.show(IndicatorsAsked(text="ふるさと納税の寄附金額"))
    group = html.partition("<h2>一覧</h2>")[0].split('<section class="measure indicator"')[1]
    assert group.count("<figure>") == 2
    assert group.count("出典: ") == 1


@pytest.mark.parametrize("text", ["外国人相談", "監査", "移行計画"])
def test_figures_that_give_no_chart_are_shown_without(page: IndicatorPage, text: str) -> None:
    html, _ = page.show(IndicatorsAsked(text=text))
    assert "一覧" in html
    assert html.count("<figure>") == html.count("<figure><div")
