"""The basket: what two people do at once is both done, nothing is lost, and files carry the sources."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from docx import Document
from starlette.applications import Starlette
from starlette.testclient import TestClient

from corpus.access import NOBODY, OPERATOR, member
from corpus.errors import InputError
from corpus.user_data import USER_DATA_NAME, UserData
from qa.engine import Engine
from qa.engines import Engines
from tests.ui.seen import seen_by
from tests.ui.test_export_routes import place_of
from ui import basket_store
from ui.audit import AuditLog
from ui.basket_routes import basket_routes
from ui.basket_store import BOTH, BasketStore
from ui.cited_view import place_value
from ui.export_routes import export_routes
from ui.viewer import LOCAL, STRANGER, Role, Viewer

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning:starlette")]


@pytest.fixture
def store(tmp_path: Path) -> BasketStore:
    return BasketStore(tmp_path)


def places(store: BasketStore, basket_id: str) -> list[str]:
    return [one.place for one in store.read(basket_id).items]


def test_a_basket_is_made_when_something_is_put_in(store: BasketStore, tmp_path: Path) -> None:
    assert store.read("nobody").items == ()
    assert not UserData(tmp_path).path.exists()
    made = store.add("", "a/1")
    assert len(made.basket_id) > 20
    assert places(store, store.add(made.basket_id, "b/2").basket_id) == ["a/1", "b/2"]
    assert places(store, store.add(made.basket_id, "a/1").basket_id) == ["a/1", "b/2"]
    assert store.add("guessed", "c/3").basket_id != "guessed"


def test_what_is_taken_out_can_be_put_back_with_its_note(store: BasketStore) -> None:
    name = store.add("", "a/1").basket_id
    store.note(name, "a/1", "", "要確認")
    gone = store.remove(name, "a/1")
    assert (gone.items, [one.place for one in gone.removed]) == ((), ["a/1"])
    assert store.add(name, "a/1").items[0].note == "要確認"


def test_a_note_that_two_people_change_keeps_both_texts(store: BasketStore) -> None:
    name = store.add("", "a/1").basket_id
    assert store.note(name, "a/1", "", "一人目")[1] == ""
    basket, told = store.note(name, "a/1", "", "二人目")
    assert told == BOTH
    assert basket.items[0].note == "一人目\n二人目"
    with pytest.raises(InputError, match="字まで"):
        store.note(name, "a/1", basket.items[0].note, "長" * 9_999)
    assert store.read(name).items[0].note == "一人目\n二人目"


def test_what_many_do_at_once_is_all_done(store: BasketStore, tmp_path: Path) -> None:
    name = store.add("", "first").basket_id
    start = threading.Barrier(8)

    def person(number: int) -> Callable[[], None]:
        def act() -> None:
            own = BasketStore(tmp_path)
            start.wait()
            for at in range(6):
                own.add(name, f"{number}/{at}")
            own.remove(name, f"{number}/0")

        return act

    people = [threading.Thread(target=person(number)) for number in range(8)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    held = store.read(name)
    assert sorted(one.place for one in held.items) == sorted(
        ["first", *(f"{number}/{at}" for number in range(8) for at in range(1, 6))]
    )
    assert len(held.removed) == 8


def test_a_full_basket_says_so(store: BasketStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(basket_store, "MOST", 2)
    name = store.add("", "a/1").basket_id
    store.add(name, "a/2")
    with pytest.raises(InputError, match="要らないものを外す"):
        store.add(name, "a/3")


@pytest.fixture
def client(smalls: Engines) -> TestClient:
    return client_of(smalls, LOCAL)


def client_of(engines: Engines, viewer: Viewer) -> TestClient:
    routes = [*basket_routes(engines), *export_routes(engines, AuditLog(engines.library))]
    return TestClient(seen_by(viewer, Starlette(routes=routes)))


def act(client: TestClient, name: str, **sent: str) -> dict[str, str]:
    response = client.post(f"/basket/{name}", json=sent)
    assert response.status_code == 200, response.text
    told: dict[str, str] = response.json()
    return told


def test_the_page_puts_in_notes_and_exports(client: TestClient, small: Engine) -> None:
    place = place_of(small, "空き家")
    name = act(client, "add", basket="", place=place)["basket"]
    row = small.search("ふるさと納税の件数").hits[0].passage.passage_id
    act(client, "add", basket=name, place=row)
    act(client, "add", basket=name, place="105244-000000000000/0001|0|4")
    told = act(client, "note", basket=name, place=place, was="", note="=1+1 <b>")
    assert told["count"] == 3  # type: ignore[comparison-overlap]
    assert "空家バンクの登録を進めた" in told["html"]
    assert "今のライブラリで開けません" in told["html"]
    assert "&lt;b&gt;" in told["html"]

    word = Document(io.BytesIO(client.get(f"/export/basket.docx?basket={name}").content))
    notes = next(part for part in word.part.package.iter_parts() if "footnotes" in str(part.partname))
    assert notes.blob.decode("utf-8").count("出典（") == 2
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/export/basket.xlsx?basket={name}").content))
    assert [cell.value for cell in book.active[1]][:4] == ["番号", "自治体", "記述", "メモ"]
    assert "指標: ふるさと納税の件数" in book.active["C3"].value
    text = client.get(f"/export/basket.csv?basket={name}").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1][3] == "'=1+1 <b>"
    assert "空です" in client.get("/export/basket.docx?basket=none").text


def test_a_row_is_kept_as_it_was_quoted(client: TestClient, small: Engine) -> None:
    line = next(one for one in small.ask("館林市の令和元年度のふるさと納税の件数").answer.lines if one.cells)
    told = act(client, "add", basket="", place=place_value(line.citation, line.cells))
    assert line.said in told["html"]


def test_a_basket_is_its_owners_and_shows_only_what_they_may_still_see(smalls: Engines) -> None:
    place = place_of(smalls.of(OPERATOR), "空き家")
    insider = member(is_inside=True, groups=())
    owner = Viewer(name="hana", role=Role.READER, audience=insider)
    other = Viewer(name="taro", role=Role.READER, audience=insider)
    name = act(client_of(smalls, owner), "add", basket="", place=place)["basket"]
    shown = act(client_of(smalls, owner), "see", basket=name)["html"]
    assert "空家バンクの登録を進めた" in shown
    assert "作った本人だけ" in shown
    for viewer in (other, LOCAL):
        client = client_of(smalls, viewer)
        for sent in ("see", "remove", "note"):
            told = act(client, sent, basket=name, place=place, note="よそから")
            assert (str(told["count"]), "空家バンク" in told["html"]) == ("0", False)
        assert "空です" in client.get(f"/export/basket.csv?basket={name}").text
        assert act(client, "add", basket=name, place=place)["basket"] != name
    barred = Viewer(name="hana", role=Role.READER, audience=NOBODY)
    told = act(client_of(smalls, barred), "see", basket=name)
    assert "空家バンク" not in told["html"]
    assert "今のライブラリで開けません" in told["html"]
    assert "空家バンク" not in client_of(smalls, barred).get(f"/export/basket.csv?basket={name}").text
    assert "よそから" not in act(client_of(smalls, owner), "see", basket=name)["html"]


def test_baskets_of_before_there_were_owners_are_kept(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / USER_DATA_NAME)
    connection.executescript(
        "CREATE TABLE basket (basket_id TEXT PRIMARY KEY, made_at TEXT NOT NULL) STRICT;"
        "INSERT INTO basket VALUES ('old', '2026-11-01');"
    )
    connection.close()
    store = BasketStore(tmp_path)
    assert store.add("old", "a/1").basket_id == "old"
    assert places(store, "old") == ["a/1"]


def test_a_basket_without_an_owner_is_the_managers_until_it_is_given(smalls: Engines) -> None:
    place = place_of(smalls.of(OPERATOR), "空き家")
    name = act(client_of(smalls, LOCAL), "add", basket="", place=place)["basket"]
    act(client_of(smalls, LOCAL), "note", basket=name, place=place, was="", note="要確認")
    manager = Viewer(name="kanri", role=Role.ADMIN, audience=OPERATOR)
    reader = Viewer(name="hana", role=Role.READER, audience=member(is_inside=True, groups=()))
    for viewer in (reader, replace(reader, role=Role.EDITOR), STRANGER):
        client = client_of(smalls, viewer)
        for sent in ("see", "remove", "note"):
            told = act(client, sent, basket=name, place=place, was="要確認", note="よそから")
            assert (told["basket"], str(told["count"]), "空家バンク" in told["html"]) == (name, "0", False)
            assert "管理の役割の人だけが開けます" in told["html"]
            assert name in told["html"]
        assert "空です" in client.get(f"/export/basket.csv?basket={name}").text
        assert act(client, "add", basket=name, place=place)["basket"] != name
        assert client.post("/basket/adopt", json={"basket": name}).status_code == 422
    seen = act(client_of(smalls, manager), "see", basket=name)["html"]
    assert "空家バンクの登録を進めた" in seen
    assert "要確認" in seen
    assert "give-basket" in seen
    store = BasketStore(smalls.library)
    assert [(one.basket_id, one.count) for one in store.ownerless() if one.basket_id == name] == [(name, 1)]
    store.give(name, "hana")
    assert "要確認" in act(client_of(smalls, reader), "see", basket=name)["html"]
    for viewer in (manager, LOCAL):
        assert act(client_of(smalls, viewer), "see", basket=name)["count"] == 0  # type: ignore[comparison-overlap]
    assert name not in {one.basket_id for one in store.ownerless()}
    with pytest.raises(InputError, match="持ち主のいない"):
        store.give(name, "taro")


def test_who_manages_can_take_a_basket_without_an_owner(smalls: Engines) -> None:
    place = place_of(smalls.of(OPERATOR), "空き家")
    name = act(client_of(smalls, LOCAL), "add", basket="", place=place)["basket"]
    manager = Viewer(name="kanri", role=Role.ADMIN, audience=OPERATOR)
    told = act(client_of(smalls, manager), "adopt", basket=name)
    assert told["said"] == "自分のかごにしました。"
    assert "空家バンクの登録を進めた" in told["html"]
    assert act(client_of(smalls, LOCAL), "see", basket=name)["count"] == 0  # type: ignore[comparison-overlap]
    assert client_of(smalls, LOCAL).post("/basket/adopt", json={"basket": name}).status_code == 422


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("text/plain", json.dumps({"basket": "", "place": "a"})),
        ("application/json", "x"),
        ("application/json", "[]"),
        ("application/json", json.dumps({"place": 1})),
        ("application/json", json.dumps({"note": "あ" * 9_000})),
    ],
)
def test_what_another_site_or_nobody_sends_is_refused(client: TestClient, media_type: str, body: str) -> None:
    response = client.post("/basket/add", content=body, headers={"content-type": media_type})
    assert response.status_code == 422
    assert client.post("/basket/burn", json={}).status_code == 422
