"""Keeping the originals of a library in step with its documents, as files are taken in and removed."""

from __future__ import annotations

import logging

from corpus.document import content_hash
from corpus.errors import InputError, LibraryBusyError
from corpus.originals import Originals
from corpus.store import Store
from corpus.store_writer import StoreWriter
from ingest.file_type import file_type
from ingest.found_file import FoundFile
from ingest.limits import IngestLimits

logger = logging.getLogger(__name__)


def keep_original(
    store: Store, writer: StoreWriter, file: FoundFile, document_id: str | None, limits: IngestLimits
) -> None:
    """Store the original of a document that a transaction has just taken in or found unchanged.

    A file that was changed or taken away since it was read is not what was read, and is not kept.

    Args:
        store: the library's.
        writer: the transaction, not yet committed.
        file: what was offered.
        document_id: what it is in the library; None where it was refused.
        limits: that it was read within.

    Raises:
        LibraryUnwritableError: the disk is full or may not be written to.
    """
    originals = Originals(store.folder)
    document = writer.document(document_id) if document_id is not None else None
    if document is None:
        return
    if originals.find(document.sha256) is not None:
        writer.note_kept(document.document_id)
        return
    try:
        data = file.read(limits)
        if content_hash(data) == document.sha256:
            originals.keep(data, document.sha256, file_type(file.path.name, data).value)
            writer.note_kept(document.document_id)
            return
    except (InputError, OSError) as exc:
        logger.warning("the original is not kept: %s (%s)", file.origin, exc)
    else:
        logger.warning("the original is not kept, it was changed meanwhile: %s", file.origin)


def discard_unused(store: Store) -> None:
    """Remove the originals that no document refers to any more.

    Under the store's lock, so that none is removed whose document is just being added; another program that
    has the lock does the same when it is done.
    """
    try:
        with store.writing() as writer:
            Originals(store.folder).discard({document.sha256 for document in writer.documents()})
    except LibraryBusyError as exc:
        logger.info("%s", exc)
