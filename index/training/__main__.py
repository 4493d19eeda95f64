"""``python -m index.training --data ../shared/train --out index/model --seed 1``."""

from __future__ import annotations

import argparse
import logging
import time
from pathlib import Path

import torch

from index.static_encoder import MODEL_FOLDER, content_keys
from index.terms import TermAnalyzer
from index.training.export import export_model
from index.training.pairs import Source, load_training_data
from index.training.train import TrainingConfig, train_rows
from index.training.vocabulary import choose_vocabulary

EVERYDAY = (Source.THESAURUS, Source.PHRASES)

_log = logging.getLogger(__name__)


def main() -> None:
    """Train a model and write its folder."""
    defaults = TrainingConfig()
    parser = argparse.ArgumentParser(prog="index.training", description="Train the built-in embedding model.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER, help="folder that the model is written to")
    parser.add_argument("--seed", type=int, default=defaults.seed)
    parser.add_argument("--dimension", type=int, default=defaults.dimension)
    parser.add_argument("--vocabulary-size", type=int, default=defaults.vocabulary_size)
    parser.add_argument("--epochs", type=int, default=defaults.epochs)
    parser.add_argument("--learning-rate", type=float, default=defaults.learning_rate)
    parser.add_argument("--threads", type=int, default=1, help="threads of torch; the result depends on them")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(arguments.threads)
    config = TrainingConfig(
        seed=arguments.seed,
        dimension=arguments.dimension,
        vocabulary_size=arguments.vocabulary_size,
        epochs=arguments.epochs,
        learning_rate=arguments.learning_rate,
    )
    train_model(arguments.data, arguments.out, config)


def train_model(data: Path, out: Path, config: TrainingConfig) -> None:
    """Read the data, train and write the model's folder."""
    started = time.monotonic()
    analyzer = TermAnalyzer()
    pairs = load_training_data(data).pairs
    texts = dict.fromkeys(text for pair in pairs for text in (pair.left, pair.right))
    keys = {text: content_keys(analyzer, text) for text in texts}
    everyday = [keys[text] for pair in pairs if pair.source in EVERYDAY for text in (pair.left, pair.right)]
    vocabulary = choose_vocabulary(keys.values(), size=config.vocabulary_size, kept=everyday)
    _log.info("%d pairs, %d texts, %d terms", len(pairs), len(keys), len(vocabulary))
    rows = train_rows(pairs, keys, vocabulary, config)
    export_model(out, rows, vocabulary, config, terms=analyzer.fingerprint)
    _log.info("done in %.0f s", time.monotonic() - started)


if __name__ == "__main__":
    main()
