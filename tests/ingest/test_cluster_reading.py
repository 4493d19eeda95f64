from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from corpus.cluster import Cluster, WorkLostError
from corpus.municipality import MunicipalityTable
from corpus.packed_record import unpacked
from corpus.sample_corpus import sample_municipalities
from ingest.cluster_reading import MOST_FILES, Batch, batches, read_batch, read_on_cluster
from ingest.found_file import FoundFile
from ingest.identify import GivenFacts
from ingest.limits import IngestLimits
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
    """A cluster of one worker that sees no files of this machine, and dies of one of them."""

    workers = 1

    def __init__(self, deadly: str = "") -> None:
        self.deadly = deadly
        self.worked: list[list[int]] = []

    def each(self, function: Callable[[Batch], Any], items: Sequence[Batch]) -> Iterator[tuple[int, Any]]:
        for number, batch in enumerate(items):
            self.worked.append([place for place, _ in batch.tasks])
            if any(task.file.name == self.deadly for _, task in batch.tasks):
                yield number, WorkLostError("killed")
            elif not batch.data:
                hidden = [(place, _hidden(task)) for place, task in batch.tasks]
                yield number, function(Batch(tasks=tuple(hidden), data={}))
            else:
                yield number, function(batch)


def _hidden(task: Task) -> Task:
    file = FoundFile(path=task.file.path.with_name("elsewhere") / task.file.name)
    return Task(file=file, given=task.given, now=task.now)


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
    assert [number for batch in found for number, _ in batch.tasks] == list(range(len(tasks)))
    assert all(len(batch.tasks) <= MOST_FILES for batch in found)
    assert [number for number, _ in found[1].tasks] == [3]


def test_few_files_are_shared_by_all_workers(tmp_path: Path) -> None:
    tasks = tasks_in(tmp_path, MOST_FILES)
    for number, task in enumerate(tasks):
        task.file.path.write_bytes(bytes(1_000 + 100 * number))
    assert [len(batch.tasks) for batch in batches(tasks, workers=1)] == [MOST_FILES]
    found = list(batches(tasks, workers=2))
    assert [number for batch in found for number, _ in batch.tasks] == list(range(MOST_FILES))
    assert [len(batch.tasks) for batch in found] == [3, 2, 2, 1]


def test_what_a_batch_reads_is_numbered_as_its_tasks(tmp_path: Path, table: MunicipalityTable) -> None:
    tasks = tasks_in(tmp_path, 2)
    found = read_batch(Batch(tasks=((7, tasks[0]), (4, tasks[1])), data={}), table, LIMITS)
    assert {one.number for one in found.readings} == {7, 4}
    assert found.missing == ()
