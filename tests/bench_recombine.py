"""More documents out of few: passages of a corpus recombined, and their towns renamed to made-up ones.

Sentences are swapped among passages of one kind, cells among those under one header, at random from a seed.
So texts differ, while their kinds, lengths, headings, years and words stay what they are in the corpus. Every
span is right: an answer's quotation can be read again from the text that is made.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.document import Document, content_hash
from corpus.indicator import Indicator
from corpus.locator import LineLocator
from corpus.passage import Cell, Passage
from corpus.record import DocumentRecord
from corpus.sentences import sentence_spans
from corpus.sheet import Sheet
from corpus.span import Span
from tests.bench_towns import MadeUpTown, Renamed

SWAPPED = 0.5
"""How many of the sentences and cells are swapped for another's."""

SENTENCES = "sentences of "

Pools = dict[str, list[str]]
"""What a piece may be swapped for: by header for cells, by kind of passage for sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A sentence or cell: its place in the passage's text, and the pool that it may be swapped from."""

    start: int
    end: int
    pool: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A passage's new text, and where each place of the old one went: ``(old start, old end, new start)``."""

    text: str
    kept: tuple[tuple[int, int, int], ...]
    pieces: tuple[tuple[Piece, Span], ...]

    def moved(self, start: int, end: int) -> Span | None:
        """Where characters that were kept stand now; None for those that were swapped."""
        for old_start, old_end, new_start in self.kept:
            if old_start <= start and end <= old_end:
                return Span(new_start + start - old_start, new_start + end - old_start)
        return None


def offset_in(passage: Passage, span: Span) -> int | None:
    """Where a place of the stored text stands in the passage's own text, None outside of it."""
    offset = 0
    for segment in passage.segments:
        if segment.contains(span):
            return offset + span.start - segment.start
        offset += len(segment) + 1
    return None


def pieces_of(passage: Passage) -> list[Piece]:
    """The cells of a passage that has some, else its sentences; in order, none overlapping."""
    if not passage.cells:
        spans = sentence_spans(passage.text, Span(0, len(passage.text)))
        return [Piece(start=one.start, end=one.end, pool=SENTENCES + passage.kind) for one in spans]
    found: list[Piece] = []
    for cell in passage.cells:
        start = offset_in(passage, cell.span)
        if start is not None and len(cell.span) > 0:
            found.append(Piece(start=start, end=start + len(cell.span), pool=cell.header))
    found.sort(key=lambda one: one.start)
    return [one for at, one in enumerate(found) if at == 0 or one.start >= found[at - 1].end]


def pools_of(records: Sequence[DocumentRecord]) -> Pools:
    """All pieces of a corpus."""
    pools: Pools = defaultdict(list)
    for record in records:
        for passage in record.passages:
            for piece in pieces_of(passage):
                pools[piece.pool].append(passage.text[piece.start : piece.end])
    return dict(pools)


def rewritten(passage: Passage, pools: Pools, renamed: Renamed, chance: random.Random) -> Written:
    """A passage's text with some of its pieces swapped and the towns renamed."""
    text, kept, places = "", [], []
    at = 0
    for piece in [*pieces_of(passage), None]:
        between = passage.text[at : piece.start] if piece else passage.text[at:]
        text += renamed(between)
        if piece is None:
            break
        old = passage.text[piece.start : piece.end]
        new = chance.choice(pools[piece.pool]) if chance.random() < SWAPPED else old
        if new == old and renamed(old) == old:
            kept.append((piece.start, piece.end, len(text)))
        places.append((piece, Span(len(text), len(text) + len(renamed(new)))))
        text += renamed(new)
        at = piece.end
    return Written(text=text, kept=tuple(kept), pieces=tuple(places))


def recombined(
    record: DocumentRecord, town: MadeUpTown, pools: Pools, renamed: Renamed, chance: random.Random
) -> DocumentRecord:
    """A document of another town, made of a record of the corpus."""
    written = [rewritten(passage, pools, renamed, chance) for passage in record.passages]
    starts, text = [], ""
    parts = []
    position = 0
    for one in written:
        starts.append(position)
        parts.append(one.text)
        position += len(one.text) + 1
    text = "\n".join(parts)
    document = _document(record.document, town, renamed, text)
    passages = tuple(_passages(record, document, written, starts, renamed))
    return DocumentRecord(
        document=document,
        text=text,
        origin=document.source,
        reader=record.reader,
        sheets=tuple(_sheets(record, document, passages, renamed)),
        passages=passages,
        indicators=tuple(_indicators(record, passages, written, starts)),
    )


def _document(old: Document, town: MadeUpTown, renamed: Renamed, text: str) -> Document:
    return replace(
        old,
        source=f"{town.code}_{old.source}",
        municipality_code=town.code,
        municipality=town.name,
        title=renamed(old.title),
        sha256=content_hash(f"{town.code}\n{old.sha256}\n{text}".encode()),
        warnings=(),
    )


def _passages(
    record: DocumentRecord,
    document: Document,
    written: Sequence[Written],
    starts: Sequence[int],
    renamed: Renamed,
) -> Iterator[Passage]:
    line = 1
    for old, one, start in zip(record.passages, written, starts, strict=True):
        last = line + one.text.count("\n")
        places = {piece.start: span for piece, span in one.pieces}
        cells = []
        for cell in old.cells:
            place = places.get(offset_in(old, cell.span) if len(cell.span) else None)  # type: ignore[arg-type]
            if place is not None:
                span = Span(start + place.start, start + place.end)
                cells.append(
                    Cell(
                        header=renamed(cell.header),
                        span=span,
                        fiscal_year=cell.fiscal_year,
                        text=place.of(one.text),
                    )
                )
        yield replace(
            old,
            passage_id=f"{document.document_id}/{old.ordinal:04d}",
            document_id=document.document_id,
            segments=(Span(start, start + len(one.text)),),
            text=one.text,
            departments=tuple(map(renamed, old.departments)),
            section_path=tuple(map(renamed, old.section_path)),
            item=renamed(old.item),
            cells=tuple(cells),
            locators=(LineLocator(start_line=line, end_line=last),),
        )
        line = last + 1


def _sheets(
    record: DocumentRecord, document: Document, passages: Sequence[Passage], renamed: Renamed
) -> Iterator[Sheet]:
    """The sheets that passages belong to; each spans its passages."""
    for sheet in record.sheets:
        own = [one.segments[0] for one in passages if one.sheet_ordinal == sheet.ordinal]
        if own:
            yield replace(
                sheet,
                document_id=document.document_id,
                title=renamed(sheet.title),
                identity=renamed(sheet.identity),
                departments=tuple(map(renamed, sheet.departments)),
                section_path=tuple(map(renamed, sheet.section_path)),
                span=Span(min(one.start for one in own), max(one.end for one in own)),
            )


def _indicators(
    record: DocumentRecord, passages: Sequence[Passage], written: Sequence[Written], starts: Sequence[int]
) -> Iterator[Indicator]:
    """The figures whose cells were not swapped."""
    places = {passage.passage_id: at for at, passage in enumerate(record.passages)}
    for indicator in record.indicators:
        at = places[indicator.passage_id]
        offset = offset_in(record.passages[at], indicator.span)
        moved = None if offset is None else written[at].moved(offset, offset + len(indicator.span))
        if moved is not None:
            span = Span(starts[at] + moved.start, starts[at] + moved.end)
            yield replace(indicator, passage_id=passages[at].passage_id, span=span)
