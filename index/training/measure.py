"""Measuring a model: nDCG@10 of BM25, of the model alone and of both, on held-out and foreign text.

``python -m index.training.measure --data ../shared/train --bench ../shared/bench --model index/model``
"""

from __future__ import annotations

import argparse
import json
import logging
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.folding import fold
from index.encoder import Encoder
from index.retriever import RetrieverConfig
from index.static_encoder import MODEL_FOLDER, StaticEncoder
from index.terms import TermAnalyzer
from index.thesaurus import read_pairs
from index.training.pairs import Source, load_training_data, phrase_files, read_rows

EVALUATION_NAME = "evaluation.json"
HYBRID_WEIGHTS = (0.3, 0.4, 0.5)
BENCHMARKS = ("mirai", "lawqa", "jsquad_valid")

_log = logging.getLogger(__name__)
_K1, _B = 1.2, 0.75
_DEPTH = 10

Scores = NDArray[np.float32]


class LemmaBm25:
    """BM25 (Robertson and Zaragoza 2009, k1 = 1.2, b = 0.75) over the terms of all passages, in memory."""

    def __init__(self, passages: Sequence[Sequence[str]]) -> None:
        self._size = len(passages)
        mean = sum(map(len, passages)) / max(1, self._size)
        found: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, terms in enumerate(passages):
            for term, count in Counter(terms).items():
                share = count * (_K1 + 1) / (count + _K1 * (1 - _B + _B * len(terms) / mean))
                found[term].append((number, share))
        self._postings = {
            term: (np.array([n for n, _ in rows]), np.array([s for _, s in rows], dtype=np.float32))
            for term, rows in found.items()
        }

    def scores(self, terms: Sequence[str]) -> Scores:
        """The score of every passage, shape (n,)."""
        scores = np.zeros(self._size, dtype=np.float32)
        for term in dict.fromkeys(terms):
            if term in self._postings:
                numbers, shares = self._postings[term]
                scores[numbers] += self._rarity(term) * shares
        return scores

    def fit(self, terms: Sequence[str], scores: Scores) -> float:
        """How well the terms are met, as ``index.retriever`` has it."""
        rarities = sum(self._rarity(term) for term in dict.fromkeys(terms))
        return float(scores.max()) / rarities if rarities else 0.0

    def _rarity(self, term: str) -> float:
        frequency = len(self._postings[term][0]) if term in self._postings else 0
        return math.log1p((self._size - frequency + 0.5) / (frequency + 0.5))


def standardized(scores: Scores) -> Scores:
    """Scores of one query as z-scores."""
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread > 0 else np.zeros_like(scores)


def ndcg(scores: Scores, relevant: int) -> float:
    """nDCG@10 where one passage is relevant; ties count against it."""
    rank = int((scores > scores[relevant]).sum()) + int((scores[:relevant] == scores[relevant]).sum())
    return 1.0 / math.log2(rank + 2) if rank < _DEPTH else 0.0


def evaluate(
    pairs: Sequence[tuple[str, str]], encoder: Encoder, analyzer: TermAnalyzer, others: Sequence[str] = ()
) -> dict[str, float]:
    """Mean nDCG@10 of each method over (query, passage) pairs, and R@10 of the model alone.

    The passages of all pairs and ``others`` are searched. ``hybrid_by_fit`` weighs the model as the product
    does, by how well the query's words are met.
    """
    passages = list(dict.fromkeys([*(passage for _, passage in pairs), *others]))
    places = {passage: place for place, passage in enumerate(passages)}
    lexical = LemmaBm25([analyzer.keys(fold(passage).text) for passage in passages])
    vectors = encoder.encode_passages(passages)
    config = RetrieverConfig()
    totals: Counter[str] = Counter()
    for query, passage in pairs:
        terms = analyzer.keys(fold(query).text)
        bm25 = lexical.scores(terms)
        dense = vectors @ encoder.encode_query(query)
        arms = {"bm25": bm25, "dense": dense}
        fitted = config.between(lexical.fit(terms, bm25), config.unmet_dense_weight, config.dense_weight)
        weights = {**{f"hybrid_{weight}": weight for weight in HYBRID_WEIGHTS}, "hybrid_by_fit": fitted}
        for name, weight in weights.items():
            arms[name] = (1 - weight) * standardized(bm25) + weight * standardized(dense)
        for name, scores in arms.items():
            totals[name] += ndcg(scores, places[passage])  # type: ignore[assignment]
        totals["dense_R@10"] += float(ndcg(dense, places[passage]) > 0)  # type: ignore[assignment]
    return {
        "queries": len(pairs),
        "passages": len(passages),
        **{name: round(total / len(pairs), 4) for name, total in totals.items()},
    }


def measure(data: Path, bench: Path, model: Path) -> dict[str, dict[str, float]]:
    """All figures of a model, by data set."""
    analyzer = TermAnalyzer()
    encoder = StaticEncoder(model, analyzer)
    sets: dict[str, Sequence[tuple[str, str]]] = {
        f"{source.value}_held_out": pairs for source, pairs in load_training_data(data).held_out.items()
    }
    for name in BENCHMARKS:
        rows = read_rows(bench / f"{name}.jsonl.gz")
        sets[name] = [(row["query"], row["passage"]) for row in rows]
    phrases = [right for _, right in read_pairs(phrase_files())]
    figures = {}
    for name, pairs in sets.items():
        others = phrases if name == f"{Source.PHRASES.value}_held_out" else ()
        figures[name] = evaluate(pairs, encoder, analyzer, others)
        _log.info("%s: %s", name, figures[name])
    return figures


def main() -> None:
    """Measure a model and write ``evaluation.json`` into its folder."""
    parser = argparse.ArgumentParser(description="Measure the built-in embedding model.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--bench", type=Path, required=True, help="folder of the benchmark sets")
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER, help="folder of the model")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    figures = measure(arguments.data, arguments.bench, arguments.model)
    fingerprint = StaticEncoder(arguments.model).fingerprint
    text = json.dumps({"metric": "nDCG@10", "encoder": fingerprint, "sets": figures}, indent=2) + "\n"
    (arguments.model / EVALUATION_NAME).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
