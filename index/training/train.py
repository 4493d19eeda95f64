"""Contrastive training of a static embedding with torch.

InfoNCE with in-batch negatives (van den Oord et al. 2018), both ways; a batch holds pairs of one source,
and no text of a pair's own group counts as its negative. A row is a word vector of general Japanese,
projected and made as long as the term is rare, plus what training adds for this term: what the projection
learns holds for words too that no training text has.
"""

from __future__ import annotations

import logging
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from index.training.augment import Bag, find_swaps, swapped
from index.training.pairs import Pair, Source
from index.training.vocabulary import inverse_document_frequency

_WORDS = (Source.SYNONYMS, Source.THESAURUS, Source.PHRASES)
"""Sources whose texts are not swapped: they are what swaps are made of, or everyday words already."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingConfig:
    """How a model is trained; kept with the model.

    Attributes:
        learning_rate: of what is added for each term.
        projection_rate: of the projection of the word vectors.
        added: length of what is added, at the beginning, against that of the projected vector.
        shared_rarity: in how many texts a term that only general Japanese knows is taken to stand.
    """

    dimension: int = 256
    vocabulary_size: int = 32_000
    epochs: int = 3
    batch_size: int = 512
    learning_rate: float = 0.01
    projection_rate: float = 0.001
    added: float = 0.1
    temperature: float = 0.07
    swap_probability: float = 0.3
    phrase_repeats: int = 6
    shared_rarity: int = 20
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trained:
    """``rows`` (terms, d) of the vocabulary; ``projection`` (length of a word vector, d) for other words."""

    rows: NDArray[np.float32]
    projection: NDArray[np.float32]


def train_rows(
    pairs: Sequence[Pair],
    keys: Mapping[str, Sequence[str]],
    vocabulary: Mapping[str, int],
    starts: NDArray[np.float32],
    config: TrainingConfig,
) -> Trained:
    """Train the rows, in the order of ``vocabulary``.

    Args:
        pairs: what to train on.
        keys: the keys of every text of ``pairs``.
        vocabulary: terms with the number of texts that hold them.
        starts: the word vector of each term (terms, length), of length one; zeros where none is known.
        config: settings; equal settings on one machine give equal rows.
    """
    torch.manual_seed(config.seed)
    shuffler = random.Random(config.seed)
    numbers = {term: number for number, term in enumerate(vocabulary)}
    bags = {text: _bag(words, numbers) for text, words in keys.items()}
    swaps = find_swaps(pairs, bags, {text: len(set(words)) for text, words in keys.items()})
    pairs = [pair for pair in pairs for _ in range(_repeats(pair, config))]
    usable = [pair for pair in pairs if bags[pair.left][0] and bags[pair.right][0]]
    table = _Table(vocabulary, len(keys), starts, config)
    rates = (config.learning_rate, config.projection_rate)
    optimizer = torch.optim.Adam(
        [
            {"params": [part], "lr": rate}
            for part, rate in zip((table.added, table.projection), rates, strict=True)
        ]
    )
    total = config.epochs * sum(1 for _ in _batches(usable, config.batch_size, random.Random(0)))
    step = 0
    for epoch in range(config.epochs):
        losses = []
        for batch in _batches(usable, config.batch_size, shuffler):
            for setting, rate in zip(optimizer.param_groups, rates, strict=True):
                setting["lr"] = rate * (1 - step / total)
            left = [bags[pair.left] for pair in batch]
            if batch[0].source not in _WORDS:
                left = [swapped(bag, swaps, config.swap_probability, shuffler) for bag in left]
            loss = _loss(table, batch, left, [bags[pair.right] for pair in batch], config.temperature)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            losses.append(loss.item())
            step += 1
        _log.info(
            "epoch %d: mean loss %.4f over %d batches", epoch + 1, sum(losses) / len(losses), len(losses)
        )
    return table.trained()


class _Table(torch.nn.Module):
    """The rows as the sum of what the word vectors give and what is added for each term."""

    def __init__(
        self, vocabulary: Mapping[str, int], texts: int, starts: NDArray[np.float32], config: TrainingConfig
    ) -> None:
        super().__init__()
        lengths = torch.tensor([inverse_document_frequency(count, texts) for count in vocabulary.values()])
        known = np.linalg.norm(starts, axis=1) > 0
        self._starts = torch.from_numpy(starts) * lengths[:, None]
        self.projection = torch.nn.Parameter(_main_directions(starts[known], config.dimension))
        added = torch.nn.functional.normalize(torch.randn(len(vocabulary), config.dimension), dim=1)
        share = torch.from_numpy(np.where(known, config.added, 1.0).astype(np.float32))
        self.added = torch.nn.Parameter(added * (lengths * share)[:, None])

    def forward(self, numbers: torch.Tensor, offsets: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
        used, places = torch.unique(numbers, return_inverse=True)
        rows = self._starts[used] @ self.projection + self.added[used]
        return torch.nn.functional.embedding_bag(
            places, rows, offsets, mode="sum", per_sample_weights=weights
        )

    def trained(self) -> Trained:
        rows = (self._starts @ self.projection + self.added).detach().numpy().copy()
        return Trained(rows=rows, projection=self.projection.detach().numpy().copy())


def _main_directions(vectors: NDArray[np.float32], dimension: int) -> torch.Tensor:
    """A projection (length, dimension) that keeps most of the vectors' spread; zeros beyond their length."""
    projection = np.zeros((vectors.shape[1], dimension), dtype=np.float32)
    if len(vectors):
        directions = np.linalg.svd(vectors, full_matrices=False)[2][:dimension]
        projection[:, : len(directions)] = directions.T
    return torch.from_numpy(projection)


def _repeats(pair: Pair, config: TrainingConfig) -> int:
    return config.phrase_repeats if pair.source is Source.PHRASES else 1


def _bag(keys: Sequence[str], numbers: Mapping[str, int]) -> Bag:
    counts = sorted(Counter(numbers[key] for key in keys if key in numbers).items())
    return tuple(number for number, _ in counts), tuple(1.0 + math.log(count) for _, count in counts)


def _batches(pairs: Sequence[Pair], size: int, shuffler: random.Random) -> Iterator[list[Pair]]:
    by_source: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_source[pair.source].append(pair)
    batches: list[list[Pair]] = []
    for source in sorted(by_source):
        members = by_source[source]
        shuffler.shuffle(members)
        batches += [members[at : at + size] for at in range(0, len(members), size)]
    shuffler.shuffle(batches)
    yield from (batch for batch in batches if len(batch) > 1)


def _loss(
    table: _Table,
    batch: Sequence[Pair],
    left: Sequence[Bag],
    right: Sequence[Bag],
    temperature: float,
) -> torch.Tensor:
    scores = _vectors(table, left) @ _vectors(table, right).T / temperature
    groups = {group: number for number, group in enumerate(sorted({pair.group for pair in batch}))}
    numbers = torch.tensor([groups[pair.group] for pair in batch])
    same = (numbers[:, None] == numbers[None, :]) & ~torch.eye(len(batch), dtype=torch.bool)
    scores = scores.masked_fill(same, float("-inf"))
    answers = torch.arange(len(batch))
    there = torch.nn.functional.cross_entropy(scores, answers)
    back = torch.nn.functional.cross_entropy(scores.T, answers)
    return (there + back) / 2


def _vectors(table: _Table, bags: Sequence[Bag]) -> torch.Tensor:
    numbers = torch.tensor([number for rows, _ in bags for number in rows])
    weights = torch.tensor([weight for _, values in bags for weight in values])
    lengths = [len(rows) for rows, _ in bags]
    offsets = torch.tensor([0, *np.cumsum(lengths)[:-1].tolist()])
    return torch.nn.functional.normalize(table(numbers, offsets, weights), dim=1)
