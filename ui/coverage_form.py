"""What ``status --coverage`` says: of each document, which characters can be found again and which not.

What neither a passage nor a carried header shows and no layout accounts for is listed too, as not read: the
account closes whatever a layout forgets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.coverage import FURNITURE, Coverage, LeftOut, LeftOutReason
from corpus.document import Document
from corpus.span import Span
from corpus.store_reader import StoreReader
from ui.json_form import JsonObject

LONGEST = 60
_PASSAGE, _CARRIED, _LEFT_OUT = 1, 2, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A document's coverage with the list of what was left out, in source order."""

    document: Document
    text: str
    coverage: Coverage
    left_out: tuple[LeftOut, ...]


def accounts(store: StoreReader) -> Iterator[Account]:
    """The account of every document."""
    for document in store.documents():
        document_id = document.document_id
        text = store.document_text(document_id) or ""
        shown = [span for passage in store.passages_of(document_id) for span in passage.segments]
        told = store.left_out(document_id)
        yield account(document, text, shown, store.carried(document_id), told)


def account(
    document: Document, text: str, shown: Iterable[Span], carried: Iterable[Span], told: Iterable[LeftOut]
) -> Account:
    """Count each character once: in a passage before in a header, in a header before left out."""
    told = tuple(told)
    marks = bytearray(len(text))
    for mark, spans in (
        (_LEFT_OUT, [one.span for one in told]),
        (_CARRIED, carried),
        (_PASSAGE, shown),
    ):
        for span in spans:
            marks[span.start : span.end] = bytes([mark]) * len(span)
    unread = [LeftOut(span=span, reason=LeftOutReason.UNREAD) for span in _unaccounted(text, marks)]
    left_out = tuple(sorted((*told, *unread), key=lambda one: one.span))
    return Account(document=document, text=text, coverage=_coverage(text, marks, left_out), left_out=left_out)


def _coverage(text: str, marks: bytearray, left_out: Iterable[LeftOut]) -> Coverage:
    counts = [0, 0, 0, 0]
    for character, mark in zip(text, marks, strict=True):
        if not character.isspace():
            counts[mark] += 1
    by_reason = dict.fromkeys(LeftOutReason, 0)
    for one in left_out:
        by_reason[one.reason] += sum(
            1
            for at in range(one.span.start, one.span.end)
            if marks[at] in (0, _LEFT_OUT) and not text[at].isspace()
        )
    return Coverage(
        total=sum(counts),
        in_passages=counts[_PASSAGE],
        carried=counts[_CARRIED],
        left_out=counts[0] + counts[_LEFT_OUT],
        markup=by_reason[LeftOutReason.MARKUP],
        furniture=sum(by_reason[reason] for reason in FURNITURE),
        empty_fields=by_reason[LeftOutReason.EMPTY_FIELD],
    )


def _unaccounted(text: str, marks: bytearray) -> Iterator[Span]:
    """The parts of lines and cells that nothing accounts for, without white space around them."""
    for part in re.finditer(r"[^\t\n]+", text):
        for run in re.finditer(rb"\0+", marks[part.start() : part.end()]):
            start = part.start() + run.start()
            inner = text[start : part.start() + run.end()]
            if inner.strip():
                first = start + len(inner) - len(inner.lstrip())
                yield Span(first, first + len(inner.strip()))


def coverage_json(found: Iterable[Account]) -> list[JsonObject]:
    """The list under ``coverage``: characters that are not white space, and each part left out."""
    return [
        {
            "document_id": one.document.document_id,
            "source": one.document.source,
            "municipality": one.document.municipality,
            "total": one.coverage.total,
            "in_passages": one.coverage.in_passages,
            "carried": one.coverage.carried,
            "left_out": one.coverage.left_out,
            "markup": one.coverage.markup,
            "furniture": one.coverage.furniture,
            "empty_fields": one.coverage.empty_fields,
            "share": round(one.coverage.share, 6),
            "left_out_parts": [
                {
                    "line": one.text.count("\n", 0, part.span.start) + 1,
                    "reason": part.reason.value,
                    "text": _shortened(part.span.of(one.text)),
                    "start": part.span.start,
                    "end": part.span.end,
                }
                for part in one.left_out
            ],
        }
        for one in found
    ]


def coverage_text(coverage: Iterable[JsonObject]) -> str:
    """The same for a person; equal parts with the same reason stand once, with all their lines."""
    return "\n\n".join("\n".join(_document_lines(one)) for one in coverage)


def _document_lines(one: JsonObject) -> Iterator[str]:
    yield f"{one['source']}（{one['municipality']}）: 収録率 {one['share']:.2%}"
    yield (
        f"  全{one['total']:,}字 = 検索単位 {one['in_passages']:,} + 見出し {one['carried']:,}"
        f" + 含めない {one['left_out']:,}"
        f"（うち書式の記号 {one['markup']:,}、紙面の飾り {one['furniture']:,}、"
        f"記入のない欄 {one['empty_fields']:,}）"
    )
    lines: dict[tuple[str, str], list[int]] = {}
    for part in one["left_out_parts"]:
        lines.setdefault((part["reason"], part["text"]), []).append(part["line"])
    for (reason, text), numbers in lines.items():
        more = f" ほか{len(numbers) - 1}か所" if len(numbers) > 1 else ""
        yield f"  {numbers[0]}行目{more}: {reason}「{text}」"


def _shortened(text: str) -> str:
    squeezed = " ".join(text.split())
    return squeezed if len(squeezed) <= LONGEST else f"{squeezed[: LONGEST - 1]}…"
