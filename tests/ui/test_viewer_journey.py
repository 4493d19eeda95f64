"""From a question to the page of the original, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from ingest.identify import GivenFacts
from tests.ingest.sample_formats import made
from tests.ui.conftest import Served, served
from tests.ui.test_journeys import CHROMIUM, WAIT, Visit, browser, visit
from tests.ui.viewer_files import QUOTE, QUOTE_AT, QUOTE_SIZE, report_pdf
from ui.intake import ingest
from ui.library import municipality_table

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Locator

__all__ = ["browser", "visit"]  # fixtures

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.is_file(), reason=f"{CHROMIUM} がないため、画面の試験を飛ばします"),
]

PAGE = (595.28, 841.89)
NEAR = 4.0


def box_of(part: Locator) -> FloatRect:
    box = part.bounding_box()
    assert box is not None
    return box


def opened(visit: Visit, server: Served, question: str = "遊歩道の夜間照明") -> Locator:
    """The viewer of the first citation."""
    visit.page.goto(server.url)
    visit.page.wait_for_selector("#result .start", timeout=WAIT)
    visit.ask(question)
    visit.page.locator(".answer .cite").first.click()
    visit.page.wait_for_selector(".source")
    return visit.page.locator(".source")


def wait_for_picture(visit: Visit) -> None:
    visit.page.wait_for_function(
        "(image => image.complete && image.naturalWidth > 0)(document.querySelector('.paper img'))",
        timeout=WAIT,
    )


def check_mark_over_words(source: Locator) -> None:
    """The mark lies where the words were drawn, whatever the size of the page on the screen."""
    paper, mark = box_of(source.locator(".paper")), box_of(source.locator(".over-words:visible"))
    scale = paper["width"] / PAGE[0]
    assert paper["height"] == pytest.approx(PAGE[1] * scale, rel=0.01)
    assert mark["x"] - paper["x"] == pytest.approx(QUOTE_AT[0] * scale, abs=NEAR * scale)
    assert mark["width"] == pytest.approx(len(QUOTE) * QUOTE_SIZE * scale, abs=2 * NEAR * scale)
    middle = (QUOTE_AT[1] - QUOTE_SIZE * 0.4) * scale
    assert mark["y"] + mark["height"] / 2 - paper["y"] == pytest.approx(middle, abs=NEAR * scale + 3)


def test_from_a_question_to_the_page_and_to_the_original(visit: Visit, originals_server: Served) -> None:
    source = opened(visit, originals_server)
    page = visit.page
    wait_for_picture(visit)
    assert source.get_by_role("tab", name="原本の画像").get_attribute("aria-selected") == "true"
    assert source.locator(".where").inner_text() == "1 / 2ページ"
    check_mark_over_words(source)
    frame, mark = box_of(source.locator(".page:visible")), box_of(source.locator(".over-words:visible"))
    assert frame["y"] <= mark["y"] <= frame["y"] + frame["height"]

    source.get_by_role("button", name="次のページ").click()
    page.wait_for_function("document.querySelector('.paper img').src.endsWith('/page/2.png')")
    wait_for_picture(visit)
    assert source.locator(".where").inner_text() == "2 / 2ページ"
    assert source.locator(".over-words:visible").count() == 0
    assert source.get_by_role("button", name="次のページ").get_attribute("aria-disabled") == "true"
    source.get_by_role("button", name="引用箇所へ戻る").click()
    assert source.locator(".where").inner_text() == "1 / 2ページ"
    check_mark_over_words(source)

    source.get_by_role("button", name="次のページ").click()
    page.locator(".answer .cite").first.click()
    assert source.locator(".where").inner_text() == "1 / 2ページ"

    link = source.get_by_role("link", name="原本を開く")
    assert link.get_attribute("target") == "_blank"
    address = str(link.evaluate("one => one.href"))
    assert address.endswith("#page=1")
    response = page.request.get(address)
    assert response.body() == report_pdf()
    assert "inline" in response.headers["content-disposition"]


def test_the_mark_stays_over_its_words_at_any_size(visit: Visit, originals_server: Served) -> None:
    source = opened(visit, originals_server)
    wait_for_picture(visit)
    before = box_of(source.locator(".paper"))["width"]
    for _ in range(3):
        source.get_by_role("button", name="拡大").click()
    assert source.locator(".scale").inner_text() == "200%"
    assert box_of(source.locator(".paper"))["width"] == pytest.approx(2 * before, rel=0.02)
    check_mark_over_words(source)
    source.get_by_role("button", name="縮小").click()
    assert source.locator(".scale").inner_text() == "150%"
    check_mark_over_words(source)


def test_the_text_is_one_key_away_and_stays_chosen(visit: Visit, originals_server: Served) -> None:
    source = opened(visit, originals_server)
    page = visit.page
    source.get_by_role("tab", name="原本の画像").focus()
    page.keyboard.press("ArrowRight")
    assert source.locator("mark:visible").inner_text() == QUOTE
    assert source.locator(".paper:visible").count() == 0
    assert source.get_by_role("tab", name="読み取った文字").evaluate("one => one === document.activeElement")
    page.locator(".answer .cite").first.click()
    page.wait_for_function("document.activeElement.id === 'source-title'")
    assert source.locator("mark:visible").count() == 1
    assert source.locator(".paper:visible").count() == 0


@pytest.mark.parametrize(("width", "height"), [(390, 844), (683, 384)])
def test_a_small_screen_has_the_viewer_below_and_nothing_is_cut_off(
    visit: Visit, originals_server: Served, width: int, height: int
) -> None:
    visit.page.set_viewport_size({"width": width, "height": height})
    source = opened(visit, originals_server)
    wait_for_picture(visit)
    assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert box_of(source)["y"] < height / 2
    check_mark_over_words(source)
    for button in source.locator(".btn:visible").all():
        box = box_of(button)
        assert box["height"] >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert button.evaluate("one => one.scrollWidth <= one.clientWidth + 1")


def test_a_worksheet_shows_the_cited_cell_in_its_row_and_column(
    visit: Visit, originals_server: Served
) -> None:
    source = opened(visit, originals_server, "浜辺の観察会の参加者数")
    cited = source.locator(".cited").first
    frame, cell = box_of(source.locator(".page:visible")), box_of(cited)
    assert frame["y"] <= cell["y"] <= frame["y"] + frame["height"]
    assert frame["x"] <= cell["x"] <= frame["x"] + frame["width"]
    heads = source.locator(".worksheet thead th").all_inner_texts()
    assert heads == ["A", "B", "C", "D", "E"]
    assert source.get_by_text("20〜21行目は原本で非表示の行です").count() == 1


def test_a_picture_that_cannot_be_drawn_is_told(visit: Visit, originals_server: Served) -> None:
    visit.page.route("**/view/**", lambda route: route.fulfill(status=404, body="x"))
    source = opened(visit, originals_server)
    source.get_by_text("このページの画像を表示できません").wait_for()
    visit.complaints[:] = [one for one in visit.complaints if "404" not in one]


def test_a_source_far_down_the_page_opens_in_sight(visit: Visit, originals_server: Served) -> None:
    visit.page.set_viewport_size({"width": 1366, "height": 500})
    source = opened(visit, originals_server)
    wait_for_picture(visit)
    source.get_by_role("button", name="拡大").click()
    visit.page.locator("#result summary", has_text="か所を表示").click()
    passage = visit.page.locator("#result .passage", has_text="清掃は毎月一回")
    opener = passage.get_by_role("button", name="原文を開く")
    opener.scroll_into_view_if_needed()
    opener.click()
    visit.page.wait_for_function("document.querySelector('.paper').dataset.cited === '2'")
    visit.page.wait_for_function("document.activeElement.id === 'source-title'")
    wait_for_picture(visit)
    box = box_of(source)
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 500
    assert source.locator(".where").inner_text() == "2 / 2ページ"
    assert source.locator(".scale").inner_text() == "100%"
    assert str(source.locator(".paper img").get_attribute("src")).endswith("/page/2.png")
    paper, mark = box_of(source.locator(".paper")), box_of(source.locator(".over-words:visible").last)
    assert mark["x"] - paper["x"] == pytest.approx(72 * paper["width"] / PAGE[0], abs=NEAR)


def test_after_turning_the_page_another_source_opens_at_its_own(
    visit: Visit, originals_server: Served
) -> None:
    source = opened(visit, originals_server)
    wait_for_picture(visit)
    source.get_by_role("button", name="次のページ").click()
    assert source.locator(".where").inner_text() == "2 / 2ページ"
    visit.page.locator(".passage").first.get_by_role("button", name="原文を開く").click()
    visit.page.wait_for_function("document.querySelectorAll('.over-words:not([hidden])').length > 1")
    assert source.locator(".where").inner_text() == "1 / 2ページ"
    wait_for_picture(visit)
    assert str(source.locator(".paper img").get_attribute("src")).endswith("/page/1.png")


@pytest.fixture(scope="module")
def wide_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workbook whose rows are wider than the viewer, served."""
    sources, folder = tmp_path_factory.mktemp("wide"), tmp_path_factory.mktemp("library")
    (sources / "業務棚卸表.xlsx").write_bytes(made("tsukimiura_r4_inventory.txt", "xlsx"))
    ingest(folder, [sources], GivenFacts(municipality=municipality_table().resolve("月見浦市")))
    with served(folder) as server:
        yield server


def test_a_figure_at_the_end_of_a_wide_row_is_in_sight_with_its_label(
    visit: Visit, wide_server: Served
) -> None:
    source = opened(visit, wide_server, "令和3年度の外国人相談の件数は")
    figure = source.locator(".sought:visible")
    label = source.locator(".held.cited:visible")
    assert (figure.inner_text(), label.inner_text()) == ("502", "外国人相談の件数")
    frame, cell, name = (box_of(one) for one in (source.locator(".page:visible"), figure, label))
    assert frame["x"] <= name["x"]
    assert name["x"] + name["width"] <= cell["x"] + 1
    assert cell["x"] + cell["width"] <= frame["x"] + frame["width"]
    marked = source.locator("mark:visible").all_inner_texts()
    assert "502" in marked
    assert not {"168", "215", "287", "431"}.intersection(marked)

    source.get_by_role("tab", name="読み取った文字").click()
    frame, cell = box_of(source.locator(".page:visible")), box_of(source.locator(".sought:visible"))
    assert frame["x"] <= cell["x"]
    assert cell["x"] + cell["width"] <= frame["x"] + frame["width"]
