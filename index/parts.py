"""The parts of an index generation: one for each access that its documents have.

What a person may see is put together from the parts that are open to them, and nothing is read from the
others: neither passages nor numbers of holders, lengths or counts. The documents that are open to all are in
the generation's own folder, as in a library that hides nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.access import PUBLIC, Audience
from corpus.errors import IndexDamagedError, IndexStaleError
from index.facets import read_facets
from index.generation import REBUILD

LEXICAL_FOLDER = "lexical"
DENSE_FOLDER = "dense"
WINDOWS_FOLDER = "windows"
PARTS_NAME = "parts.json"
SCRATCH = "joined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part.

    Attributes:
        access: the stored access of all its documents.
        folder: where its arms and facets lie.
    """

    access: str
    folder: Path


def name_parts(folder: Path, accesses: Iterable[str]) -> list[Part]:
    """The parts of a generation that is being built, each with its folder.

    They are written down where there are others than the public one.

    Args:
        folder: of the generation.
        accesses: stored accesses, in order.
    """
    others = [access for access in accesses if access != PUBLIC.key]
    named = {f"part-{number:03d}": access for number, access in enumerate(others, start=1)}
    for name in named:
        (folder / name).mkdir()
    if named:
        text = json.dumps(named, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / PARTS_NAME).write_text(text, encoding="utf-8")
    return _parts(folder, named)


def parts_of(folder: Path) -> list[Part]:
    """The parts of a finished generation whose files were verified.

    Raises:
        IndexDamagedError: the list of parts is none.
    """
    path = folder / PARTS_NAME
    if not path.is_file():
        return _parts(folder, {})
    try:
        named = json.loads(path.read_text(encoding="utf-8"))
        fine = isinstance(named, dict) and all(isinstance(access, str) for access in named.values())
    except (OSError, ValueError) as exc:
        raise IndexDamagedError(f"索引の区分の一覧を読めません: {path}。{REBUILD}") from exc
    if not fine or any(Path(name).name != name for name in named):
        raise IndexDamagedError(f"索引の区分の一覧を読めません: {path}。{REBUILD}")
    return _parts(folder, named)


def permitted(parts: Sequence[Part], audience: Audience) -> list[Part]:
    """The parts that are open to an audience, in their order."""
    return [part for part in parts if audience.may_see_key(part.access)]


def check_parts(parts: Sequence[Part], accesses: Mapping[str, str]) -> None:
    """Refuse parts that hold a document of another access than the store says now.

    Args:
        parts: of a generation.
        accesses: the stored access of each document.

    Raises:
        IndexStaleError: they do.
    """
    for part in parts:
        for document_id in read_facets(part.folder).documents:
            if accesses.get(document_id) != part.access:
                raise IndexStaleError(f"索引が今の公開範囲と合っていません: {part.folder}。{REBUILD}")


def scratch_of(folder: Path) -> Path:
    """Where a generation's parts are put together: beside the generations, on the same disk."""
    return folder.parents[1] / SCRATCH


def _parts(folder: Path, named: dict[str, str]) -> list[Part]:
    own = Part(access=PUBLIC.key, folder=folder)
    return [own, *(Part(access=named[name], folder=folder / name) for name in sorted(named))]
