"""Adding and removing documents at the page, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.ingest.made_files import as_docx
from tests.ui.axe import check_if_installed
from tests.ui.conftest import Served
from tests.ui.test_journeys import CHROMIUM, WAIT, Visit, browser, visit
from ui.intake import ingest

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.is_file(), reason=f"{CHROMIUM} がないため、画面の試験を飛ばします"),
]
__all__ = ["browser", "visit"]

PLAN = "月見浦市 相談窓口の指針\n\n第1章 現状\n\n相談窓口の多言語化を進める。\n"
LONG = 60_000


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "指針R6.docx").write_bytes(as_docx(PLAN))
    (folder / "メモ.txt").write_text("道路の損傷が進んでいる。\n", encoding="utf-8")
    (folder / "壊れた計画.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "絵.png").write_bytes(b"\x89PNG")
    return sorted(folder.iterdir())


@pytest.fixture
def library(tmp_path: Path) -> Path:
    plan = tmp_path / "白樺野町" / "計画.txt"
    plan.parent.mkdir()
    plan.write_text("総合計画\n\n第1章 現状\n\n空き家の利活用を進める。\n", encoding="utf-8")
    ingest(tmp_path / "library", [plan])
    return tmp_path / "library"


def open_tab(visit: Visit, url: str) -> None:
    visit.open(url)
    visit.page.get_by_role("tab", name="資料").click()
    visit.page.locator(".documents").wait_for(timeout=WAIT)


def test_files_are_dropped_confirmed_and_taken_in_and_a_reload_keeps_showing(
    visit: Visit, library: Path, files: list[Path]
) -> None:
    page = visit.page
    with visit.over(library) as server:
        open_tab(visit, server.url)
        page.set_input_files(".zone input", [str(path) for path in files])
        page.locator(".job.asking").wait_for(timeout=LONG)
        check_if_installed(page)
        assert "この種類のファイルは取り込めません" in page.locator(".turned-away").inner_text()
        broken = page.locator("tr.refused")
        assert "壊れた計画.pdf" in broken.inner_text()
        assert "PDFとして開けません" in broken.inner_text()
        assert page.get_by_label("指針R6.docxの自治体").input_value() == "みほん県月見浦市"
        assert page.get_by_label("指針R6.docxの年度").input_value() == "令和6年度"
        assert page.locator(".field.unsure", has=page.get_by_label("メモ.txtの自治体")).count() == 1

        page.get_by_role("button", name="取り込む", exact=True).click()
        page.locator(".field.wrong").wait_for(timeout=WAIT)
        check_if_installed(page)
        assert "どの自治体の資料か" in page.locator(".field.wrong").inner_text()
        page.get_by_label("メモ.txtの自治体").fill("白樺野町")
        page.get_by_label("メモ.txtの年度").fill("R5")
        page.get_by_label("メモ.txtの年度").blur()
        page.wait_for_timeout(1_500)

        open_tab(visit, server.url)
        assert page.get_by_label("メモ.txtの自治体").input_value() == "白樺野町"
        page.get_by_role("button", name="取り込む", exact=True).click()
        page.locator(".job.running").wait_for(timeout=WAIT)
        assert "この画面を閉じても続きます" in page.locator(".job.running").inner_text()

        open_tab(visit, server.url)
        page.locator(".job.done").wait_for(timeout=LONG)
        check_if_installed(page)
        told = page.locator(".job.done").inner_text()
        assert "2件を取り込み、検索できるようになりました。1件は受け付けられませんでした。" in told
        assert re.search(r"メモ\.txt\s+追加しました\s+白樺野町・R5", told)
        page.locator(".documents", has_text="ライブラリの資料（3）").wait_for(timeout=WAIT)

        page.get_by_role("tab", name="検索").click()
        visit.ask("月見浦市の相談窓口の多言語化")
        assert "多言語化" in page.locator(".answer").inner_text()

        page.get_by_role("tab", name="資料").click()
        page.get_by_role("button", name="結果を閉じる").click()
        page.locator(".job").wait_for(state="detached", timeout=WAIT)


def test_a_document_is_removed_only_after_a_confirmation(visit: Visit, library: Path) -> None:
    page = visit.page
    with visit.over(library) as server:
        open_tab(visit, server.url)
        remove = page.get_by_role("button", name="削除する", exact=True)
        assert not remove.is_visible()
        page.locator(".removal summary").click()
        check_if_installed(page)
        assert "白樺野町" in page.locator(".removal p").inner_text()
        remove.click()
        page.locator(".job.done", has_text="削除しました").wait_for(timeout=LONG)
        page.locator(".documents").wait_for(state="detached", timeout=WAIT)


def test_the_tabs_are_reached_once_each_by_the_keyboard(visit: Visit, samples_server: Served) -> None:
    page = visit.page
    visit.open(samples_server.url)
    reachable = page.evaluate(
        "[...document.querySelectorAll('#tabs [role=tab], #tabs .tab-container button')]"
        ".filter(one => getComputedStyle(one).visibility === 'visible' && one.innerText.trim())"
        ".map(one => one.innerText.trim())"
    )
    assert {"検索・質問", "資料"} <= set(reachable)
    assert len(set(reachable)) == len(reachable)
