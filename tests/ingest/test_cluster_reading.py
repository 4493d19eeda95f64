from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from corpus.cluster import Cluster, OtherVersionError, WorkLostError
from corpus.municipality import MunicipalityTable
from corpus.packed_record import unpacked
from corpus.sample_corpus import sample_municipalities
from ingest.cluster_reading import MOST_FILES, Batch, batches, read_batch, read_on_cluster, reader_here
from ingest.found_file import FoundFile
from ingest.identify import GivenFacts
from ingest.limits import IngestLimits
from ingest.take_in import Job, opened
from ingest.workers import read_in_workers
from ingest.workers_entry import Task

PLAN = "月見浦市 相談窓口の指針\n\n第1章 現状\n\n相談窓口の多言語化を進める。\n"
LIMITS = IngestLimits()


@pytest.fixture(scope="module")
def table() -> MunicipalityTable:
    return MunicipalityTable.load(sample_municipalities())


def tasks_in(folder: Path, count: int) -> list[Task]:
    paths = [folder / f"{number}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(f"{PLAN}\n{number}番目の項目を加える。\n", encoding="utf-8")
    now = datetime(2026, 4, 1, tzinfo=UTC)
    return [Task(file=FoundFile(path=path), given=GivenFacts(), now=now) for path in paths]


class OtherMachine:
    """A cluster of one worker that sees no files of this machine, and dies of one of them.

    Where it is to see other files, those of the folder ``elsewhere`` lie beside those of this machine.
    """

    workers = 1

    def __init__(self, deadly: str = "") -> None:
        self.deadly = deadly
        self.worked: list[list[int]] = []

    def each(
        self, function: Callable[[Batch], Any], items: Iterable[Batch], ahead: int
    ) -> Iterator[tuple[int, Any]]:
        for number, batch in enumerate(items):
            self.worked.append([place for place, _ in batch.tasks])
            if any(task.file.name == self.deadly for _, task in batch.tasks):
                yield number, WorkLostError("killed")
            elif not batch.data:
                hidden = [(place, _hidden(task)) for place, task in batch.tasks]
                yield number, function(replace(batch, tasks=tuple(hidden)))
            else:
                yield number, function(batch)


def _hidden(task: Task) -> Task:
    place = (task.file.archive or task.file.place).with_name("elsewhere")
    archive = place / task.file.archive.name if task.file.archive else None
    return replace(task, file=replace(task.file, stored=place / task.file.name, archive=archive))


def test_files_that_a_worker_does_not_see_are_sent_to_it(tmp_path: Path, table: MunicipalityTable) -> None:
    tasks = tasks_in(tmp_path, 3)
    other = OtherMachine()
    found = {one.number: one for one in read_on_cluster(cast(Cluster, other), tasks, table, LIMITS)}
    assert sorted(found) == [0, 1, 2]
    assert other.worked == [[0, 1, 2], [0], [1], [2]]
    for number, task in enumerate(tasks):
        record = unpacked(found[number].record)
        assert record.origin == task.file.origin
        assert f"{number}番目の項目" in str(record.document)


def test_a_file_that_ends_its_workers_is_refused_alone(tmp_path: Path, table: MunicipalityTable) -> None:
    tasks = tasks_in(tmp_path, 3)
    other = OtherMachine(deadly="1.txt")
    found = {one.number: one for one in read_on_cluster(cast(Cluster, other), tasks, table, LIMITS)}
    assert [bool(found[number].refusal) for number in range(3)] == [False, True, False]
    assert "ワーカーが異常終了" in found[1].refusal


def test_a_file_that_is_gone_everywhere_is_refused(tmp_path: Path, table: MunicipalityTable) -> None:
    tasks = tasks_in(tmp_path, 1)
    (tmp_path / "0.txt").unlink()
    (found,) = read_on_cluster(cast(Cluster, OtherMachine()), tasks, table, LIMITS)
    assert "ファイルではありません" in found.refusal


def test_batches_are_small_and_hold_every_file_once(tmp_path: Path) -> None:
    tasks = tasks_in(tmp_path, 2 * MOST_FILES + 1)
    (tmp_path / "3.txt").write_bytes(bytes(30_000_000))
    found = list(batches(tasks, workers=1))
    assert [number for batch in found for number, _ in batch] == list(range(len(tasks)))
    assert all(len(batch) <= MOST_FILES for batch in found)
    assert [number for number, _ in found[1]] == [3]


def test_few_files_are_shared_by_all_workers(tmp_path: Path) -> None:
    tasks = tasks_in(tmp_path, MOST_FILES)
    for number, task in enumerate(tasks):
        task.file.path.write_bytes(bytes(1_000 + 100 * number))
    assert [len(batch) for batch in batches(tasks, workers=1)] == [MOST_FILES]
    found = list(batches(tasks, workers=2))
    assert [number for batch in found for number, _ in batch] == list(range(MOST_FILES))
    assert [len(batch) for batch in found] == [3, 2, 2, 1]


def test_what_a_batch_reads_is_numbered_as_its_tasks(tmp_path: Path, table: MunicipalityTable) -> None:
    tasks = tasks_in(tmp_path, 2)
    batch = Batch(tasks=((7, tasks[0]), (4, tasks[1])), data={}, reader=reader_here())
    found = read_batch(batch, table, LIMITS)
    assert {one.number for one in found.readings} == {7, 4}
    assert found.missing == ()


def test_a_worker_that_reads_otherwise_is_refused(tmp_path: Path, table: MunicipalityTable) -> None:
    batch = Batch(tasks=tuple(enumerate(tasks_in(tmp_path, 1))), data={}, reader="another version")
    with pytest.raises(OtherVersionError, match="違う版"):
        read_batch(batch, table, LIMITS)


def test_another_file_at_the_same_place_of_a_worker_is_not_taken_for_ours(
    tmp_path: Path, table: MunicipalityTable
) -> None:
    tasks = tasks_in(tmp_path, 2)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "0.txt").write_text(f"{PLAN}\n古い項目を加える。\n", encoding="utf-8")
    (tmp_path / "elsewhere" / "1.txt").write_bytes((tmp_path / "1.txt").read_bytes())
    other = OtherMachine()
    found = {one.number: one for one in read_on_cluster(cast(Cluster, other), tasks, table, LIMITS)}
    assert other.worked == [[0, 1], [0]]
    assert "0番目の項目" in str(unpacked(found[0].record).document)


def test_an_empty_file_and_a_large_one_are_refused_with_the_reasons_of_this_machine(
    tmp_path: Path, table: MunicipalityTable
) -> None:
    tasks = tasks_in(tmp_path, 2)
    (tmp_path / "0.txt").write_bytes(b"")
    (tmp_path / "1.txt").write_bytes(bytes(3_000_000))
    limits = replace(LIMITS, file_bytes=2_000_000)
    here = {one.number: one.refusal for one in read_in_workers(tasks, table, limits)}
    there = read_on_cluster(cast(Cluster, OtherMachine()), tasks, table, limits)
    assert {one.number: one.refusal for one in there} == here
    assert all(here.values())


def test_of_an_archive_a_member_alone_is_sent(tmp_path: Path, table: MunicipalityTable) -> None:
    archive = tmp_path / "計画.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("月見浦市/指針.txt", PLAN)
        made.writestr("月見浦市/大きな表.txt", bytes(1_000_000))
    job = Job(given=GivenFacts(), table=table, limits=LIMITS, now=datetime(2026, 4, 1, tzinfo=UTC))
    members = opened(FoundFile(path=archive), job)
    task = next(Task(file=one, given=job.given, now=job.now) for one in members if one.name == "指針.txt")
    sent: list[int] = []

    class Weighing(OtherMachine):
        def each(
            self, function: Callable[[Batch], Any], items: Iterable[Batch], ahead: int
        ) -> Iterator[tuple[int, Any]]:
            def weighed() -> Iterator[Batch]:
                for batch in items:
                    sent.append(sum(map(len, batch.data.values())))
                    yield batch

            return super().each(function, weighed(), ahead)

    (found,) = read_on_cluster(cast(Cluster, Weighing()), [task], table, LIMITS)
    assert unpacked(found.record).origin == task.file.origin
    assert sent == [0, len(PLAN.encode())]


def test_files_are_read_to_be_sent_only_when_a_worker_is_ready_for_them(
    tmp_path: Path, table: MunicipalityTable
) -> None:
    held: list[int] = []

    class Slow(OtherMachine):
        def each(
            self, function: Callable[[Batch], Any], items: Iterable[Batch], ahead: int
        ) -> Iterator[tuple[int, Any]]:
            assert not isinstance(items, Sequence)
            for number, batch in enumerate(items):
                held.append(number)
                yield from ((number, made) for _, made in super().each(function, [batch], ahead))

    found = list(read_on_cluster(cast(Cluster, Slow()), tasks_in(tmp_path, 3), table, LIMITS))
    assert len(found) == 3
    assert held == [0, 0, 1, 2]


def test_a_worker_that_stands_in_another_folder_reads_the_same(
    tmp_path: Path, table: MunicipalityTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "worker").mkdir()
    tasks_in(tmp_path / "documents", 1)
    monkeypatch.chdir(tmp_path)
    file = FoundFile(path=Path("documents", "0.txt"))
    task = Task(file=file, given=GivenFacts(), now=datetime(2026, 4, 1, tzinfo=UTC))
    origin = file.origin

    class InAnotherFolder(OtherMachine):
        def each(
            self, function: Callable[[Batch], Any], items: Iterable[Batch], ahead: int
        ) -> Iterator[tuple[int, Any]]:
            for number, batch in enumerate(items):
                self.worked.append([place for place, _ in batch.tasks])
                with monkeypatch.context() as there:
                    there.chdir(tmp_path / "worker")
                    made = function(batch)
                yield number, made

    other = InAnotherFolder()
    (found,) = read_on_cluster(cast(Cluster, other), [task], table, LIMITS)
    assert unpacked(found.record).origin == origin
    assert other.worked == [[0]]
