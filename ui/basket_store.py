"""Baskets 「資料かご」 as they are kept: places of the library with a person's notes, added one by one.

Each belongs to the account that made it, and is to everybody else as if it did not exist. One that was made
where there are no accounts has no owner and is open to whoever has its link; once there are accounts, only
who manages can open it, until it is given to somebody. So it is with one whose account was removed.
Nothing is ever written as a whole: each act adds, takes out or changes one item, so that what two people do
at once is both done. What is taken out can be put back; a note that two people change keeps both texts.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import InputError
from corpus.user_data import UserData
from ui.viewer import LOCAL, Viewer

MOST = 500
LONGEST_PLACE = 200
LONGEST_NOTE = 2_000
FULL = f"資料かごには{MOST}件まで入ります。要らないものを外すか、新しいかごを作ってください。"
NOT_OWNERLESS = "その番号の、持ち主のいない資料かごはありません"
BOTH = "同じメモをほかの人も書き換えていたため、両方の文を残しました。"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPlace:
    """An item: a place (see ``ui.source_request``) and the note on it."""

    place: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """A basket.

    Attributes:
        basket_id: its name, which cannot be guessed.
        items: what is in it, in the order in which it was put in.
        removed: what was taken out again.
        is_ownerless: whether it was made where there were no accounts.
        is_locked: whether it has no owner, and whoever asks may not open it.
    """

    basket_id: str
    items: tuple[KeptPlace, ...] = ()
    removed: tuple[KeptPlace, ...] = ()
    is_ownerless: bool = False
    is_locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownerless:
    """A basket without an owner, as it is listed.

    Attributes:
        basket_id: its name.
        made_at: when, UTC, ISO 8601.
        count: of its items.
    """

    basket_id: str
    made_at: str
    count: int


class BasketStore:
    """The baskets of one library."""

    def __init__(self, folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._data = UserData(folder)
        self._now = now

    def read(self, basket_id: str, viewer: Viewer = LOCAL) -> Basket:
        """A basket; an empty one where the person has none of the name.

        Args:
            basket_id: the basket.
            viewer: whoever asks, here and below.
        """
        with self._data.reading() as connection:
            if connection is None:
                return Basket(basket_id=basket_id)
            return _read(connection, basket_id, viewer)

    def add(self, basket_id: str, place: str, viewer: Viewer = LOCAL) -> Basket:
        """Put a place in, into a new basket where the person has none of the name.

        Raises:
            InputError: the place is none, or the basket is full.
        """
        if not place or len(place) > LONGEST_PLACE:
            raise InputError("かごに入れる箇所を読み取れませんでした。画面を開き直してください。")
        stamp = self._now().isoformat(timespec="seconds")
        with self._data.writing() as connection:
            if not _is_open(connection, basket_id, viewer):
                basket_id = secrets.token_urlsafe(16)
                sql = "INSERT INTO basket (basket_id, made_at, owner) VALUES (?, ?, ?)"
                connection.execute(sql, (basket_id, stamp, viewer.name))
            held = _read(connection, basket_id, viewer)
            if len(held.items) >= MOST:
                raise InputError(FULL)
            connection.execute(
                "INSERT INTO basket_item (basket_id, place, added_at) VALUES (?, ?, ?) "
                "ON CONFLICT (basket_id, place) DO UPDATE SET removed_at = NULL",
                (basket_id, place, stamp),
            )
            return _read(connection, basket_id, viewer)

    def remove(self, basket_id: str, place: str, viewer: Viewer = LOCAL) -> Basket:
        """Take a place out; it can be put back."""
        stamp = self._now().isoformat(timespec="seconds")
        with self._data.writing() as connection:
            if _is_open(connection, basket_id, viewer):
                connection.execute(
                    "UPDATE basket_item SET removed_at = ? WHERE basket_id = ? AND place = ?",
                    (stamp, basket_id, place),
                )
            return _read(connection, basket_id, viewer)

    def note(
        self, basket_id: str, place: str, was: str, note: str, viewer: Viewer = LOCAL
    ) -> tuple[Basket, str]:
        """Change the note on a place.

        Args:
            basket_id: the basket.
            place: the item.
            was: the note that the person saw before the change.
            note: the new one.
            viewer: see ``read``.

        Returns:
            The basket, and what the person is to know (empty for nothing).

        Raises:
            InputError: the note is too long.
        """
        told = ""
        with self._data.writing() as connection:
            if not _is_open(connection, basket_id, viewer):
                return _read(connection, basket_id, viewer), ""
            row = connection.execute(
                "SELECT note FROM basket_item WHERE basket_id = ? AND place = ?", (basket_id, place)
            ).fetchone()
            if row is not None and row[0] not in (was, note):
                note, told = f"{row[0]}\n{note}", BOTH
            if len(note) > LONGEST_NOTE:
                raise InputError(
                    f"メモは{LONGEST_NOTE:,}字までです。短くしてから、もう一度保存してください。"
                )
            connection.execute(
                "UPDATE basket_item SET note = ? WHERE basket_id = ? AND place = ?", (note, basket_id, place)
            )
            return _read(connection, basket_id, viewer), told

    def ownerless(self) -> list[Ownerless]:
        """The baskets without an owner, the oldest first."""
        sql = (
            "SELECT basket_id, made_at, (SELECT count(*) FROM basket_item AS item "
            "WHERE item.basket_id = basket.basket_id AND removed_at IS NULL) "
            "FROM basket WHERE owner = '' ORDER BY made_at, basket_id"
        )
        with self._data.reading() as connection:
            rows = [] if connection is None else connection.execute(sql).fetchall()
        return [Ownerless(basket_id=name, made_at=made, count=count) for name, made, count in rows]

    def give(self, basket_id: str, name: str) -> Basket:
        """Give a basket that has no owner to an account.

        Args:
            basket_id: the basket.
            name: of the account, which the caller knows to exist.

        Raises:
            InputError: there is no such basket, or it is somebody's.
        """
        with self._data.writing() as connection:
            sql = "UPDATE basket SET owner = ? WHERE basket_id = ? AND owner = ''"
            if not connection.execute(sql, (name, basket_id)).rowcount:
                raise InputError(f"{NOT_OWNERLESS}: {basket_id[:LONGEST_PLACE]}")
            return Basket(basket_id=basket_id)

    def disown(self, name: str) -> int:
        """Take the baskets of an account that is gone from its name, which another person may get.

        Returns:
            How many there were; each is without an owner from now on.
        """
        with self._data.reading() as connection:
            if connection is None:
                return 0
        with self._data.writing() as connection:
            return connection.execute("UPDATE basket SET owner = '' WHERE owner = ?", (name,)).rowcount


def _is_open(connection: sqlite3.Connection, basket_id: str, viewer: Viewer) -> bool:
    owner = _owner(connection, basket_id)
    return owner is not None and (viewer.may_manage if owner == "" else owner == viewer.name)


def _owner(connection: sqlite3.Connection, basket_id: str) -> str | None:
    """The account, empty where it has none; None without a basket of the name."""
    row = connection.execute("SELECT owner FROM basket WHERE basket_id = ?", (basket_id,)).fetchone()
    return None if row is None else str(row[0])


def _read(connection: sqlite3.Connection, basket_id: str, viewer: Viewer) -> Basket:
    is_ownerless = _owner(connection, basket_id) == ""
    if not _is_open(connection, basket_id, viewer):
        return Basket(basket_id=basket_id, is_ownerless=is_ownerless, is_locked=is_ownerless)
    rows = connection.execute(
        "SELECT place, note, removed_at IS NULL FROM basket_item WHERE basket_id = ? ORDER BY item_id",
        (basket_id,),
    ).fetchall()
    items = [(KeptPlace(place=place, note=note), bool(held)) for place, note, held in rows]
    return Basket(
        basket_id=basket_id,
        items=tuple(one for one, held in items if held),
        removed=tuple(one for one, held in items if not held),
        is_ownerless=is_ownerless,
    )
