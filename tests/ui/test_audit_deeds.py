"""Which deeds of commands, of the 資料 tab and of the routes beside the page the audit log holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from typer.testing import CliRunner

from corpus.access import PUBLIC, Access, member
from corpus.municipality import MunicipalityTable
from corpus.sample_corpus import sample_municipalities
from corpus.store import Store
from corpus.unread import UnreadFile
from index.static_encoder import StaticEncoder
from index.terms import TermAnalyzer
from qa.engines import Engines
from tests.ui.seen import seen_by
from tests.ui.test_accounts import SECRET
from tests.ui.test_upload_desk import PLAN, settled, upload
from tests.ui.test_upload_rights import Desks, desks
from tests.ui.viewer_files import REPORT_NAME
from ui.accounts import Accounts
from ui.audit import Act, AuditLog
from ui.cli import app
from ui.draft_routes import draft_routes
from ui.original_routes import original_routes
from ui.viewer import Role, Viewer

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning:starlette")]
__all__ = ["desks"]
READER = Viewer(name="sato", role=Role.READER, audience=member(is_inside=True, groups=()))


def test_commands_that_change_documents_are_noted_where_there_are_accounts(tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["--data", str(tmp_path / "library"), *arguments])
        assert result.exit_code == 0, result.output
        return result.stdout

    plan = tmp_path / "指針.txt"
    plan.write_text(PLAN, encoding="utf-8")
    run("ingest", str(plan))
    assert run("audit") == ""
    Accounts(tmp_path / "library").add("tanaka", SECRET, Role.ADMIN)
    (document,) = json.loads(run("documents", "--json"))["documents"]
    run("ingest", str(plan))
    run("remove", document["document_id"])
    run("ingest", str(plan))
    run("users", "token", "tanaka", "--end")
    noted = [json.loads(line) for line in run("audit").splitlines()]
    assert [(one["act"], one["what"]) for one in noted] == [
        ("remove", document["document_id"]),
        ("add", f"{document['document_id']} 指針.txt"),
        ("accounts", "token --end tanaka"),
    ]
    assert all(one["who"].startswith("(") for one in noted)


def test_a_page_that_is_looked_at_is_noted_and_one_that_is_not_given_is_not(
    originals_library: Path, tmp_path: Path
) -> None:
    documents = Store.open(originals_library).reader.documents()
    report = next(one.document_id for one in documents if one.source == REPORT_NAME)
    audit, table = AuditLog(tmp_path), MunicipalityTable.load(sample_municipalities())
    analyzer = TermAnalyzer()
    encoder = StaticEncoder(analyzer=analyzer)
    engines = Engines(Store.open(originals_library), analyzer, encoder, table)
    client = TestClient(seen_by(READER, Starlette(routes=original_routes(engines, audit))))
    sent = client.get(f"/view/{report}/page/2.png")
    assert sent.status_code == 200
    known = client.get(f"/view/{report}/page/2.png", headers={"if-none-match": sent.headers["etag"]})
    assert known.status_code == 304
    assert client.get(f"/view/{report}/page/9999.png").status_code == 404
    assert client.get("/view/990019-000000000000/page/1.png").status_code == 404
    lines = [(one["who"], one["act"], one["what"]) for one in audit.lines()]
    assert lines == [("sato", "open", f"{report} page 2")]


def test_a_draft_that_is_not_given_is_not_noted_as_exported(smalls: Engines, tmp_path: Path) -> None:
    audit = AuditLog(tmp_path)
    client = TestClient(seen_by(READER, Starlette(routes=draft_routes(smalls, audit))))
    hidden = {"text": "案[1]", "sources": ["990035-000000000000/0002|0|5"]}
    assert client.post("/export/draft.docx", json=hidden).status_code == 422
    assert client.post("/export/draft.docx", json={"text": "案", "sources": []}).status_code == 200
    assert [(one["act"], one["what"]) for one in audit.lines()] == [("export", "draft.docx")]


def test_the_desk_tells_what_it_did_and_nothing_of_what_it_did_not(desks: Desks) -> None:
    hidden = desks.of("suzuki")
    for sent in ({"act": "remove"}, {"act": "open-to", "access": "公開"}, {"act": "begin", "job": "x"}):
        assert hidden.act({**sent, "value": desks.document}) is None
    path = desks.received / "0.bin"
    path.write_bytes((PLAN + "追記。").encode())
    received = json.dumps([{"path": str(path), "name": "指針.txt"}])
    deed = hidden.act({"act": "uploaded", "files": received})
    job = settled(hidden)
    assert deed == (Act.ADD, (f"{job.job_id} 指針.txt",))
    unsure = json.dumps([{"row": 0, "take": True, "values": {"municipality": "どこか"}}])
    assert hidden.act({"act": "begin", "job": job.job_id, "rows": unsure}) is None
    sure = json.dumps([{"row": 0, "take": True, "values": {"municipality": "月見浦市"}}])
    begun = {"act": "begin", "job": job.job_id, "rows": sure}
    assert hidden.act(begun) == (Act.ADD, (f"{job.job_id} 指針.txt（庁内）",))
    assert hidden.act(begun) is None
    settled(hidden)
    opened = desks.of("tanaka").act({"act": "open-to", "value": desks.document, "access": "庁内"})
    assert opened is not None
    assert (opened[0], opened[1][0].split()[:2]) == (Act.ACCESS, [desks.document, "庁内"])
    settled(desks.of("tanaka"))
    removed = desks.of("tanaka").act({"act": "remove", "value": desks.document})
    assert removed is not None
    assert (removed[0], removed[1][0].split()[0]) == (Act.REMOVE, desks.document)
    settled(desks.of("tanaka"))


def test_a_refused_upload_takes_no_note_of_a_hidden_file_along(desks: Desks) -> None:
    """Who drops a file that could not be read has seen their own, not another one of its name."""
    notes = {"人事課": Access.limited_to(["人事課"]), "公開": PUBLIC}
    with desks.room.store.writing() as writer:
        for name, access in notes.items():
            note = UnreadFile(origin=f"upload:{name}", source="表.xlsx", reason="壊れ", noted_at="2026")
            writer.note_unread(note, access)
    desk = desks.of("suzuki")
    upload(desk, desks.received, {"表.xlsx": b"broken"})
    job = settled(desk)
    assert job.rows[0].error
    desk.act({"act": "drop", "job": job.job_id})
    assert [one.origin for one in desks.store.unread_files()] == ["upload:人事課"]
