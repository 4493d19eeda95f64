"""Reading in processes: the same records in the same order, and one file harms nothing but itself."""

from __future__ import annotations

import io
import multiprocessing
import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]

from corpus.document import content_hash
from corpus.errors import LibraryUnwritableError
from corpus.municipality import MunicipalityTable
from corpus.packed_record import packed, rows_of, unpacked
from corpus.sample_corpus import SAMPLES, sample_municipalities
from corpus.store import Store
from ingest.find import find_files
from ingest.found_file import FoundFile
from ingest.identify import GivenFacts
from ingest.limits import IngestLimits
from ingest.pipeline import read_record
from ingest.report import Outcome
from ingest.staging import StagedKey, Staging
from ingest.take_in import Job, read_files
from ingest.workers import Reading, read_in_workers
from ingest.workers_entry import Task
from tests.ingest.library import stored
from tests.ingest.made_files import as_docx, as_workbook
from tests.ingest.pdf_drawing import typeset

NOW = datetime(2026, 4, 1, tzinfo=UTC)
GIVEN = GivenFacts()
PLAN = "月見浦市 相談窓口の指針\n\n第1章 現状\n\n相談窓口の多言語化を進める。\n\n指標\t令和5年度\n件数\t120\n"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def table() -> MunicipalityTable:
    return MunicipalityTable.load(sample_municipalities())


def tasks_of(*paths: Path) -> list[Task]:
    return [Task(file=FoundFile(path=path), given=GIVEN, now=NOW) for path in paths]


def in_order(
    tasks: list[Task], table: MunicipalityTable, limits: IngestLimits, workers: int = 2
) -> list[Reading]:
    return sorted(read_in_workers(tasks, table, limits, workers=workers), key=lambda one: one.number)


def large_csv(path: Path, rows: int) -> Path:
    lines = (f"事業{n},令和{n % 6 + 1}年度,{n},月見浦市の事業の説明{n}" for n in range(rows))
    path.write_text("事業名,年度,件数,月見浦市\n" + "\n".join(lines), encoding="utf-8")
    return path


def test_workers_give_the_same_records_byte_for_byte(tmp_path: Path, table: MunicipalityTable) -> None:
    for name, data in (
        ("plan.docx", as_docx(PLAN)),
        ("plan.xlsx", as_workbook(PLAN)),
        ("plan.pdf", typeset(PLAN)),
        ("empty.txt", b""),
    ):
        (tmp_path / name).write_bytes(data)
    files = find_files([tmp_path, SAMPLES], table)
    tasks = [Task(file=file, given=GIVEN, now=NOW) for file in files]
    found = in_order(tasks, table, IngestLimits())
    assert [one.number for one in found] == list(range(len(files)))
    for file, one in zip(files, found, strict=True):
        if file.name == "empty.txt":
            assert "空" in one.refusal
        else:
            record = read_record(file, GIVEN, table, IngestLimits(), now=NOW)
            assert one.record == packed(record)
            assert unpacked(one.record) == rows_of(record)


def test_a_file_that_takes_too_long_is_stopped_and_the_others_go_on(
    tmp_path: Path, table: MunicipalityTable
) -> None:
    slow = large_csv(tmp_path / "slow.csv", 300_000)
    good = tmp_path / "good.txt"
    good.write_text(PLAN, encoding="utf-8")
    limits = IngestLimits(seconds=5.0)
    begun = time.monotonic()
    found = in_order(tasks_of(slow, good, good), table, limits)
    assert "時間がかかりすぎる" in found[0].refusal
    assert "slow.csv（上限5秒）" in found[0].refusal
    assert [bool(one.record) for one in found] == [False, True, True]
    assert time.monotonic() - begun < 60
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(sys.platform != "linux", reason="メモリーの上限は Linux でだけ守られます")
def test_a_file_that_eats_memory_is_stopped_and_the_others_go_on(
    tmp_path: Path, table: MunicipalityTable
) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for n in range(40_000):
        sheet.append([f"{n}の事業{column}" for column in range(10)])
    data = io.BytesIO()
    book.save(data)
    (tmp_path / "huge.xlsx").write_bytes(data.getvalue())
    good = tmp_path / "good.txt"
    good.write_text(PLAN, encoding="utf-8")
    limits = IngestLimits(memory_bytes=110 << 20)
    found = in_order(tasks_of(tmp_path / "huge.xlsx", good), table, limits, workers=1)
    assert "メモリーが多すぎる" in found[0].refusal
    assert "huge.xlsx（上限110MB）" in found[0].refusal
    assert found[1].record


def test_a_process_that_dies_is_reported_and_replaced(tmp_path: Path, table: MunicipalityTable) -> None:
    slow = large_csv(tmp_path / "slow.csv", 60_000)
    good = tmp_path / "good.txt"
    good.write_text(PLAN, encoding="utf-8")
    readings = read_in_workers(tasks_of(good, slow, good), table, IngestLimits(), workers=1)
    assert next(readings).record
    (child,) = multiprocessing.active_children()
    reader = psutil.Process(child.pid)
    worked = reader.cpu_times().user

    def kill_at_work() -> None:  # the next file is begun when the next reading is asked for
        while reader.cpu_times().user < worked + 0.2:
            time.sleep(0.01)
        child.kill()

    killer = threading.Thread(target=kill_at_work)
    killer.start()
    rest = list(readings)
    killer.join()
    assert "slow.csv" in rest[0].refusal
    assert "異常終了" in rest[0].refusal
    assert rest[1].record


def test_closing_early_leaves_no_process_behind(tmp_path: Path, table: MunicipalityTable) -> None:
    good = tmp_path / "good.txt"
    good.write_text(PLAN, encoding="utf-8")
    readings = read_in_workers(tasks_of(*[good] * 20), table, IngestLimits(), workers=2)
    next(readings)
    readings.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_results_are_reported_in_the_order_of_the_files(tmp_path: Path, table: MunicipalityTable) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    large_csv(folder / "a.csv", 3_000)
    for name in "bcde":
        (folder / f"{name}.txt").write_text(PLAN + name, encoding="utf-8")
    (folder / "c2.docx").write_bytes(b"no document")
    store = Store.create(tmp_path / "library")
    job = Job(given=GIVEN, table=table, limits=IngestLimits(), now=NOW, workers=2)
    with Staging(tmp_path / "library") as staging:
        results = read_files(store.reader, staging, find_files([folder], table), job)
        assert Store.open(tmp_path / "library").reader.documents() == []
        reports = stored(store, staging, results, job)
    assert [(report.path.name, report.outcome) for report in reports] == [
        ("a.csv", Outcome.ADDED),
        ("b.txt", Outcome.ADDED),
        ("c.txt", Outcome.ADDED),
        ("c2.docx", Outcome.REFUSED),
        ("d.txt", Outcome.ADDED),
        ("e.txt", Outcome.ADDED),
    ]


CHILD = """
import sys
from pathlib import Path
from ui import intake
if __name__ == "__main__":
    intake.ingest(Path(sys.argv[1]), [Path(sys.argv[2])])
"""


def test_a_job_that_is_killed_goes_on_where_it_stopped(tmp_path: Path) -> None:
    from ui import intake
    from ui.library import index_fault

    folder, library = tmp_path / "in", tmp_path / "library"
    folder.mkdir()
    intake.ingest(library, [SAMPLES / "narukamizawa_master_plan.txt"])
    for n in range(40):
        large_csv(folder / f"{n:02}.csv", 400 + n)
    script = tmp_path / "child.py"
    script.write_text(CHILD, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, str(script), str(library), str(folder)], env=environment)
    end = time.monotonic() + 120
    with Staging(library) as staging:
        while staging.count() < 8 and time.monotonic() < end and process.poll() is None:
            time.sleep(0.02)
        process.kill()
        process.wait()
        assert index_fault(library) is None
        assert len(Store.open(library).reader.documents()) == 1
        staged = staging.count()
    assert 8 <= staged < 40
    told: list[tuple[str, int, int]] = []
    result = intake.ingest(library, [folder], told=lambda what, done, total: told.append((what, done, total)))
    assert {report.outcome for report in result.reports} == {Outcome.ADDED}
    read_anew = [one for one in told if one[0].startswith("読み取り")]
    assert len(read_anew) == 40 - staged
    assert index_fault(library) is None
    assert len(Store.open(library).reader.documents()) == 41
    assert not (library / "intake").exists()


def test_an_unchanged_file_is_not_read_again(
    tmp_path: Path, table: MunicipalityTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(PLAN, encoding="utf-8")
    library = tmp_path / "library"
    store = Store.create(library)
    outcomes = []
    for number, given in enumerate((GIVEN, GIVEN, GivenFacts(document_kind="要綱"), GIVEN)):
        job = Job(given=given, table=table, limits=IngestLimits(), now=NOW, workers=0)
        if number == 1:
            monkeypatch.setattr("ingest.take_in.reading", None)
        else:
            monkeypatch.undo()
        with Staging(library) as staging:
            results = read_files(store.reader, staging, find_files([plan], table), job)
            outcomes += [report.outcome for report in stored(store, staging, results, job)]
            staging.drop([result.key for result in results if result.key is not None])
    assert outcomes == [Outcome.ADDED, Outcome.UNCHANGED, Outcome.REPLACED, Outcome.REPLACED]


def test_staging_keeps_one_result_a_file_and_leaves_nothing_behind(tmp_path: Path) -> None:
    first, second = StagedKey("/a", content_hash(b"1"), "3.x"), StagedKey("/a", content_hash(b"2"), "3.x")
    with Staging(tmp_path) as staging:
        staging.put(first, b"one")
        staging.put(second, b"two")
        assert (staging.get(first), staging.get(second), staging.count()) == (None, b"two", 1)
    with Staging(tmp_path) as staging:
        assert staging.holds(second)
        staging.drop([second])
    assert not (tmp_path / "intake").exists()


def test_staging_that_was_damaged_is_made_anew_and_one_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "intake").mkdir()
    (tmp_path / "intake" / "staged.sqlite3").write_bytes(b"no database" * 100)
    with Staging(tmp_path) as staging:
        assert staging.count() == 0
    (tmp_path / "intake").write_text("in the way")
    with pytest.raises(LibraryUnwritableError, match="作業用のファイル"), Staging(tmp_path):
        pass


_SCRIPT = """
from datetime import UTC, datetime
from pathlib import Path

from corpus.municipality import MunicipalityTable
from corpus.sample_corpus import SAMPLES, sample_municipalities
from ingest.found_file import FoundFile
from ingest.identify import GivenFacts
from ingest.limits import IngestLimits
from ingest.workers import read_in_workers
from ingest.workers_entry import Task

print("run", flush=True)
table = MunicipalityTable.load(sample_municipalities())
now = datetime(2026, 4, 1, tzinfo=UTC)
files = [FoundFile(path=path) for path in sorted(Path(SAMPLES).glob("*.txt"))[:4]]
tasks = [Task(file=file, given=GivenFacts(), now=now) for file in files]
{guard}for reading in read_in_workers(tasks, table, IngestLimits(), workers=2):
{guard}    print("read", reading.number, flush=True)
"""


@pytest.mark.parametrize("guard", ["", "    "])
def test_script_without_a_main_guard_is_told_so_and_starts_no_more(tmp_path: Path, guard: str) -> None:
    script = tmp_path / "script.py"
    text = _SCRIPT.format(guard=guard)
    if guard:
        text = text.replace("    for reading", 'if __name__ == "__main__":\n    for reading')
    script.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        check=False,
    )
    if guard:
        assert done.returncode == 0, done.stderr
        assert done.stdout.count("read") == 4
    else:
        assert done.returncode == 1
        assert "__main__" in done.stderr.splitlines()[-1]
        assert done.stdout.count("run") <= 3, "the script, and once in each of its two processes"
