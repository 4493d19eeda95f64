"""A page that is open while its server goes away and comes back, in a real browser: nothing typed is lost,
and what is told of it is Japanese.
"""

from __future__ import annotations

import re
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from corpus.store import STORE_NAME
from tests.ui.conftest import begun, free_port, served
from tests.ui.small_library import small_engine
from tests.ui.test_journeys import WAIT, Visit, browser, pytestmark, visit
from ui.accounts import Accounts
from ui.page_mark import OLD_PAGE
from ui.viewer import Role

__all__ = ["browser", "pytestmark", "visit"]

BAR = "#shirube-connection.shown"
TOAST = ".toast-body"
DRAFT = "避難所の多言語表示を増やす。"
SECRET = "Yama-no-ue 7 hon-no ki"
BROKEN = re.compile("Failed to load resource|net::ERR_|Dependency function failed")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    small_engine(tmp_path / "library")
    return tmp_path / "library"


def _write(visit: Visit) -> None:
    visit.page.get_by_role("tab", name="起案支援").click()
    visit.page.locator("#draft-text textarea").fill(DRAFT)
    visit.page.wait_for_timeout(1_000)


def _drafted(visit: Visit) -> str:
    return visit.page.locator("#draft-text textarea").input_value()


def _forgive(visit: Visit) -> None:
    """The browser's own word for a server that is away."""
    visit.complaints[:] = [one for one in visit.complaints if not BROKEN.search(one)]


def test_a_page_goes_on_after_its_server_was_away(visit: Visit, library: Path) -> None:
    port, page = free_port(), visit.page
    with served(library, port=port) as server:
        visit.open(server.url)
        _write(visit)
    page.locator("#draft-text textarea").press("End")
    page.keyboard.type("続き")
    page.wait_for_selector(BAR, timeout=WAIT)
    assert "つながるのを待っています" in page.locator(BAR).inner_text()
    page.locator("#draft-theme").get_by_role("textbox").fill("多文化共生")
    page.locator("#draft-go").click()
    assert page.locator(TOAST).count() == 0
    with served(library, port=port):
        page.get_by_text("件の先例が見つかりました").wait_for(timeout=WAIT)
        page.wait_for_selector(BAR, state="hidden", timeout=WAIT)
        assert _drafted(visit) == f"{DRAFT}続き"
        page.get_by_role("tab", name="検索・質問").click()
        visit.ask("多文化共生の取組")
        assert page.locator("#result .answer").count() == 1
        assert page.locator(TOAST).count() == 0
        page.close()
    _forgive(visit)


def test_an_answer_that_broke_off_is_told_and_may_be_asked_again(visit: Visit, library: Path) -> None:
    port, page = free_port(), visit.page
    with silent() as model:
        settings = {"SHIRUBE_LLM_URL": model, "SHIRUBE_LLM_MODEL": "m"}
        with begun(library, settings, port) as process:
            assert process.stdout is not None
            process.stdout.readline()
            visit.open(f"http://127.0.0.1:{port}/")
            _write(visit)
            page.get_by_role("tab", name="検索・質問").click()
            page.get_by_label("調べたいこと").fill("多文化共生の取組")
            page.locator("#go").click()
            page.get_by_text("検索しています…").wait_for(timeout=WAIT)
            process.kill()
        page.wait_for_selector(TOAST, timeout=WAIT)
    said = page.locator(TOAST).first.inner_text()
    assert "途中で終わりました。もう一度操作してください" in said
    assert not re.search("[A-Za-z]{3}", said)
    assert "検索しています…" not in page.locator("#result").inner_text()
    with served(library, port=port):
        page.locator("#go").click()
        page.wait_for_selector("#result .answer", timeout=WAIT)
        assert _drafted(visit) == DRAFT
        page.close()
    _forgive(visit)


def test_a_session_that_has_ended_is_begun_beside_the_page(visit: Visit, library: Path) -> None:
    accounts = Accounts(library)
    accounts.add("tanaka", SECRET, Role.EDITOR)
    page = visit.page
    with served(library) as server:
        page.goto(server.url)
        _sign_in(visit)
        page.wait_for_selector("#result .start", timeout=WAIT)
        _write(visit)
        with closing(sqlite3.connect(accounts.path)) as connection:
            connection.execute("DELETE FROM session")
            connection.commit()
        page.locator("#draft-go").click()
        page.wait_for_selector(BAR, timeout=WAIT)
        assert "ログインしてください" in page.locator(BAR).inner_text()
        assert not re.search("[A-Za-z]{3}", page.locator(TOAST).first.inner_text())
        with page.context.expect_page() as opened:
            page.locator(BAR).get_by_role("link").click()
        beside = Visit(opened.value)
        _sign_in(beside)
        beside.page.wait_for_selector("#result .start", timeout=WAIT)
        page.locator("#draft-theme").get_by_role("textbox").fill("多文化共生")
        page.locator("#draft-go").click()
        page.get_by_text("件の先例が見つかりました").wait_for(timeout=WAIT)
        assert _drafted(visit) == DRAFT
        page.wait_for_selector(BAR, state="hidden", timeout=WAIT)
        beside.page.close()
        page.close()
    _forgive(visit)


def _sign_in(visit: Visit) -> None:
    visit.page.locator("[name=name]").fill("tanaka")
    visit.page.locator("[name=password]").fill(SECRET)
    visit.page.locator("[name=password]").press("Enter")


def test_a_page_of_an_earlier_program_is_to_be_opened_anew(visit: Visit, library: Path) -> None:
    page = visit.page
    with served(library) as server:
        visit.open(server.url)
        _write(visit)
        page.route(
            "**/queue/join*",
            lambda route: route.continue_(headers={**route.request.headers, "x-shirube-page": "earlier"}),
        )
        page.locator("#draft-go").click()
        page.wait_for_selector(BAR, timeout=WAIT)
        assert OLD_PAGE in page.locator(BAR).inner_text()
        assert _drafted(visit) == DRAFT
        page.unroute("**/queue/join*")
        page.locator(BAR).get_by_role("link", name="画面を開き直す").click()
        page.wait_for_selector("#result .start", timeout=WAIT)
        visit.ask("多文化共生の取組")
        page.close()
    _forgive(visit)


def test_what_an_event_of_the_page_meets_is_told(visit: Visit, library: Path) -> None:
    """The 資料 tab reads the store in Gradio's own threads, where nothing else tells of a failure."""
    page = visit.page
    with served(library) as server:
        visit.open(server.url)
        page.get_by_role("tab", name="資料").click()
        page.locator("#upload-documents summary").first.click(timeout=WAIT)
        (library / STORE_NAME).write_bytes(b"x" * 9_000)
        page.locator("#upload-documents").get_by_role("button", name="削除する").first.click(timeout=WAIT)
        page.wait_for_selector(TOAST, timeout=WAIT)
        said = page.locator(TOAST).first.inner_text()
        assert "できませんでした" in said
        assert "ライブラリのファイルを読めません" in said
        assert str(library) not in said
        page.close()
    _forgive(visit)


@contextmanager
def silent() -> Iterator[str]:
    """The address of a language model that never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
