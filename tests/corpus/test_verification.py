"""Damage of every sort to a store is found, told with its place, and nothing sound is complained of."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.absence import Absence
from corpus.coverage import LeftOut, LeftOutReason
from corpus.document import Document
from corpus.errors import LibraryDamagedError
from corpus.fault import Fault, FaultKind, fault
from corpus.glossary_entry import GlossaryEntry, GlossaryKind
from corpus.record import DocumentRecord
from corpus.span import Span
from corpus.store import STORE_NAME, Store
from corpus.verification import store_faults, unsealed
from tests.corpus.damage import execute, flip, flip_in
from tests.corpus.make import a_document, a_record, an_indicator, passages_by_line

TEXT = "見出しの行\n多文化共生の推進𠮷\n\n相談の件数は431件である\n最終レビュー"
OTHER = "別の町の計画の本文"


def full_record(document: Document) -> DocumentRecord:
    """A document with everything that a record may hold."""
    passages = tuple(passages_by_line(document, TEXT)[1:3])
    figure = TEXT.index("431")
    indicator = replace(
        an_indicator(passages[1], Span(figure, figure + 3)), name="相談の件数", value=431, value_text="431"
    )
    absence = Absence(
        document_id=document.document_id,
        sheet_ordinal=1,
        label="最終レビュー",
        fiscal_year=None,
        section_path=(),
        span=Span(TEXT.index("最終"), len(TEXT)),
    )
    entry = GlossaryEntry(
        document_id=document.document_id,
        term="多文化",
        meaning="共生",
        kind=GlossaryKind.OTHER_NAME,
        span=Span(6, 11),
    )
    return replace(
        a_record(document, TEXT),
        passages=passages,
        indicators=(indicator,),
        carried=(Span(0, 5),),
        left_out=(LeftOut(span=Span(6, 8), reason=LeftOutReason.MARKUP),),
        absences=(absence,),
        glossary=(entry,),
    )


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Two documents, one with everything that a record may hold."""
    other = a_document(OTHER, code="990027", source="other.txt")
    with Store.create(tmp_path).writing() as writer:
        writer.add(full_record(a_document(TEXT)))
        writer.add(a_record(other, OTHER))
    return tmp_path


def faults(folder: Path) -> list[Fault]:
    with Store(folder).snapshot() as connection:
        return list(store_faults(connection))


def kinds(folder: Path) -> set[FaultKind]:
    """The kinds of the faults; a store that cannot be read at all is one fault of the store."""
    try:
        return {one.kind for one in faults(folder)}
    except LibraryDamagedError:
        return {FaultKind.STORE}


def test_a_sound_store_has_no_faults(library: Path) -> None:
    assert faults(library) == []
    with Store(library).snapshot() as connection:
        assert unsealed(connection) == 0


def test_a_document_read_again_unchanged_keeps_its_seal(library: Path) -> None:
    with Store(library).writing() as writer:
        writer.set_reader(a_document(TEXT).document_id, "2")
    assert faults(library) == []


def test_a_bit_of_a_quotable_text_is_found_with_its_place(library: Path) -> None:
    execute(library, f"UPDATE document SET text = replace(text, '共生', '共性') WHERE text = '{TEXT}'")
    found = faults(library)
    assert {one.kind for one in found} == {FaultKind.DOCUMENT, FaultKind.PASSAGE, FaultKind.RECORD}
    (passage,) = [one for one in found if one.kind is FaultKind.PASSAGE and "検索単位の文" in one.what]
    assert "plan.txt 2行目" in passage.where
    assert "shirube remove" in passage.line
    assert "\n" not in passage.line
    assert not any("other.txt" in one.where for one in found)


def test_a_bit_in_the_file_itself_is_found_even_where_no_passage_shows_it(library: Path) -> None:
    execute(library, "VACUUM")
    flip_in(library / STORE_NAME, "見出しの行")
    (found,) = faults(library)
    assert (found.kind, found.document_id) == (FaultKind.DOCUMENT, a_document(TEXT).document_id)
    assert "取り込んだときと違います" in found.what


def test_a_bit_that_leaves_no_character_is_told_and_the_rest_is_still_looked_at(library: Path) -> None:
    execute(library, "VACUUM")
    flip_in(library / STORE_NAME, "の推進", bit=0x40)
    execute(library, "UPDATE passage SET text = 'x' WHERE document_id LIKE '990027%'")
    found = faults(library)
    assert any("文字として読めない" in one.what for one in found)
    assert {one.document_id[:6] for one in found} == {"990019", "990027"}
    for one in found:
        one.line.encode("utf-8")


CHANGES = [
    ("DELETE FROM passage WHERE ordinal = 2", FaultKind.DOCUMENT),
    ("DELETE FROM passage WHERE ordinal = 4", FaultKind.STORE),
    ("DELETE FROM sheet", FaultKind.PASSAGE),
    ("DELETE FROM document WHERE source = 'other.txt'", FaultKind.STORE),
    ("DELETE FROM indicator", FaultKind.DOCUMENT),
    ("DELETE FROM absence", FaultKind.DOCUMENT),
    ("DELETE FROM glossary", FaultKind.DOCUMENT),
    ("DELETE FROM carried", FaultKind.DOCUMENT),
    ("DELETE FROM left_out", FaultKind.DOCUMENT),
    ("UPDATE passage SET segments = '[[6,9999]]' WHERE ordinal = 2", FaultKind.PASSAGE),
    ("UPDATE passage SET segments = '[[6,9],[8,10]]' WHERE ordinal = 2", FaultKind.PASSAGE),
    ("UPDATE passage SET segments = '[' WHERE ordinal = 2", FaultKind.PASSAGE),
    ("UPDATE passage SET kind = 'chunk'", FaultKind.PASSAGE),
    ("UPDATE passage SET cells = replace(cells, '431', '432')", FaultKind.PASSAGE),
    ("UPDATE passage SET section_path = '[]'", FaultKind.DOCUMENT),
    ("UPDATE passage SET ordinal = 9 WHERE ordinal = 4", FaultKind.PASSAGE),
    ("UPDATE sheet SET span = '[0,3]'", FaultKind.PASSAGE),
    ("UPDATE sheet SET span = '[0,99999]'", FaultKind.RECORD),
    ("UPDATE sheet SET progress = '[[1]]'", FaultKind.RECORD),
    ("UPDATE indicator SET value = 432", FaultKind.DOCUMENT),
    ("UPDATE indicator SET value_text = '432'", FaultKind.RECORD),
    ("UPDATE indicator SET role = 'hope'", FaultKind.RECORD),
    ("UPDATE absence SET end = 4711", FaultKind.RECORD),
    ("UPDATE glossary SET term = '異文化'", FaultKind.RECORD),
    ("UPDATE left_out SET end = -1", FaultKind.RECORD),
    ("UPDATE document SET fiscal_year = 2023", FaultKind.DOCUMENT),
    ("UPDATE document SET warnings = '{'", FaultKind.DOCUMENT),
    ("UPDATE document SET sha256 = 'f' || substr(sha256, 2)", FaultKind.DOCUMENT),
    ("UPDATE document SET text = 'a' || char(0) || text", FaultKind.DOCUMENT),
    ("CREATE TRIGGER evil AFTER DELETE ON passage BEGIN DELETE FROM document; END", FaultKind.STORE),
    ("CREATE VIEW evil AS SELECT * FROM document", FaultKind.STORE),
    ("CREATE TABLE evil (a)", FaultKind.STORE),
    ("DROP TABLE glossary", FaultKind.STORE),
    ("ALTER TABLE passage DROP COLUMN item", FaultKind.STORE),
]


@pytest.mark.parametrize(("statement", "kind"), CHANGES)
def test_a_change_behind_the_programs_back_is_found(library: Path, statement: str, kind: FaultKind) -> None:
    execute(library, statement)
    assert kind in kinds(library)


def test_a_lost_document_is_named(library: Path) -> None:
    execute(library, *(f"DELETE FROM {table}" for table in ("passage", "sheet", "indicator", "document")))
    lost = [one for one in faults(library) if "失われています" in one.what]
    assert {one.document_id[:6] for one in lost} == {"990019", "990027"}


def test_without_seals_the_text_still_tells_on_passages(library: Path) -> None:
    execute(library, "DELETE FROM meta WHERE key LIKE 'seal:%'")
    assert faults(library) == []
    with Store(library).snapshot() as connection:
        assert unsealed(connection) == 2
    execute(library, "UPDATE document SET text = replace(text, '共生', '共性')")
    assert FaultKind.PASSAGE in kinds(library)


def test_removing_a_document_removes_its_seal(library: Path) -> None:
    with Store(library).writing() as writer:
        assert writer.remove(a_document(OTHER, code="990027").document_id)
    assert faults(library) == []


@pytest.mark.parametrize("page", [1, 2, 5, 9])
def test_a_damaged_page_is_told_without_a_crash(library: Path, page: int) -> None:
    execute(library, "VACUUM")
    path = library / STORE_NAME
    data = bytearray(path.read_bytes())
    data[4096 * page : 4096 * page + 64] = b"\xff" * 64
    path.write_bytes(bytes(data))
    assert FaultKind.STORE in kinds(library)


def test_a_file_that_lost_its_end_is_told(library: Path) -> None:
    execute(library, "VACUUM")
    path = library / STORE_NAME
    path.write_bytes(path.read_bytes()[:-8192])
    assert FaultKind.STORE in kinds(library)


def test_a_store_that_takes_the_place_of_another_is_read_from_then_on(library: Path, tmp_path: Path) -> None:
    store = Store.open(library)
    before = store.reader
    assert len(before.documents()) == 2
    copy = tmp_path / "copy"
    copy.mkdir()
    store.copy_to(copy / STORE_NAME)
    execute(copy, "DELETE FROM passage WHERE document_id LIKE '990027%'")
    execute(copy, "DELETE FROM document WHERE document_id LIKE '990027%'")
    (library / STORE_NAME).rename(tmp_path / "aside.sqlite3")
    assert len(store.reader.documents()) == 2  # nothing is there yet
    (copy / STORE_NAME).rename(library / STORE_NAME)
    assert len(store.reader.documents()) == 1
    assert len(before.documents()) == 2  # who is reading ends in the state it began in


def test_a_snapshot_does_not_move_and_cannot_write(library: Path) -> None:
    store = Store.open(library)
    with store.snapshot() as connection:
        with store.writing() as writer:
            writer.remove(a_document(OTHER, code="990027").document_id)
        assert connection.execute("SELECT count(*) FROM document").fetchone() == (2,)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM document")


def test_a_copy_holds_nothing_of_removed_documents(library: Path, tmp_path: Path) -> None:
    store = Store.open(library)
    with store.writing() as writer:
        writer.remove(a_document(OTHER, code="990027").document_id)
    store.copy_to(tmp_path / "copy.sqlite3")
    assert OTHER.encode() not in (tmp_path / "copy.sqlite3").read_bytes()
    assert TEXT.split("\n")[1].encode() in (tmp_path / "copy.sqlite3").read_bytes()


def test_texts_of_a_fault_can_always_be_shown() -> None:
    one = fault(FaultKind.STORE, "a\udcffb", "c\nd", "e")
    assert one.line == "a?b: c d。e"
    assert replace(one, remedy="").line == "a?b: c d。"


def test_flipping_changes_one_bit(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"ab")
    flip(path, 1)
    assert path.read_bytes() == b"ac"
