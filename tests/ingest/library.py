"""Files taken into a library by its operator: read aside, then stored in one transaction."""

from collections.abc import Sequence
from pathlib import Path

from corpus.access import OPERATOR
from corpus.store import Store
from ingest.find import find_files
from ingest.report import FileReport
from ingest.staging import Staging
from ingest.take_in import Job, Offered, ReadResult, read_files, store_files


def stored(store: Store, staging: Staging, results: Sequence[ReadResult], job: Job) -> list[FileReport]:
    """What became of results that are written into the store."""
    offered = Offered(audience=OPERATOR)
    with store.writing() as writer:
        return [report for _, report in store_files(writer, staging, results, job.now, offered)]


def take_files(library: Path, paths: Sequence[Path], job: Job) -> list[FileReport]:
    """What became of each file at the paths; the library is made where there is none."""
    store = Store.create(library)
    with Staging(library) as staging:
        results = read_files(store.reader, staging, find_files(paths, job.table), job)
        return stored(store, staging, results, job)
