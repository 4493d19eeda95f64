from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.access import INTERNAL, PUBLIC
from corpus.errors import (
    LibraryBusyError,
    LibraryDamagedError,
    LibraryMissingError,
    LibraryUnwritableError,
    SchemaVersionError,
)
from corpus.indicator import Direction
from corpus.span import Span
from corpus.store import STORE_NAME, Store
from corpus.store_writer import StoreWriter
from corpus.unread import UnreadFile
from tests.corpus.make import a_document, a_record, a_sheet, an_indicator, passages_by_line

TEXT = "多文化共生の推進𠮷\n外国人住民への情報提供"


def add(writer: StoreWriter, text: str = TEXT, **facts: str) -> str:
    document = a_document(text, **facts)  # type: ignore[arg-type]
    record = a_record(document, text)
    writer.add(replace(record, indicators=(an_indicator(record.passages[0], Span(0, 3)),)))
    return document.document_id


def test_what_is_added_is_read_back_by_value(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    with store.writing() as writer:
        document_id = add(writer)
    reader = store.reader
    document = a_document(TEXT)
    assert reader.documents() == [document]
    assert reader.sheets() == [a_sheet(document, TEXT)]
    assert reader.sheet(document_id, 1) == a_sheet(document, TEXT)
    assert reader.sheet(document_id, 2) is None
    assert reader.passages_of(document_id) == passages_by_line(document, TEXT)
    assert reader.passages_of_sheet(document_id, 1) == passages_by_line(document, TEXT)
    assert reader.passages_of_sheet(document_id, 2) == reader.passages_of_sheet(document_id, None) == []
    assert [passage for _, passage in reader.passages()] == passages_by_line(document, TEXT)
    assert reader.document_text(document_id) == TEXT
    assert reader.counts(document_id) == {"sheets": 1, "passages": 2, "indicators": 1}
    (indicator,) = reader.indicators([f"{document_id}/0001"])
    assert (indicator.value, indicator.direction, indicator.achieved) == (1200.0, Direction.UP, True)
    asked = [f"{document_id}/none", indicator.passage_id, f"{document_id}/0002"]
    assert reader.indicators(asked) == [indicator]


def test_text_at_counts_code_points_and_refuses_places_outside(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    with store.writing() as writer:
        document_id = add(writer)
    assert store.reader.text_at(document_id, Span(6, 9)) == "推進𠮷"
    assert store.reader.text_at(document_id, Span(0, len(TEXT))) == TEXT
    for outside in (Span(0, len(TEXT) + 1), Span(-1, 3), Span(3, 3), Span(9, 5)):
        assert store.reader.text_at(document_id, outside) is None
    assert store.reader.text_at("990019-nothing", Span(0, 1)) is None


def test_a_failed_transaction_leaves_the_library_as_it_was(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    with store.writing() as writer:
        add(writer)
    before = store.reader.revision

    def failing() -> None:
        with store.writing() as writer:
            add(writer, "別の文書の本文です", source="other.txt")
            writer.set_index_generation("half")
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        failing()
    assert (store.reader.revision, store.reader.index_generation) == (before, None)
    assert [document.source for document in store.reader.documents()] == ["plan.txt"]


def test_removing_leaves_no_sheet_passage_or_indicator(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    with store.writing() as writer:
        document_id = add(writer)
    with store.writing() as writer:
        assert writer.remove(document_id)
        assert not writer.remove(document_id)
    reader = store.reader
    assert reader.passage_count() == 0
    assert reader.sheets() == []
    assert reader.indicators([f"{document_id}/0001"]) == []


def test_row_numbers_are_never_used_again(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    with store.writing() as writer:
        first = add(writer)
        old = [row for row, _ in writer.passages()]
        writer.remove(first)
        add(writer)
        new = [row for row, _ in writer.passages()]
    assert not set(old) & set(new)
    assert store.reader.passages_at(old) == {}


def test_the_revision_grows_with_documents_only(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    with store.writing() as writer:
        document_id = add(writer)
    added = store.reader.revision
    note = UnreadFile(origin="/plans/x.jtd", source="x.jtd", reason="読めません", noted_at="2026-04-01")
    with store.writing() as writer:
        writer.note_unread(note, PUBLIC)
    assert store.reader.revision == added
    assert store.reader.unread_files() == [note]
    with store.writing() as writer:
        writer.remove(document_id)
    assert store.reader.revision > added


def test_adding_a_file_clears_the_note_that_it_was_unreadable(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    with store.writing() as writer:
        writer.note_unread(
            UnreadFile(origin="/plans/plan.txt", source="plan.txt", reason="空です", noted_at="2026-04-01"),
            PUBLIC,
        )
        add(writer)
    assert store.reader.unread_files() == []


def test_a_reader_that_has_listed_documents_sees_later_changes(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    assert store.reader.documents() == []
    with store.writing() as writer:
        document_id = add(writer)
        assert [document.document_id for document in writer.documents()] == [document_id]
    assert [document.document_id for document in store.reader.documents()] == [document_id]
    store.reader.documents().clear()
    assert len(store.reader.documents()) == 1
    with store.writing() as writer:
        assert len(writer.documents()) == 1
        writer.remove(document_id)
        assert writer.documents() == []
    assert store.reader.documents() == []


def test_two_towns_may_have_the_same_file(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    with store.writing() as writer:
        ids = {add(writer), add(writer, code="990027")}
    assert len(ids) == 2
    assert len(store.reader.documents()) == 2


def test_readers_in_other_threads_see_only_what_is_committed(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    seen: list[int] = []

    def look() -> None:
        seen.append(len(store.reader.documents()))
        store.close()

    with store.writing() as writer:
        add(writer)
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert seen == [0]
    assert len(store.reader.documents()) == 1


def test_a_second_writer_is_told_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.store.BUSY_SECONDS", 0.05)
    store = Store.create(tmp_path)

    def second() -> None:
        with store.writing():
            pass

    with store.writing(), pytest.raises(LibraryBusyError, match="ほかの取り込み"):
        second()


def test_opening_what_is_no_library_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissingError, match="shirube ingest"):
        Store.open(tmp_path)
    (tmp_path / STORE_NAME).write_bytes(b"no database at all" * 100)
    with pytest.raises(LibraryDamagedError, match="読めません"):
        Store.open(tmp_path)


def test_a_library_that_a_restore_has_left_under_another_name_is_told(tmp_path: Path) -> None:
    Store.create(tmp_path / "library")
    (tmp_path / "library").rename(tmp_path / "library-before-restore-20261130-120000")
    with pytest.raises(
        LibraryMissingError, match="library-before-restore-20261130-120000 の名前を library に"
    ):
        Store.open(tmp_path / "library")
    Store.create(tmp_path / "library")
    assert Store.open(tmp_path / "library").reader.documents() == []


def test_only_what_has_an_access_is_kept(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    with store.writing() as writer:
        kept, gone = add(writer), add(writer, "人事異動の案")
        writer.set_access(gone, INTERNAL)
        for origin, access in (("/x/a.pdf", PUBLIC), ("/x/b.pdf", INTERNAL)):
            file = UnreadFile(origin=origin, source=origin[3:], reason="壊れています。", noted_at="2026")
            writer.note_unread(file, access)
        assert writer.keep_only(PUBLIC) == 1
    assert [one.document_id for one in store.reader.documents()] == [kept]
    assert [one.source for one in store.reader.unread_files()] == ["a.pdf"]


def test_another_schema_version_is_refused(tmp_path: Path) -> None:
    Store.create(tmp_path)
    connection = sqlite3.connect(tmp_path / STORE_NAME)
    with connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    connection.close()
    with pytest.raises(SchemaVersionError, match="形式99"):
        Store.open(tmp_path)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    blocking = tmp_path / "file"
    blocking.write_text("not a folder", encoding="utf-8")
    with pytest.raises(LibraryUnwritableError, match="--data"):
        Store.create(blocking / "library")


def test_one_circled_number_links_the_sections_of_a_sheet(tmp_path: Path) -> None:
    text = "課題の文\n方針の文\n別の項目\n結果の文"
    document = a_document(text)
    places = [("①", "現状と課題"), ("①", "取組方針"), ("②", "取組方針"), ("①", "中間レビュー")]
    passages = tuple(
        replace(passage, item=item, section_path=(section,))
        for passage, (item, section) in zip(passages_by_line(document, text), places, strict=True)
    )
    store = Store.create(tmp_path)
    with store.writing() as writer:
        writer.add(replace(a_record(document, text), passages=passages))
    assert [one.section_path for one in store.reader.linked(passages[0])] == [
        ("取組方針",),
        ("中間レビュー",),
    ]
    assert store.reader.linked(replace(passages[0], item="窓口")) == []


def test_the_sheets_over_passages_are_those_that_each_belongs_to(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    with store.writing() as writer:
        first, second = add(writer), add(writer, TEXT + "\n別の文書")
    passages = [passage for _, passage in store.reader.passages()]
    over = store.reader.sheets_over(passages)
    assert over.keys() == {(first, 1), (second, 1)}
    for passage in passages:
        assert store.reader.sheet(passage.document_id, passage.sheet_ordinal) == over.get(
            (passage.document_id, passage.sheet_ordinal or 0)
        )
    assert store.reader.sheets_over([replace(passages[0], sheet_ordinal=None)]) == {}


def test_documents_by_identity_follow_what_is_written(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    with store.writing() as writer:
        first = add(writer)
    assert list(store.reader.documents_by_id()) == [first]
    with store.writing() as writer:
        second = add(writer, TEXT + "\n別の文書")
    assert store.reader.documents_by_id().keys() == {first, second}
    assert list(store.reader.documents_by_id().values()) == store.reader.documents()
