"""What is removed is gone: from the store, its log, indexes, originals and copies of before a migration."""

from __future__ import annotations

import shutil
from pathlib import Path

from corpus.access import OPERATOR
from corpus.migration import copy_name
from corpus.store import STORE_NAME
from ui.intake import ingest, remove
from ui.library import open_engines
from ui.search_page import SearchPage

MARK = "ZQGHOSTX"
WORDS = "まぼろし確認語"
TEXT = f"""大泉町 令和6年度 方針書

{WORDS}の取組を進める。{MARK} という略語で呼ぶ。
"""


def _holding(library: Path) -> list[str]:
    """The files that hold a word of the document, or are named after it."""
    sought = [one.encode() for one in (MARK, MARK.lower(), WORDS)]
    files = [path for path in library.rglob("*") if path.is_file()]
    return [path.name for path in files if any(one in path.read_bytes() for one in sought)]


def test_no_file_of_the_library_holds_a_word_of_what_was_removed(tmp_path: Path) -> None:
    library, source = tmp_path / "library", tmp_path / "群馬県" / "大泉町"
    source.mkdir(parents=True)
    (source / "a.txt").write_text(TEXT, encoding="utf-8")
    (source / "b.txt").write_text("大泉町 令和5年度 方針書\n\n空き家の相談を行う。\n", encoding="utf-8")
    ingest(library, [tmp_path / "群馬県"])
    shutil.copy(library / STORE_NAME, library / copy_name(2))
    engine = open_engines(library).of(OPERATOR)
    page = SearchPage(engine)
    assert len(_holding(library)) >= 3
    (gone,) = [one.document_id for one in engine.store.documents() if one.source == "a.txt"]
    before = repr(page.choices())
    remove(library, gone)
    assert _holding(library) == []
    assert not [path for path in library.rglob("*") if gone in path.name]
    assert engine.store.document(gone) is None
    assert repr(page.choices()) != before
    assert "令和6年度" not in repr(page.choices())
