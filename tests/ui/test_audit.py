from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.ui.test_accounts import SECRET
from tests.ui.test_gate import page, signed_in
from ui.accounts import Accounts
from ui.audit import FOLDER, HIDDEN, NAME, Act, AuditLog, audit_log
from ui.cli import app
from ui.settings import SettingError
from ui.viewer import Role

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning:starlette")]


def test_lines_are_appended_and_read_back(tmp_path: Path) -> None:
    log = AuditLog(tmp_path)
    log.note("tanaka", Act.SEARCH, query="空き家\n改行", address="192.0.2.1")
    log.note("sato", Act.REMOVE, what="990019-7466f0bd2ddb")
    first, second = log.lines()
    assert (first["who"], first["act"], first["query"]) == ("tanaka", "search", "空き家\n改行")
    assert (second["what"], "query" in second) == ("990019-7466f0bd2ddb", False)
    assert first["at"] <= second["at"]
    assert (tmp_path / FOLDER / NAME).read_bytes().count(b"\n") == 2


def test_a_setting_hides_what_was_asked_for(tmp_path: Path) -> None:
    log = audit_log(tmp_path, {"SHIRUBE_AUDIT_QUERIES": "hide"})
    log.note("tanaka", Act.SEARCH, query="職員の処分")
    assert next(iter(log.lines()))["query"] == HIDDEN
    assert "処分".encode() not in (tmp_path / FOLDER / NAME).read_bytes()
    with pytest.raises(SettingError):
        audit_log(tmp_path, {"SHIRUBE_AUDIT_QUERIES": "maybe"})


def test_large_logs_are_put_aside_and_nothing_is_lost(tmp_path: Path) -> None:
    log = AuditLog(tmp_path, largest=2_000)
    for number in range(100):
        log.note("tanaka", Act.SEARCH, query=f"質問{number}")
    assert [one["query"] for one in log.lines()] == [f"質問{number}" for number in range(100)]
    files = list((tmp_path / FOLDER).iterdir())
    assert len(files) > 4
    assert all(one.stat().st_size <= 2_000 for one in files)


def test_threads_write_whole_lines(tmp_path: Path) -> None:
    logs = [AuditLog(tmp_path) for _ in range(4)]

    def write(log: AuditLog) -> None:
        for number in range(50):
            log.note("tanaka", Act.SEARCH, query="長い質問" * 100 + str(number))

    threads = [threading.Thread(target=write, args=(log,)) for log in logs]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(list(logs[0].lines())) == 200


def test_a_line_that_was_cut_short_hides_no_other(tmp_path: Path) -> None:
    log = AuditLog(tmp_path)
    log.note("tanaka", Act.SIGN_IN)
    with (tmp_path / FOLDER / NAME).open("ab") as file:
        file.write(b'{"at": "2026\n')
    log.note("sato", Act.SIGN_IN)
    assert [one["who"] for one in log.lines()] == ["tanaka", "sato"]


def test_a_log_that_cannot_be_written_is_told_and_stops_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FOLDER).write_text("no folder")
    AuditLog(tmp_path).note("tanaka", Act.SIGN_IN)
    assert "audit log cannot be written" in caplog.text


def test_a_library_that_was_put_aside_is_not_begun_anew_by_a_note(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A restore puts the library aside for a moment, and could not give the new one a name that is taken."""
    library = tmp_path / "library"
    AuditLog(library).note("tanaka", Act.SEARCH, query="移住")
    assert not library.exists()
    assert "cannot be written" in caplog.text


def test_signing_in_and_out_and_failing_are_noted(tmp_path: Path) -> None:
    Accounts(tmp_path).add("tanaka", SECRET, Role.READER)
    client = page(tmp_path)
    signed_in(client, "tanaka", "wrong-password")
    signed_in(client)
    client.post("/logout")
    lines = list(AuditLog(tmp_path).lines())
    assert [one["act"] for one in lines] == ["sign-in-failed", "sign-in", "sign-out"]
    assert {one["who"] for one in lines} == {"tanaka"}
    assert "wrong-password" not in json.dumps(lines)
    assert lines[0]["address"] == "192.0.2.7"


@pytest.mark.parametrize("typed", ["ｔａｎａｋａ", " tanaka\n"])
def test_a_sign_in_is_noted_of_the_account_however_its_name_was_typed(tmp_path: Path, typed: str) -> None:
    Accounts(tmp_path).add("tanaka", SECRET, Role.READER)
    client = page(tmp_path)
    signed_in(client, typed, "wrong-password")
    assert signed_in(client, typed).status_code == 303
    assert [one["who"] for one in AuditLog(tmp_path).lines()] == ["tanaka", "tanaka"]


@pytest.mark.parametrize(
    "typed", ["\x1b]0;x\x07名", "\x9b2J", "a\nb\u2028c", "\u202egnp.", "\U000e0041名", "人事課・第1係"]
)
def test_a_name_that_nobody_has_acts_on_no_terminal(tmp_path: Path, typed: str) -> None:
    Accounts(tmp_path).add("tanaka", SECRET, Role.READER)
    signed_in(page(tmp_path), typed, "wrong-password")
    (line,) = AuditLog(tmp_path).lines()
    assert line["who"] == typed
    kept = (tmp_path / FOLDER / NAME).read_text(encoding="utf-8")
    told = [
        CliRunner().invoke(app, ["--data", str(tmp_path), "audit", *option]).stdout.removeprefix("\ufeff")
        for option in ((), ("--csv",))
    ]
    assert json.loads(told[0])["who"] == typed
    assert typed[-1] in told[1]
    for text in (kept, *told):
        assert all(one.isprintable() or one in "\r\n" for one in text)
    assert [len(text.splitlines()) for text in (kept, *told)] == [1, 1, 2]


def test_commands_are_noted_and_written_out(tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["--data", str(tmp_path), *arguments], catch_exceptions=False)
        return result.stdout

    run("users", "group", "=cmd()")
    run("users", "group", "人事課")
    lines = [json.loads(line) for line in run("audit").splitlines()]
    assert [one["what"] for one in lines] == ["group =cmd()", "group 人事課"]
    assert all(one["who"].startswith("(") for one in lines)
    table = run("audit", "--csv").splitlines()
    assert table[0] == "\ufeffat,who,act,query,what,address"  # without the mark Excel reads Japanese wrongly
    assert "'" not in table[1]
    assert len(table) == 3
    assert run("audit", "--since", "2999-01-01") == ""
    assert [one.name for one in (tmp_path / FOLDER).iterdir()] == [NAME]


def of_command(library: Path, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["--data", str(library), *arguments])
    return result.exit_code, result.stdout, str(result.exception or "")


@pytest.mark.skipif(
    not hasattr(time, "tzset"), reason="the clock's zone can be set for a test on POSIX alone"
)
def test_a_day_begins_at_midnight_of_the_machines_own_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FOLDER).mkdir()
    ends = ("2026-11-29T14:59:59.000+00:00", "2026-11-29T15:00:00.000+00:00")
    text = "7\n" + "".join(json.dumps({"at": at, "who": "tanaka", "act": "search"}) + "\n" for at in ends)
    (tmp_path / FOLDER / NAME).write_text(text, encoding="utf-8")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        code, out, _ = of_command(tmp_path, "audit", "--since", "2026-11-30")
    finally:
        monkeypatch.undo()
        time.tzset()
    assert code == 0
    assert [json.loads(line)["at"] for line in out.splitlines()] == [ends[1]]


@pytest.mark.parametrize("since", ["2026/11/30", "昨日", "2026-13-01"])
def test_a_day_that_is_none_is_refused(tmp_path: Path, since: str) -> None:
    (tmp_path / FOLDER).mkdir()
    code, out, told = of_command(tmp_path, "audit", "--since", since)
    assert (code, out) == (1, "")
    assert since in told
    assert "2026-11-30" in told
