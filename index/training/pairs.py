"""Training pairs: two texts that mean the same, with a group whose texts are never each other's negatives.

Government text is what matters: a programme's name with its purpose, its problem and its overview; a caption
with its article; words of one meaning. Everyday words come from the product's own thesaurus, its groups and
its pairs of an everyday phrase with the heading that a plan would use, and from ``phrases/``: what people say
for a sentence of a plan, from several sides. The latter are for training alone; to call up words in a search
they brought nothing.
"""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from index.thesaurus import PAIRS_SUFFIX, Group, pair_files, read_groups, read_pairs, thesaurus_files

PHRASES_FOLDER = Path(__file__).parent / "phrases"

_HELD_OUT_PERCENT = 5
_HELD_OUT_PHRASES_PERCENT = 10
_COMMON_CAPTION = 4  # a caption of more articles than this (目的, 定義) says nothing without its law
_PROGRAMME_FIELDS = ("projectName", "purpose", "currentIssues", "overview")


class Source(StrEnum):
    """Where a pair comes from; a batch holds pairs of one source."""

    PROGRAMMES = "programmes"
    STATUTES = "statutes"
    SYNONYMS = "synonyms"
    THESAURUS = "thesaurus"
    PHRASES = "phrases"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts of one meaning. ``group`` names the programme, caption or group of words."""

    source: Source
    group: str
    left: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingData:
    """Pairs to train on, and (query, passage) pairs held out by hash to measure on."""

    pairs: tuple[Pair, ...]
    held_out: Mapping[Source, tuple[tuple[str, str], ...]]


def phrase_files() -> list[Path]:
    """The thesaurus's files of phrases and those for training alone, in the order of their names."""
    own = PHRASES_FOLDER.glob(f"*{PAIRS_SUFFIX}.tsv")
    return sorted([*pair_files(), *own], key=lambda path: path.name)


def load_training_data(
    folder: Path,
    groups: Sequence[Group] | None = None,
    phrases: Sequence[tuple[str, str]] | None = None,
) -> TrainingData:
    """Read programmes, statutes and synonyms from ``folder``; the thesaurus is the product's own if None."""
    groups = read_groups(thesaurus_files()) if groups is None else groups
    phrases = read_pairs(phrase_files()) if phrases is None else phrases
    programmes = list(read_rows(folder / "programmes.jsonl.gz"))
    statutes = list(read_rows(folder / "statutes.jsonl.gz"))
    synonyms = list(read_rows(folder / "synonyms.jsonl.gz"))
    kept, held_programmes = _split(programmes, "projectName")
    kept_statutes, held_statutes = _split(statutes, "article")
    captions = Counter(row["caption"] for row in statutes)
    pairs = itertools.chain(
        programme_pairs(kept),
        statute_pairs(kept_statutes, captions),
        synonym_pairs(synonyms),
        group_pairs(groups),
        phrase_pairs([pair for pair in phrases if not _is_held(pair[1], _HELD_OUT_PHRASES_PERCENT)]),
    )
    return TrainingData(
        pairs=tuple(pairs),
        held_out={
            Source.PROGRAMMES: tuple((row["projectName"], _description(row)) for row in held_programmes),
            Source.STATUTES: tuple((_statute_query(row, captions), row["article"]) for row in held_statutes),
            Source.PHRASES: tuple(pair for pair in phrases if _is_held(pair[1], _HELD_OUT_PHRASES_PERCENT)),
        },
    )


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def programme_pairs(rows: Sequence[Mapping[str, Any]]) -> Iterator[Pair]:
    """Every two fields of a programme."""
    for number, row in enumerate(rows):
        texts = [row[field] for field in _PROGRAMME_FIELDS if row.get(field)]
        for left, right in itertools.combinations(texts, 2):
            yield Pair(source=Source.PROGRAMMES, group=f"p{number}", left=left, right=right)


def statute_pairs(rows: Sequence[Mapping[str, Any]], captions: Mapping[str, int]) -> Iterator[Pair]:
    """An article's caption with the article; a common caption takes the law's name with it."""
    for row in rows:
        query = _statute_query(row, captions)
        yield Pair(source=Source.STATUTES, group=f"s{row['caption']}", left=query, right=row["article"])


def synonym_pairs(rows: Sequence[Mapping[str, Any]]) -> Iterator[Pair]:
    """Each word of a group with the next, in a ring."""
    for number, row in enumerate(rows):
        words = row["words"]
        partners = words[1:] + (words[:1] if len(words) > 2 else [])
        for left, right in zip(words, partners, strict=False):
            yield Pair(source=Source.SYNONYMS, group=f"y{number}", left=left, right=right)


def group_pairs(groups: Sequence[Group]) -> Iterator[Pair]:
    """Each word of a group's left side with each of its right side."""
    for number, group in enumerate(groups):
        for left, right in itertools.product(group.left, group.right):
            if left != right:
                yield Pair(source=Source.THESAURUS, group=f"g{number}", left=left, right=right)


def phrase_pairs(phrases: Sequence[tuple[str, str]]) -> Iterator[Pair]:
    """Everyday phrase with administrative phrase; those of one administrative phrase are one group."""
    for left, right in phrases:
        yield Pair(source=Source.PHRASES, group=f"h{right}", left=left, right=right)


def _statute_query(row: Mapping[str, Any], captions: Mapping[str, int]) -> str:
    caption = str(row["caption"])
    return caption if captions[caption] <= _COMMON_CAPTION else f"{row['law']} {caption}"


def _description(row: Mapping[str, Any]) -> str:
    return "\n".join(row[field] for field in _PROGRAMME_FIELDS[1:] if row.get(field))


def _split(rows: Sequence[dict[str, Any]], key: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Kept and held-out rows; the same value of ``key`` always falls on the same side."""
    kept: list[dict[str, Any]] = []
    held: list[dict[str, Any]] = []
    for row in rows:
        (held if _is_held(str(row[key]), _HELD_OUT_PERCENT) else kept).append(row)
    return kept, held


def _is_held(value: str, percent: int) -> bool:
    return int(hashlib.sha256(value.encode()).hexdigest()[:8], 16) % 100 < percent
