"""What the benchmark makes up is a library as the product would have read it: every span tells its text."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.municipality import MunicipalityTable
from corpus.record import DocumentRecord
from corpus.sample_corpus import SAMPLES
from corpus.store import Store
from tests import bench_profile
from tests.bench_sizes import enough, records_of, spread
from tests.bench_towns import MadeUpTown, Renamed, made_up_towns
from ui.intake import ingest
from ui.library import municipality_table

SIZE = 1_700


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> list[DocumentRecord]:
    library = tmp_path_factory.mktemp("bench") / "library"
    ingest(library, [SAMPLES])
    store = Store.open(library)
    found = records_of(store.reader)
    store.close()
    return found


@pytest.fixture(scope="module")
def made(
    originals: list[DocumentRecord], tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[DocumentRecord], MunicipalityTable]:
    table = tmp_path_factory.mktemp("towns") / "towns.csv"
    records = list(enough(originals, SIZE, table))
    return records, MunicipalityTable.load(table)


def test_a_made_up_library_has_just_the_size_and_its_own_towns(
    originals: list[DocumentRecord], made: tuple[list[DocumentRecord], MunicipalityTable]
) -> None:
    records, towns = made
    assert sum(len(record.passages) for record in records) == SIZE
    assert records[: len(originals)] == originals
    for record in records[len(originals) :]:
        document = record.document
        assert towns.by_code(document.municipality_code).name == document.municipality
        assert not municipality_table().named(document.municipality)
        assert not any(one.document.municipality[:-1] in record.text for one in originals)


def test_every_span_of_a_made_up_document_tells_its_text(
    made: tuple[list[DocumentRecord], MunicipalityTable],
) -> None:
    records, _ = made
    cells = figures = 0
    for record in records[12:]:
        for passage in record.passages:
            assert passage.segments[0].of(record.text) == passage.text
            for cell in passage.cells:
                assert cell.span.of(record.text) == cell.text
                cells += 1
        for indicator in record.indicators:
            assert indicator.span.of(record.text) == indicator.value_text
            figures += 1
    assert cells > 1_000
    assert figures > 100


def test_towns_get_more_documents_where_there_are_no_more_towns(
    originals: list[DocumentRecord], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    few = list(made_up_towns(municipality_table()))[:5]
    monkeypatch.setattr("tests.bench_sizes.made_up_towns", lambda _: iter(few))
    records = list(enough(originals, 3_000, tmp_path / "towns.csv"))
    assert sum(len(record.passages) for record in records) == 3_000
    ids = [record.document.document_id for record in records]
    assert len(set(ids)) == len(ids) > len(originals) * 3
    store = Store.create(tmp_path / "library")
    with store.writing() as writer:
        for record in records:
            writer.add(record)
    assert store.reader.passage_count() == 3_000
    listed = (tmp_path / "towns.csv").read_text(encoding="utf-8").splitlines()
    assert len(listed) == 1 + len(few)


def test_recombining_changes_texts_and_is_the_same_each_time(
    originals: list[DocumentRecord],
    made: tuple[list[DocumentRecord], MunicipalityTable],
    tmp_path: Path,
) -> None:
    records, _ = made
    assert list(enough(originals, SIZE, tmp_path / "towns.csv")) == records
    known = {passage.text for record in originals for passage in record.passages}
    new = [p.text for record in records[len(originals) :] for p in record.passages if p.text not in known]
    assert len(new) > 0.4 * (SIZE - len(known))


def test_towns_are_renamed_with_and_without_their_ending() -> None:
    town = MadeUpTown(code="991007", name="霧見原市")
    renamed = Renamed(("月見浦市",), town)
    assert renamed("月見浦市と月見浦の港") == "霧見原市と霧見原の港"


def test_made_up_towns_are_many_and_distinct() -> None:
    towns = list(made_up_towns(municipality_table()))
    assert len({town.name for town in towns}) == len({town.code for town in towns}) == len(towns) >= 600


def test_spread_tells_median_and_95th_percentile() -> None:
    assert spread([float(value) for value in range(1, 100)]) == {"median": 50.0, "p95": 95.0}


def test_every_stage_that_is_timed_is_a_function_of_the_product() -> None:
    stages = (*bench_profile.ASKING, *bench_profile.BUILDING)
    assert [name for owner, name, _ in stages if not callable(getattr(owner, name, None))] == []
