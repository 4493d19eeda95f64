from __future__ import annotations

from pathlib import Path

import pytest

from corpus.access import INTERNAL, NOBODY, OPERATOR, PUBLIC, Access, Audience, member
from corpus.errors import AccessError, IndexStaleError
from corpus.store import Store
from index.build import build_generation
from index.filters import Filters
from index.generation import generations_folder, verified_folder
from index.joined import drop_abandoned
from index.lexical import WeightedTerm
from index.parts import check_parts, parts_of, scratch_of
from index.retriever import LocalRetriever, Scored, SearchRequest, open_retriever
from index.terms import TermAnalyzer
from index.verification import index_faults
from tests.index.make import PLANS, LetterEncoder, a_library, a_plan

PERSONNEL = Access.limited_to(["人事課"])
OUTSIDE = member(is_inside=False, groups=())
STAFF = member(is_inside=True, groups=())
ALL = member(is_inside=True, groups=["人事課"])


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer()


def library(folder: Path, analyzer: TermAnalyzer, accesses: dict[str, Access]) -> Store:
    """The small plans of the codes that have an access here."""
    store = a_library(folder)
    with store.writing() as writer:
        for code in PLANS:
            document_id = a_plan(code).document_id
            if code in accesses:
                writer.set_access(document_id, accesses[code])
            else:
                writer.remove(document_id)
        writer.set_index_generation(build_generation(writer, folder, analyzer, LetterEncoder()))
    return store


def opened(store: Store, analyzer: TermAnalyzer, audience: Audience) -> LocalRetriever:
    return open_retriever(store.reader, store.folder, analyzer, LetterEncoder(), audience=audience)


MIXED = {"990019": PUBLIC, "990027": INTERNAL, "990035": PERSONNEL}


def asked(retriever: LocalRetriever, analyzer: TermAnalyzer) -> list[Scored]:
    text = "多文化共生の外国人住民の研修"
    terms = tuple(WeightedTerm(text=term.text) for term in analyzer.analyze(text))
    found = retriever.search(SearchRequest(text=text, terms=terms))
    limited = SearchRequest(text=text, terms=terms, filters=Filters(fiscal_years=(2024,)))
    return [*found, *retriever.search(limited)]


@pytest.mark.parametrize(
    ("audience", "codes"),
    [
        (OUTSIDE, ["990019"]),
        (STAFF, ["990019", "990027"]),
        (ALL, ["990019", "990027", "990035"]),
        (member(is_inside=False, groups=["人事課"]), ["990019", "990035"]),
    ],
)
def test_permitted_parts_score_as_an_index_of_just_their_passages(
    audience: Audience, codes: list[str], analyzer: TermAnalyzer, tmp_path: Path
) -> None:
    whole = opened(library(tmp_path / "whole", analyzer, MIXED), analyzer, audience)
    part = opened(library(tmp_path / "part", analyzer, dict.fromkeys(codes, PUBLIC)), analyzer, OPERATOR)
    assert asked(whole, analyzer) == asked(part, analyzer)
    assert whole.facets == part.facets
    for term in ("多文化", "研修", "外国", "空き家"):
        assert whole.holders(term) == part.holders(term)


def test_a_library_that_hides_nothing_has_one_part_in_its_own_folder(
    analyzer: TermAnalyzer, tmp_path: Path
) -> None:
    store = library(tmp_path, analyzer, dict.fromkeys(PLANS, PUBLIC))
    folder = generations_folder(tmp_path) / str(store.reader.index_generation)
    assert [part.folder for part in parts_of(folder)] == [folder]
    assert sorted(one.name for one in folder.iterdir()) == [
        "dense",
        "facets.json",
        "lexical",
        "manifest.json",
        "windows",
    ]
    opened(store, analyzer, STAFF)
    assert not scratch_of(folder).exists()


def test_a_library_without_public_documents_can_be_searched(analyzer: TermAnalyzer, tmp_path: Path) -> None:
    store = library(tmp_path, analyzer, {"990027": INTERNAL})
    assert len(asked(opened(store, analyzer, STAFF), analyzer)) == 2
    assert asked(opened(store, analyzer, OUTSIDE), analyzer) == []


def test_nobody_opens_no_part(analyzer: TermAnalyzer, tmp_path: Path) -> None:
    store = library(tmp_path, analyzer, MIXED)
    with pytest.raises(AccessError):
        opened(store, analyzer, NOBODY)


def test_an_index_of_other_accesses_is_not_opened(analyzer: TermAnalyzer, tmp_path: Path) -> None:
    store = library(tmp_path, analyzer, MIXED)
    names = {"analyzer": analyzer.fingerprint, "encoder": LetterEncoder.fingerprint}
    folder = verified_folder(store.reader, tmp_path, **names)
    moved = {**store.reader.accesses(), a_plan("990019").document_id: INTERNAL.key}
    with pytest.raises(IndexStaleError):
        check_parts(parts_of(folder), moved)
    with store.writing() as writer:
        writer.set_access(a_plan("990019").document_id, INTERNAL)
    with pytest.raises(IndexStaleError):
        opened(store, analyzer, STAFF)


def test_the_parts_are_verified_with_the_rest(analyzer: TermAnalyzer, tmp_path: Path) -> None:
    store = library(tmp_path, analyzer, MIXED)
    names = {"analyzer": analyzer.fingerprint, "encoder": LetterEncoder.fingerprint}
    with store.snapshot() as connection:
        assert list(index_faults(connection, tmp_path, **names)) == []
        connection.execute("PRAGMA query_only = OFF")
        connection.execute("UPDATE document_access SET access = 'internal' WHERE access = 'public'")
        told = [one.what for one in index_faults(connection, tmp_path, **names)]
    assert told == ["索引の区分が、資料の公開範囲と違います"]


def test_joined_folders_are_gone_with_their_use_and_abandoned_ones_later(
    analyzer: TermAnalyzer, tmp_path: Path
) -> None:
    store = library(tmp_path, analyzer, MIXED)
    retriever = opened(store, analyzer, ALL)
    (folder,) = (tmp_path / "joined").iterdir()
    drop_abandoned(folder.parent, lambda number: True)
    assert folder.is_dir()
    del retriever
    assert not folder.exists()
    left = folder.parent / "12345-abandoned"
    left.mkdir()
    drop_abandoned(folder.parent, lambda number: False)
    assert not left.exists()
