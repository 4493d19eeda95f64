"""Whether everybody can use the page: axe over each tab in light and dark, the keyboard, 200 % and print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.ui.axe import SCRIPT, check, run_axe
from tests.ui.conftest import Served
from tests.ui.test_journeys import CHROMIUM, WAIT, Visit, browser, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["browser", "visit"]  # fixtures

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.is_file(), reason=f"{CHROMIUM} がないため、画面の試験を飛ばします"),
]
needs_axe = pytest.mark.skipif(
    not SCRIPT.is_file(), reason="axe-core がないため飛ばします（make axe で入ります）"
)
VIEWS = {
    "search": "多文化共生の取組",
    "compare": "多文化共生",
    "indicator": "ふるさと納税の寄附金額",
    "track": "公共施設",
    "draft": "多文化共生",
    "hierarchy": "すべて",
}
TABS = (*VIEWS, "upload")


def place(tab: str, scheme: str = "light") -> str:
    return f"?tab={tab}&q={quote(VIEWS[tab])}&__theme={scheme}"


def shown(page: Page, server: Served, tab: str, scheme: str = "light") -> None:
    if tab == "upload":
        page.goto(f"{server.url}?__theme={scheme}")
        page.get_by_role("tab", name="資料", exact=True).click()
        page.locator(".documents .listing").wait_for(timeout=WAIT)
        return
    page.goto(server.url + place(tab, scheme))
    result = "#result" if tab == "search" else f"#{tab}-result"
    page.locator(f"{result} .coverage").wait_for(timeout=WAIT)
    page.wait_for_function("!document.querySelector('.generating')", timeout=WAIT)


@pytest.fixture
def dark(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, color_scheme="dark")
    yield context.new_page()
    context.close()


@needs_axe
@pytest.mark.parametrize("tab", TABS)
def test_no_rule_of_wcag_is_broken(visit: Visit, samples_server: Served, tab: str) -> None:
    shown(visit.page, samples_server, tab)
    check(run_axe(visit.page))


@needs_axe
@pytest.mark.parametrize("tab", TABS)
def test_no_rule_of_wcag_is_broken_in_the_dark(dark: Page, samples_server: Served, tab: str) -> None:
    shown(dark, samples_server, tab, "dark")
    assert dark.evaluate("document.body.classList.contains('dark')")
    check(run_axe(dark))


@needs_axe
def test_viewer_and_basket_break_no_rule_either(visit: Visit, samples_server: Served) -> None:
    page = visit.page
    shown(page, samples_server, "compare")
    page.locator("#compare-result .btn", has_text="出典").first.click()
    page.locator("#compare-viewer .source").wait_for(timeout=WAIT)
    check(run_axe(page))
    page.locator("#compare-result [data-act=keep]:visible").first.click()
    page.get_by_text("かごに入れました。").wait_for(timeout=WAIT)
    page.get_by_role("button", name="資料かご").click()
    page.locator("#basket .kept li").first.wait_for(timeout=WAIT)
    check(run_axe(page))


@needs_axe
def test_axe_finds_what_is_broken(visit: Visit, samples_server: Served) -> None:
    shown(visit.page, samples_server, "hierarchy")
    visit.page.evaluate(
        "document.querySelector('#hierarchy-result').insertAdjacentHTML('beforeend', '<button></button>')"
    )
    assert [rule for rule, _, _ in run_axe(visit.page).violations] == ["button-name"]


@pytest.mark.parametrize("tab", TABS)
def test_nothing_is_cut_off_at_200_percent(visit: Visit, samples_server: Served, tab: str) -> None:
    """A window of 1366 pixels at 200 % is one of 683: nothing may need sideways scrolling."""
    visit.page.set_viewport_size({"width": 683, "height": 384})
    shown(visit.page, samples_server, tab)
    assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_on_a_telephone_each_document_is_a_card_and_still_a_row(visit: Visit, samples_server: Served) -> None:
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    shown(page, samples_server, "upload")
    row = page.get_by_role("row").nth(1)
    assert row.get_by_role("cell").count() == page.get_by_role("columnheader").count() == 6
    frame = row.bounding_box()
    assert frame is not None
    for cell in row.get_by_role("cell").all():
        box = cell.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= frame["x"] + frame["width"]


def focused(page: Page) -> str:
    """What a screen reader would call the element that has the focus."""
    said: str = page.evaluate(
        "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()"
    )
    return said


def press_until(page: Page, key: str, wanted: str, most: int = 60) -> None:
    """Press a key until the focus is on what is wanted."""
    for _ in range(most):
        if wanted in focused(page):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{wanted} cannot be reached with {key}; the focus is on {focused(page)}")


def test_a_comparison_is_made_and_its_source_read_with_the_keyboard_alone(
    visit: Visit, samples_server: Served
) -> None:
    page = visit.page
    visit.open(samples_server.url)
    press_until(page, "Shift+Tab", "比較")
    page.keyboard.press("Enter")
    page.locator("#compare-result .start").wait_for(timeout=WAIT)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#compare-theme') !== null"):
            break
    page.keyboard.type("多文化共生")
    page.keyboard.press("Enter")
    page.locator("#compare-result .matrix").wait_for(timeout=WAIT)
    press_until(page, "Tab", "出典を開く")
    page.keyboard.press("Enter")
    page.locator("#compare-viewer .source").wait_for(timeout=WAIT)
    page.wait_for_function("document.activeElement.closest('#compare-viewer') !== null", timeout=WAIT)
    press_until(page, "Tab", "原文を閉じる")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.textContent.trim() === '出典'", timeout=WAIT)


def test_on_paper_the_sources_are_footnotes(visit: Visit, samples_server: Served) -> None:
    page = visit.page
    shown(page, samples_server, "compare")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    notes = page.locator("#compare-result .print-notes li")
    marks = page.locator("#compare-result .print-mark")
    assert notes.count() == marks.count() > 4
    assert notes.first.inner_text().startswith("出典（")
    assert marks.first.inner_text() == "[1]"
    assert not page.locator("#compare-theme").is_visible()
    assert not page.get_by_role("button", name="資料かご").is_visible()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert notes.count() == 0
