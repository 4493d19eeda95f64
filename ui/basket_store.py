"""Baskets 「資料かご」 as they are kept: places of the library with a person's notes, added one by one.

Each belongs to the account that made it, and is to everybody else as if it did not exist; one that was made
where there are no accounts is open to whoever has its link. Nothing is ever written as a whole: each act
adds, takes out or changes one item, so that what two people do at once is both done. What is taken out can be
put back; a note that two people change keeps both texts.
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

MOST = 500
LONGEST_PLACE = 200
LONGEST_NOTE = 2_000
FULL = f"資料かごには{MOST}件まで入ります。要らないものを外すか、新しいかごを作ってください。"
BOTH = "同じメモをほかの人も書き換えていたため、両方の文を残しました。"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPlace:
    """An item: a place ``passage|start|end`` or ``passage``, and the note on it."""

    place: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """A basket.

    Attributes:
        basket_id: its name, which cannot be guessed.
        items: what is in it, in the order in which it was put in.
        removed: what was taken out again.
    """

    basket_id: str
    items: tuple[KeptPlace, ...] = ()
    removed: tuple[KeptPlace, ...] = ()


class BasketStore:
    """The baskets of one library."""

    def __init__(self, folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._data = UserData(folder)
        self._now = now

    def read(self, basket_id: str, owner: str = "") -> Basket:
        """A basket; an empty one where the person has none of the name.

        Args:
            basket_id: the basket.
            owner: the account of whoever asks, here and below; empty where there are no accounts.
        """
        with self._data.reading() as connection:
            if connection is None:
                return Basket(basket_id=basket_id)
            return _read(connection, basket_id, owner)

    def add(self, basket_id: str, place: str, owner: str = "") -> Basket:
        """Put a place in, into a new basket where the person has none of the name.

        Raises:
            InputError: the place is none, or the basket is full.
        """
        if not place or len(place) > LONGEST_PLACE:
            raise InputError("かごに入れる箇所を読み取れませんでした。画面を開き直してください。")
        stamp = self._now().isoformat(timespec="seconds")
        with self._data.writing() as connection:
            if not _exists(connection, basket_id, owner):
                basket_id = secrets.token_urlsafe(16)
                sql = "INSERT INTO basket (basket_id, made_at, owner) VALUES (?, ?, ?)"
                connection.execute(sql, (basket_id, stamp, owner))
            held = _read(connection, basket_id, owner)
            if len(held.items) >= MOST:
                raise InputError(FULL)
            connection.execute(
                "INSERT INTO basket_item (basket_id, place, added_at) VALUES (?, ?, ?) "
                "ON CONFLICT (basket_id, place) DO UPDATE SET removed_at = NULL",
                (basket_id, place, stamp),
            )
            return _read(connection, basket_id, owner)

    def remove(self, basket_id: str, place: str, owner: str = "") -> Basket:
        """Take a place out; it can be put back."""
        stamp = self._now().isoformat(timespec="seconds")
        with self._data.writing() as connection:
            if _exists(connection, basket_id, owner):
                connection.execute(
                    "UPDATE basket_item SET removed_at = ? WHERE basket_id = ? AND place = ?",
                    (stamp, basket_id, place),
                )
            return _read(connection, basket_id, owner)

    def note(self, basket_id: str, place: str, was: str, note: str, owner: str = "") -> tuple[Basket, str]:
        """Change the note on a place.

        Args:
            basket_id: the basket.
            place: the item.
            was: the note that the person saw before the change.
            note: the new one.
            owner: see ``read``.

        Returns:
            The basket, and what the person is to know (empty for nothing).

        Raises:
            InputError: the note is too long.
        """
        told = ""
        with self._data.writing() as connection:
            if not _exists(connection, basket_id, owner):
                return Basket(basket_id=basket_id), ""
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
            return _read(connection, basket_id, owner), told


def _exists(connection: sqlite3.Connection, basket_id: str, owner: str) -> bool:
    sql = "SELECT 1 FROM basket WHERE basket_id = ? AND owner IN ('', ?)"
    return connection.execute(sql, (basket_id, owner)).fetchone() is not None


def _read(connection: sqlite3.Connection, basket_id: str, owner: str) -> Basket:
    if not _exists(connection, basket_id, owner):
        return Basket(basket_id=basket_id)
    rows = connection.execute(
        "SELECT place, note, removed_at IS NULL FROM basket_item WHERE basket_id = ? ORDER BY item_id",
        (basket_id,),
    ).fetchall()
    items = [(KeptPlace(place=place, note=note), bool(held)) for place, note, held in rows]
    return Basket(
        basket_id=basket_id,
        items=tuple(one for one, held in items if held),
        removed=tuple(one for one, held in items if not held),
    )
