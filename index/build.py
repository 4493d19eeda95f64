"""Building an index generation from what a store transaction holds: a part for each access of documents."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from corpus.errors import LibraryUnwritableError
from corpus.folding import fold
from corpus.passage import Passage
from corpus.sheet import Sheet
from corpus.store_reader import StoreReader
from index.dense import build_dense
from index.encoder import Encoder
from index.facets import FacetCounter
from index.generation import BuiltFrom, current_form, new_folder, seal
from index.lexical import LexicalEntry, build_lexical, character_pairs
from index.parts import DENSE_FOLDER, LEXICAL_FOLDER, name_parts
from index.passage_text import PassageText, passage_text, section_labels, stated_years
from index.terms import TermAnalyzer

ENCODE_BATCH = 512

Progress = Callable[[int, int], None]


def build_generation(
    store: StoreReader,
    library: Path,
    analyzer: TermAnalyzer,
    encoder: Encoder,
    progress: Progress | None = None,
) -> str:
    """Index every passage that the store's transaction sees; returns the sealed generation's name.

    The folder is removed again if anything fails; nothing that serves is touched.

    Args:
        store: the transaction that will point to the generation.
        library: the library's folder.
        analyzer: cuts terms.
        encoder: makes vectors.
        progress: told (passages done, passages in all).

    Raises:
        LibraryUnwritableError: the disk is full or may not be written to.
    """
    try:
        folder = new_folder(library)
    except OSError as exc:
        raise _unwritable(library, exc) from exc
    try:
        count = _build_parts(folder, store, analyzer, encoder, progress)
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


def _unwritable(library: Path, exc: OSError) -> LibraryUnwritableError:
    return LibraryUnwritableError(
        f"索引を書き込めません: {library}（{exc}）。空き容量と書き込みの権限を確かめてください。"
        "ライブラリは元のままです。"
    )


def _build_parts(
    folder: Path,
    store: StoreReader,
    analyzer: TermAnalyzer,
    encoder: Encoder,
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
        done += _build(part.folder, store, analyzer, encoder, told, access)
    return done


def _build(
    folder: Path,
    store: StoreReader,
    analyzer: TermAnalyzer,
    encoder: Encoder,
    progress: Progress,
    access: str | None,
) -> int:
    facets = FacetCounter()
    rows: list[int] = []
    texts: list[str] = []

    def entries() -> Iterator[LexicalEntry]:
        for row_id, passage, text, entry in _entries(store, analyzer, access):
            rows.append(row_id)
            texts.append(text.embedded)
            _count(facets, passage, entry)
            progress(len(rows), 0)
            yield entry

    count = build_lexical(folder / LEXICAL_FOLDER, entries())
    vectors = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    for at in range(0, len(texts), ENCODE_BATCH):
        vectors[at : at + ENCODE_BATCH] = encoder.encode_passages(texts[at : at + ENCODE_BATCH])
    build_dense(folder / DENSE_FOLDER, np.array(rows, dtype=np.int64), vectors)
    facets.write(folder)
    return count


def _entries(
    store: StoreReader, analyzer: TermAnalyzer, access: str | None
) -> Iterator[tuple[int, Passage, PassageText, LexicalEntry]]:
    documents = {document.document_id: document for document in store.documents()}
    sheets: dict[tuple[str, int], Sheet] = {
        (sheet.document_id, sheet.ordinal): sheet for sheet in store.sheets()
    }

    def keys(text: str) -> list[str]:
        return [term.text for term in analyzer.analyze(fold(text).text)]

    for row_id, passage in store.passages(access):
        document = documents[passage.document_id]
        sheet = sheets.get((passage.document_id, passage.sheet_ordinal or 0))
        text = passage_text(passage, document, sheet)
        entry = LexicalEntry(
            row_id=row_id,
            plan=keys(text.plan),
            title=keys(text.title),
            headings=keys(text.headings),
            item=keys(text.item),
            body=keys(text.body),
            pairs=character_pairs(text.body),
            document=passage.document_id,
            municipality=document.municipality_code,
            prefecture=document.prefecture,
            document_kind=document.document_kind,
            fiscal_years=passage.fiscal_years,
            stated_years=stated_years(passage),
            departments=passage.departments,
            sections=section_labels(passage),
        )
        yield row_id, passage, text, entry


def _count(facets: FacetCounter, passage: Passage, entry: LexicalEntry) -> None:
    facets.add("municipalities", (entry.municipality,))
    facets.add("fiscal_years", passage.fiscal_years)
    facets.add("departments", passage.departments)
    facets.add("document_kinds", (entry.document_kind,))
    facets.add("sections", entry.sections)
    facets.add_document(passage.document_id, passage.fiscal_years)
