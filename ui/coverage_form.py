"""What ``status --coverage`` says: of each document, which characters can be found again and which not.

There are three numbers: shown in passages, carried (as a header by passages, as a recorded absence by the
sheet), left out with the reason. What no layout accounts for is listed too, as not read: the account closes
whatever a layout forgets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.coverage import Coverage, LeftOut, LeftOutReason
from corpus.document import Document
from corpus.span import Span
from corpus.store_reader import StoreReader
from ui.columns import aligned
from ui.json_form import JsonObject

LONGEST = 60
EXPLANATION = (
    "収録率は、文書の字のうち、検索単位に入っている字と、検索単位や個票に添えてある字の割合です。"
    "空白、書式の記号、図やアイコンの断片、ページの柱は、文書の字に数えません（下に一つずつ示します）。\n"
    "記入のない欄の見出しは、個票に「記入なし」として場所とともに添えてあり、その欄を尋ねると、"
    "記入がないとお答えします。"
)
_FURNITURE = "図やアイコンの断片とページの柱"
_NO_WORDS = frozenset(
    (LeftOutReason.MARKUP, LeftOutReason.DEBRIS, LeftOutReason.RUNNING_HEADER, LeftOutReason.EMPTY_FIELD)
)
_PASSAGE, _CARRIED, _FIRST_REASON = 1, 2, 3
_REASONS = tuple(LeftOutReason)


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
    for one in told:
        _mark(marks, one.span, _FIRST_REASON + _REASONS.index(one.reason))
    for span in carried:
        _mark(marks, span, _CARRIED)
    for span in shown:
        _mark(marks, span, _PASSAGE)
    unread = [LeftOut(span=span, reason=LeftOutReason.UNREAD) for span in _unaccounted(text, marks)]
    for one in unread:
        _mark(marks, one.span, _FIRST_REASON + _REASONS.index(one.reason))
    left_out = tuple(sorted((*told, *unread), key=lambda one: one.span))
    return Account(document=document, text=text, coverage=_coverage(text, marks), left_out=left_out)


def _mark(marks: bytearray, span: Span, mark: int) -> None:
    marks[span.start : span.end] = bytes([mark]) * len(span)


def _coverage(text: str, marks: bytearray) -> Coverage:
    counts = Counter(mark for character, mark in zip(text, marks, strict=True) if not character.isspace())
    return Coverage(
        total=counts.total(),
        in_passages=counts[_PASSAGE],
        headers=counts[_CARRIED],
        by_reason={reason: counts[_FIRST_REASON + at] for at, reason in enumerate(_REASONS)},
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
    """The list under ``coverage``: characters that are not white space, and each part that no passage shows.

    ``in_passages``, ``carried`` (``headers`` and ``empty_fields``) and ``left_out`` add up to ``total``.
    ``parts`` says where the document's words are; their characters add up to ``words``, their shares to 1.
    """
    return [
        {
            "document_id": one.document.document_id,
            "source": one.document.source,
            "municipality": one.document.municipality,
            "total": one.coverage.total,
            "markup": one.coverage.markup,
            "furniture": one.coverage.furniture,
            "words": one.coverage.words,
            "in_passages": one.coverage.in_passages,
            "carried": one.coverage.carried,
            "headers": one.coverage.headers,
            "empty_fields": one.coverage.empty_fields,
            "left_out": one.coverage.left_out,
            "share": round(one.coverage.share, 6),
            "recorded_share": round(one.coverage.recorded_share, 6),
            "parts": [_part_json(name, count, one.coverage.words) for name, count in _parts(one.coverage)],
            "empty_field_parts": list(_parts_json(one, of_empty_fields=True)),
            "left_out_parts": list(_parts_json(one, of_empty_fields=False)),
        }
        for one in found
    ]


def _parts(coverage: Coverage) -> Iterator[tuple[str, int]]:
    """Where the document's words are; of the reasons to leave words out, those that occur.

    Markup and furniture are no words; labels of empty fields are carried.
    """
    yield "検索単位", coverage.in_passages
    yield "検索単位に添える見出し", coverage.headers
    yield f"個票に添える{LeftOutReason.EMPTY_FIELD.value}", coverage.empty_fields
    for reason in LeftOutReason:
        count = coverage.by_reason.get(reason, 0)
        if count and reason not in _NO_WORDS:
            yield reason.value, count


def _part_json(name: str, count: int, words: int) -> JsonObject:
    return {"name": name, "characters": count, "share": round(count / words, 6) if words else 0.0}


def _parts_json(account: Account, *, of_empty_fields: bool) -> Iterator[JsonObject]:
    line, position = 1, 0
    for part in account.left_out:
        if (part.reason is LeftOutReason.EMPTY_FIELD) is not of_empty_fields:
            continue
        line += account.text.count("\n", position, part.span.start)
        position = part.span.start
        yield {
            "line": line,
            "reason": part.reason.value,
            "text": _shortened(part.span.of(account.text)),
            "start": part.span.start,
            "end": part.span.end,
        }


def coverage_text(coverage: Iterable[JsonObject]) -> str:
    """The same for a person; equal parts with the same reason stand once, with all their lines."""
    return "\n\n".join([EXPLANATION, *("\n".join(_document_lines(one)) for one in coverage)])


def _document_lines(one: JsonObject) -> Iterator[str]:
    words = one["words"]
    left = words - one["in_passages"] - one["carried"]
    three = (("検索単位", one["in_passages"]), ("添えた字", one["carried"]), ("除いた字", left))
    shares = "、".join(f"{name} {count / words if words else 0:.2%}" for name, count in three)
    yield f"{one['source']}（{one['municipality']}）: 収録率 {one['share']:.2%}（{shares}）"
    rows = [(part["name"], f"{part['characters']:,}字", f"{part['share']:.2%}") for part in one["parts"]]
    told = sum(part["characters"] for part in one["parts"])
    share = told / one["words"] if one["words"] else 1.0
    total = ("合計", f"{told:,}字", f"{share:.2%}")
    yield from (f"  {line}" for line in aligned([*rows, total], right=(1, 2)))
    around = [
        f"{name}が{one[key]:,}字"
        for name, key in ((LeftOutReason.MARKUP.value, "markup"), (_FURNITURE, "furniture"))
        if one[key]
    ]
    if around:
        yield f"  ほかに、文書の字に数えない{'、'.join(around)}あります。"
    lines: dict[tuple[str, str], list[int]] = {}
    for part in (*one["left_out_parts"], *one["empty_field_parts"]):
        lines.setdefault((part["reason"], part["text"]), []).append(part["line"])
    for (reason, text), numbers in lines.items():
        more = f" ほか{len(numbers) - 1}か所" if len(numbers) > 1 else ""
        yield f"  {numbers[0]}行目{more}: {reason}「{text}」"


def _shortened(text: str) -> str:
    squeezed = " ".join(text.split())
    return squeezed if len(squeezed) <= LONGEST else f"{squeezed[: LONGEST - 1]}…"
