"""The audit log 「操作の記録」: who did what, and when, one JSON object a line.

Lines are only ever appended. A file that has become large is put aside under its time, and the oldest ones go
when there are too many. What the documents say is in no line; what was asked for is, unless a setting hides
it. Where a line cannot be written, that is told in the program's own log, and the page serves on.
"""

from __future__ import annotations

import json
import logging
import os
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from ui.settings import SettingError

logger = logging.getLogger(__name__)

FOLDER, NAME = "audit", "audit.jsonl"
QUERIES = "SHIRUBE_AUDIT_QUERIES"
LARGEST_BYTES = 10_000_000
MOST_FILES = 100
_LONGEST_VALUE = 2_000
HIDDEN = "（記録しない設定）"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls, what turns the direction of writing, what is no character, separators of lines."""


class Act(StrEnum):
    """What was done."""

    SIGN_IN = "sign-in"
    SIGN_IN_FAILED = "sign-in-failed"
    SIGN_OUT = "sign-out"
    SEARCH = "search"
    OPEN = "open"
    EXPORT = "export"
    ADD = "add"
    REMOVE = "remove"
    LINK = "link"
    ACCESS = "access"
    ACCOUNTS = "accounts"
    PROGRAM = "program"


class AuditLog:
    """The log of one library; any thread or process may write to it."""

    def __init__(self, library: Path, *, keeps_queries: bool = True, largest: int = LARGEST_BYTES) -> None:
        """Open the log.

        Args:
            library: the folder.
            keeps_queries: whether what was asked for is written down.
            largest: bytes after which a new file is begun.
        """
        self._folder = library / FOLDER
        self._keeps_queries = keeps_queries
        self._largest = largest
        self._lock = threading.Lock()

    def note(self, who: str, act: Act, *, query: str = "", address: str = "", what: str = "") -> None:
        """Write a line down.

        Args:
            who: the account; of a command the system's own user in brackets.
            act: what was done.
            query: what was asked for.
            address: where from.
            what: the document, file, account or path concerned.
        """
        shown = query if self._keeps_queries or not query else HIDDEN
        facts = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "who": who, "act": act.value}
        told = {"query": shown, "address": address, "what": what}
        line = line_of({**facts, **{name: value[:_LONGEST_VALUE] for name, value in told.items() if value}})
        try:
            with self._lock:
                self._append(line.encode("utf-8", "backslashreplace") + b"\n")
        except OSError as exc:
            logger.error("the audit log cannot be written: %s (%s)", self._folder, exc)

    def lines(self) -> Iterator[Mapping[str, str]]:
        """All lines that are kept, the oldest first; one that was cut short by a crash is left out."""
        for path in [*self._earlier(), self._folder / NAME]:
            if not path.is_file():
                continue
            for line in path.read_bytes().splitlines():
                try:
                    found = dict(json.loads(line))
                except (ValueError, TypeError):
                    logger.warning("a line of the audit log cannot be read: %s", path)
                    continue
                yield {str(name): str(value) for name, value in found.items()}

    def _append(self, line: bytes) -> None:
        path = self._folder / NAME
        self._folder.mkdir(mode=0o700, exist_ok=True)  # not the library's: see ``Accounts._opened``
        if path.is_file() and path.stat().st_size + len(line) > self._largest:
            self._rotate(path)
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, line)
        finally:
            os.close(handle)

    def _rotate(self, path: Path) -> None:
        path.replace(self._folder / f"audit-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.jsonl")
        for old in self._earlier()[:-MOST_FILES]:
            old.unlink()

    def _earlier(self) -> list[Path]:
        return sorted(self._folder.glob("audit-*.jsonl"))


def line_of(facts: Mapping[str, str]) -> str:
    """Facts as a line of JSON, which reads back as just these."""
    return visible(json.dumps(facts, ensure_ascii=False))


def visible(text: str) -> str:
    """A text in which nothing acts on a terminal or hides from the eye: such characters as JSON escapes them.

    They come from whoever types a name at the sign-in, and are read by who looks after the machine.
    """
    return "".join(json.dumps(one)[1:-1] if unicodedata.category(one) in _UNSEEN else one for one in text)


def audit_log(library: Path, environment: Mapping[str, str]) -> AuditLog:
    """The log as the environment sets it.

    Raises:
        SettingError: the setting is none.
    """
    written = environment.get(QUERIES, "keep").strip().lower()
    if written not in ("keep", "hide", ""):
        raise SettingError(f"{QUERIES} を読めません: {written}。keep（記録する）か hide（しない）です。")
    return AuditLog(library, keeps_queries=written != "hide")
