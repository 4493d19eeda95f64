"""Whether a passage is what the stored text says at its places: whatever is quoted is quoted from there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from corpus.passage import Passage
from corpus.sheet import Sheet
from corpus.span import Span


def passage_faults(passage: Passage, text: str, sheets: Mapping[int, Sheet]) -> Iterator[str]:
    """What is wrong with a passage (Japanese, without a full stop).

    Args:
        passage: as the store gives it.
        text: its document's stored text.
        sheets: the document's sheets by their number.
    """
    if passage.passage_id != f"{passage.document_id}/{passage.ordinal:04d}":
        yield "検索単位の番号が、文書と順番に合いません"
    if not passage.segments or not all(is_inside(segment, text) for segment in passage.segments):
        yield "検索単位の位置が、原文の外を指しています"
    elif any(before.end > after.start for before, after in pairwise(passage.segments)):
        yield "検索単位の位置が重なっています"
    elif passage.text != "\n".join(segment.of(text) for segment in passage.segments):
        yield "検索単位の文が、原文のその位置の文字と違います"
    elif any(passage.at(segment) != segment.of(text) for segment in passage.segments):
        yield "検索単位から引用すると、原文と違う文字になります"
    for cell in passage.cells:
        if not is_inside(cell.span, text) or cell.text != cell.span.of(text):
            yield f"セル「{cell.text[:20]}」が、原文のその位置の文字と違います"
    yield from _sheet_faults(passage, sheets)


def is_inside(span: Span, text: str) -> bool:
    """Whether a span lies in a text and holds something."""
    return 0 <= span.start < span.end <= len(text)


def _sheet_faults(passage: Passage, sheets: Mapping[int, Sheet]) -> Iterator[str]:
    if passage.sheet_ordinal is None:
        return
    sheet = sheets.get(passage.sheet_ordinal)
    if sheet is None:
        yield f"検索単位の属するシート（{passage.sheet_ordinal}番）がありません"
    elif not all(sheet.span.contains(segment) for segment in passage.segments):
        yield "検索単位が、属するシートの範囲の外にあります"
