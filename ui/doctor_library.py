"""What ``doctor`` finds of the library: whether it can be opened and used, and what a restore has left."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import LibraryError, LibraryMissingError, ShirubeError
from corpus.replace_folder import earlier, unfinished
from corpus.store import Store
from ui.care_people import people_faults
from ui.doctor_check import Check, failing, good, note
from ui.published_places import still_shown


def library_checks(library: Path) -> Iterator[Check]:
    """The checks, in the order in which they are shown."""
    try:
        library = library.resolve()
        yield from _looked_over(library)
    except OSError as exc:
        advice = "場所の名前と、フォルダーを読み書きする権限を確かめてください。"
        yield failing("ライブラリ", f"開けません（{library}、{exc}）", advice)


def _looked_over(library: Path) -> Iterator[Check]:
    try:
        yield from _opened(library)
    except LibraryMissingError:
        yield _missing(library)
    except ShirubeError as exc:
        yield failing("ライブラリ", str(library), str(exc))
    except sqlite3.DatabaseError as exc:
        advice = "「shirube verify」で確かめ、控えから「shirube restore」で戻してください。"
        yield failing("ライブラリ", f"{library}（{exc}）", advice)
    yield from (
        failing("利用者と資料かご", f"{one.what}（{one.where}）", one.remedy)
        for one in people_faults(library)
    )
    yield from _published(library)
    if left := unfinished(library):
        advice = "途中で止まった復元の跡です。復元を動かしていなければ、消してかまいません。"
        yield note("復元の跡", "、".join(path.name for path in left), advice)
    if kept := earlier(library):
        advice = "復元の前のライブラリです。要らなければ消してかまいません。"
        yield note("前のライブラリ", "、".join(path.name for path in kept), advice)


def _opened(library: Path) -> Iterator[Check]:
    from ui.library import index_fault

    store = Store.open(library).reader
    documents, passages = len(store.documents()), store.passage_count()
    yield good("ライブラリ", f"文書 {documents:,}件、検索単位 {passages:,}か所（{library}）")
    if not passages:
        yield note(
            "索引", "資料がまだありません", "「shirube ingest 資料のフォルダー」で取り込んでください。"
        )
        return
    fault = index_fault(library)
    yield good("索引", "使えます") if fault is None else failing("索引", "使えません", fault)
    if unread := store.unread_files():
        advice = "「shirube status」で、ファイルの名前と理由を確かめられます。"
        yield note("読み取れなかったファイル", f"{len(unread):,}件", advice)


def _published(library: Path) -> Iterator[Check]:
    try:
        for one in still_shown(library):
            yield failing("公開先", str(one.folder), one.line)
    except (LibraryError, sqlite3.DatabaseError) as exc:
        yield note("公開先", "確かめられません", str(exc))


def _missing(library: Path) -> Check:
    kept = earlier(library)
    if kept:
        advice = f"復元が途中で止まったようです。{kept[-1].name} の名前を {library.name} に戻してください。"
        return failing("ライブラリ", f"ありません（{library}）", advice)
    advice = "「shirube ingest 資料のフォルダー」で作ります。別の場所にあるなら、--data で指定してください。"
    return note("ライブラリ", f"まだありません（{library}）", advice)
