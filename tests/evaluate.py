"""Search and answer quality beside plain BM25 in the same run: ``python -m tests.evaluate [--sets sample]``.

Three sorts of sets: ``sample``, the judged questions over the sample corpus, which the tests hold to;
``judged``, questions over published plans; ``pairs``, foreign text. The last two are not in the repository:
where they are absent they are passed over with the reason, and what was written of them before stays.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from corpus.sample_corpus import SAMPLES
from index.static_encoder import StaticEncoder
from index.terms import TermAnalyzer
from tests.evaluate_judged import QUESTIONS, JudgedMeans, judged, read_questions
from tests.evaluate_metrics import Row
from tests.evaluate_pairs import PAIRS, paired, read_pairs
from tests.evaluate_table import set_lines
from ui.intake import ingest
from ui.library import open_engine

__all__ = ["evaluate_sample", "read_questions"]

SETS = ("sample", "judged", "pairs")
SHARED = Path(__file__).parents[2] / "shared"
Report = dict[str, Any]


def over_documents(sources: Path, questions: list[Row]) -> Report:
    """Both systems over a folder of documents taken in anew."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        ingest(library, [sources])
        engine = open_engine(library)
        found = judged(engine, questions)
        return {
            "questions": len(questions),
            "documents": len(engine.store.documents()),
            "passages": engine.store.passage_count(),
            "corpus": digest(document.sha256.encode() for document in engine.store.documents()),
            **reported(found),
        }


def over_pairs(path: Path) -> Report:
    """Both systems over a set of pairs."""
    pairs = read_pairs(path)
    analyzer = TermAnalyzer()
    with tempfile.TemporaryDirectory() as folder:
        found = paired(pairs, Path(folder) / "library", analyzer, StaticEncoder(analyzer=analyzer))
    return {
        "questions": len(pairs.queries),
        "documents": 1,
        "passages": len(pairs.passages),
        "corpus": digest(passage.encode() for passage in pairs.passages),
        **reported(found),
    }


def reported(found: JudgedMeans) -> Report:
    """The means by system, with what made them."""
    analyzer = TermAnalyzer()
    model = StaticEncoder(analyzer=analyzer).fingerprint
    return {"model": model, "shirube": found.shirube, "plain": found.plain}


def digest(parts: Iterable[bytes]) -> str:
    """Twelve digits that tell one corpus from another, whatever the order of its parts."""
    return hashlib.sha256(b"".join(sorted(hashlib.sha256(part).digest() for part in parts))).hexdigest()[:12]


def evaluate_sample() -> Report:
    """The set that the tests hold to."""
    return over_documents(SAMPLES, read_questions())


def planned(options: argparse.Namespace) -> dict[str, tuple[list[Path], Callable[[], Report]]]:
    """The sets by name: the files that each needs, and how it is measured."""
    wanted = options.sets.split(",")
    sets: dict[str, tuple[list[Path], Callable[[], Report]]] = {}
    if "sample" in wanted:
        sets["sample"] = ([SAMPLES, QUESTIONS], evaluate_sample)
    if "judged" in wanted:
        needed = [options.questions, options.sources]
        sets["judged"] = (
            needed,
            lambda: over_documents(options.sources, read_questions(options.questions)),
        )
    if "pairs" in wanted:
        for path in (options.pairs / f"{name}.jsonl.gz" for name in PAIRS):
            name = path.name.removesuffix(".jsonl.gz")
            sets[name] = ([path], lambda path=path: over_pairs(path))  # type: ignore[misc]
    return sets


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sets", default=",".join(SETS), help="some of sample, judged, pairs, by commas")
    parser.add_argument("--questions", type=Path, default=SHARED / "eval" / "dev.jsonl")
    parser.add_argument("--sources", type=Path, default=SHARED / "seeds", help="what they are asked of")
    parser.add_argument("--pairs", type=Path, default=SHARED / "bench", help="folder of the foreign text")
    parser.add_argument("--out", type=Path, help="write the figures into this JSON file")
    options = parser.parse_args()
    unknown = set(options.sets.split(",")) - set(SETS)
    if unknown:
        parser.error(f"no such sets: {', '.join(sorted(unknown))}")
    return options


def main() -> None:
    """Measure every set that is there, print a line of each, write the figures."""
    options = arguments()
    found: dict[str, Report] = {}
    for name, (needed, work) in planned(options).items():
        absent = [path for path in needed if not path.exists()]
        if absent:
            sys.stdout.write(f"{name}: passed over, {absent[0]} is not there\n")
            continue
        begun = time.perf_counter()
        found[name] = work()
        sys.stdout.write(f"{name}: {time.perf_counter() - begun:.0f} s\n")
    sys.stdout.write("\n".join(set_lines(found, japanese=False)) + "\n")
    if options.out:
        kept = json.loads(options.out.read_text(encoding="utf-8")) if options.out.exists() else {"sets": {}}
        merged = {"sets": {**kept.get("sets", {}), **found}}
        options.out.write_text(json.dumps(merged, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
