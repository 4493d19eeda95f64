"""Signing in: from a name and a password, a session or a token to a viewer.

A session or token is a random string that only its holder has; the file keeps its hash. After too many wrong
passwords a name is locked for a while, whether there is such an account or not, so that neither the lock nor
the time that an answer takes tells which names there are.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import threading
import time
import unicodedata
from collections.abc import Callable

from corpus.errors import AccessError
from ui.accounts import LONGEST_NAME, Accounts, account_in
from ui.passwords import matches
from ui.viewer import Viewer

IDLE_SECONDS = 3_600.0
LONGEST_SECONDS = 12 * 3_600.0
MOST_FAILURES = 5
LOCKED_SECONDS = 900.0
TOKEN_DAYS = 90
MOST_NAMES = 10_000
"""Names that failures are counted for; whoever tries more than these meets the limit of the address."""

_NOTED_EVERY = 60.0
_AT_ONCE = 2
WRONG = "名前かパスワードが違います。"
LOCKED = "続けて間違えたため、しばらく受け付けません。15分ほど待ってから、もう一度お試しください。"


class SignIn:
    """Sessions and tokens of one library's accounts. Safe to share between threads."""

    def __init__(self, accounts: Accounts, now: Callable[[], float] = time.time) -> None:
        self._accounts = accounts
        self._now = now
        self._hashing = threading.Semaphore(_AT_ONCE)  # each takes 64 MiB and a core

    def begin(self, name: str, password: str) -> str:
        """Begin a session; returns what its holder shows with each request.

        Raises:
            AccessError: name or password are wrong, or the name is locked.
        """
        now, name = self._now(), typed_name(name)
        with self._hashing:
            held = self._attempted(name, now)
            if not matches(held, password):
                raise AccessError(WRONG)
        with self._accounts.connection() as connection:
            if _password_of(connection, name) != held:  # changed in the meantime, and its sessions ended
                raise AccessError(WRONG)
            connection.execute("DELETE FROM failure WHERE name = ?", (name,))
            connection.execute("DELETE FROM session WHERE began < ?", (now - LONGEST_SECONDS,))
            secret = secrets.token_urlsafe(32)
            connection.execute("INSERT INTO session VALUES (?, ?, ?, ?)", (hash_of(secret), name, now, now))
        return secret

    def _attempted(self, name: str, now: float) -> str | None:
        """The stored password of a name, None without an account; the attempt is counted as a failure.

        It is counted before it is known to be one, so that of many at once no more are tried than one after
        another; a right password takes it back.

        Raises:
            AccessError: the name is locked.
        """
        with self._accounts.connection() as connection:
            connection.execute("DELETE FROM failure WHERE last < ?", (now - LOCKED_SECONDS,))
            row = connection.execute("SELECT count FROM failure WHERE name = ?", (name,)).fetchone()
            if row is not None and row[0] >= MOST_FAILURES:
                raise AccessError(LOCKED)
            connection.execute(
                "DELETE FROM failure WHERE name IN "
                "(SELECT name FROM failure ORDER BY last DESC LIMIT -1 OFFSET ?)",
                (MOST_NAMES,),
            )
            connection.execute(
                "INSERT INTO failure VALUES (?, 1, ?) "
                "ON CONFLICT (name) DO UPDATE SET count = count + 1, last = excluded.last",
                (name, now),
            )
            return _password_of(connection, name)

    def end(self, secret: str) -> None:
        """End a session."""
        with self._accounts.connection() as connection:
            connection.execute("DELETE FROM session WHERE hash = ?", (hash_of(secret),))

    def viewer_of_session(self, secret: str) -> Viewer | None:
        """Whose session it is, None if it has ended."""
        now = self._now()
        with self._accounts.connection() as connection:
            sql = "SELECT account, began, seen FROM session WHERE hash = ?"
            row = connection.execute(sql, (hash_of(secret),)).fetchone()
            if row is None:
                return None
            name, began, seen = row
            if now - began > LONGEST_SECONDS or now - seen > IDLE_SECONDS:
                connection.execute("DELETE FROM session WHERE hash = ?", (hash_of(secret),))
                return None
            if now - seen > _NOTED_EVERY:
                connection.execute("UPDATE session SET seen = ? WHERE hash = ?", (now, hash_of(secret)))
            account = account_in(connection, str(name))
            return None if account is None else account.viewer

    def new_token(self, name: str, label: str, days: int = TOKEN_DAYS) -> str:
        """A token for programs that ask in an account's name; shown once and never again.

        Raises:
            AccessError: there is no such account.
        """
        now, secret = self._now(), f"shirube_{secrets.token_urlsafe(32)}"
        with self._accounts.connection() as connection:
            if account_in(connection, name) is None:
                raise AccessError(f"その名前の利用者はいません: 「{name}」。")
            row = (hash_of(secret), name, label, now, now + days * 86_400)
            connection.execute("INSERT INTO token VALUES (?, ?, ?, ?, ?)", row)
        return secret

    def end_tokens(self, name: str) -> int:
        """End all tokens of an account; returns how many there were."""
        with self._accounts.connection() as connection:
            return connection.execute("DELETE FROM token WHERE account = ?", (name,)).rowcount

    def viewer_of_token(self, secret: str) -> Viewer | None:
        """Whose token it is, None if it is none or has ended."""
        with self._accounts.connection() as connection:
            sql = "SELECT account FROM token WHERE hash = ? AND ends_at > ?"
            row = connection.execute(sql, (hash_of(secret), self._now())).fetchone()
            account = None if row is None else account_in(connection, str(row[0]))
            return None if account is None else account.viewer


def _password_of(connection: sqlite3.Connection, name: str) -> str | None:
    row = connection.execute("SELECT password FROM account WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def typed_name(typed: str) -> str:
    """The name that a person means by what they type; accounts are kept under it."""
    return unicodedata.normalize("NFKC", typed).strip()[:LONGEST_NAME]


def hash_of(secret: str) -> str:
    """What the file keeps of a random string: long enough to need no salt."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
