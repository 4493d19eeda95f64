from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from argon2 import extract_parameters

from corpus.access import OPERATOR, Access
from corpus.errors import AccessError, LibraryDamagedError
from ui.accounts import NAME, Accounts
from ui.passwords import NOBODYS, hashed, matches
from ui.sign_in import IDLE_SECONDS, LOCKED, LOCKED_SECONDS, LONGEST_SECONDS, MOST_FAILURES, WRONG, SignIn
from ui.viewer import Role

SECRET = "asagao-to-himawari"


class Clock:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.at = 1_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    found = Accounts(tmp_path)
    found.add_group("人事課")
    found.add("tanaka", SECRET, Role.EDITOR, groups=("人事課",))
    return found


def test_an_account_is_read_back_and_its_password_is_kept_as_a_hash(accounts: Accounts) -> None:
    (account,) = accounts.all()
    assert (account.role, account.is_inside, account.groups) == (Role.EDITOR, True, ("人事課",))
    assert account.viewer.audience.may_see(Access.limited_to(["人事課"]))
    assert not account.viewer.audience.may_see(Access.limited_to(["財政課"]))
    assert SECRET.encode() not in accounts.path.read_bytes()
    assert b"$argon2id$" in accounts.path.read_bytes()
    accounts.change("tanaka", role=Role.ADMIN)
    changed = accounts.get("tanaka")
    assert changed is not None
    assert changed.viewer.audience == OPERATOR


def test_there_are_no_accounts_without_a_file(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    assert not accounts.exist()
    assert accounts.all() == []
    assert accounts.get("tanaka") is None
    assert not (tmp_path / NAME).exists()


@pytest.mark.parametrize(
    ("name", "password"),
    [("sato", "short"), ("sato", "a" * 20), ("satosatosato", "satosatosato"), ("a/b", SECRET), ("", SECRET)],
)
def test_a_weak_password_or_a_name_that_is_none_is_refused(
    accounts: Accounts, name: str, password: str
) -> None:
    with pytest.raises(AccessError):
        accounts.add(name, password, Role.READER)
    assert len(accounts.all()) == 1


def test_what_is_unknown_is_refused(accounts: Accounts) -> None:
    with pytest.raises(AccessError, match="財政課"):
        accounts.set_groups("tanaka", ["財政課"])
    assert accounts.all()[0].groups == ("人事課",)
    for act in (accounts.remove, lambda name: accounts.set_password(name, SECRET)):
        with pytest.raises(AccessError, match="nobody"):
            act("nobody")
    with pytest.raises(AccessError, match="すでにいます"):
        accounts.add("tanaka", SECRET, Role.READER)
    with pytest.raises(AccessError, match="財政課"):
        accounts.known_access("人事課、財政課")
    assert accounts.known_access("人事課") == Access.limited_to(["人事課"])


def test_a_password_is_one_in_both_widths() -> None:
    assert matches(hashed("ａｂｃ-12345678", "x"), "abc-12345678")


@pytest.mark.parametrize("password", ["the password of no account", "", "\0" * 32])
def test_a_password_of_no_account_takes_as_long_and_is_never_right(password: str) -> None:
    assert extract_parameters(NOBODYS) == extract_parameters(hashed(SECRET, "tanaka"))
    assert not matches(None, password)
    assert not matches(NOBODYS, password)
    assert not matches("no hash", SECRET)


def test_a_session_ends_when_it_is_idle_old_or_ended(accounts: Accounts) -> None:
    clock = Clock()
    sign_in = SignIn(accounts, clock)
    secret = sign_in.begin("tanaka", SECRET)
    for _ in range(11):
        clock.at += IDLE_SECONDS - 1
        if clock.at < 1_000_000 + LONGEST_SECONDS:
            viewer = sign_in.viewer_of_session(secret)
            assert viewer is not None
            assert viewer.name == "tanaka"
    clock.at = 1_000_000 + LONGEST_SECONDS + 1
    assert sign_in.viewer_of_session(secret) is None
    secret = sign_in.begin("tanaka", SECRET)
    clock.at += IDLE_SECONDS + 1
    assert sign_in.viewer_of_session(secret) is None
    secret = sign_in.begin("tanaka", SECRET)
    sign_in.end(secret)
    assert sign_in.viewer_of_session(secret) is None
    assert sign_in.viewer_of_session("anything") is None


def test_a_changed_password_and_a_removed_account_end_what_was_begun(accounts: Accounts) -> None:
    sign_in = SignIn(accounts)
    session, token = sign_in.begin("tanaka", SECRET), sign_in.new_token("tanaka", "tests")
    assert sign_in.viewer_of_token(token) is not None
    accounts.set_password("tanaka", SECRET + "-2")
    assert sign_in.viewer_of_session(session) is None
    assert sign_in.viewer_of_token(token) is None
    session = sign_in.begin("tanaka", SECRET + "-2")
    accounts.remove("tanaka")
    assert sign_in.viewer_of_session(session) is None


def test_a_token_ends_with_its_days(accounts: Accounts) -> None:
    clock = Clock()
    sign_in = SignIn(accounts, clock)
    token = sign_in.new_token("tanaka", "tests", days=1)
    clock.at += 86_399
    assert sign_in.viewer_of_token(token) is not None
    clock.at += 2
    assert sign_in.viewer_of_token(token) is None
    assert sign_in.end_tokens("tanaka") == 1


@pytest.mark.parametrize("name", ["tanaka", "nobody"])
def test_a_name_is_locked_after_failures_whether_it_is_there_or_not(accounts: Accounts, name: str) -> None:
    clock = Clock()
    sign_in = SignIn(accounts, clock)
    for _ in range(MOST_FAILURES):
        with pytest.raises(AccessError, match=WRONG):
            sign_in.begin(name, "wrong-password")
    with pytest.raises(AccessError, match=LOCKED):
        sign_in.begin(name, SECRET)
    clock.at += LOCKED_SECONDS + 1
    if name == "tanaka":
        assert sign_in.begin(name, SECRET)
    else:
        with pytest.raises(AccessError, match=WRONG):
            sign_in.begin(name, SECRET)


def test_many_guesses_at_once_are_no_more_than_one_after_another(accounts: Accounts) -> None:
    sign_in = SignIn(accounts)

    def tried(password: str) -> str:
        try:
            return sign_in.begin("tanaka", password)
        except AccessError as exc:
            return str(exc)

    with ThreadPoolExecutor(12) as pool:
        told = list(pool.map(tried, [*(f"wrong-password-{number}" for number in range(20)), SECRET]))
    assert told.count(WRONG) == MOST_FAILURES
    assert told.count(LOCKED) == 16


def test_a_password_that_is_changed_while_it_is_checked_begins_no_session(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changing(stored: str | None, password: str) -> bool:
        accounts.set_password("tanaka", SECRET + "-2")
        return matches(stored, password)

    monkeypatch.setattr("ui.sign_in.matches", changing)
    with pytest.raises(AccessError, match=WRONG):
        SignIn(accounts).begin("tanaka", SECRET)


def test_a_success_forgets_failures(accounts: Accounts) -> None:
    sign_in = SignIn(accounts)
    for _ in range(3):
        for _ in range(MOST_FAILURES - 1):
            with pytest.raises(AccessError, match=WRONG):
                sign_in.begin("tanaka", "wrong-password")
        assert sign_in.begin("tanaka", SECRET)


def test_a_damaged_file_lets_nobody_in(accounts: Accounts) -> None:
    accounts.path.write_bytes(b"no database" * 500)
    for act in (accounts.exist, accounts.all, lambda: SignIn(accounts).begin("tanaka", SECRET)):
        with pytest.raises(LibraryDamagedError):
            act()


def test_the_file_is_its_owners_alone(accounts: Accounts) -> None:
    if accounts.path.stat().st_mode & 0o777 not in (0o600, 0o666):  # Windows knows no such modes
        pytest.fail("others may read the hashes of passwords")
    assert sqlite3.connect(accounts.path).execute("SELECT count(*) FROM account").fetchone() == (1,)


def test_a_library_that_was_put_aside_is_not_begun_anew(tmp_path: Path) -> None:
    library = tmp_path / "library"
    with pytest.raises(LibraryDamagedError):
        SignIn(Accounts(library)).viewer_of_session("a session of before")
    assert not library.exists()
