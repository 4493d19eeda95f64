"""What a person does in the tabs that take a theme, in a real browser: compare, follow years, draft."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl  # type: ignore[import-untyped]
import pytest
from docx import Document

from tests.ui.conftest import Served
from tests.ui.test_compare_page import many_rows
from tests.ui.test_journeys import CHROMIUM, WAIT, Visit, browser, visit
from ui.compare_view import comparison_html

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

__all__ = ["browser", "visit"]  # fixtures

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.is_file(), reason=f"{CHROMIUM} がないため、画面の試験を飛ばします"),
]


def turned_to(visit: Visit, server: Served, tab: str, key: str) -> Locator:
    """The result of a tab, before its first question."""
    visit.open(server.url)
    visit.page.get_by_role("tab", name=tab, exact=True).click()
    result = visit.page.locator(f"#{key}-result")
    result.locator(".start").wait_for(timeout=WAIT)
    return result


def saved(visit: Visit, button: str) -> tuple[str, bytes]:
    """The name and the content of the file that a button saves."""
    with visit.page.expect_download(timeout=WAIT) as coming:
        visit.page.get_by_role("button", name=button).click()
    return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()


def check_targets(part: Locator) -> None:
    """Every button that is seen can be hit with a finger."""
    heights = [one.bounding_box() for one in part.locator("button:visible").all()]
    assert heights
    assert min(box["height"] for box in heights if box) >= 44


def test_from_an_answer_to_the_comparison_and_to_excel(visit: Visit, samples_server: Served) -> None:
    visit.open(samples_server.url)
    visit.ask("千鳥ヶ原市の多文化共生の取組")
    page = visit.page
    page.get_by_role("button", name="この話題を自治体で比べる").click()
    table = page.get_by_role("table", name="「多文化共生」の比較表")
    table.wait_for(timeout=WAIT)
    assert page.get_by_role("tab", name="比較", exact=True).get_attribute("aria-selected") == "true"
    assert page.get_by_label("テーマ").input_value() == "多文化共生"
    heads = table.get_by_role("columnheader").all_inner_texts()
    assert heads == ["自治体", "課題", "方針", "取組", "成果", "指標"]
    assert table.locator("th[scope=row]").count() == 4
    assert "検索した範囲に記載なし" in table.inner_text()
    assert "共通点と違い" in page.locator("#compare-result").inner_text()
    assert "を検索しました" in page.locator("#compare-result .coverage").inner_text()
    check_targets(page.locator("#compare-result"))

    name, content = saved(visit, "Excel で保存")
    assert re.fullmatch(r"比較_多文化共生_4自治体_\d{8}\.xlsx", name)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["比較表"]
    assert [cell.value for cell in sheet[1]] == heads
    _, text = saved(visit, "CSV で保存")
    assert text.decode("utf-8-sig").startswith("自治体コード,自治体,観点,記述")


def test_a_long_table_is_read_on_with_the_keyboard(visit: Visit, samples_server: Served) -> None:
    result = turned_to(visit, samples_server, "比較", "compare")
    part = result.locator("xpath=.//*[contains(@class, 'start')]/..")
    part.evaluate("(one, html) => { one.innerHTML = html }", comparison_html(many_rows(120), []))
    rows, more = result.locator("tbody tr"), result.locator("[data-act=more-rows]:visible")
    assert rows.count() == 50
    for count, name, label in ((100, "第51見本市", "続きの20自治体"), (120, "第101見本市", "")):
        more.focus()
        visit.page.keyboard.press("Enter")
        assert rows.count() == count
        assert visit.page.evaluate("document.activeElement.innerText").startswith(name)
        assert [one[: len(label)] for one in more.all_inner_texts()] == ([label] if label else [])


def test_a_quotation_of_the_matrix_opens_where_it_stands(visit: Visit, samples_server: Served) -> None:
    result = turned_to(visit, samples_server, "比較", "compare")
    result.get_by_role("button", name="多文化共生", exact=True).click()
    result.locator(".matrix").wait_for(timeout=WAIT)
    quote = result.locator(".matrix q").first.inner_text()
    opener = result.locator(".matrix .btn", has_text="出典").first
    opener.click()
    mark = visit.page.locator("#compare-viewer .source mark").first
    mark.wait_for(timeout=WAIT)
    assert "".join(mark.inner_text().split())[:8] in "".join(quote.split())
    visit.page.get_by_role("button", name="原文を閉じる").click()
    assert opener.evaluate("one => one === document.activeElement")


def test_on_a_narrow_screen_each_municipality_is_a_card(visit: Visit, samples_server: Served) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    result = turned_to(visit, samples_server, "比較", "compare")
    result.get_by_role("button", name="多文化共生", exact=True).click()
    result.locator(".matrix").wait_for(timeout=WAIT)
    assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    cell = result.locator(".matrix td").first.bounding_box()
    assert cell is not None
    assert cell["width"] > 300
    assert result.locator(".matrix td .aspect").first.inner_text() == "課題"


def test_a_theme_that_nobody_writes_of_is_told(visit: Visit, samples_server: Served) -> None:
    result = turned_to(visit, samples_server, "比較", "compare")
    box = visit.page.get_by_label("テーマ")
    box.fill("宇宙飛行士の養成")
    box.press("Enter")
    result.locator(".notices").wait_for(timeout=WAIT)
    assert "どの自治体の資料にも見つかりませんでした" in result.inner_text()
    assert result.locator("table").count() == 0
    box.fill("？")
    box.press("Enter")
    result.locator(".error").wait_for(timeout=WAIT)
    assert "比べられませんでした" in result.inner_text()


def test_a_measure_is_followed_over_the_years(visit: Visit, samples_server: Served) -> None:
    result = turned_to(visit, samples_server, "経年", "track")
    box = visit.page.get_by_label("テーマ")
    box.fill("公共施設")
    visit.page.get_by_role("button", name="推移を見る").click()
    measure = result.locator(".measure", has_text="公共施設の集約と跡地の利活用")
    measure.wait_for(timeout=WAIT)
    rows = measure.locator("tbody tr").all_inner_texts()
    assert [" ".join(row.split())[:20] for row in rows[:3]] == [
        "令和3年度（2021） ○計画どおり 出",
        "令和4年度（2022） △計画を下回る ",
        "令和5年度（2023） ×進捗なし 出典",
    ]
    assert "計画を下回る" in measure.locator(".legend").inner_text()
    assert "達成度が下がりました（○→△）" in measure.locator(".turns").inner_text()
    measure.get_by_role("button", name=re.compile("令和4年度.* 達成度の出典を開く")).click()
    mark = visit.page.locator("#track-viewer .source mark").first
    mark.wait_for(timeout=WAIT)
    assert mark.inner_text() == "△"
    check_targets(result)


def test_figures_are_a_table_and_a_chart_that_says_itself(visit: Visit, samples_server: Served) -> None:
    result = turned_to(visit, samples_server, "経年", "track")
    box = visit.page.get_by_label("テーマ")
    box.fill("日本語教室")
    box.press("Enter")
    measure = result.locator(".measure", has_text="日本語教室の登録学習者数").first
    measure.wait_for(timeout=WAIT)
    chart = measure.get_by_role("img")
    said = str(chart.get_attribute("aria-label"))
    assert "令和3年度 基準値 104人" in said
    assert "令和8年度 目標値 240人" in said
    measure.get_by_role("button", name=re.compile("^240人（.*目標値）の出典を開く")).click()
    mark = visit.page.locator("#track-viewer .source mark").first
    mark.wait_for(timeout=WAIT)
    assert "240" in mark.inner_text()


def test_precedents_become_a_draft_with_footnotes(visit: Visit, samples_server: Served) -> None:
    result = turned_to(visit, samples_server, "起案支援", "draft")
    page = visit.page
    result.get_by_role("button", name="多文化共生", exact=True).click()
    result.locator(".precedent").first.wait_for(timeout=WAIT)
    assert result.locator(".wordings h2").all_inner_texts() == [
        "現状と課題",
        "取組方針",
        "取組内容",
        "レビュー",
        "検討できる指標",
    ]
    boxes = result.locator(".pick input:visible")
    boxes.nth(0).check()
    boxes.nth(1).check()
    assert result.locator(".picked").inner_text() == "選んだ文: 2件"
    quotes = [one.inner_text() for one in result.locator(".precedent:has(input:checked) q").all()]
    page.get_by_role("button", name="選んだ文を下書きに入れる").click()
    checked = page.locator("#draft-checked")
    checked.locator(".sources li").nth(1).wait_for(timeout=WAIT)
    draft = page.get_by_label("下書き")
    lines = draft.input_value().splitlines()
    assert lines[0] == "多文化共生 方針書（案）"
    assert lines[2:] == [
        "■ 現状と課題",
        *(f"・{quote.lstrip(CIRCLED).strip()}[{n}]" for n, quote in enumerate(quotes, start=1)),
    ]

    draft.fill(f"{draft.input_value()}\n千鳥ヶ原市にならう。")
    checked.locator(".warned").get_by_text("「千鳥ヶ原市」はほかの自治体の名前です").wait_for(timeout=WAIT)
    check_targets(checked)
    name, content = saved(visit, "Word で保存（出典は脚注）")
    assert re.fullmatch(r"方針書_多文化共生_案（文章）_\d{8}\.docx", name)
    document = Document(io.BytesIO(content))
    assert [
        one.text for one in document.paragraphs if one.style is not None and "Heading" in str(one.style.name)
    ] == [
        "多文化共生 方針書（案）",
        "現状と課題",
    ]
    notes = next(part for part in document.part.package.iter_parts() if "footnotes" in str(part.partname))
    assert notes.blob.decode("utf-8").count("出典（") == 2


def test_what_was_drafted_is_seen_by_nobody_else(
    browser: Browser, visit: Visit, samples_server: Served
) -> None:
    result = turned_to(visit, samples_server, "起案支援", "draft")
    result.get_by_role("button", name="多文化共生", exact=True).click()
    result.locator(".pick input:visible").first.check(timeout=WAIT)
    visit.page.get_by_role("button", name="選んだ文を下書きに入れる").click()
    visit.page.locator("#draft-checked .sources").wait_for(timeout=WAIT)
    context = browser.new_context()
    other = Visit(context.new_page())
    turned_to(other, samples_server, "起案支援", "draft")
    assert other.page.get_by_label("下書き").input_value() == ""
    assert other.page.locator("#draft-checked .sources").count() == 0
    context.close()


def test_the_tree_of_plans_unfolds_and_is_limited_to_a_town(visit: Visit, samples_server: Served) -> None:
    result = turned_to(visit, samples_server, "体系", "hierarchy")
    result.get_by_role("button", name="ライブラリ全体の体系を見る").click()
    result.locator(".plan").first.wait_for(timeout=WAIT)
    every = result.locator(".plan").count()
    result.locator(".plan summary").first.click()
    assert result.locator(".plan details[open] li").first.is_visible()
    visit.page.get_by_label("自治体（選ばなければすべて）").click()
    visit.page.get_by_role("option", name=re.compile("鳴神沢町")).click()
    fewer = "(count => 0 < count && count < {})(document.querySelectorAll('#hierarchy-result .plan').length)"
    visit.page.wait_for_function(fewer.format(every), timeout=WAIT)  # none while it is being drawn anew
    assert set(result.locator(".plan .over").all_inner_texts()) == {"鳴神沢町"}
