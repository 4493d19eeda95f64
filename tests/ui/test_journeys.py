"""What a person does at the page, in a real browser; nothing may leave this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from corpus.store import Store
from tests.ui.conftest import Served, served
from tests.ui.small_library import small_engine

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright_api = pytest.importorskip(
    "playwright.sync_api", reason="playwright がないため、画面の試験を飛ばします"
)
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT = 20_000
LEFT = re.compile("AbortError: signal is aborted|Unexpected error Connection errored out")

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.is_file(), reason=f"{CHROMIUM} がないため、画面の試験を飛ばします"),
]


class Visit:
    """A page with all that the browser asked for and complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requested: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requested.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))

    def _heard(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def open(self, url: str) -> None:
        self._go(url)
        self.page.wait_for_selector("#result .start, #result .error", timeout=WAIT)
        self.page.get_by_label("調べたいこと").wait_for()

    def leave(self) -> None:
        """Before the page's server ends."""
        self._go("about:blank")

    def _go(self, url: str) -> None:
        heard = len(self.complaints)
        self.page.goto(url)
        # Of a page that is left while it is answered, Gradio tells in the console; nobody sees it any more.
        self.complaints[heard:] = [one for one in self.complaints[heard:] if not LEFT.search(one)]

    def ask(self, question: str) -> None:
        box = self.page.get_by_label("調べたいこと")
        box.fill(question)
        box.press("Enter")
        self.page.wait_for_selector("#result :is(.answer, .refusal, .error)", timeout=WAIT)

    @contextmanager
    def over(self, folder: Path) -> Iterator[Served]:
        """A library served for one test. The page is closed before the server ends: a stream that breaks off
        is told in the console, and that would count as a complaint.
        """
        with served(folder) as server:
            yield server
            self.page.close()

    def question(self) -> str:
        return self.page.get_by_label("調べたいこと").input_value()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit = Visit(context.new_page())
    yield visit
    outside = [url for url in visit.requested if not re.match(r"(http://127\.0\.0\.1:|data:|blob:)", url)]
    context.close()
    assert outside == []
    assert visit.complaints == []


def test_find_a_topic_open_its_source_and_copy(visit: Visit, samples_server: Served) -> None:
    visit.open(samples_server.url)
    visit.ask("多文化共生の取組")
    page = visit.page
    quote = page.locator(".answer q").first.inner_text()
    cite = page.locator(".answer .cite").first
    assert cite.inner_text() == "[1]"
    cite.click()
    page.wait_for_selector(".source mark")
    mark = page.locator(".source mark").first
    assert "".join(mark.inner_text().split())[:8] in "".join(quote.split())
    frame, box = page.locator(".source .page").bounding_box(), mark.bounding_box()
    assert frame is not None
    assert box is not None
    assert frame["y"] <= box["y"] <= frame["y"] + frame["height"] / 2
    page.locator(".answer").get_by_role("button", name="引用をコピー").first.click()
    page.get_by_text("コピーしました", exact=True).wait_for()
    assert "出典（" in page.evaluate("navigator.clipboard.readText()")


def test_the_viewer_widens_and_closes_back_to_where_it_was_opened(
    visit: Visit, samples_server: Served
) -> None:
    visit.open(samples_server.url)
    visit.ask("多文化共生の取組")
    page = visit.page
    cite = page.locator(".answer .cite").first
    cite.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".source")
    numbers = page.locator(".source .no")
    last = numbers.last.inner_text()
    before = numbers.count()
    page.get_by_role("button", name=re.compile(r"後の\d+行を表示")).click()
    page.wait_for_function(f"document.querySelectorAll('.source .no').length > {before}")
    playwright_api.expect(numbers.filter(has_text=re.compile(f"^{last}$"))).to_be_in_viewport()
    page.get_by_role("button", name="原文を閉じる").click()
    page.wait_for_selector(".source", state="detached")
    assert cite.evaluate("one => one === document.activeElement")


def test_an_example_is_asked_by_its_button(visit: Visit, samples_server: Served) -> None:
    visit.open(samples_server.url)
    visit.page.get_by_role("button", name="空き家の利活用").click()
    visit.page.wait_for_selector("#result :is(.answer, .refusal)", timeout=WAIT)
    assert visit.question() == "空き家の利活用"


def test_removing_a_chip_searches_again_without_it(visit: Visit, small_url: str) -> None:
    visit.open(small_url)
    visit.ask("大泉町の多文化共生")
    playwright_api.expect(visit.page.locator(".town h3")).to_have_count(1, timeout=WAIT)
    visit.page.get_by_role("button", name="自治体: 大泉町 の条件を外す").click()
    visit.page.wait_for_function("document.querySelectorAll('.town h3').length > 1")
    assert visit.question() == "多文化共生"


@pytest.mark.parametrize(
    ("asked", "chip", "left"),
    [
        ("令和6年度の空き家", "年度: 令和6年度（2024）", "空き家"),
        ("企画部の空き家", "部署: 企画部", "空き家"),
        ("方針書の空き家", "種別: 方針書", "方針書 空き家"),
        ("赤堀町の多文化共生", "自治体: 赤堀町（現 伊勢崎市）", "多文化共生"),
    ],
)
def test_what_was_read_is_undone_and_stays_undone(
    visit: Visit, small_url: str, asked: str, chip: str, left: str
) -> None:
    visit.open(small_url)
    visit.ask(asked)
    chips = visit.page.get_by_role("button", name=f"{chip} の条件を外す")
    chips.click()
    chips.wait_for(state="detached")
    assert visit.question() == left
    visit.ask(left)
    playwright_api.expect(chips).to_have_count(0, timeout=WAIT)


def test_an_expansion_is_undone_until_it_is_given_back(visit: Visit, small_url: str) -> None:
    visit.open(small_url)
    visit.ask("カーブミラーを直す")
    page = visit.page
    page.get_by_text("言い換えた言葉でも探しました").click()
    way = page.get_by_role("button", name=re.compile("^言い換え: .*→道路反射鏡 の条件を外す"))
    way.first.click()
    given_back = page.get_by_role("button", name=re.compile("^使わない言い換え: .*→道路反射鏡 の条件を外す"))
    given_back.wait_for()
    assert visit.question() == "カーブミラーを直す"
    visit.ask("カーブミラーを直す")
    playwright_api.expect(given_back).to_have_count(1, timeout=WAIT)
    playwright_api.expect(way).to_have_count(0, timeout=WAIT)
    given_back.click()
    given_back.wait_for(state="detached")
    page.get_by_text("言い換えた言葉でも探しました").click()
    playwright_api.expect(way).to_have_count(1, timeout=WAIT)


def test_filters_limit_the_search(visit: Visit, small_url: str) -> None:
    visit.open(small_url)
    visit.ask("多文化共生")
    page = visit.page
    page.get_by_role("button", name="条件で絞り込む").click()
    page.get_by_label("自治体", exact=True).click()
    page.get_by_role("option", name=re.compile("館林市")).click()
    page.wait_for_function("document.querySelectorAll('.town h3').length === 1")
    assert "館林市" in page.locator(".town h3").inner_text()
    page.get_by_role("button", name="自治体: 館林市 の条件を外す").click()
    page.wait_for_function("document.querySelectorAll('.town h3').length > 1")


def test_nothing_found_says_why(visit: Visit, small_url: str) -> None:
    visit.open(small_url)
    visit.ask("沖縄県那覇市の観光")
    assert "那覇市の資料は、このライブラリにありません" in visit.page.locator(".refusal").inner_text()


def test_an_error_takes_the_place_of_earlier_results(visit: Visit, small_url: str) -> None:
    visit.open(small_url)
    visit.ask("多文化共生")
    visit.page.locator(".cite").first.click()
    visit.page.wait_for_selector(".source")
    visit.page.get_by_label("調べたいこと").fill("？")
    visit.page.get_by_role("button", name="検索", exact=True).click()
    visit.page.wait_for_selector(".error")
    playwright_api.expect(visit.page.locator(".answer, .passage, .source")).to_have_count(0, timeout=WAIT)


def test_hostile_documents_and_questions_run_nothing(visit: Visit, small_url: str) -> None:
    visit.open(small_url)
    visit.ask("相談窓口<img src=x onerror=alert(3)><script>alert(4)</script>")
    visit.page.locator(".passage", has_text="onerror").get_by_role("button", name="原文を開く").first.click()
    visit.page.wait_for_selector(".source")
    playwright_api.expect(
        visit.page.locator("#result img, #viewer img, #result script, #viewer script")
    ).to_have_count(0, timeout=WAIT)


def test_enter_that_ends_a_conversion_asks_nothing(visit: Visit, small_url: str) -> None:
    visit.open(small_url)
    box = visit.page.get_by_label("調べたいこと")
    box.fill("空き家")
    box.evaluate(
        "one => one.dispatchEvent(new KeyboardEvent('keydown', "
        "{key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
    )
    visit.page.wait_for_timeout(800)
    playwright_api.expect(visit.page.locator(".start")).to_have_count(1, timeout=WAIT)


def test_the_page_speaks_japanese_only(visit: Visit, small_url: str) -> None:
    visit.open(small_url)
    visit.page.get_by_role("button", name="条件で絞り込む").click()
    visit.ask("大泉町の空き家の利活用")
    words = visit.page.evaluate("document.body.innerText")
    assert (
        re.findall(r"[A-Za-z]{4,}", re.sub(r"<img.*?>|<script.*?/script>|\S+\.(?:txt|pdf)", "", words)) == []
    )
    assert visit.page.evaluate("document.documentElement.lang") == "ja"


def test_two_people_do_not_see_each_others_results(browser: Browser, visit: Visit, small_url: str) -> None:
    context = browser.new_context()
    other = Visit(context.new_page())
    visit.open(small_url)
    other.open(small_url)
    visit.ask("ふるさと納税の件数")
    other.ask("空き家の利活用")
    assert "787" in visit.page.locator("#result").inner_text()
    assert "787" not in other.page.locator(".answer").inner_text()
    assert visit.question() == "ふるさと納税の件数"
    context.close()


def test_every_button_of_ours_is_large_enough(visit: Visit, samples_server: Served) -> None:
    visit.open(samples_server.url)
    visit.ask("多文化共生の取組")
    heights = visit.page.evaluate(
        "[...document.querySelectorAll('.btn, .chip')].map(one => one.offsetHeight)"
    )
    assert min(height for height in heights if height) >= 44


def test_a_missing_index_is_told_when_the_page_opens(visit: Visit, tmp_path: Path) -> None:
    store = Store.open(small_engine(tmp_path).library)
    with store.writing() as writer:
        writer.set_index_generation("generation-000000-none")
    with visit.over(tmp_path) as server:
        visit.open(server.url)
        assert "索引のフォルダーがありません" in visit.page.locator(".error").inner_text()
        visit.leave()


def test_an_empty_library_says_how_to_fill_it(visit: Visit, tmp_path: Path) -> None:
    Store.create(tmp_path)
    with visit.over(tmp_path) as server:
        visit.open(server.url)
        assert "資料がまだありません" in visit.page.locator(".start").inner_text()
        visit.leave()


def test_the_server_stays_small(visit: Visit, samples_server: Served) -> None:
    visit.open(samples_server.url)
    for question in ("多文化共生の取組", "空き家の利活用", "職員研修の実績"):
        visit.ask(question)
    status = Path(f"/proc/{samples_server.process_id}/status").read_text(encoding="utf-8")
    resident = int(status.split("VmRSS:")[1].split()[0]) // 1024
    assert resident <= 600
