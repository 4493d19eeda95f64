"""What tests of layouts share: documents from text, passages in readable form, what must always hold."""

from collections.abc import Callable, Iterable
from itertools import pairwise

from corpus.coverage import Coverage, LeftOutReason
from corpus.passage import Cell
from corpus.span import Span
from ingest.blocks import BlockDocument, blocks_of
from ingest.layout import Layout
from ingest.parsed import ParsedDocument, ParsedPassage


def document_of(text: str) -> BlockDocument:
    return BlockDocument(text=text, blocks=tuple(blocks_of(text)))


def read(layout: Layout, text: str) -> ParsedDocument:
    parsed = layout.parse(document_of(text))
    check_passages(text, parsed)
    return parsed


def shown(passage: ParsedPassage, text: str) -> str:
    return " / ".join(span.of(text) for span in passage.segments)


def values(passage: ParsedPassage, text: str) -> list[tuple[str, str, int | None]]:
    return [(cell.header, cell.span.of(text), cell.fiscal_year) for cell in passage.cells]


def under(parsed: ParsedDocument, *path: str) -> list[ParsedPassage]:
    """The passages whose section path ends with ``path``."""
    return [p for p in parsed.passages if p.section_path[-len(path) :] == path]


def found(parsed: ParsedDocument, wanted: Callable[[ParsedPassage], bool]) -> ParsedPassage:
    passages = [passage for passage in parsed.passages if wanted(passage)]
    assert len(passages) == 1, passages
    return passages[0]


def account_of(parsed: ParsedDocument, text: str) -> Coverage:
    """The account of a document's characters, whose spans overlap nowhere."""

    def words(spans: Iterable[Span]) -> int:
        return sum(len("".join(span.of(text).split())) for span in spans)

    left: dict[LeftOutReason, list[Span]] = {}
    for one in parsed.left_out:
        left.setdefault(one.reason, []).append(one.span)
    return Coverage(
        total=words([Span(0, len(text))]),
        in_passages=words(segment for passage in parsed.passages for segment in passage.segments),
        headers=words(parsed.carried),
        by_reason={reason: words(spans) for reason, spans in left.items()},
    )


def check_passages(text: str, parsed: ParsedDocument) -> None:
    """Passages are in order, their segments hold something, overlap none, and lie within their sheet."""
    starts = [passage.segments[0].start for passage in parsed.passages]
    assert starts == sorted(starts), "not in source order"
    segments = sorted(segment for passage in parsed.passages for segment in passage.segments)
    assert all(a.end <= b.start for a, b in pairwise(segments)), "overlapping"
    for passage in parsed.passages:
        assert list(passage.segments) == sorted(passage.segments)
        assert all(segment.of(text).strip() == segment.of(text) != "" for segment in passage.segments)
        if passage.sheet is not None:
            sheet = parsed.sheets[passage.sheet].span
            assert all(sheet.contains(segment) for segment in passage.segments), passage
        _check_cells(text, passage.cells)
    spans = [sheet.span for sheet in parsed.sheets]
    assert all(a.end <= b.start for a, b in pairwise(spans)), "sheets overlap"


def _check_cells(text: str, cells: tuple[Cell, ...]) -> None:
    for cell in cells:
        assert cell.span.of(text).strip() == cell.span.of(text) != ""
