"""Taking files in on a real cluster of worker processes: the same library, whatever happens to them."""

from __future__ import annotations

import gc
import importlib.util
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from corpus.cluster import Cluster, ClusterError
from corpus.sample_corpus import SAMPLES
from corpus.store import STORE_NAME, Store
from index.generation import generations_folder
from index.lexical import LexicalConfig, LexicalIndex
from index.parts import DENSE_FOLDER, LEXICAL_FOLDER, WINDOWS_FOLDER
from ingest.cluster_reading import reader_here
from ingest.report import Outcome
from ingest.staging import FOLDER, NAME
from ui.intake import ingest

if TYPE_CHECKING:
    from distributed import LocalCluster

pytestmark = [
    pytest.mark.skipif(
        importlib.util.find_spec("distributed") is None,
        reason="Dask is not installed: pip install '.[cluster]'",
    ),
    # Dask warns of ports that are taken and of memory that it cannot give back; nothing of ours can mend it.
    pytest.mark.filterwarnings(
        "ignore::UserWarning", "ignore::ResourceWarning", "ignore::DeprecationWarning"
    ),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def workers() -> Iterator[LocalCluster]:
    """Two worker processes with their nannies."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", memory_limit=None
    ) as made:  # type: ignore[no-untyped-call]
        yield made


@pytest.fixture(scope="module", autouse=True)
def _one_moment() -> Iterator[None]:
    """Libraries of one moment, so that all that they hold can be held against each other."""

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return datetime(2026, 4, 1, tzinfo=tz)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.intake.datetime", Stopped)
        yield


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that this machine made by itself."""
    folder = tmp_path_factory.mktemp("here") / "library"
    ingest(folder, [SAMPLES])
    return folder


def rows_of(library: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that the store holds, but for the name of the index: tantivy names its files by chance."""
    connection = sqlite3.connect(library / STORE_NAME)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {}
    for table in tables:
        where = " WHERE key <> 'index_generation'" if table == "meta" else ""
        found[table] = sorted(connection.execute(f"SELECT * FROM {table}{where}"), key=repr)
    connection.close()
    return found


def index_of(library: Path) -> tuple[dict[str, bytes], dict[int, frozenset[str]]]:
    """The vectors' files, and the terms of every passage."""
    store = Store.open(library).reader
    folder = generations_folder(library) / str(store.index_generation)
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for name in (DENSE_FOLDER, WINDOWS_FOLDER)
        for path in sorted((folder / name).iterdir())
    }
    words = LexicalIndex(folder / LEXICAL_FOLDER, LexicalConfig())
    return files, words.keys([row for row, _ in store.passages()])


def same(library: Path, other: Path) -> None:
    assert rows_of(library) == rows_of(other)
    files, terms = index_of(library)
    other_files, other_terms = index_of(other)
    assert files == other_files
    assert terms == other_terms


def test_workers_make_the_same_library_and_one_is_killed_on_the_way(
    workers: LocalCluster, here: Path, tmp_path: Path
) -> None:
    killed: list[int] = []

    def told(what: str, done: int, total: int) -> None:
        if not killed:
            process = next(iter(workers.workers.values())).process
            killed.append(process.pid)
            psutil.Process(process.pid).kill()

    with Cluster(workers.scheduler_address) as cluster:
        assert "127.0.0.1" in cluster.dashboard
        result = ingest(tmp_path / "library", [SAMPLES], cluster=cluster, told=told)
    assert killed
    assert {report.outcome for report in result.reports} == {Outcome.ADDED}
    same(tmp_path / "library", here)


def test_a_lost_scheduler_loses_nothing_that_was_read(
    workers: LocalCluster, here: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"

    def told(what: str, done: int, total: int) -> None:
        workers.close()

    with Cluster(workers.scheduler_address) as cluster, pytest.raises(ClusterError, match="続きから"):
        ingest(library, [SAMPLES], cluster=cluster, told=told)
    assert Store.open(library).reader.passage_count() == 0
    staged = sqlite3.connect(library / FOLDER / NAME)
    assert staged.execute("SELECT count(*) FROM packed").fetchone()[0] > 0
    staged.close()
    ingest(library, [SAMPLES])
    same(library, here)


@pytest.fixture
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.cluster.PATIENCE", 1.0)
    monkeypatch.setattr("corpus.cluster.CONNECTING", 2.0)
    monkeypatch.setattr("corpus.cluster.RESTARTING", 1.0)


@pytest.mark.usefixtures("little_patience")
def test_a_scheduler_without_workers_is_told(workers: LocalCluster, tmp_path: Path) -> None:
    workers.scale(0)  # type: ignore[no-untyped-call]
    with Cluster(workers.scheduler_address) as cluster, pytest.raises(ClusterError, match="dask worker tcp"):
        ingest(tmp_path / "library", [SAMPLES], cluster=cluster)


@pytest.mark.usefixtures("little_patience")
@pytest.mark.parametrize("phase", ["読み取り", "索引"])
def test_the_last_worker_goes_and_the_command_does_not_wait_for_ever(
    workers: LocalCluster, here: Path, tmp_path: Path, phase: str
) -> None:
    library = tmp_path / "library"

    def told(what: str, done: int, total: int) -> None:
        if what.startswith(phase):
            workers.scale(0)  # type: ignore[no-untyped-call]

    with Cluster(workers.scheduler_address) as cluster:
        if phase == "読み取り":
            with pytest.raises(ClusterError, match=r"ワーカーが1つもありません.*続きから"):
                ingest(library, [SAMPLES], cluster=cluster, told=told)
            ingest(library, [SAMPLES])
        else:
            ingest(library, [SAMPLES], cluster=cluster, told=told)  # this machine does the rest
    same(library, here)


def test_a_worker_of_another_version_that_comes_late_is_refused(
    workers: LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Cluster(workers.scheduler_address) as cluster:
        monkeypatch.setattr("ui.intake_cluster.reader_here", lambda: reader_here())
        monkeypatch.setattr("ingest.cluster_reading.reader_here", lambda: "what this command reads with")
        with pytest.raises(ClusterError, match=r"違う版.*同じ版を入れてください"):
            ingest(tmp_path / "library", [SAMPLES], cluster=cluster)


def test_a_damaged_file_is_refused_and_the_others_are_in(workers: LocalCluster, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    shutil.copy(SAMPLES / "shirakabano_reform_report.txt", folder)
    shutil.copy(SAMPLES / "manifest.csv", folder)
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04" + bytes(200))
    with Cluster(workers.scheduler_address) as cluster:
        result = ingest(tmp_path / "library", [folder], cluster=cluster)
    outcomes = {report.path.name: report.outcome for report in result.reports}
    assert outcomes == {"broken.xlsx": Outcome.REFUSED, "shirakabano_reform_report.txt": Outcome.ADDED}


def test_a_scheduler_that_does_not_answer_is_told() -> None:
    with pytest.raises(ClusterError, match="つながりません"):
        Cluster("tcp://127.0.0.1:9", connecting=0.5)


def test_what_is_no_scheduler_is_told_at_once_and_leaves_nothing_that_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from distributed import Client

    closed: list[object] = []
    monkeypatch.setattr(Client, "_close", lambda *_, **__: closed.append(1))

    class Dashboard(BaseRequestHandler):
        def handle(self) -> None:
            self.request.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n" * 9)

    with ThreadingTCPServer(("127.0.0.1", 0), Dashboard) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for address in (f"tcp://127.0.0.1:{server.server_address[1]}", "127.0.0.1"):
            with pytest.raises(ClusterError, match="つながりません"):
                Cluster(address, connecting=2)
        server.shutdown()
    gc.collect()
    assert closed == []


def test_a_worker_without_the_program_is_told(workers: LocalCluster) -> None:
    def lacking() -> None:
        raise RuntimeError("ModuleNotFoundError(\"No module named 'ui'\")")  # as Dask tells it

    with Cluster(workers.scheduler_address) as cluster, pytest.raises(ClusterError, match="入っていない"):
        cluster.everywhere(lacking)
