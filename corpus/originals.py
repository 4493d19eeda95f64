"""The original files 「原本」 of a library: a copy of each, named by the hash of its bytes.

Answers rest on the stored text alone (``corpus.store``); an original is kept to be looked at, so that a
person can compare a quotation with the page as it was published. A copy is whole or it is not there: it is
written aside, made durable and then given its name, before the transaction that adds its document commits.
Two towns that published the same file share one copy, which goes when the last of their documents does.
"""

from __future__ import annotations

import logging
import os
import re
import uuid
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import LibraryUnwritableError

logger = logging.getLogger(__name__)

FOLDER = "originals"

_HASH = re.compile(r"[0-9a-f]{64}")
_EXTENSION = re.compile(r"\.[a-z0-9]{1,8}")
_PART = ".part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A stored copy.

    Attributes:
        path: where it lies.
        sha256: of its bytes.
        extension: what it was read as (``.pdf``), whatever its own name says.
    """

    path: Path
    sha256: str
    extension: str


class Originals:
    """The originals in one library's folder; any thread or process may look them up.

    ``keep`` and ``discard`` belong into a transaction of the store: only one program at a time has one.
    """

    def __init__(self, library: Path) -> None:
        self._folder = library / FOLDER

    def keep(self, data: bytes, sha256: str, extension: str) -> None:
        """Store a file's bytes, unless they are stored already.

        Args:
            data: the bytes as offered; of a file in a ZIP, its own.
            sha256: their hash.
            extension: what they were read as.

        Raises:
            LibraryUnwritableError: the disk is full or may not be written to.
            ValueError: the hash or the extension is none.
        """
        if not _HASH.fullmatch(sha256) or not _EXTENSION.fullmatch(extension):
            raise ValueError(f"no name for an original: {sha256}{extension}")
        final = self._folder / sha256[:2] / f"{sha256}{extension}"
        try:
            if not final.is_file() or final.stat().st_size != len(data):
                _write(final, data)
        except OSError as exc:
            raise LibraryUnwritableError(
                f"原本の控えを書き込めません: {self._folder}（{exc}）。"
                "空き容量と書き込みの権限を確かめてください。ライブラリは元のままです。"
            ) from exc

    def find(self, sha256: str) -> Original | None:
        """The copy of a hash, None without one: a library may be older than the keeping of copies."""
        if not _HASH.fullmatch(sha256):
            return None
        found = (one for one in self._in(self._folder / sha256[:2]) if one.sha256 == sha256)
        return next(found, None)

    def discard(self, held: Collection[str]) -> None:
        """Remove all copies but those of the given hashes, and what was never finished.

        A file that somebody has open (Windows) stays for next time.
        """
        for folder in sorted(self._folder.glob("??")):
            for path in sorted(folder.iterdir()):
                if path.stem not in held:
                    _tried(path, path.unlink)
            if not any(folder.iterdir()):
                _tried(folder, folder.rmdir)

    def _in(self, folder: Path) -> Iterator[Original]:
        for path in sorted(folder.glob("*")):
            if _HASH.fullmatch(path.stem) and path.suffix != _PART:
                yield Original(path=path, sha256=path.stem, extension=path.suffix)


def _write(final: Path, data: bytes) -> None:
    final.parent.mkdir(parents=True, exist_ok=True)
    aside = final.with_name(f"{final.stem}.{uuid.uuid4().hex[:12]}{_PART}")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(final)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def _tried(path: Path, remove: Callable[[], None]) -> None:
    try:
        remove()
    except OSError as exc:
        logger.info("original stays for now: %s (%s)", path, exc)
