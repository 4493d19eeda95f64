"""Signing in, and what one person sees of a library beside another, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.access import INTERNAL, PUBLIC, Access
from tests.ui.axe import check_if_installed
from tests.ui.conftest import Served, served
from tests.ui.make_access import TOPICS, Builder, Made
from tests.ui.test_accounts import SECRET
from tests.ui.test_journeys import CHROMIUM, WAIT, Visit, browser, visit
from ui.accounts import Accounts
from ui.viewer import Role

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.is_file(), reason=f"{CHROMIUM} がないため、画面の試験を飛ばします"),
]
__all__ = ["browser", "visit"]
DOCUMENTS = [
    Made(mark="ZQAX", town="990019", topic=0, year=2024, kind=0, access=PUBLIC),
    Made(mark="ZQBX", town="990027", topic=0, year=2024, kind=0, access=INTERNAL),
    Made(mark="ZQCX", town="990035", topic=0, year=2024, kind=2, access=Access.limited_to(["人事課"])),
]
LONG = 90_000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    library = tmp_path_factory.mktemp("access")
    Builder().library(library, DOCUMENTS)
    accounts = Accounts(library)
    accounts.add_group("人事課")
    accounts.add("sato", SECRET, Role.READER, is_inside=False)
    accounts.add("tanaka", SECRET, Role.EDITOR, groups=("人事課",))
    with served(library) as found:
        yield found


def sign_in(visit: Visit, url: str, name: str) -> None:
    page = visit.page
    page.goto(url)
    page.get_by_label("利用者の名前").fill(name)
    check_if_installed(page)
    page.get_by_label("パスワード").fill(SECRET)
    page.get_by_role("button", name="ログイン").click()
    page.wait_for_selector("#result .start", timeout=WAIT)


def test_a_person_from_outside_sees_what_is_public_alone(visit: Visit, server: Served) -> None:
    page = visit.page
    sign_in(visit, server.url, "sato")
    assert "sato（閲覧）" in page.locator(".masthead").inner_text()
    assert "1自治体・1文書・4か所" in page.locator("#result").inner_text()
    visit.ask(TOPICS[0])
    found = page.locator("#result").inner_text()
    assert "ZQAX" in found
    assert "1文書・1自治体" in found
    visit.ask(f"月見浦市の{TOPICS[0]}")
    page.locator("#result", has_text="月見浦市の資料は、このライブラリにありません").wait_for(timeout=WAIT)
    page.get_by_role("tab", name="資料").click()
    page.locator(".documents", has_text="ライブラリの資料（1）").wait_for(timeout=WAIT)
    assert page.locator(".removal").count() == 0
    assert page.locator(".opening").count() == 0
    for tab, box, go in (("比較", "#compare-theme", "比べる"), ("経年", "#track-theme", "推移を見る")):
        page.get_by_role("tab", name=tab).click()
        page.locator(f"{box} textarea, {box} input").first.fill(TOPICS[0])
        page.get_by_role("button", name=go).click()
        page.locator(f"#{box[1:].split('-')[0]}-result", has_text="ZQAX").wait_for(timeout=WAIT)
    text = page.content()
    assert "ZQBX" not in text
    assert "ZQCX" not in text
    request = page.context.request
    assert "ZQ" not in request.get(f"{server.url}config").text()
    for one in DOCUMENTS:
        sent = request.get(f"{server.url}original/{one.document.document_id}")
        assert (sent.status == 200) == (one.access == PUBLIC), one.mark
    page.get_by_role("button", name="ログアウト").click()
    page.get_by_label("パスワード").wait_for(timeout=WAIT)
    assert request.get(f"{server.url}config").status == 401


def test_a_member_of_a_group_adds_a_document_for_the_town_hall_and_opens_it(
    visit: Visit, server: Served, tmp_path: Path
) -> None:
    page = visit.page
    sign_in(visit, server.url, "tanaka")
    assert "3自治体・3文書・12か所" in page.locator("#result").inner_text()
    page.get_by_role("tab", name="資料").click()
    draft = tmp_path / "内部案.txt"
    draft.write_text("白樺野町 相談窓口の内部案\n\n第1章 現状\n\n相談窓口を増やす。\n", encoding="utf-8")
    page.set_input_files(".zone input", [str(draft)])
    page.locator(".job.asking").wait_for(timeout=LONG)
    access = page.get_by_label("内部案.txtの公開範囲")
    assert access.input_value() == "庁内"
    access.fill("財政課")
    page.get_by_role("button", name="取り込む", exact=True).click()
    page.locator(".field.wrong").wait_for(timeout=WAIT)
    assert "権限がありません" in page.locator(".field.wrong").inner_text()
    access.fill("庁内")
    page.get_by_role("button", name="取り込む", exact=True).click()
    page.locator(".job.done").wait_for(timeout=LONG)
    row = page.locator(".documents tr", has_text="内部案.txt")
    assert row.locator(".opening summary").inner_text() == "庁内"
    row.locator(".opening summary").click()
    check_if_installed(page)
    row.locator(".opening input").fill("公開")
    row.get_by_role("button", name="変える").click()
    page.locator(".job.done", has_text="公開範囲を「公開」にしました").wait_for(timeout=LONG)
    summary = page.locator(".documents tr", has_text="内部案.txt").locator(
        ".opening summary", has_text="公開"
    )
    summary.wait_for(timeout=WAIT)
