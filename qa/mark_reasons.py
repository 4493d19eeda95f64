"""What the sheets that bear a mark write of the same year: why it is △, and what was not done.

Apart from the marks, because the row that prints one says nothing of it; the reason stands in other fields of
its sheet, among those of the same year, and names neither the mark nor what it means.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from corpus.folding import fold
from corpus.passage import Passage, PassageKind
from corpus.store_reader import StoreReader
from index.terms import TermAnalyzer
from qa.hits import Hit
from qa.mark_words import CIRCLES
from qa.short_candidate import Candidate
from qa.short_clauses import best_window
from qa.short_marks import MARK, bearers_of, marked_years
from qa.short_statements import Statement, statements
from qa.short_topic import Topic

SHEETS_READ = 4
MOST_OF_SHEET = 3
MOST_OF_SEVERAL = 2
LONGEST = 118
CAUSE = 0.3
TROUBLE = 0.3

_WHY = re.compile(
    r"理由|原因|要因|背景|事情|なぜ|どうして|何が[^、。]{0,12}(?:な(?:い|かった)|ネック|問題|足り)|どう(?:なっ|する|し[てた])"
)
_TOLD = re.compile(r"理由|原因|要因|課題|成果|状況|結果|評価|検証|備考")
_GIVES = re.compile(r"理由|原因|要因|課題")
_CAUSE = re.compile(r"ため|により|による|影響|ことから|ので|理由|要因|原因|受け")
_TROUBLE = re.compile(
    r"でき(?:な|ず)|なかった|ならな|至ら|届か|遅れ|延期|翌年度|中止|見送|困難|難し|制限|不足|延長|先送り"
)


def asks_of_mark(question: str) -> bool:
    """Whether a question asks what lies behind a mark: why, or what was not done."""
    return _WHY.search(fold(question).text) is not None


def reasons_beside(row: Hit, years: Sequence[int], store: StoreReader) -> list[Hit]:
    """The passages of the sheet of a mark's row that tell of its years, those that tell of trouble first.

    Args:
        row: the hit of the row that prints the mark.
        years: in which the sheet bears the mark.
        store: to read the sheet's passages.
    """
    own = [
        one
        for one in store.passages_of_sheet(row.document.document_id, row.passage.sheet_ordinal)
        if one.kind is not PassageKind.ROW
        and len(one.fiscal_years) == 1
        and one.fiscal_years[0] in years
        and _TOLD.search(_over(one))
    ]
    own.sort(key=lambda one: (-_trouble(one), not _GIVES.search(_over(one)), one.ordinal))
    return [replace(row, passage=one, linked=(), matched=(), called=()) for one in own[:MOST_OF_SHEET]]


def explained(
    found: Candidate, marks: Collection[str], topic: Topic, store: StoreReader, analyzer: TermAnalyzer
) -> Candidate:
    """The sheets that bear a mark with what they write of it; of one alone, its sentence beside its title.

    Args:
        found: the titles, and the rows that print the mark.
        marks: the marks asked for.
        topic: the words of the question.
        store: to read the sheets' passages.
        analyzer: cuts terms.
    """
    hits: list[Hit] = []
    told: list[Statement] = []
    for row in found.hits[:SHEETS_READ]:
        beside = reasons_beside(row, marked_years(row, marks, topic.years), store)
        hits += [row, *beside[: MOST_OF_SEVERAL if found.others else MOST_OF_SHEET]]
        told += statements(beside, topic, analyzer)
    text, one = found.text, _telling(told)
    if len(found.hits) == 1 and one is not None:
        window = best_window(one, topic, LONGEST - len(text) - 1)
        text = f"{text}：{one.said(window.start, window.end)}"
        hits.sort(key=lambda hit: (hit.passage.kind is not PassageKind.ROW, hit.passage != one.hit.passage))
    return replace(found, text=text, hit=hits[0], others=tuple(hits[1:]))


def marked_examples(
    question: str, hits: Sequence[Hit], years: tuple[int, ...], store: StoreReader
) -> list[Hit]:
    """What sheets with the mark that a request for examples names write of it, one sheet's passages each.

    Args:
        question: as typed.
        hits: best first.
        years: the fiscal years asked for, empty for any.
        store: to read the sheets.
    """
    named = MARK.search(fold(question).text.translate(CIRCLES))
    first = next((hit for hit in hits if hit.sheet is not None and hit.sheet.progress), None)
    if named is None or first is None:
        return []
    bearers = bearers_of(frozenset({named.group()}), first, years, store)[:SHEETS_READ]
    found = (reasons_beside(row, marked_years(row, {named.group()}, years), store)[:1] for _, row in bearers)
    return [hit for beside in found for hit in beside]


def _telling(found: Sequence[Statement]) -> Statement | None:
    """The sentence that tells most of what went wrong and why, None where none does."""
    scored = [
        (one.score + TROUBLE * bool(_TROUBLE.search(one.text)) + CAUSE * bool(_CAUSE.search(one.text)), one)
        for one in found
        if one.cell is None and (_TROUBLE.search(one.text) or _CAUSE.search(one.text))
    ]
    return max(scored, key=lambda pair: pair[0])[1] if scored else None


def _over(passage: Passage) -> str:
    return " ".join((*passage.section_path[-1:], passage.item, passage.headers))


def _trouble(passage: Passage) -> int:
    text = fold(passage.text).text
    return 2 * bool(_TROUBLE.search(text)) + bool(_CAUSE.search(text))
