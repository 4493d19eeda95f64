"""Uploads without a browser: what is kept, asked, checked and done, whatever is sent."""

from __future__ import annotations

import json
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.municipality import MunicipalityTable
from corpus.sample_corpus import sample_municipalities
from corpus.store import Store
from tests.ingest.made_files import as_docx
from ui.upload_desk import UploadDesk, UploadRoom
from ui.upload_job import Asked, JobState, UploadJob, UploadRow
from ui.upload_store import UploadStore
from ui.upload_view import asking_html, running_html
from ui.viewer import LOCAL

PLAN = "月見浦市 相談窓口の指針\n\n第1章 現状\n\n相談窓口の多言語化を進める。\n"
NASTY = "<script>alert(1)<script>.txt"


@pytest.fixture
def received(tmp_path: Path) -> Path:
    folder = tmp_path / "received"
    folder.mkdir()
    return folder


@pytest.fixture
def desk(tmp_path: Path, received: Path) -> UploadDesk:
    Store.create(tmp_path / "library")
    table = MunicipalityTable.load(sample_municipalities())
    return UploadDesk(UploadRoom(tmp_path / "library", table, received), LOCAL)


def upload(desk: UploadDesk, received: Path, files: dict[str, bytes]) -> None:
    sent = []
    for number, (name, data) in enumerate(files.items()):
        path = received / f"{number}.bin"
        path.write_bytes(data)
        sent.append({"path": str(path), "name": name})
    desk.act({"act": "uploaded", "files": json.dumps(sent)})


def settled(desk: UploadDesk, seconds: float = 120) -> UploadJob:
    """The last job once it changes no more by itself."""
    end = time.monotonic() + seconds
    while desk.is_live():
        assert time.monotonic() < end
        time.sleep(0.1)
    return desk.uploads.all()[-1]


def test_an_upload_is_asked_about_confirmed_and_taken_in(
    desk: UploadDesk, received: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "plans.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("白樺野町/令和5年度計画.txt", PLAN.replace("月見浦市 ", ""))
        made.writestr("壊れた.docx", b"no document")
    files = {
        "指針R6.docx": as_docx(PLAN),
        "メモ.txt": "道路を直す。\n".encode(),
        "資料.zip": archive.read_bytes(),
    }
    upload(desk, received, files)
    assert list(received.iterdir()) == []
    job = settled(desk)
    assert job.state is JobState.ASKING
    assert [row.place for row in job.rows] == [
        "指針R6.docx",
        "メモ.txt",
        "資料/白樺野町/令和5年度計画.txt",
        "資料/壊れた.docx",
    ]
    guide, memo, plan, broken = job.rows
    assert guide.asked["municipality"] == Asked(value="みほん県月見浦市", source="本文の冒頭", is_sure=True)
    assert (guide.value("fiscal_year"), guide.asked["fiscal_year"].is_sure) == ("令和6年度", False)
    assert memo.value("municipality") == ""
    assert (plan.value("municipality"), plan.value("fiscal_year")) == ("みほん県白樺野町", "令和5年度")
    assert plan.asked["municipality"].source == "フォルダーの名前"
    assert "Word" in broken.error or "読み取" in broken.error or "中身" in broken.error
    assert Store.open(tmp_path / "library").reader.documents() == []

    desk.act({"act": "begin", "job": job.job_id, "rows": "[]"})
    job = desk.uploads.all()[-1]
    assert job.state is JobState.ASKING
    assert "どの自治体" in job.rows[1].asked["municipality"].problem

    typed = [{"row": 1, "take": True, "values": {"municipality": "月見浦市", "fiscal_year": "R4"}}]
    desk.act({"act": "begin", "job": job.job_id, "rows": json.dumps(typed)})
    job = settled(desk)
    assert job.state is JobState.DONE
    assert [row.outcome for row in job.rows] == ["added", "added", "added", ""]
    held = Store.open(tmp_path / "library").reader.documents()
    assert {(one.source, one.municipality, one.fiscal_year) for one in held} == {
        ("指針R6.docx", "月見浦市", 2024),
        ("メモ.txt", "月見浦市", 2022),
        ("令和5年度計画.txt", "白樺野町", 2023),
    }
    assert [path.name for path in desk.uploads.folder(job.job_id).iterdir()] == ["job.json"]


def test_the_same_name_again_replaces_and_says_so_before(
    desk: UploadDesk, received: Path, tmp_path: Path
) -> None:
    for text in (PLAN, PLAN + "追記した。\n"):
        upload(desk, received, {"指針.txt": text.encode()})
        job = settled(desk)
        desk.act({"act": "begin", "job": job.job_id, "rows": "[]"})
        job = settled(desk)
    assert [row.outcome for row in job.rows] == ["replaced"]
    assert "差し替え" in job.rows[0].note
    (document,) = Store.open(tmp_path / "library").reader.documents()
    assert "追記した" in (Store.open(tmp_path / "library").reader.document_text(document.document_id) or "")

    desk.act({"act": "remove", "value": document.document_id})
    desk.act({"act": "remove", "value": document.document_id})
    assert settled(desk).state is JobState.DONE
    assert Store.open(tmp_path / "library").reader.documents() == []
    assert sum(bool(job.removes) for job in desk.uploads.all()) == 1


def test_a_job_under_way_is_taken_up_by_the_next_server(
    desk: UploadDesk, received: Path, tmp_path: Path
) -> None:
    upload(desk, received, {"指針.txt": PLAN.encode()})
    job = settled(desk)
    desk.room.close()
    desk.act({"act": "begin", "job": job.job_id, "rows": "[]"})
    assert desk.uploads.all()[-1].state is JobState.WAITING
    table = MunicipalityTable.load(sample_municipalities())
    room = UploadRoom(tmp_path / "library", table, received)
    after = UploadDesk(room, LOCAL)
    room.start()
    assert settled(after).state is JobState.DONE
    assert len(Store.open(tmp_path / "library").reader.documents()) == 1


SENT = [
    None,
    "text",
    {"act": "no such"},
    {"act": "uploaded"},
    {"act": "uploaded", "files": [1, {"path": "/etc/passwd", "name": "a.txt"}]},
    {"act": "uploaded", "files": [{"path": "../job.json", "name": "a.txt"}]},
    {"act": "uploaded", "files": "{broken"},
    {"act": "begin", "job": "../..", "rows": "[]"},
    {"act": "drop", "job": ".."},
    {"act": "edit", "job": "x", "rows": [{"row": 10**9}]},
    {"act": "remove", "value": "' OR 1=1"},
]


@pytest.mark.parametrize("sent", SENT)
def test_what_makes_no_sense_is_left_undone(desk: UploadDesk, tmp_path: Path, sent: object) -> None:
    desk.act(sent)
    assert desk.uploads.all() == []
    assert (tmp_path / "library" / "library.sqlite3").is_file()


def test_only_files_that_the_server_received_and_that_can_be_read_are_taken(
    desk: UploadDesk, received: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text("secret")
    (received / "link.txt").symlink_to(outside)
    (received / "a.exe").write_bytes(b"MZ")
    files = [
        {"path": str(outside), "name": "a.txt"},
        {"path": str(received / "link.txt"), "name": "a.txt"},
        {"path": str(received / ".." / "secret.txt"), "name": "a.txt"},
        {"path": str(received / "a.exe"), "name": "a.exe"},
    ]
    desk.act({"act": "uploaded", "files": files})
    assert desk.uploads.all() == []
    assert outside.read_text() == "secret"


@pytest.mark.parametrize(
    ("name", "kept"), [("../../a.txt", "a.txt"), ("C:\\x\\b.txt", "b.txt"), ("/etc/c.txt", "c.txt")]
)
def test_a_name_from_a_browser_is_never_a_path(
    tmp_path: Path, received: Path, desk: UploadDesk, name: str, kept: str
) -> None:
    upload(desk, received, {name: PLAN.encode()})
    job = settled(desk)
    assert [(row.place, row.stored) for row in job.rows] == [(kept, "0001.txt")]


def test_names_and_values_are_escaped_on_the_page() -> None:
    nasty = Asked(value='"><img src=x onerror=alert(2)>', source="<b>")
    row = UploadRow(place=f"<i>/{NASTY}", stored="1.txt", asked={"municipality": nasty}, error="")
    asking = UploadJob(job_id='"><script>', state=JobState.ASKING, rows=(row,))
    done = UploadJob(job_id="a", state=JobState.DONE, rows=(row,), removes_title="<u>", message="<u>")
    for html in (asking_html([asking]), running_html([done])):
        assert "<script" not in html
        assert "<img" not in html
        assert "<b>" not in html
        assert "&lt;script&gt;" in html


def test_a_job_is_read_back_as_it_was_written_and_a_damaged_one_is_passed_over(tmp_path: Path) -> None:
    uploads = UploadStore(tmp_path)
    file = tmp_path / "a.bin"
    file.write_bytes(b"x")
    job = uploads.add([(file, "計画.pdf")])
    row = UploadRow(
        place="計画.pdf",
        stored="0001.pdf",
        asked={"title": Asked(value="計画")},
        warnings=("注意",),
        member=3,
    )
    changed = uploads.change(job.job_id, lambda one: replace(one, rows=(row,)))
    assert uploads.get(job.job_id) == changed
    (uploads.folder(job.job_id) / "job.json").write_text('{"job_id": 1}')
    assert uploads.all() == []
