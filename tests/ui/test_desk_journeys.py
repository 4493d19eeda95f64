"""What a person does with what was found, in a browser: baskets, links, indicators, forms, corrections."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import docx
import openpyxl  # type: ignore[import-untyped]
import pytest

from tests.ui.conftest import Served
from tests.ui.test_journeys import CHROMIUM, WAIT, Visit, browser, visit
from tests.ui.test_own_form import FORM, workbook
from tests.ui.test_theme_journeys import check_targets, saved, turned_to

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["browser", "visit"]  # fixtures

playwright_api = pytest.importorskip("playwright.sync_api")

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.is_file(), reason=f"{CHROMIUM} がないため、画面の試験を飛ばします"),
]


def test_a_past_plan_is_found_kept_noted_and_saved_with_its_source(
    visit: Visit, samples_server: Served
) -> None:
    page = visit.page
    visit.open(samples_server.url)
    visit.ask("月見浦市の令和2年度の外国人相談の件数は")
    assert page.locator(".answer .figure").inner_text() == "431件"
    page.locator(".answer").get_by_role("button", name=re.compile("かごへ入れる$")).first.click()
    page.get_by_text("かごに入れました。", exact=True).wait_for(timeout=WAIT)
    opener = page.get_by_role("button", name="資料かご（1件）")
    opener.click()
    basket = page.get_by_role("dialog", name="資料かご")
    basket.locator("li").wait_for(timeout=WAIT)
    assert "外国人相談の件数" in basket.inner_text()
    assert "出典（月見浦市「" in basket.inner_text()
    basket.get_by_role("textbox", name="メモ").fill("課長に見せる")
    basket.get_by_role("button", name="1件目のメモを保存").click()
    page.get_by_text("メモを保存しました。").wait_for(timeout=WAIT)
    check_targets(basket)
    paddings = basket.locator(".btn").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).paddingLeft))"
    )
    assert min(paddings) >= 8
    name, content = saved(visit, "Word で保存（出典は脚注）")
    assert re.fullmatch(r"資料かご_1件_\d{8}\.docx", name)
    assert "メモ: 課長に見せる" in [one.text for one in docx.Document(io.BytesIO(content)).paragraphs]
    page.keyboard.press("Escape")
    assert not basket.is_visible()
    assert opener.evaluate("one => one === document.activeElement")


def test_two_people_with_one_basket_lose_nothing(
    browser: Browser, visit: Visit, samples_server: Served
) -> None:
    page = visit.page
    visit.open(samples_server.url)
    visit.ask("やさしい日本語の取組")
    keep = page.locator(".answer").get_by_role("button", name=re.compile("かごへ入れる$"))
    keep.nth(0).click()
    page.get_by_role("button", name="資料かご（1件）").click()
    page.get_by_role("button", name="かごのリンクをコピー").click()
    page.get_by_text("コピーしました", exact=True).wait_for(timeout=WAIT)
    link = str(page.evaluate("navigator.clipboard.readText()"))
    page.get_by_role("button", name="閉じる").click()
    other = browser.new_context().new_page()
    other.goto(link)
    shared = other.get_by_role("dialog", name="資料かご")
    shared.locator(".kept li").first.wait_for(timeout=WAIT)
    keep.nth(1).click()
    page.get_by_role("button", name="資料かご（2件）").wait_for(timeout=WAIT)
    shared.get_by_role("button", name="1件目をかごから外す").click()
    other.get_by_text("かごから外しました").wait_for(timeout=WAIT)
    assert shared.locator(".kept > li").count() == 1
    page.get_by_role("button", name="資料かご（2件）").click()
    own = page.get_by_role("dialog", name="資料かご")
    own.get_by_text("外したもの（1）").click()
    own.get_by_role("button", name="外した1件目をかごに戻す").click()
    page.get_by_role("button", name="資料かご（2件）", include_hidden=True).wait_for(
        state="attached", timeout=WAIT
    )
    assert own.locator(".kept > li").count() == 2
    other.context.close()


def test_a_link_opens_the_same_view_again(browser: Browser, visit: Visit, samples_server: Served) -> None:
    result = turned_to(visit, samples_server, "比較", "compare")
    page = visit.page
    page.get_by_label("テーマ").fill("多文化共生")
    page.get_by_role("button", name="比べる").click()
    result.locator(".matrix").wait_for(timeout=WAIT)
    page.get_by_role("button", name="この画面へのリンクをコピー").click()
    page.get_by_text("コピーしました", exact=True).wait_for(timeout=WAIT)
    link = str(page.evaluate("navigator.clipboard.readText()"))
    assert link == page.url
    again = browser.new_context().new_page()
    again.goto(f"{link}&municipality=990019&kind={quote('方針書')}")
    table = again.get_by_role("table", name="「多文化共生」の比較表")
    table.wait_for(timeout=WAIT)
    assert again.get_by_role("tab", name="比較", exact=True).get_attribute("aria-selected") == "true"
    assert again.get_by_label("テーマ").input_value() == "多文化共生"
    assert table.locator("th[scope=row]").count() == 1
    again.context.close()


def test_indicators_are_found_filtered_and_saved(visit: Visit, samples_server: Served) -> None:
    result = turned_to(visit, samples_server, "指標", "indicator")
    page = visit.page
    result.get_by_role("button", name="ふるさと納税", exact=True).click()
    group = result.locator(".indicator", has_text="ふるさと納税の寄附金額").first
    group.wait_for(timeout=WAIT)
    assert group.get_by_role("img").count() == 2
    assert "自治体によって、最新の値の年度が違います。" in group.inner_text()
    group.get_by_role("button", name=re.compile("^48,300千円")).click()
    page.locator("#indicator-viewer .source mark").first.wait_for(timeout=WAIT)
    page.get_by_label("並べ替え").click()
    page.get_by_role("option", name="値の大きい順（単位ごと）").click()
    result.locator("table.indicators").wait_for(timeout=WAIT)
    name, content = saved(visit, "Excel で保存")
    assert re.fullmatch(r"指標_ふるさと納税_\d自治体_\d{8}\.xlsx", name)
    assert openpyxl.load_workbook(io.BytesIO(content))["指標"].max_row > 10
    check_targets(result)


def test_a_draft_is_made_in_ones_own_form(visit: Visit, samples_server: Served, tmp_path: Path) -> None:
    (tmp_path / "様式1.xlsx").write_bytes(workbook([*FORM, ["指標", ""]]))
    result = turned_to(visit, samples_server, "起案支援", "draft")
    page = visit.page
    page.get_by_label("自分の様式を使う").set_input_files(tmp_path / "様式1.xlsx")
    page.get_by_text("「様式1」から4個の欄を読み取りました").wait_for(timeout=WAIT)
    playwright_api.expect(page.locator("#draft-form input")).to_have_value("様式1", timeout=WAIT)
    page.get_by_label("部署（様式に書く名前）").fill("国際課")
    page.get_by_label("テーマ").fill("多文化共生")
    page.get_by_label("テーマ").press("Enter")
    result.locator(".precedent").first.wait_for(timeout=WAIT)
    assert result.locator(".wordings h2").all_inner_texts()[:2] == ["現状と課題", "今後の取組"]
    box = result.locator(".pick input:visible").first
    box.check()
    figure = result.locator("input[data-heading=指標]:visible").first
    figure.check()
    page.get_by_role("button", name="選んだ文を下書きに入れる").click()
    page.locator("#draft-checked .sources li").nth(1).wait_for(timeout=WAIT)
    draft = page.get_by_label("下書き").input_value()
    assert "■ 指標" in draft
    assert "基準値 ＿、目標値 ＿（参考: " in draft
    name, content = saved(visit, "Excel で保存（様式の形、出典はメモ）")
    assert re.fullmatch(r"様式1_多文化共生_国際課_案（様式）_\d{8}\.xlsx", name)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet["B2"].value == "国際課"
    assert sheet["B3"].value
    assert "出典（" in sheet["B3"].comment.text


def test_an_empty_form_that_cannot_be_read_is_explained(
    visit: Visit, samples_server: Served, tmp_path: Path
) -> None:
    (tmp_path / "白紙.xlsx").write_bytes(workbook([["題名だけ"]], drawn=False))
    turned_to(visit, samples_server, "起案支援", "draft")
    visit.page.get_by_label("自分の様式を使う").set_input_files(tmp_path / "白紙.xlsx")
    visit.page.get_by_text("記入欄を読み取れませんでした").wait_for(timeout=WAIT)
    visit.complaints = [one for one in visit.complaints if "422" not in one]


def test_a_person_parts_and_joins_the_years_of_a_measure(visit: Visit, samples_server: Served) -> None:
    result = turned_to(visit, samples_server, "経年", "track")
    page = visit.page
    page.get_by_label("テーマ").fill("消防団員の確保")
    page.get_by_role("button", name="推移を見る").click()
    measure = result.locator(".measure", has=page.get_by_text("令和5年度（2023）〜令和6年度（2024）"))
    measure.first.wait_for(timeout=WAIT)
    joined_before = measure.count()
    measure.first.get_by_text("年度をまたぐつながりを確かめる・直す").click()
    measure.first.get_by_role("button", name=re.compile("^この2つを分ける")).click()
    page.get_by_text("別の取組として分けました。").wait_for(timeout=WAIT)
    # What is shown anew closes what was opened before.
    measure.nth(joined_before - 1).wait_for(state="detached", timeout=WAIT)
    joining = result.locator(".measure", has_text="同じ取組としてつなぐ相手").first
    joining.wait_for(timeout=WAIT)
    joining.get_by_text("年度をまたぐつながりを確かめる・直す").click()
    joining.locator("select").select_option(index=0)
    joining.get_by_role("button", name=re.compile("とつなぐ$")).click()
    page.get_by_text("同じ取組としてつなぎました。").wait_for(timeout=WAIT)
    joined = result.get_by_text("利用者が確認したものです").first
    joined.wait_for(timeout=WAIT)
    confirmed = result.locator(".measure", has_text="利用者が確認したものです").first
    confirmed.get_by_text("年度をまたぐつながりを確かめる・直す").click()
    result.get_by_role("button", name=re.compile("^自動の判断に戻す")).first.click()
    page.get_by_text("自動の判断に戻しました。").wait_for(timeout=WAIT)
    joined.wait_for(state="detached", timeout=WAIT)


def test_towns_of_like_size_are_compared_by_ones_own_table(
    visit: Visit, samples_server: Served, tmp_path: Path
) -> None:
    table = "自治体,人口\n千鳥ヶ原市,80000\n月見浦市,71000\n白樺野町,14310\n"
    (tmp_path / "人口.csv").write_bytes(table.encode("cp932"))
    result = turned_to(visit, samples_server, "比較", "compare")
    page = visit.page
    page.get_by_label("テーマ").fill("多文化共生")
    page.get_by_text("人口の近い自治体を選ぶ").click()
    page.get_by_label("人口の表を選ぶ").set_input_files(tmp_path / "人口.csv")
    page.get_by_label("もとにする自治体").fill("千鳥ヶ原市")
    page.locator("#compare-peers").get_by_role("button", name="選ぶ", exact=True).click()
    page.get_by_text("2自治体を選びました").wait_for(timeout=WAIT)
    matrix = result.get_by_role("table", name="「多文化共生」の比較表")
    matrix.wait_for(timeout=WAIT)
    assert matrix.locator("th[scope=row]").count() == 2
