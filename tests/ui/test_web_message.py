"""What is told over HTTP of a library that cannot be used: no folder of the server, in no way of asking."""

from __future__ import annotations

import ast
import logging
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from corpus.access import OPERATOR
from corpus.errors import LibraryError, QuestionError
from corpus.store import STORE_NAME
from qa.engines import Engines
from qa.filter_words import FilterWords
from tests.ui.conftest import ROOT
from tests.ui.seen import seen_by
from tests.ui.small_library import small_engines
from ui.api import build_api
from ui.audit import AuditLog
from ui.basket_routes import basket_routes
from ui.compare_page import ComparePage
from ui.draft_routes import draft_routes
from ui.export_routes import export_routes
from ui.hierarchy_tab import HierarchyPage
from ui.indicator_page import IndicatorPage, IndicatorsAsked
from ui.library import open_engines
from ui.mcp import mcp_routes
from ui.original_routes import original_routes
from ui.page_work import guarded
from ui.peers_routes import peers_routes
from ui.search_page import SearchPage
from ui.track_page import TrackPage
from ui.track_routes import track_routes
from ui.viewer import LOCAL
from ui.web_message import web_message

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning:starlette")]
SECRET = "極秘 人事課（案）"
"""In the names of the folders above the library; the blank and the brackets are as people have them."""


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("ライブラリがありません: /srv/人事 課/library。名前を確かめてください。",
         "ライブラリがありません: library。名前を確かめてください。"),
        ("書き込めません: /srv/a（案）/library（[Errno 13] Permission denied: '/srv/a（案）/library/x'）。",
         "書き込めません: library（[Errno 13] Permission denied: 'x'）。"),
        (r"開けません: C:\Users\田中 太郎\library（壊れています）。復元してください。",
         "開けません: library（壊れています）。復元してください。"),
        (r"開けません: \\fileserver\人事\library。", "開けません: library。"),
        ("元のライブラリは /srv/x/library.old にあります。", "元のライブラリは library.old にあります。"),
        ("自治体の表「/etc/shirube/towns.csv」を読めません。", "自治体の表「towns.csv」を読めません。"),
        ("ライブラリがありません: /data。", "ライブラリがありません: data。"),
        ("一つ目: /a/b。二つ目: /c/d（/e/f）。", "一つ目: b。二つ目: f）。"),
        ("令和6/7年度と「と/か」、1/2 は読めません。", "令和6/7年度と「と/か」、1/2 は読めません。"),
        ("http://127.0.0.1:8000/v1 につながりません。", "http://127.0.0.1:8000/v1 につながりません。"),
        ("質問が長すぎます。短くしてください。", "質問が長すぎます。短くしてください。"),
    ],
)  # fmt: skip
def test_a_message_keeps_what_and_what_to_do_and_no_folder(told: str, expected: str) -> None:
    assert web_message(LibraryError(told)) == expected


NAMES = st.text(
    st.characters(codec="utf-8", exclude_characters="/\\:。'\"\n\r\x00", exclude_categories=["C", "Z"]),
    min_size=3,
    max_size=12,
).map(lambda name: f"秘{name[:1]} {name[1:]}")


@given(st.lists(NAMES, min_size=2, max_size=5), st.booleans())
def test_no_folder_above_the_last_is_told_whatever_its_name(names: list[str], windows: bool) -> None:
    path = str(PureWindowsPath("C:\\", *names)) if windows else f"/{'/'.join(names)}"
    error = PermissionError(13, "Permission denied", f"{path}/x")
    for told in (f"書き込めません: {path}。", f"書き込めません: {path}（{error}）。確かめてください。"):
        shown = web_message(told)
        assert not re.search(r"[A-Za-z]:\\|(?<![<])/", shown)
        assert all(name not in shown.replace(names[-1], "") for name in names[:-1] if name not in names[-1])


def test_the_log_keeps_the_folder_and_no_question(caplog: pytest.LogCaptureFixture) -> None:
    def lost() -> str:
        raise LibraryError("ライブラリがありません: /srv/人事課/library。")

    def asked() -> str:
        raise QuestionError("質問を読めません: 秘密の質問。")

    with caplog.at_level(logging.WARNING):
        assert guarded(lost, lambda why: why) == "ライブラリがありません: library。"
        assert guarded(asked, lambda why: why) == "質問を読めません: 秘密の質問。"
    assert "/srv/人事課/library" in caplog.text
    assert "秘密の質問" not in caplog.text


def _gone(folder: Path) -> None:
    (folder / STORE_NAME).unlink()


def _no_database(folder: Path) -> None:
    (folder / STORE_NAME).write_bytes(b"x" * 9_000)


def _newer(folder: Path) -> None:
    with closing(sqlite3.connect(folder / STORE_NAME)) as connection:
        connection.execute("UPDATE meta SET value = '9999' WHERE key = 'schema_version'")
        connection.commit()


def _no_index(folder: Path) -> None:
    shutil.rmtree(folder / "index")


def _changed_index(folder: Path) -> None:
    for path in (folder / "index").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1] + b"?")


def _no_records(folder: Path) -> None:
    (folder / "user_data.sqlite3").write_bytes(b"x" * 9_000)


def _asked(engines: Engines) -> Iterator[tuple[str, str]]:
    """All that is told, by the way on which it was asked."""
    audit, words, engine = AuditLog(engines.library), FilterWords(), engines.of(OPERATOR)
    page = SearchPage(engine)
    yield "start", page.start()
    yield "search", page.search("多文化共生の取組", words)
    yield "source", page.source("x/0002|0|3")
    yield "compare", ComparePage(engine).compare("多文化共生", words)
    yield "track", TrackPage(engine).track("多文化共生", words)
    yield "tree", HierarchyPage(engine).tree(words)
    yield "indicators", IndicatorPage(engine).show(IndicatorsAsked(text="ふるさと納税"))[0]
    routes = [
        *original_routes(engines, audit),
        *export_routes(engines, audit),
        *draft_routes(engines, audit),
        *track_routes(engines.library, audit),
        *peers_routes(engines),
        *basket_routes(engines),
        *mcp_routes(engines, audit, {"SHIRUBE_API": "on"}),
    ]
    app = Starlette(routes=routes)
    app.mount("/api", build_api(engines, audit))
    client = TestClient(seen_by(LOCAL, app), raise_server_exceptions=False)
    for name in ("search", "ask", "compare", "indicators"):
        yield f"api {name}", client.get(f"/api/{name}", params={"q": "多文化共生"}).text
        call = {"name": name, "arguments": {"query": "多文化共生"}}
        sent = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        yield f"mcp {name}", client.post("/mcp", json=sent).text
    for place in ("/export/compare.csv?theme=x", "/export/indicators.xlsx?theme=x", "/original/x"):
        yield place, client.get(place).text
    yield "picture", client.get("/view/x/page/1.png").text
    yield "draft", client.post("/export/draft.docx", json={"text": "案[1]", "sources": ["x/0002|0|3"]}).text
    yield "basket", client.post("/basket/add", json={"basket": "", "place": "x/0002|0|3"}).text
    sent = {"earlier": "x/0002|0|3", "later": "y/0002|0|3", "same": "yes"}
    yield "link", client.post("/track/link", json=sent).text


@pytest.mark.parametrize("broken", [_gone, _no_database, _newer, _no_index, _changed_index, _no_records])
def test_no_way_of_asking_tells_where_the_library_lies(
    broken: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.store.BUSY_SECONDS", 0.05)
    folder = tmp_path / SECRET / "library"
    small_engines(folder)
    engines = open_engines(folder)
    broken(folder)
    told = dict(_asked(engines))
    assert any("ません" in text for text in told.values())
    assert not (broken is _gone and (folder / STORE_NAME).exists())
    for way, text in told.items():
        assert "Internal Server Error" not in text, way
        assert "極秘" not in text, way
        assert "人事課" not in text, way
        assert str(tmp_path) not in text, way


def test_no_module_of_the_page_tells_an_error_as_it_is() -> None:
    """Commands may, and what reports to them or to the server (``ui.jobs``), which passes it on."""
    commands = re.compile(r"cli|care_|doctor|published_|library\.py|jobs_entry\.py")
    found = [
        f"{path.name}:{node.lineno}"
        for path in sorted((ROOT / "ui").glob("*.py"))
        if not commands.match(path.name)
        for node in _bare_errors(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def _bare_errors(tree: ast.AST) -> Iterator[ast.expr]:
    """Where a caught error becomes text otherwise than in another error's message or the log."""
    for handler in ast.walk(tree):
        if not isinstance(handler, ast.ExceptHandler) or handler.name is None:
            continue
        raised = {
            id(one) for node in ast.walk(handler) if isinstance(node, ast.Raise) for one in ast.walk(node)
        }
        for node in ast.walk(handler):
            is_text = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "str"
            ) or isinstance(node, ast.FormattedValue)
            inner = node.args[0] if isinstance(node, ast.Call) and node.args else getattr(node, "value", None)
            if (
                is_text
                and isinstance(inner, ast.Name)
                and inner.id == handler.name
                and id(node) not in raised
            ):
                assert isinstance(node, ast.expr)
                yield node
