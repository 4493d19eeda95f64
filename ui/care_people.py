"""Whether the files that people fill beside the documents are sound: the accounts, and baskets and links."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from corpus.fault import Fault, FaultKind, fault
from corpus.sqlite_denied import is_denied
from corpus.user_data import USER_DATA_NAME
from ui.accounts import NAME as ACCOUNTS

_ACCOUNTS = (
    "このファイルを別の場所に移してから、「shirube restore 控えのファイル --replace」で"
    "控えの利用者に戻すか、「shirube users add」で登録し直してください。"
)
_USER_DATA = (
    "「shirube restore 控えのファイル --replace」で戻してください。控えがなければ、このファイルを別の場所に"
    "移すと、資料かごと手で付けたつながりは空から始まります。資料と索引には影響ありません。"
)
_KEPT = {
    ACCOUNTS: ("利用者のファイル", _ACCOUNTS),
    USER_DATA_NAME: ("資料かごなどの記録", _USER_DATA),
}
_RIGHTS = "フォルダーとファイルを読み書きする権限を確かめてください。"


def people_faults(library: Path) -> Iterator[Fault]:
    """A fault for each of the files that is damaged or cannot be opened; one that is not there is none."""
    for name, (what, remedy) in _KEPT.items():
        path = library / name
        try:
            found = _damage(path) if path.is_file() else ""
        except sqlite3.DatabaseError as exc:
            found, remedy = str(exc), _RIGHTS if is_denied(exc) else remedy
        if found:
            yield fault(FaultKind.PEOPLE, f"{what}を使えません（{found}）", str(path), remedy)


def _damage(path: Path) -> str:
    """The first damage that SQLite finds, empty where there is none."""
    with closing(sqlite3.connect(path, timeout=5)) as connection:
        (told,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return "" if told == "ok" else str(told)
