"""How the refusals do, by kind of absence: ``python -m tests.calibrate``.

Two thirds of the judged questions over the sample corpus are what the thresholds of ``RefusalConfig`` are
chosen on; every third one is kept apart and only reported. ``--seeds FOLDER`` adds the questions below over
real documents in that folder. ``--wrong`` lists what went wrong, of the first part only unless ``--all``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.sample_corpus import SAMPLES
from qa.engine import Engine
from tests.evaluate import read_questions
from ui.intake import ingest
from ui.library import open_engine

SEED_QUESTIONS = Path(__file__).parent / "data" / "calibration_questions.tsv"
KEPT_APART = 3
"""Every third question, counted from 1."""

SAMPLE_KINDS = (
    ("a town not held", 179, 210),
    ("a year not stated", 211, 241),
    ("an empty field", 242, 267),
    ("another town's measure", 268, 300),
    ("a detail not recorded", 301, 333),
    ("a false premise", 334, 349),
    ("a document not held", 350, 361),
    ("off topic", 362, 999),
)
"""The kinds of absence of the sample's unanswerable questions, by their numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, its kind, and whether the documents answer it."""

    query: str
    kind: str
    answerable: bool
    kept_apart: bool


def sample_questions() -> Iterator[Asked]:
    """The judged questions over the sample corpus."""
    for at, row in enumerate(read_questions(), start=1):
        answerable = row["kind"] != "unanswerable"
        number = int(row["id"][1:])
        kinds = [kind for kind, first, last in SAMPLE_KINDS if first <= number <= last]
        yield Asked(
            query=row["query"],
            kind=row["kind"] if answerable else (kinds or ["other"])[0],
            answerable=answerable,
            kept_apart=at % KEPT_APART == 0,
        )


def seed_questions() -> Iterator[Asked]:
    """Our own questions over five real documents, a line each: kind (or ``answered``), tab, question."""
    for at, line in enumerate(SEED_QUESTIONS.read_text(encoding="utf-8").splitlines(), start=1):
        kind, query = line.split("\t")
        yield Asked(query=query, kind=kind, answerable=kind == "answered", kept_apart=at % KEPT_APART == 0)


def report(engine: Engine, asked: Iterable[Asked], *, wrong: str) -> str:
    """Refusals by kind, each part on its own; with the questions gone wrong for ``first`` or ``all``."""
    counts: dict[tuple[bool, bool, str], Counter[str]] = defaultdict(Counter)
    lines = []
    for one in asked:
        answer = engine.ask(one.query).answer
        for kind in (one.kind, "all"):
            count = counts[one.kept_apart, one.answerable, kind]
            count["n"] += 1
            count["refused"] += answer.abstained
        if answer.abstained is one.answerable and (wrong == "all" or (wrong and not one.kept_apart)):
            lines.append(f"{one.kind}: {one.query}  {answer.reason}")
    for (kept_apart, answerable, kind), count in sorted(counts.items()):
        part = "kept apart" if kept_apart else "chosen on"
        judged = "refused wrongly" if answerable else "refused rightly"
        share = count["refused"] / count["n"]
        lines.append(f"{part:10} {judged:15} {kind:24} {count['refused']:3}/{count['n']:3} {share:.3f}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Build the libraries, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seeds", type=Path, help="a folder with the real documents")
    parser.add_argument("--wrong", nargs="?", const="first", default="", choices=("first", "all"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "sample"
        ingest(library, [SAMPLES])
        sys.stdout.write(report(open_engine(library), sample_questions(), wrong=options.wrong))
        if options.seeds:
            library = Path(folder) / "seeds"
            ingest(library, [options.seeds])
            sys.stdout.write("\nReal documents\n")
            sys.stdout.write(report(open_engine(library), seed_questions(), wrong=options.wrong))


if __name__ == "__main__":
    main()
