"""What the page does, called without a browser; and how it is served."""

from __future__ import annotations

import http.client
import logging
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from corpus.access import OPERATOR
from corpus.errors import IndexDamagedError
from corpus.municipality import MunicipalityTable
from corpus.store import Store
from index.static_encoder import StaticEncoder
from qa.engine import Engine
from qa.filter_words import FilterWords
from qa.results import AskResult
from tests.ui.small_library import IMAGE, SCRIPT
from ui.search_page import SearchPage

pytestmark = [
    # Gradio and what it is built on warn of their own use of one another; nothing of ours can mend it.
    pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:starlette"),
]


def test_no_question_shows_the_start(page: SearchPage) -> None:
    html = page.search("　 ", FilterWords())
    assert "使い方" in html
    assert "3自治体・3文書・5か所" in html
    assert 'data-act="ask"' in html


def test_an_answer_comes_with_passages_and_what_was_searched(page: SearchPage) -> None:
    html = page.search("多文化共生の取組", FilterWords())
    assert html.index("回答") < html.index("見つかった箇所") < html.index("を検索しました")
    assert "読み取れなかったファイル（1）" in html


def test_a_refusal_says_what_was_searched_and_how_to_widen(page: SearchPage) -> None:
    html = page.search("沖縄県那覇市の観光", FilterWords())
    assert "回答できません" in html
    assert "那覇市の資料は、このライブラリにありません" in html
    assert "探し方" in html
    assert html.count("検索した文書はありません") == 1
    assert html.count("読み取れなかったファイル（1）") == 1
    assert '<h2 id="passages-title">見つかった箇所' not in html


@pytest.mark.parametrize("typed", ["？", "あ" * 2_001])
def test_a_question_that_cannot_be_used_is_an_error_without_results(page: SearchPage, typed: str) -> None:
    html = page.search(typed, FilterWords())
    assert 'role="alert"' in html
    assert "質問" in html
    assert "passages" not in html


@pytest.mark.parametrize("typed", [SCRIPT, IMAGE, f"多文化共生{SCRIPT}", f"「{IMAGE}」"])
def test_a_hostile_question_is_shown_and_not_run(page: SearchPage, typed: str) -> None:
    html = page.search(typed, FilterWords())
    assert "<script" not in html
    assert "<img" not in html


def test_filters_limit_and_are_shown(page: SearchPage) -> None:
    html = page.search("多文化共生", FilterWords(municipalities=("105244",)))
    assert "自治体: 大泉町" in html
    assert "館林市" not in html


def test_choices_carry_counts(page: SearchPage) -> None:
    choices = page.choices()
    assert ("大泉町　2か所", "105244") in choices.municipalities
    assert choices.fiscal_years[0] == ("令和6年度（2024）　2か所", "2024")


class Failing(Engine):
    """An engine that fails as it is told."""

    def __init__(self, engine: Engine, error: BaseException) -> None:
        self.__dict__.update(engine.__dict__)
        self._error = error

    def ask(self, typed: str, words: FilterWords | None = None, limit: int = 30) -> AskResult:
        raise self._error


class Panic(BaseException):
    """As tantivy's: no Exception."""


@pytest.mark.parametrize("error", [ValueError("secret /path"), sqlite3.OperationalError("x"), Panic("panic")])
def test_an_unforeseen_error_is_logged_and_told_plainly(
    small: Engine, error: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        html = SearchPage(Failing(small, error)).search("空き家", FilterWords())
    assert "もう一度お試しください" in html
    assert str(error) not in html
    assert caplog.records[0].exc_info is not None


def test_our_errors_are_told_in_their_own_words(small: Engine) -> None:
    html = SearchPage(Failing(small, IndexDamagedError("索引が壊れています: <x>。"))).search(
        "空き家", FilterWords()
    )
    assert "索引が壊れています: &lt;x&gt;。" in html


def test_an_empty_library_is_no_error(small: Engine, tmp_path: Path) -> None:
    analyzer = small.analyzer
    engine = Engine(
        Store.create(tmp_path),
        analyzer,
        StaticEncoder(analyzer=analyzer),
        MunicipalityTable.load(),
        audience=OPERATOR,
    )
    page = SearchPage(engine)
    for html in (page.start(), page.search("空き家", FilterWords())):
        assert "資料がまだありません" in html
        assert str(tmp_path) not in html
    assert page.choices().municipalities == ()


def test_a_passage_that_is_gone_is_told(page: SearchPage) -> None:
    html = page.source("105244-000000000000/0001")
    assert "もう一度検索してください" in html
    assert 'class="source"' in html


def test_only_a_source_that_is_shown_counts_as_opened(page: SearchPage, small: Engine) -> None:
    opened: list[str] = []
    held = next(one.passage_id for _, one in small.store.passages())
    for passage in ("105244-000000000000/0001", "no place", held):
        page.source(passage, opened=lambda passage=passage: opened.append(passage))  # type: ignore[misc]
    assert opened == [held]


def test_a_port_in_use_is_told_before_anything_is_served() -> None:
    from ui.server import AddressError, check_address

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(AddressError, match=f"ポート{port}は使用中です"):
            check_address("127.0.0.1", port)
    check_address("127.0.0.1", port)
    with pytest.raises(AddressError, match="--host"):
        check_address("no-such-host.invalid", port)


def fetched(url: str, path: str = "/") -> tuple[http.client.HTTPResponse, str]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 0, timeout=20)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip, br"})
        response = connection.getresponse()
        return response, response.read().decode("utf-8")
    finally:
        connection.close()


def test_the_page_is_japanese_and_closed(small_url: str) -> None:
    response, html = fetched(small_url)
    assert '<html\n\tlang="ja"' in html
    assert "しるべ — 自治体計画の検索" in html
    assert "og:" not in html
    assert "default-src 'self'" in (response.getheader("content-security-policy") or "")


def test_no_function_is_offered_to_other_programs(small_url: str) -> None:
    _, info = fetched(small_url, "/gradio_api/info")
    assert info.replace(" ", "") == '{"named_endpoints":{},"unnamed_endpoints":{}}'


def test_serving_does_not_load_torch() -> None:
    code = (
        "import sys; import ui.server, ui.library; "
        "print([name for name in ('torch', 'sentence_transformers', 'transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
