"""Several parts of a generation searched as if they were one index of just their passages.

Words: a tantivy index is a list of segments, and what it counts (holders of a term, lengths, passages) it
adds up over that list. An index that names the segments of the permitted parts, and no others, scores to the
last bit as one built from these passages alone. Its folder holds links to the parts' files and a list of its
own, and is gone when it is no longer used. Meaning: a cosine knows of no other passage, so each part is asked
and the best of all are taken; so it is with the sentences.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
import weakref
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index.dense import DenseIndex, Rows, Vectors
from index.facets import Counted, Facets
from index.lexical import LexicalConfig, LexicalIndex
from index.windows import WindowIndex

_META = "meta.json"
_OWN = (_META, ".managed.json")


def joined_lexical(folders: Sequence[Path], config: LexicalConfig, scratch: Path) -> LexicalIndex:
    """The words of several parts; their files were verified.

    Args:
        folders: of the parts' lexical indexes, at least one.
        config: weights.
        scratch: a folder to work in, on the disk of the parts.

    Raises:
        OSError: the folder cannot be written.
    """
    if len(folders) == 1:
        return LexicalIndex(folders[0], config)
    made = scratch / f"{os.getpid()}-{uuid.uuid4().hex[:12]}"
    made.mkdir(parents=True)
    try:
        _join(folders, made)
        index = LexicalIndex(made, config)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    weakref.finalize(index, shutil.rmtree, made, ignore_errors=True)
    return index


def drop_abandoned(scratch: Path, is_running: Callable[[int], bool]) -> None:
    """Remove what programs left that were killed.

    Args:
        scratch: see ``joined_lexical``.
        is_running: whether there is a process of a number.
    """
    for folder in scratch.glob("*-*"):
        owner = folder.name.partition("-")[0]
        if owner.isdigit() and not is_running(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _join(folders: Sequence[Path], made: Path) -> None:
    lists = []
    for folder in folders:
        lists.append(json.loads((folder / _META).read_text(encoding="utf-8")))
        for path in folder.iterdir():
            if path.name not in _OWN and not path.name.endswith(".lock"):
                _link(path, made / path.name)
    first = lists[0]
    segments = [segment for one in lists for segment in one["segments"]]
    (made / _META).write_text(json.dumps({**first, "segments": segments}), encoding="utf-8")


def _link(path: Path, target: Path) -> None:
    """A second name for a file; a copy where the disk gives none (another volume, FAT)."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)


class JoinedDense:
    """The vectors of several parts, asked in turn; its methods are those of ``index.dense.DenseIndex``."""

    def __init__(self, parts: Sequence[DenseIndex]) -> None:
        self._parts = [(part, np.array(part.rows, dtype=np.int64)) for part in parts]

    def __len__(self) -> int:
        """How many vectors there are."""
        return sum(len(part) for part, _ in self._parts)

    @property
    def rows(self) -> list[int]:
        """The row numbers of the vectors, part by part."""
        return [row for part, _ in self._parts for row in part.rows]

    def search(
        self, vector: Vectors, limit: int, within: Sequence[int] | Rows | None
    ) -> list[tuple[int, float]]:
        """Row numbers with cosines, best first, ties by row number."""
        found: list[tuple[int, float]] = []
        for part, rows in self._parts:
            found += part.search(vector, limit, None if within is None else _among(within, rows))
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[: max(0, limit)]

    def scores(self, vector: Vectors, rows: list[int]) -> list[float]:
        """The cosines of the given rows, in their order; the rows must be among the parts'."""
        known: dict[int, float] = {}
        for part, held in self._parts:
            own = [int(row) for row in _among(rows, held)]
            known.update(zip(own, part.scores(vector, own), strict=True))
        return [known[row] for row in rows]


def _among(wanted: Sequence[int] | Rows, held: Rows) -> Rows:
    """Those of the wanted rows that a part holds, in the order of the wanted."""
    rows = np.asarray(wanted, dtype=np.int64)
    found: Rows = rows[np.isin(rows, held)]
    return found


def joined_dense(folders: Sequence[Path]) -> DenseIndex | JoinedDense:
    """The meaning of several parts; their files were verified."""
    parts = [DenseIndex(folder) for folder in folders]
    return parts[0] if len(parts) == 1 else JoinedDense(parts)


class JoinedWindows:
    """The sentences of several parts; its methods are those of ``index.windows.WindowIndex``."""

    def __init__(self, parts: Sequence[WindowIndex]) -> None:
        self._parts = [(part, np.array(part.rows, dtype=np.int64)) for part in parts]

    @property
    def rows(self) -> list[int]:
        """The row numbers of the passages, part by part."""
        return [row for part, _ in self._parts for row in part.rows]

    def best(self, vector: Vectors, rows: Sequence[int]) -> dict[int, float]:
        """The cosine of the nearest sentence, of those rows that have sentences; they must be the parts'."""
        found: dict[int, float] = {}
        for part, held in self._parts:
            found.update(part.best(vector, [int(row) for row in _among(rows, held)]))
        return found


def joined_windows(folders: Sequence[Path]) -> WindowIndex | JoinedWindows:
    """The sentences of several parts; their files were verified."""
    parts = [WindowIndex(folder) for folder in folders]
    return parts[0] if len(parts) == 1 else JoinedWindows(parts)


def joined_facets(parts: Sequence[Facets]) -> Facets:
    """The counts of several parts, added up; in the order of one part built from all."""
    if len(parts) == 1:
        return parts[0]
    tables: dict[str, dict[str, int]] = {}
    for name in Counted._fields:
        counts: Counter[str] = Counter()
        for part in parts:
            counts.update(getattr(part, name))
        tables[name] = dict(sorted(counts.items(), key=str))
    years = {key: value for part in parts for key, value in part.document_years.items()}
    return Facets(**tables, document_years=dict(sorted(years.items())))  # type: ignore[arg-type]
