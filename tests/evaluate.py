"""Search and answer quality on the judged questions over the sample corpus: ``python -m tests.evaluate``.

Metrics by kind of question: nDCG@10 and R@10 over passages (a passage earns the grade of each judged quote
that no earlier one held), hit@1, short answers that hold an expected one, refusals that are right, and
refusals of what the documents do answer.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from corpus.folding import match_key
from corpus.sample_corpus import SAMPLES
from qa.engine import Engine
from qa.results import AskResult
from ui.intake import ingest
from ui.library import open_engine

QUESTIONS = Path(__file__).parent / "data" / "sample_questions.jsonl"
DEPTH = 10
COLUMNS = ("nDCG@10", "R@10", "hit@1", "short", "refused rightly", "refused wrongly")

Row = dict[str, Any]


def read_questions(path: Path = QUESTIONS) -> list[Row]:
    """The judged questions, in order."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def gains(question: Row, result: AskResult) -> list[int]:
    """What each of the first passages adds: the grades of the judged quotes that it is first to hold."""
    open_quotes = {(one["doc"], match_key(one["quote"])): int(one["grade"]) for one in question["relevant"]}
    found = []
    for hit in result.search.hits[:DEPTH]:
        text = match_key(hit.passage.text)
        held = [key for key in open_quotes if hit.document.source.startswith(key[0]) and key[1] in text]
        found.append(sum(open_quotes.pop(key) for key in held))
    return found


def measure(question: Row, result: AskResult) -> dict[str, float]:
    """The metrics that apply to one question."""
    refused = float(result.answer.abstained)
    if question["kind"] == "unanswerable":
        return {"refused rightly": refused}
    got = gains(question, result)
    grades = sorted((int(one["grade"]) for one in question["relevant"]), reverse=True)
    ideal = sum(grade / math.log2(rank + 2) for rank, grade in enumerate(grades[:DEPTH]))
    gained = sum(grade / math.log2(rank + 2) for rank, grade in enumerate(got))
    found = {
        "nDCG@10": min(1.0, gained / ideal),
        "R@10": sum(got) / sum(grades),
        "hit@1": float(bool(got) and got[0] >= grades[0]),
        "refused wrongly": refused,
    }
    if question["answer"]:
        short = match_key(result.answer.short)
        found["short"] = float(any(match_key(answer) in short for answer in question["answer"]))
    return found


def evaluate(engine: Engine, questions: list[Row]) -> dict[str, dict[str, float]]:
    """Means by kind of question, and over all; with the number of questions as ``n``."""
    values: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for question in questions:
        measured = measure(question, engine.ask(question["query"]))
        for kind in (question["kind"], "all"):
            values[kind]["n"].append(1.0)
            for name, value in measured.items():
                values[kind][name].append(value)
    return {
        kind: {
            name: (float(len(found)) if name == "n" else round(statistics.fmean(found), 3))
            for name, found in sorted(columns.items())
        }
        for kind, columns in sorted(values.items())
    }


def read_means(path: Path) -> dict[str, dict[str, float]]:
    """The means that were written."""
    means: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    return means


def table(means: dict[str, dict[str, float]]) -> str:
    """The means as a Markdown table."""
    lines = [f"| kind | n | {' | '.join(COLUMNS)} |", "|---" * (len(COLUMNS) + 2) + "|"]
    for kind, row in means.items():
        cells = [f"{row[name]:.3f}" if name in row else "" for name in COLUMNS]
        lines.append(f"| {kind} | {row['n']:.0f} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Build a library of the sample corpus, ask every question, print the table, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, help="write the figures here as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        ingest(library, [SAMPLES])
        means = evaluate(open_engine(library), read_questions())
    sys.stdout.write(table(means) + "\n")
    if options.out:
        options.out.write_text(json.dumps(means, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
