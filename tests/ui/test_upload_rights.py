"""Whose uploads and documents a person sees and changes at the 資料 tab."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus.access import INTERNAL, PUBLIC, Access
from corpus.municipality import MunicipalityTable
from corpus.sample_corpus import sample_municipalities
from corpus.store import Store
from corpus.store_reader import StoreReader
from corpus.user_data import USER_DATA_NAME
from tests.ui.test_accounts import SECRET
from tests.ui.test_upload_desk import PLAN, settled, upload
from ui.accounts import Accounts
from ui.basket_store import BasketStore
from ui.cli import app
from ui.intake import ingest, set_access
from ui.jobs_entry import STILL_PUBLISHED
from ui.published_folder import publish_to_folder
from ui.upload_desk import UploadDesk, UploadRoom
from ui.upload_job import JobState, UploadJob
from ui.viewer import Role, Viewer


class Desks:
    """A library with a limited document, and the desks of four people."""

    def __init__(self, folder: Path) -> None:
        self.library, self.received = folder / "library", folder / "received"
        self.received.mkdir()
        plan = folder / "案.txt"
        plan.write_text(PLAN, encoding="utf-8")
        ingest(self.library, [plan])
        self.accounts = Accounts(self.library)
        self.accounts.add_group("人事課")
        self.accounts.add("tanaka", SECRET, Role.EDITOR, groups=("人事課",))
        self.accounts.add("suzuki", SECRET, Role.EDITOR)
        self.accounts.add("sato", SECRET, Role.READER, groups=("人事課",))
        self.accounts.add("kanri", SECRET, Role.ADMIN)
        (self.document,) = [one.document_id for one in self.store.documents()]
        set_access(
            self.library, [self.document], Access.limited_to(["人事課"]), self.viewer("kanri").audience
        )
        table = MunicipalityTable.load(sample_municipalities())
        self.room = UploadRoom(self.library, table, self.received)

    @property
    def store(self) -> StoreReader:
        return Store.open(self.library).reader

    def viewer(self, name: str) -> Viewer:
        account = self.accounts.get(name)
        assert account is not None
        return account.viewer

    def of(self, name: str) -> UploadDesk:
        return UploadDesk(self.room, self.viewer(name))

    def taken_in(self, name: str, file: str, text: str, access: str) -> UploadJob:
        """What comes of an upload whose access is chosen."""
        desk = self.of(name)
        upload(desk, self.received, {file: text.encode()})
        job = settled(desk)
        assert job.state is JobState.ASKING
        rows = json.dumps(
            [{"row": 0, "take": True, "values": {"municipality": "月見浦市", "access": access}}]
        )
        desk.act({"act": "begin", "job": job.job_id, "rows": rows})
        return settled(desk)


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


def test_documents_and_choices_are_those_of_the_person(desks: Desks) -> None:
    assert "案.txt" in desks.of("tanaka").documents()
    assert desks.of("suzuki").documents() == ""
    shown = desks.of("sato").documents()
    assert "案.txt" in shown
    assert "人事課" in shown
    assert "data-act" not in shown
    assert "open-to" in desks.of("tanaka").documents()


@pytest.mark.parametrize("name", ["suzuki", "sato"])
def test_who_may_not_changes_nothing(desks: Desks, name: str) -> None:
    for act in ("remove", "open-to"):
        desks.of(name).act({"act": act, "value": desks.document, "access": "公開"})
    assert desks.room.uploads.all() == []
    assert desks.store.access_of(desks.document) == Access.limited_to(["人事課"])


def test_uploads_are_their_owners_and_the_managers(desks: Desks) -> None:
    job = desks.taken_in("tanaka", "内部.txt", PLAN + "追記。\n", "庁内")
    assert [row.outcome for row in job.rows] == ["added"]
    assert "内部.txt" in desks.of("tanaka").running()
    assert "内部.txt" in desks.of("kanri").running()
    assert desks.of("suzuki").running() == ""
    desks.of("suzuki").act({"act": "drop", "job": job.job_id})
    assert desks.room.uploads.get(job.job_id) is not None
    desks.of("tanaka").act({"act": "drop", "job": job.job_id})
    assert desks.room.uploads.get(job.job_id) is None


def test_who_gets_a_removed_accounts_name_finds_nothing_of_it(desks: Desks) -> None:
    job = desks.taken_in("tanaka", "内部.txt", PLAN + "追記。\n", "人事課")
    baskets = BasketStore(desks.library)
    kept = baskets.add("", f"{desks.document}/0001|0|3", desks.viewer("tanaka"))
    removed = CliRunner().invoke(app, ["--data", str(desks.library), "users", "remove", "tanaka"])
    assert "資料かごが1個" in removed.stdout
    desks.accounts.add("tanaka", SECRET, Role.READER, is_inside=False)
    assert "内部.txt" not in desks.of("tanaka").running()
    assert desks.of("tanaka").jobs() == []
    assert baskets.read(kept.basket_id, desks.viewer("tanaka")).items == ()
    assert [one.job_id for one in desks.of("kanri").jobs()] == [job.job_id]
    assert [(one.basket_id, one.count) for one in baskets.ownerless()] == [(kept.basket_id, 1)]


def test_removing_an_account_makes_no_file_of_baskets(desks: Desks) -> None:
    result = CliRunner().invoke(app, ["--data", str(desks.library), "users", "remove", "tanaka"])
    assert "資料かご" not in result.stdout
    assert not (desks.library / USER_DATA_NAME).exists()


def test_the_bytes_of_a_hidden_document_neither_replace_nor_name_it(desks: Desks) -> None:
    job = desks.taken_in("suzuki", "別の名前.txt", PLAN, "公開")
    (row,) = job.rows
    assert "管理の役割の人に相談" in row.error
    assert "案.txt" not in row.error + row.note
    assert desks.store.access_of(desks.document) == Access.limited_to(["人事課"])
    assert desks.store.unread_files() == []


def test_documents_of_one_name_and_two_accesses_stand_beside_one_another(desks: Desks) -> None:
    desks.taken_in("suzuki", "計画.txt", PLAN + "一。\n", "庁内")
    desks.taken_in("tanaka", "計画.txt", PLAN + "二。\n", "公開")
    found = {one.source: desks.store.access_of(one.document_id) for one in desks.store.documents()}
    held = [desks.store.access_of(one.document_id) for one in desks.store.documents()]
    assert set(found) == {"案.txt", "計画.txt"}
    assert {PUBLIC, INTERNAL} <= set(held)


def test_rights_are_those_at_the_time_of_the_work(desks: Desks) -> None:
    desk = desks.of("tanaka")
    desks.accounts.change("tanaka", role=Role.READER)
    desk.act({"act": "remove", "value": desks.document})
    job = settled(desk)
    assert job.state is JobState.FAILED
    assert "変更できません" in job.message
    assert desks.store.document(desks.document) is not None


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a right of their own on Windows")
def test_who_limits_a_document_that_was_published_is_told(desks: Desks, tmp_path: Path) -> None:
    desk = desks.of("tanaka")
    set_access(desks.library, [desks.document], PUBLIC, desks.viewer("kanri").audience)
    publish_to_folder(desks.library, tmp_path / "published")
    desk.act({"act": "open-to", "value": desks.document, "access": "庁内"})
    job = settled(desk)
    assert (job.state, job.message) == (JobState.DONE, STILL_PUBLISHED)
    assert "公開先のフォルダーにまだ出ています" in desk.running()
    assert str(tmp_path) not in desk.running()
    publish_to_folder(desks.library, tmp_path / "published")
    desk.act({"act": "drop", "job": job.job_id})
    desk.act({"act": "open-to", "value": desks.document, "access": "人事課"})
    assert settled(desk).message == ""
