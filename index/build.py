"""Building an index generation from what a store transaction holds: a part for each access of documents."""

from __future__ import annotations

import gc
import shutil
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from corpus.document import Document
from corpus.errors import LibraryUnwritableError
from corpus.sheet import Sheet
from corpus.store_reader import StoreReader
from corpus.wording import Wording
from index.dense import build_dense
from index.encoder import Encoder
from index.facets import Counted, FacetCounter
from index.generation import BuiltFrom, current_form, new_folder, seal
from index.lexical import build_lexical
from index.lexical_entry import LexicalEntry
from index.parts import DENSE_FOLDER, LEXICAL_FOLDER, WINDOWS_FOLDER, name_parts
from index.passage_terms import PassageCutter, Source
from index.passage_text import PassageText, passage_text, section_labels
from index.prepared import BATCH, CutPassage, LocalPreparer, Prepared, Preparer, cut_passage
from index.terms import TermAnalyzer
from index.windows import WindowsWriter, windows_of

COLLECTED_EVERY = 1_000_000
"""Objects made, and not yet gone, until Python looks for cycles among them."""

Progress = Callable[[int, int], None]


def build_generation(
    store: StoreReader,
    library: Path,
    analyzer: TermAnalyzer,
    encoder: Encoder,
    progress: Progress | None = None,
    preparer: Preparer | None = None,
) -> str:
    """Index every passage that the store's transaction sees; returns the sealed generation's name.

    The folder is removed again if anything fails; nothing that serves is touched.

    Args:
        store: the transaction that will point to the generation.
        library: the library's folder.
        analyzer: cuts terms.
        encoder: makes vectors.
        progress: told (passages done, passages in all).
        preparer: does the work of both elsewhere, with the same result; None where this thread does.

    Raises:
        LibraryUnwritableError: the disk is full or may not be written to.
    """
    try:
        folder = new_folder(library)
    except OSError as exc:
        raise _unwritable(library, exc) from exc
    try:
        with _rarely_collected():
            preparer = preparer or LocalPreparer(analyzer, encoder)
            count = _build_parts(folder, store, preparer, encoder.dimension, progress)
        built_from = BuiltFrom(
            revision=store.revision,
            passages=count,
            analyzer=analyzer.fingerprint,
            encoder=encoder.fingerprint,
            form=current_form(),
        )
        return seal(folder, built_from)
    except OSError as exc:
        shutil.rmtree(folder, ignore_errors=True)
        raise _unwritable(library, exc) from exc
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


@contextmanager
def _rarely_collected() -> Iterator[None]:
    """Python looks for cycles a thousand times less often: kept terms hold none, and are very many."""
    kept = gc.get_threshold()
    gc.set_threshold(COLLECTED_EVERY, *kept[1:])
    try:
        yield
    finally:
        gc.set_threshold(*kept)


def _unwritable(library: Path, exc: OSError) -> LibraryUnwritableError:
    return LibraryUnwritableError(
        f"索引を書き込めません: {library}（{exc}）。空き容量と書き込みの権限を確かめてください。"
        "ライブラリは元のままです。"
    )


def _build_parts(
    folder: Path,
    store: StoreReader,
    preparer: Preparer,
    dimension: int,
    progress: Progress | None,
) -> int:
    """One part for each access that documents have; returns how many passages there are in all."""
    accesses = sorted(set(store.accesses().values()))
    parts = name_parts(folder, accesses)
    done, total = 0, store.passage_count()

    def told(count: int, _: int) -> None:
        if progress is not None:
            progress(done + count, total)

    for part in parts:
        # All of it is read in one run where there is one part: that is the common case, and the quick one.
        access = part.access if len(parts) > 1 else None
        done += _build(part.folder, store, preparer, dimension, told, access)
    return done


def _build(
    folder: Path,
    store: StoreReader,
    preparer: Preparer,
    dimension: int,
    progress: Progress,
    access: str | None,
) -> int:
    facets = FacetCounter()
    rows: list[int] = []
    # Half precision, as the index keeps them: a million vectors are half a gigabyte.
    vectors = np.zeros((store.passage_count(access), dimension), dtype=np.float16)

    def entries(windows: WindowsWriter) -> Iterator[LexicalEntry]:
        for held, prepared in _prepared(store, preparer, access):
            vectors[len(rows) : len(rows) + len(held)] = prepared.vectors
            windows.add(prepared.windows)
            for one, cut in zip(held, prepared.cuts, strict=True):
                rows.append(one.row_id)
                entry = _entry(one, cut)
                facets.add(_counted(one.passage, entry))
                yield entry
            progress(len(rows), 0)

    with WindowsWriter(folder / WINDOWS_FOLDER, dimension) as windows:
        count = build_lexical(folder / LEXICAL_FOLDER, entries(windows))
        windows.finish(rows)
    build_dense(folder / DENSE_FOLDER, np.array(rows, dtype=np.int64), vectors)
    facets.write(folder)
    return count


class _Read(NamedTuple):
    """A passage as read from the store."""

    row_id: int
    passage: Wording
    document: Document
    text: PassageText


def _prepared(
    store: StoreReader, preparer: Preparer, access: str | None
) -> Iterator[tuple[list[_Read], Prepared]]:
    """Passages in batches, each with what the index takes of it."""
    passages = _read(store, access)
    held: deque[list[_Read]] = deque()

    def sources() -> Iterator[list[Source]]:
        while batch := list(islice(passages, BATCH)):
            held.append(batch)
            yield [Source(one.text, tuple(windows_of(one.passage))) for one in batch]

    for prepared in preparer.prepared(sources()):
        yield held.popleft(), prepared


def passage_entries(
    store: StoreReader, analyzer: TermAnalyzer, access: str | None = None
) -> Iterator[tuple[int, Wording, PassageText, LexicalEntry]]:
    """Passages by row number, ascending, with their texts by field and as an index of words takes them.

    Args:
        store: what holds them.
        analyzer: cuts terms.
        access: the stored access of their documents, None for all.
    """
    cutter = PassageCutter(analyzer, len)
    for one in _read(store, access):
        entry = _entry(one, cut_passage(*cutter.cut(Source(one.text, ()))))
        yield one.row_id, one.passage, one.text, entry


def _read(store: StoreReader, access: str | None) -> Iterator[_Read]:
    documents = {document.document_id: document for document in store.documents()}
    sheets: dict[tuple[str, int], Sheet] = {
        (sheet.document_id, sheet.ordinal): sheet for sheet in store.sheets()
    }
    for row_id, passage in store.wordings(access):
        sheet = sheets.get((passage.document_id, passage.sheet_ordinal or 0))
        document = documents[passage.document_id]
        yield _Read(row_id, passage, document, passage_text(passage, document, sheet))


def _entry(one: _Read, cut: CutPassage) -> LexicalEntry:
    passage, document = one.passage, one.document
    plan, title, headings, item, body = cut.fields
    return LexicalEntry(
        row_id=one.row_id,
        keys=cut.keys,
        plan=plan,
        title=title,
        headings=headings,
        item=item,
        body=body,
        pairs=cut.pairs,
        document=passage.document_id,
        municipality=document.municipality_code,
        prefecture=document.prefecture,
        document_kind=document.document_kind,
        departments=passage.departments,
        sections=section_labels(passage),
        fiscal_years=passage.fiscal_years,
        stated_years=tuple(sorted(cut.years.union(passage.fiscal_years))),
    )


def _counted(passage: Wording, entry: LexicalEntry) -> Counted:
    return Counted(
        municipalities=(entry.municipality,),
        fiscal_years=passage.fiscal_years,
        departments=passage.departments,
        document_kinds=(entry.document_kind,),
        sections=entry.sections,
        documents=(passage.document_id,),
    )
