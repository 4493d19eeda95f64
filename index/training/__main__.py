"""``python -m index.training --data ../shared/train --vectors ja_ginza-5.3.0-py3-none-any.whl``."""

from __future__ import annotations

import argparse
import logging
import time
from pathlib import Path

import torch

from index.static_encoder import MODEL_FOLDER, content_keys
from index.terms import TermAnalyzer
from index.training.export import SharedRows, export_model
from index.training.pairs import Source, load_training_data
from index.training.starts import dictionary_words, find_starts
from index.training.train import TrainingConfig, train_rows
from index.training.vocabulary import choose_vocabulary, inverse_document_frequency
from index.training.word_vectors import WordVectors, read_word_vectors

EVERYDAY = (Source.THESAURUS, Source.PHRASES)

_log = logging.getLogger(__name__)


def main() -> None:
    """Train a model and write its folder."""
    defaults = TrainingConfig()
    parser = argparse.ArgumentParser(prog="index.training", description="Train the built-in embedding model.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--vectors", type=Path, required=True, help="wheel of ja_ginza with the word vectors")
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
    train_model(arguments.data, read_word_vectors(arguments.vectors), arguments.out, config)


def train_model(data: Path, words: WordVectors, out: Path, config: TrainingConfig) -> None:
    """Read the data, train and write the model's folder."""
    started = time.monotonic()
    analyzer = TermAnalyzer()
    pairs = load_training_data(data).pairs
    texts = dict.fromkeys(text for pair in pairs for text in (pair.left, pair.right))
    keys = {text: content_keys(analyzer, text) for text in texts}
    everyday = [keys[text] for pair in pairs if pair.source in EVERYDAY for text in (pair.left, pair.right)]
    vocabulary = choose_vocabulary(keys.values(), size=config.vocabulary_size, kept=everyday)
    _log.info("%d pairs, %d texts, %d terms", len(pairs), len(keys), len(vocabulary))
    starts = find_starts(words, analyzer)
    trained = train_rows(pairs, keys, vocabulary, starts.of(list(vocabulary), analyzer), config)
    others = {
        key: starts.numbers[key] for key in dictionary_words(list(starts.numbers)) if key not in vocabulary
    }
    length = inverse_document_frequency(config.shared_rarity, len(keys))
    shared = SharedRows(rows=starts.vectors @ trained.projection * length, numbers=others)
    export_model(out, trained.rows, list(vocabulary), shared, config, terms=analyzer.fingerprint)
    _log.info("done in %.0f s", time.monotonic() - started)


if __name__ == "__main__":
    main()
