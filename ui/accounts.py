"""The accounts 「利用者」 of a library: names, roles, groups and password hashes, in a file of their own.

It is apart from the store because signing in must not wait for a document that is being taken in, which holds
the store for minutes; and because a backup leaves out who is signed in at the moment.
"""

from __future__ import annotations

import sqlite3
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.access import OPERATOR, Access, group_name, member
from corpus.errors import AccessError, LibraryDamagedError
from ui.passwords import hashed
from ui.viewer import Role, Viewer

NAME = "accounts.sqlite3"
LONGEST_NAME = 64
_TABLES = """
CREATE TABLE IF NOT EXISTS account (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    is_inside INTEGER NOT NULL,
    password TEXT NOT NULL,
    made_at REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS access_group (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS membership (
    account TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE,
    access_group TEXT NOT NULL REFERENCES access_group (name) ON DELETE CASCADE,
    PRIMARY KEY (account, access_group)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session (
    hash TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE,
    began REAL NOT NULL,
    seen REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS token (
    hash TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE,
    label TEXT NOT NULL,
    made_at REAL NOT NULL,
    ends_at REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS failure (
    name TEXT PRIMARY KEY,
    count INTEGER NOT NULL,
    last REAL NOT NULL
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account as it is listed.

    Attributes:
        name: what is typed to sign in.
        role: see ``ui.viewer.Role``.
        is_inside: whether the person belongs to the town hall, for whom 庁内 is open.
        groups: in order.
    """

    name: str
    role: Role
    is_inside: bool
    groups: tuple[str, ...]

    @property
    def viewer(self) -> Viewer:
        """The person as the source of a request; who manages sees every document."""
        sees_all = self.role is Role.ADMIN
        audience = OPERATOR if sees_all else member(is_inside=self.is_inside, groups=self.groups)
        return Viewer(name=self.name, role=self.role, audience=audience, groups=self.groups)


class Accounts:
    """The accounts in one library's folder; safe to share between threads and processes."""

    def __init__(self, library: Path) -> None:
        self.path = library / NAME

    def exist(self) -> bool:
        """Whether there is any account."""
        if not self.path.is_file():
            return False
        with self.connection() as connection:
            return connection.execute("SELECT 1 FROM account LIMIT 1").fetchone() is not None

    def all(self) -> list[Account]:
        """Every account, by name."""
        if not self.path.is_file():
            return []
        with self.connection() as connection:
            names = [str(name) for (name,) in connection.execute("SELECT name FROM account ORDER BY name")]
            return [found for name in names if (found := account_in(connection, name)) is not None]

    def get(self, name: str) -> Account | None:
        """An account, None if there is none of the name."""
        if not self.path.is_file():
            return None
        with self.connection() as connection:
            return account_in(connection, name)

    def add(
        self, name: str, password: str, role: Role, *, is_inside: bool = True, groups: Iterable[str] = ()
    ) -> Account:
        """Add an account.

        Raises:
            AccessError: the name is taken or none, the password too weak, or a group unknown.
        """
        typed = unicodedata.normalize("NFKC", name).strip()
        if not typed or len(typed) > LONGEST_NAME or not typed.isprintable() or set(typed) & set(':/\\,"<>'):
            raise AccessError(f"利用者の名前にできません: 「{typed[:LONGEST_NAME]}」。")
        secret = hashed(password, typed)
        with self.connection() as connection:
            row = (typed, role.value, is_inside, secret, time.time())
            try:
                connection.execute("INSERT INTO account VALUES (?, ?, ?, ?, ?)", row)
            except sqlite3.IntegrityError as exc:
                raise AccessError(f"その名前の利用者がすでにいます: 「{typed}」。") from exc
            _join(connection, typed, groups)
        return Account(name=typed, role=role, is_inside=is_inside, groups=tuple(sorted(groups)))

    def set_password(self, name: str, password: str) -> None:
        """Change a password; sessions and tokens of the account end.

        Raises:
            AccessError: there is no such account, or the password is too weak.
        """
        secret = hashed(password, name)
        with self.connection() as connection:
            cursor = connection.execute("UPDATE account SET password = ? WHERE name = ?", (secret, name))
            _check_found(cursor, name)
            for table in ("session", "token"):
                connection.execute(f"DELETE FROM {table} WHERE account = ?", (name,))
            connection.execute("DELETE FROM failure WHERE name = ?", (name,))

    def change(self, name: str, *, role: Role | None = None, is_inside: bool | None = None) -> None:
        """Change what an account may do.

        Raises:
            AccessError: there is no such account.
        """
        with self.connection() as connection:
            cursor = connection.execute(
                "UPDATE account SET role = coalesce(?, role), is_inside = coalesce(?, is_inside) "
                "WHERE name = ?",
                (None if role is None else role.value, is_inside, name),
            )
            _check_found(cursor, name)

    def set_groups(self, name: str, groups: Iterable[str]) -> None:
        """Put an account into just these groups.

        Raises:
            AccessError: there is no such account or group.
        """
        with self.connection() as connection:
            if account_in(connection, name) is None:
                raise _nobody(name)
            connection.execute("DELETE FROM membership WHERE account = ?", (name,))
            _join(connection, name, groups)

    def remove(self, name: str) -> None:
        """Remove an account with its sessions and tokens.

        Raises:
            AccessError: there is no such account.
        """
        with self.connection() as connection:
            _check_found(connection.execute("DELETE FROM account WHERE name = ?", (name,)), name)

    def groups(self) -> list[str]:
        """Every group, in order."""
        if not self.path.is_file():
            return []
        with self.connection() as connection:
            found = connection.execute("SELECT name FROM access_group ORDER BY name")
            return [str(name) for (name,) in found]

    def add_group(self, name: str) -> str:
        """Add a group; returns its name in the form in which it is kept.

        Raises:
            AccessError: the name is none.
        """
        kept = group_name(name)
        with self.connection() as connection:
            connection.execute("INSERT OR IGNORE INTO access_group VALUES (?)", (kept,))
        return kept

    def known_access(self, words: str) -> Access:
        """What a person writes of who may see a document; its groups must be there.

        Raises:
            AccessError: it is no access, or a group is unknown.
        """
        access = Access.of_words(words)
        unknown = sorted(set(access.groups) - set(self.groups()))
        if unknown:
            raise AccessError(
                f"そのグループはありません: 「{unknown[0]}」。公開、庁内、または"
                "「shirube users group」で作ったグループの名前にしてください。"
            )
        return access

    def remove_group(self, name: str) -> None:
        """Remove a group that no document needs; the caller has looked.

        Raises:
            AccessError: there is no such group.
        """
        with self.connection() as connection:
            if not connection.execute("DELETE FROM access_group WHERE name = ?", (name,)).rowcount:
                raise AccessError(f"そのグループはありません: 「{name}」。")

    def copy_to(self, path: Path) -> None:
        """Write the accounts into a new file, without who is signed in and without tokens.

        Raises:
            LibraryDamagedError: the file cannot be read, or the new one cannot be written.
        """
        try:
            connection = self._opened()
            try:
                connection.execute("VACUUM INTO ?", (str(path),))
            finally:
                connection.close()
            copy = sqlite3.connect(path, isolation_level=None)
            try:
                copy.executescript("DELETE FROM session; DELETE FROM token; DELETE FROM failure; VACUUM;")
            finally:
                copy.close()
        except (sqlite3.DatabaseError, OSError) as exc:
            raise self._unusable(exc) from exc

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """One transaction over the accounts.

        Raises:
            LibraryDamagedError: the file cannot be read or written; nobody is let in then.
        """
        try:
            connection = self._opened()
        except (sqlite3.DatabaseError, OSError) as exc:
            raise self._unusable(exc) from exc
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except sqlite3.IntegrityError:
            connection.execute("ROLLBACK")
            raise
        except (sqlite3.DatabaseError, OSError) as exc:
            raise self._unusable(exc) from exc
        finally:
            connection.close()

    def _opened(self) -> sqlite3.Connection:
        if not self.path.is_file():
            # The folder is not made: a restore that has put it aside needs its name for the new one.
            self.path.touch(mode=0o600)
        connection = sqlite3.connect(self.path, timeout=5, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.executescript(_TABLES)
        except BaseException:
            connection.close()
            raise
        return connection

    def _unusable(self, exc: Exception) -> LibraryDamagedError:
        return LibraryDamagedError(
            f"利用者のファイルを使えません: {self.path}（{exc}）。"
            "権限と空き容量を確かめ、壊れているなら控えから戻してください。"
        )


def account_in(connection: sqlite3.Connection, name: str) -> Account | None:
    """An account as a transaction sees it."""
    row = connection.execute("SELECT role, is_inside FROM account WHERE name = ?", (name,)).fetchone()
    if row is None:
        return None
    sql = "SELECT access_group FROM membership WHERE account = ? ORDER BY access_group"
    groups = tuple(str(one) for (one,) in connection.execute(sql, (name,)))
    return Account(name=name, role=Role(row[0]), is_inside=bool(row[1]), groups=groups)


def _join(connection: sqlite3.Connection, name: str, groups: Iterable[str]) -> None:
    for group in groups:
        known = connection.execute("SELECT 1 FROM access_group WHERE name = ?", (group,)).fetchone()
        if known is None:
            raise AccessError(
                f"そのグループはありません: 「{group}」。先に「shirube users group」で作ってください。"
            )
        connection.execute("INSERT OR IGNORE INTO membership VALUES (?, ?)", (name, group))


def _check_found(cursor: sqlite3.Cursor, name: str) -> None:
    if not cursor.rowcount:
        raise _nobody(name)


def _nobody(name: str) -> AccessError:
    return AccessError(f"その名前の利用者はいません: 「{name}」。「shirube users list」で確かめてください。")
