"""How the refusals do, by kind of absence, and their weights: ``python -m tests.calibrate``.

Two thirds of our own questions over the sample corpus, and of the judged ones, are what the weights of
``qa.refusal_model`` are fitted on; every third one is kept apart and only reported. ``--fit`` prints the
weights. ``--also FOLDER QUESTIONS`` reports on other documents with questions about them, of the same form: a
kind, a tab, the question; the kind of an answerable one begins with ``answered``. ``--wrong`` lists what went
wrong, of the first part only unless ``all``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from corpus.sample_corpus import SAMPLES
from qa.engine import Engine
from qa.refusal_features import Features
from qa.refusal_model import terms_of
from tests.evaluate import read_questions
from ui.intake import ingest
from ui.library import open_engine

QUESTIONS = Path(__file__).parent / "data" / "calibration_questions.tsv"
EVERYDAY = QUESTIONS.with_name("everyday_questions.tsv")
"""Asked as residents talk, in other words than the documents'."""

KEPT_APART = 3
"""Every third question, counted from 1."""

PENALTY = 20.0
"""Of the squared weights of standardised features, in units of one question's loss."""

STEPS = 50

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, its kind, and whether the documents answer it."""

    query: str
    kind: str
    answerable: bool
    kept_apart: bool


def own_questions(path: Path = QUESTIONS) -> Iterator[Asked]:
    """Our own questions, a line each: kind, tab, question; what follows a further tab is not read here."""
    for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        kind, query = line.split("\t")[:2]
        answerable = kind.startswith("answered")
        yield Asked(query=query, kind=kind, answerable=answerable, kept_apart=at % KEPT_APART == 0)


def judged_questions() -> Iterator[Asked]:
    """The judged questions over the sample corpus."""
    for at, row in enumerate(read_questions(), start=1):
        answerable = row["kind"] != "unanswerable"
        kind = f"judged: {row['kind']}"
        yield Asked(query=row["query"], kind=kind, answerable=answerable, kept_apart=at % KEPT_APART == 0)


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
        lines.append(f"{part:10} {judged:15} {kind:28} {count['refused']:3}/{count['n']:3} {share:.3f}")
    return "\n".join(lines) + "\n"


def fitted(engine: Engine, asked: Sequence[Asked]) -> str:
    """The weights as ``qa.refusal_model`` holds them, from the questions that its certain rules let pass."""
    rows: list[tuple[dict[str, float], bool]] = []
    seen: list[Features] = []

    def noted(features: Features) -> float:
        seen.append(features)
        return 1.0  # refused: no answer has to be composed

    with patch("qa.refusals.likelihood", noted):
        for one in asked:
            seen.clear()
            if not one.kept_apart:
                engine.ask(one.query)
                rows += [(terms_of(features), one.answerable) for features in seen]
    names = list(rows[0][0])
    values = np.array([[terms[name] for name in names] for terms, _ in rows])
    weights = _logistic(values, np.array([0.0 if answerable else 1.0 for _, answerable in rows]))
    listed = "".join(
        f'    "{name}": {weight:.3f},\n' for name, weight in zip(names, weights[1:], strict=True)
    )
    return f"BIAS = {weights[0]:.3f}\nWEIGHTS: Mapping[str, float] = {{\n{listed}}}\n"


def _logistic(values: Matrix, refused: Matrix) -> Matrix:
    """The bias and weights of a logistic regression, by Newton's method on standardised values."""
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    inputs = np.column_stack([np.ones(len(values)), (values - mean) / spread])
    penalty = np.diag([0.0, *[PENALTY] * values.shape[1]])
    weights = np.zeros(inputs.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (likely - refused) + penalty @ weights
        curve = (inputs * (likely * (1 - likely))[:, None]).T @ inputs + penalty
        weights -= np.linalg.solve(curve, slope)
    scaled = weights[1:] / spread
    return np.concatenate([[weights[0] - scaled @ mean], scaled])


def main() -> None:
    """Build the libraries, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--fit", action="store_true", help="print the weights instead of a report")
    parser.add_argument("--also", type=Path, nargs=2, metavar=("FOLDER", "QUESTIONS"))
    parser.add_argument("--wrong", nargs="?", const="first", default="", choices=("first", "all"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "sample"
        ingest(library, [SAMPLES])
        engine = open_engine(library)
        if options.fit:
            sys.stdout.write(
                fitted(engine, [*own_questions(), *own_questions(EVERYDAY), *judged_questions()])
            )
            return
        sys.stdout.write(report(engine, own_questions(), wrong=options.wrong))
        sys.stdout.write("\nEveryday talk\n")
        sys.stdout.write(report(engine, own_questions(EVERYDAY), wrong=options.wrong))
        sys.stdout.write("\nJudged questions\n" + report(engine, judged_questions(), wrong=options.wrong))
        if options.also:
            documents, questions = options.also
            library = Path(folder) / "other"
            ingest(library, [documents])
            sys.stdout.write("\nOther documents\n")
            sys.stdout.write(report(open_engine(library), own_questions(questions), wrong=options.wrong))


if __name__ == "__main__":
    main()
