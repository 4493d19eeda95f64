"""Where a library was published 「公開先」, and what is still shown there that it no longer opens to all.

Publishing is a copy: who limits or removes a document afterwards must publish again before it is gone there.
The library remembers its folders, so that whoever changes it can be told so, with the command that does it.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.access import PUBLIC
from corpus.errors import LibraryDamagedError, LibraryError
from corpus.store import Store

logger = logging.getLogger(__name__)

NAME = "published.json"
CURRENT = "current"


@dataclass(frozen=True, slots=True, kw_only=True)
class StillShown:
    """A folder that shows more than it should.

    Attributes:
        folder: that was published into.
        documents: how many of its documents the library limits or does not hold any more; None where that
            cannot be told, since the folder cannot be read.
    """

    folder: Path
    documents: int | None

    @property
    def line(self) -> str:
        """What a person is told."""
        again = f"「shirube publish {self.folder}」をもう一度実行してください。"
        if self.documents is None:
            return f"公開先を読めないため、公開でない資料が残っているか分かりません: {self.folder}。{again}"
        return (
            f"公開でなくなった、または削除した資料が{self.documents:,}件、公開先にまだ出ています: "
            f"{self.folder}。外すには、{again}"
        )


def remember(library: Path, folder: Path) -> None:
    """Note that a library was published into a folder.

    Raises:
        LibraryDamagedError: what was noted before cannot be read.
        OSError: it cannot be written down.
    """
    held = places(library)
    if folder.resolve() in held:
        return
    made = library / f"{NAME}.{uuid.uuid4().hex[:12]}.part"
    try:
        made.write_text(json.dumps([str(one) for one in [*held, folder.resolve()]]), encoding="utf-8")
        made.replace(library / NAME)
    finally:
        made.unlink(missing_ok=True)


def places(library: Path) -> list[Path]:
    """The folders that a library was published into, in the order in which it first was.

    Raises:
        LibraryDamagedError: the note cannot be read.
    """
    path = library / NAME
    try:
        return [Path(one) for one in json.loads(path.read_text(encoding="utf-8"))]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError) as exc:
        raise LibraryDamagedError(
            f"公開先の記録を読めません: {path}（{exc}）。このファイルを消して、公開先の数だけ"
            "「shirube publish フォルダー」をもう一度実行してください。資料と索引には影響ありません。"
        ) from exc


def still_shown(library: Path) -> Iterator[StillShown]:
    """The folders that show documents which the library limits or does not hold.

    Raises:
        LibraryError: the library, or its note of the folders, cannot be read.
    """
    held = places(library)
    if not held:
        return
    public = {name for name, access in Store.open(library).reader.accesses().items() if access == PUBLIC.key}
    for folder in held:
        shown = _shown_in(folder)
        if shown is None:
            yield StillShown(folder=folder, documents=None)
        elif shown - public:
            yield StillShown(folder=folder, documents=len(shown - public))


def may_be_shown(library: Path, document_id: str) -> bool:
    """Whether a document is in a folder that was published into, or in one that cannot be read.

    Raises:
        LibraryError: the note of the folders cannot be read.
    """
    found = map(_shown_in, places(library))
    return any(shown is None or document_id in shown for shown in found)


def _shown_in(folder: Path) -> set[str] | None:
    """The documents that a folder shows now; None where it cannot be read."""
    if not (folder / CURRENT).exists():
        return set()
    try:
        store = Store.open(folder / CURRENT)
        shown = {document.document_id for document in store.reader.documents()}
        store.close()
    except (LibraryError, sqlite3.DatabaseError, OSError) as exc:
        logger.info("what was published cannot be read: %s (%s)", folder, exc)
        return None
    return shown
