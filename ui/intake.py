"""Changing a library: where ingest and index meet.

This is the only place that knows both: documents are read aside, taken into one transaction of the store, the
index is built from that transaction's view, and both become visible with its commit.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from corpus.access import OPERATOR, Access, Audience
from corpus.cluster import Cluster
from corpus.errors import AccessError, InputError, LibraryError
from corpus.migration import drop_copies
from corpus.store import Store
from corpus.store_writer import StoreWriter
from index.build import build_generation
from index.encoder import Encoder
from index.generation import remove_old, verified_folder
from index.prepared import Preparer
from index.terms import TermAnalyzer
from ingest.cluster_reading import read_on_cluster
from ingest.find import find_files
from ingest.found_file import FoundFile
from ingest.identify import GivenFacts
from ingest.report import FileReport
from ingest.staging import Staging
from ingest.take_in import NOT_YOURS, Job, Offered, ReadResult, read_files, store_files
from ui.intake_cluster import makers
from ui.intake_limits import limits_from
from ui.kept_originals import discard_unused, keep_original
from ui.library import BUILT_IN, encoder_of, municipality_table

Told = Callable[[str, int, int], None]
"""Told what is being done (Japanese), how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestResult:
    """What an ingest did.

    Attributes:
        reports: one a file, in order.
        index_built: whether the index was made anew.
    """

    reports: tuple[FileReport, ...]
    index_built: bool


def ingest(
    folder: Path,
    paths: Iterable[Path],
    given: GivenFacts | None = None,
    *,
    manifest: Path | None = None,
    model: str | None = None,
    access: Access | None = None,
    told: Told | None = None,
    cluster: Cluster | None = None,
) -> IngestResult:
    """Take files into a library, as its operator, making it where there is none.

    Args:
        folder: the library's.
        paths: files and folders.
        given: what holds for all of the files.
        manifest: one that does not lie beside the files.
        model: name or folder of a sentence-transformers model, ``built-in`` for the product's own; None
            keeps the library's.
        access: who may see the documents of which no manifest says so; None keeps what is set.
        told: hears of the progress.
        cluster: whose workers read files, cut words and embed; None where this machine does.

    Raises:
        InputError: there is nothing to take in, or the manifest cannot be read.
        LibraryError: the library cannot be written; it is as it was.
        ClusterError: the cluster cannot be used or was lost; a next run goes on with what was read.
    """
    files = find_files(paths, municipality_table(), manifest)
    offered = Offered(audience=OPERATOR, access=access)
    return ingest_files(
        folder, files, given or GivenFacts(), offered, model=model, told=told, cluster=cluster
    )


def ingest_files(
    folder: Path,
    files: Sequence[FoundFile],
    given: GivenFacts,
    offered: Offered,
    *,
    model: str | None = None,
    told: Told | None = None,
    cluster: Cluster | None = None,
) -> IngestResult:
    """Take files in that were found already; see ``ingest``.

    What was read stays staged until the library holds it: a run that is cut short, or that finds the library
    busy, is gone on with by the next.

    Raises:
        LibraryError: the library cannot be written; it is as it was.
        SettingError: a limit in the environment cannot be read.
    """
    job = Job(given=given, table=municipality_table(), limits=limits_from(os.environ), now=datetime.now(UTC))
    store = Store.create(folder)
    named = model or store.reader.encoder or BUILT_IN
    analyzer, encoder, preparer = makers(named, cluster, may_fetch=model is not None)
    if cluster is not None:
        job = replace(job, elsewhere=partial(read_on_cluster, cluster, table=job.table, limits=job.limits))
    with Staging(folder) as staging:
        results = read_files(store.reader, staging, files, job, _progress(told))
        with store.writing() as writer:
            if model is not None:
                writer.set_encoder(model)
            reports = _take_in(store, writer, staging, results, job, offered)
            built = _bring_up_to_date(writer, folder, analyzer, encoder, told, preparer)
        staging.drop([result.key for result in results if result.key is not None])
    _clean(store)
    return IngestResult(reports=tuple(reports), index_built=built)


def bring_up_to_date(folder: Path, told: Told | None = None) -> bool:
    """Build a library's index anew where it does not fit; says whether it did not.

    Raises:
        InputError: the library's embedding model cannot be used.
        LibraryError: the library cannot be written; it is as it was.
    """
    store = Store.open(folder)
    analyzer = TermAnalyzer()
    encoder = encoder_of(store.reader.encoder or BUILT_IN, analyzer)
    store.close()
    with store.writing() as writer:
        built = _bring_up_to_date(writer, folder, analyzer, encoder, told)
    _clean(store)
    store.close()
    return built


def remove(folder: Path, document_id: str, audience: Audience = OPERATOR) -> None:
    """Remove a document and all that was read from it, from the store and the index alike.

    Args:
        folder: the library's.
        document_id: the document.
        audience: what the person who asks may see; without one the library's operator asks.

    Raises:
        InputError: the library has no such document that the person may see.
        LibraryError: the library cannot be written; it is as it was.
    """
    store = Store.open(folder)
    analyzer = TermAnalyzer()
    with store.writing() as writer:
        _check_seen(writer, document_id, audience)
        writer.remove(document_id)
        _bring_up_to_date(writer, folder, analyzer, encoder_of(writer.encoder or BUILT_IN, analyzer), None)
    drop_copies(folder)
    _clean(store)


def set_access(
    folder: Path, document_ids: Sequence[str], access: Access, audience: Audience, told: Told | None = None
) -> int:
    """Change who may see documents; the index goes with it. Returns how many were not so already.

    Raises:
        InputError: the library has no such document that the person may see, or the access is not theirs.
        LibraryError: the library cannot be written; it is as it was.
    """
    if not audience.may_see(access):
        raise AccessError(NOT_YOURS)
    store = Store.open(folder)
    analyzer = TermAnalyzer()
    with store.writing() as writer:
        for document_id in document_ids:
            _check_seen(writer, document_id, audience)
        changed = sum(writer.set_access(document_id, access) for document_id in document_ids)
        _bring_up_to_date(writer, folder, analyzer, encoder_of(writer.encoder or BUILT_IN, analyzer), told)
    _clean(store)
    return changed


def _check_seen(writer: StoreWriter, document_id: str, audience: Audience) -> None:
    access = writer.access_of(document_id)
    if access is None or not audience.may_see(access):
        raise InputError(
            f"その番号の文書はありません: {document_id}。「shirube documents」で番号を確かめてください。"
        )


def _take_in(
    store: Store,
    writer: StoreWriter,
    staging: Staging,
    results: list[ReadResult],
    job: Job,
    offered: Offered,
) -> list[FileReport]:
    reports: list[FileReport] = []
    for file, report in store_files(writer, staging, results, job.now, offered):
        keep_original(store, writer, file, report.document_id, job.limits)
        reports.append(report)
    return reports


def _progress(told: Told | None) -> Callable[[int, int, Path], None] | None:
    if told is None:
        return None
    return lambda done, total, path: told(f"読み取り: {path.name}", done, total)


def _bring_up_to_date(
    writer: StoreWriter,
    folder: Path,
    analyzer: TermAnalyzer,
    encoder: Encoder,
    told: Told | None,
    preparer: Preparer | None = None,
) -> bool:
    """Build the index of what the transaction holds, unless the one in place is just that."""
    try:
        verified_folder(writer, folder, analyzer=analyzer.fingerprint, encoder=encoder.fingerprint)
    except LibraryError:
        pass
    else:
        return False

    def progress(done: int, total: int) -> None:
        if told is not None:
            told("索引づくり", done, total)

    writer.set_index_generation(build_generation(writer, folder, analyzer, encoder, progress, preparer))
    return True


def _clean(store: Store) -> None:
    generation = store.reader.index_generation
    if generation is not None:
        remove_old(store.folder, keep=generation)
    discard_unused(store)
    store.forget_removed()
