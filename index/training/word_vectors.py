"""Word vectors of general Japanese that training begins with: chiVe, as the wheel of ja_ginza packs them.

chiVe (Works Applications, Apache-2.0) was trained on web text of billions of words, so it knows everyday
words that no government text has. The wheel keeps 300 numbers for each of 20,000 words; some 460,000 rarer
words share the numbers of the nearest of these. It is spaCy's format: words are named by a hash.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgpack
import numpy as np
from numpy.typing import NDArray

_FACTOR = 0xC6A4A7935BD1E995
_MASK = (1 << 64) - 1
_SEED = 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WordVectors:
    """Vectors (n, d), mean 0 and each of length one, and the number of each word's; words share vectors."""

    vectors: NDArray[np.float32]
    numbers: Mapping[str, int]


def read_word_vectors(wheel: Path) -> WordVectors:
    """Read the wheel, as ``pip download --no-deps ja-ginza`` leaves it.

    Raises:
        OSError, KeyError: no such file, or not such a wheel.
    """
    with zipfile.ZipFile(wheel) as archive:
        members = {name.rpartition("/vocab/")[2]: name for name in archive.namelist() if "/vocab/" in name}
        vectors = np.load(io.BytesIO(archive.read(members["vectors"])), allow_pickle=False)
        rows = msgpack.unpackb(archive.read(members["key2row"]), strict_map_key=False)
        words = json.loads(archive.read(members["strings.json"]))
    hashed = ((word, rows.get(word_hash(word))) for word in words)
    return WordVectors(
        vectors=centred(vectors), numbers={word: row for word, row in hashed if row is not None}
    )


def centred(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors without their common mean, each brought to length one."""
    moved = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    result: NDArray[np.float32] = (moved / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return result


def word_hash(word: str) -> int:
    """The number by which spaCy knows a word: MurmurHash64A (Appleby) of its UTF-8, seed 1."""
    data = word.encode()
    value = (_SEED ^ len(data) * _FACTOR) & _MASK
    whole = len(data) - len(data) % 8
    for at in range(0, whole, 8):
        block = int.from_bytes(data[at : at + 8], "little") * _FACTOR & _MASK
        block = (block ^ block >> 47) * _FACTOR & _MASK
        value = (value ^ block) * _FACTOR & _MASK
    if whole < len(data):
        value = (value ^ int.from_bytes(data[whole:], "little")) * _FACTOR & _MASK
    value = (value ^ value >> 47) * _FACTOR & _MASK
    return value ^ value >> 47
