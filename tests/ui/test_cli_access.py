"""The commands about who may see what, run as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpus.access import INTERNAL, OPERATOR, PUBLIC, Access, member
from corpus.errors import AccessError, LibraryMissingError
from corpus.store import Store
from tests.ui.test_accounts import SECRET
from ui.accounts import Accounts
from ui.cli import app
from ui.intake import ingest, remove, set_access
from ui.library import open_engines
from ui.server import check_accounts
from ui.viewer import Role

TEXT = "月見浦市 相談窓口の指針\n\n第1章 現状\n\n相談窓口の多言語化を進める。\n"


def run(library: Path, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["--data", str(library), *arguments], input=typed, catch_exceptions=False)


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "資料"
    folder.mkdir()
    (folder / "指針.txt").write_text(TEXT, encoding="utf-8")
    (folder / "内部案.txt").write_text(TEXT.replace("指針", "内部案"), encoding="utf-8")
    manifest = "file,municipality,access\n内部案.txt,月見浦市,庁内\n指針.txt,月見浦市,\n"
    (folder / "manifest.csv").write_text(manifest, encoding="utf-8")
    return folder


def test_accounts_are_added_listed_changed_and_removed(tmp_path: Path) -> None:
    library = tmp_path / "library"
    assert "人事課" in run(library, "users", "group", "人事課").output
    added = ("users", "add", "tanaka", "--role", "登録", "--group", "人事課")
    assert run(library, *added, typed=f"{SECRET}\n{SECRET}\n").exit_code == 0
    assert run(library, "users", "add", "soto", "--outside", "--password-stdin", typed=SECRET).exit_code == 0
    listed = json.loads(run(library, "users", "list", "--json").output)
    assert listed["groups"] == ["人事課"]
    assert [(one["name"], one["role"], one["inside"], one["groups"]) for one in listed["users"]] == [
        ("soto", "閲覧", False, []),
        ("tanaka", "登録", True, ["人事課"]),
    ]
    assert SECRET not in json.dumps(listed)
    assert "管理" in run(library, "users", "change", "tanaka", "--role", "管理", "--no-groups").output
    assert run(library, "users", "passwd", "tanaka", "--password-stdin", typed=SECRET + "2").exit_code == 0
    assert run(library, "users", "token", "tanaka").stdout.startswith("shirube_")
    assert run(library, "users", "remove", "tanaka").exit_code == 0
    assert [one.name for one in Accounts(library).all()] == ["soto"]


def test_the_manifest_and_the_option_say_who_may_see(plans: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    ingest(library, [plans])
    held = {one.source: one.document_id for one in Store.open(library).reader.documents()}
    reader = Store.open(library).reader
    assert reader.access_of(held["内部案.txt"]) == INTERNAL
    assert reader.access_of(held["指針.txt"]) == PUBLIC
    with pytest.raises(AccessError, match="人事課"):
        run(library, "ingest", str(plans), "--access", "人事課")
    run(library, "users", "group", "人事課")
    told = run(library, "ingest", str(plans), "--access", "人事課").output
    assert "公開範囲を「公開」から「人事課」に変えました" in told
    assert reader.access_of(held["指針.txt"]) == Access.limited_to(["人事課"])
    assert reader.access_of(held["内部案.txt"]) == INTERNAL  # the manifest goes before the option


def test_a_changed_file_keeps_its_access(plans: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    ingest(library, [plans], access=INTERNAL)
    (plans / "指針.txt").write_text(TEXT + "追記した。\n", encoding="utf-8")
    ingest(library, [plans])
    store = Store.open(library).reader
    assert {one.document_id for one in store.documents()} == set(store.accesses())
    assert set(store.accesses().values()) == {INTERNAL.key}


def test_a_changed_access_holds_for_answers_at_once(plans: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    ingest(library, [plans])
    outsider = open_engines(library).of(member(is_inside=False, groups=()))
    assert {hit.document.source for hit in outsider.search("相談窓口").hits} == {"指針.txt"}
    (public,) = [one.document_id for one in outsider.store.documents()]
    told = run(library, "access", "set", "庁内", public)
    assert "1件の公開範囲を「庁内」にしました" in told.output
    assert outsider.search("相談窓口").hits == ()
    assert outsider.search("相談窓口").searched.documents == 0
    assert "庁内" in run(library, "access", "list").output
    listed = json.loads(run(library, "access", "list", "--json").output)["documents"]
    assert {one["access"] for one in listed} == {"庁内"}


def test_a_group_in_use_is_not_removed(plans: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    run(library, "users", "group", "人事課")
    ingest(library, [plans], access=Access.limited_to(["人事課"]))
    with pytest.raises(AccessError, match="1件"):
        run(library, "users", "group", "人事課", "--remove")
    for document_id in Store.open(library).reader.accesses():
        run(library, "access", "set", "公開", document_id)
    assert run(library, "users", "group", "人事課", "--remove").exit_code == 0


def test_nobody_changes_what_they_may_not_see(plans: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    ingest(library, [plans], access=Access.limited_to(["人事課"]))
    store = Store.open(library).reader
    before = store.accesses()
    (limited,) = [key for key, access in before.items() if access != INTERNAL.key]
    staff = member(is_inside=True, groups=())
    with pytest.raises(Exception, match="その番号の文書はありません"):
        set_access(library, [limited], PUBLIC, staff)
    with pytest.raises(Exception, match="その番号の文書はありません"):
        remove(library, limited, staff)
    with pytest.raises(AccessError, match="権限"):
        set_access(library, [], Access.limited_to(["人事課"]), staff)
    assert store.accesses() == before
    remove(library, limited, OPERATOR)
    assert limited not in store.accesses()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "shirube.example"])
def test_serving_others_is_refused_without_accounts(tmp_path: Path, host: str) -> None:
    with pytest.raises(AccessError, match="shirube users add"):
        check_accounts(tmp_path, host)
    for own in ("127.0.0.1", "::1", "localhost"):
        check_accounts(tmp_path, own)
    Accounts(tmp_path).add("tanaka", SECRET, Role.ADMIN)
    check_accounts(tmp_path, host)


@pytest.mark.parametrize(
    "arguments",
    [
        ("users", "list"),
        ("users", "passwd", "tanaka", "--password-stdin"),
        ("users", "change", "tanaka", "--role", "管理"),
        ("users", "remove", "tanaka"),
        ("users", "group", "--remove", "人事課"),
        ("users", "token", "tanaka"),
        ("users", "baskets"),
        ("users", "give-basket", "1", "tanaka"),
        ("access", "list"),
        ("access", "set", "公開", "990019-7466f0bd2ddb"),
        ("audit",),
    ],
)
def test_a_place_without_a_library_is_told_and_stays_as_it_is(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    library = tmp_path / "mistyped"
    with pytest.raises(LibraryMissingError, match="mistyped"):
        run(library, *arguments, typed=SECRET)
    assert not library.exists()
