"""Judged questions over a library: the product beside plain BM25 over the same passages.

The product is asked as a person asks it; plain BM25 gets the question as typed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.store_reader import StoreReader
from qa.engine import Engine
from qa.results import AskResult
from tests.evaluate_metrics import DEPTH, Means, Measured, Row, Shown, grades_held, means, ranking, says
from tests.evaluate_plain import PlainBm25

QUESTIONS = Path(__file__).parent / "data" / "sample_questions.jsonl"
UNANSWERABLE = "unanswerable"
PASSED_OVER = 20
"""How many more passages are fetched, since those that nobody judged are passed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedMeans:
    """The means of both systems over one set of questions."""

    shirube: Means
    plain: Means


def read_questions(path: Path = QUESTIONS) -> list[Row]:
    """The judged questions, in order."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def answered(question: Row, result: AskResult) -> Measured:
    """The metrics that apply to the product's answer to one question."""
    refused = float(result.answer.abstained)
    if question["kind"] == UNANSWERABLE:
        return {"refused rightly": refused}
    hits = result.search.hits
    found = ranking(question, [Shown(source=hit.document.source, text=hit.passage.text) for hit in hits])
    found["refused wrongly"] = refused
    lines = [
        Shown(source=line.hit.document.source, text=line.hit.passage.text) for line in result.answer.lines
    ]
    if lines:
        found["quoted"] = float(any(grades_held(question, lines)[:1]))
    if question["answer"]:
        found["short"] = float(any(says(result.answer.short, answer) for answer in question["answer"]))
    return found


def of_shirube(engine: Engine, questions: list[Row]) -> Means:
    """The product's means."""
    return means((one["kind"], answered(one, engine.ask(one["query"]))) for one in questions)


def of_plain(store: StoreReader, questions: list[Row]) -> Means:
    """The means of plain BM25, which answers nothing and refuses nothing."""
    sources = {document.document_id: document.source for document in store.documents()}
    passages = [passage for _, passage in store.passages()]
    plain = PlainBm25(passage.text for passage in passages)

    def measured() -> Iterator[tuple[str, Measured]]:
        for one in questions:
            if one["kind"] != UNANSWERABLE:
                found = [passages[number] for number, _ in plain.search(one["query"], DEPTH + PASSED_OVER)]
                shown = [Shown(source=sources[hit.document_id], text=hit.text) for hit in found]
                yield one["kind"], ranking(one, shown)

    return means(measured())


def judged(engine: Engine, questions: list[Row]) -> JudgedMeans:
    """Both systems over one library."""
    return JudgedMeans(shirube=of_shirube(engine, questions), plain=of_plain(engine.store, questions))
