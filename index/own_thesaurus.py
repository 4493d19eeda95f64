"""The user's own thesaurus 「追加の言い換え」: a file that a person edits, checked before it counts.

It is named by a setting or lies in the library's folder, and is written as the product's own tables are
(``index.thesaurus``). A file with a fault never counts in part: all faults are told with their lines, and the
last file that had none stays in force, of which the library's folder keeps a copy.
"""

from __future__ import annotations

import graphlib
import logging
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from index.thesaurus import COLUMNS, Group, ThesaurusError, group_of

logger = logging.getLogger(__name__)

FILE_NAME = "thesaurus.tsv"
KEPT_NAME = "thesaurus.last-good.tsv"
LONGEST_LINES = 20_000
LARGEST_BYTES = 5_000_000
TOLD = 5
"""How many faults a message tells at the most."""

Stamp = tuple[str, int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnThesaurus:
    """The user's groups that are in force.

    Attributes:
        source: the file that was looked at, empty where there is none.
        groups: those in force.
        fault: what is wrong with the file (Japanese), empty where nothing is.
        stamp: tells the file from a later state of it.
    """

    source: str = ""
    groups: tuple[Group, ...] = ()
    fault: str = ""
    stamp: Stamp = None

    @property
    def notice(self) -> str:
        """What a person who searches should know, empty where the file is as it should be."""
        if not self.fault:
            return ""
        in_force = "前回読めた表を使っています" if self.groups else "もとからある言い換えだけを使っています"
        return f"追加の言い換えの表に誤りがあるため、{in_force}。「shirube status」で確かめてください。"


def own_path(library: Path, named: Path | None) -> Path:
    """Where the user's thesaurus is looked for: the named file, else the library's own."""
    return named if named is not None else library / FILE_NAME


def stamp_of(library: Path, named: Path | None) -> Stamp:
    """What changes with the file; None where there is none and none is asked for."""
    path = own_path(library, named)
    try:
        found = path.stat()
    except OSError:
        return None if named is None else (str(path), 0, 0)
    return str(path), found.st_mtime_ns, found.st_size


def load_own(library: Path, named: Path | None = None) -> OwnThesaurus:
    """The user's thesaurus: the file's groups, or those of the last good one with what is wrong now.

    Args:
        library: its folder.
        named: the file that a setting names; without it one in the library's folder may be there or not.
    """
    path, stamp = own_path(library, named), stamp_of(library, named)
    if stamp is None:
        return OwnThesaurus()
    try:
        data = _read(path)
        groups = checked_groups(data, path.name)
    except ThesaurusError as exc:
        return OwnThesaurus(source=str(path), groups=_kept(library), fault=str(exc), stamp=stamp)
    _keep(library / KEPT_NAME, data)
    return OwnThesaurus(source=str(path), groups=groups, stamp=stamp)


def checked_groups(data: bytes, name: str) -> tuple[Group, ...]:
    """The groups of a file.

    Args:
        data: its bytes.
        name: its name for messages.

    Raises:
        ThesaurusError: a line cannot be read, or lines contradict one another; says which, five at the most.
    """
    groups: dict[int, Group] = {}
    faults: list[str] = []
    for number, line in _lines(data, name):
        try:
            groups[number] = _group(line, number)
        except ThesaurusError as exc:
            faults.append(str(exc))
    faults = faults or [*_repeated(groups), *_circular(groups)]
    if faults:
        more = f"ほかに{len(faults) - TOLD}か所あります。" if len(faults) > TOLD else ""
        raise ThesaurusError(f"追加の言い換えの表「{name}」を使えません。{''.join(faults[:TOLD])}{more}")
    return tuple(groups.values())


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise ThesaurusError(
                f"追加の言い換えの表が大きすぎます: {path}。"
                f"{LARGEST_BYTES // 1_000_000}MBまでにしてください。"
            )
        return path.read_bytes()
    except OSError as exc:
        raise ThesaurusError(
            f"追加の言い換えの表を読めません: {path}。ファイルがあるか、開く権限があるか確かめてください。"
        ) from exc


def _lines(data: bytes, name: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        number = 1 if wide else data.count(b"\n", 0, exc.start) + 1
        raise ThesaurusError(
            f"追加の言い換えの表「{name}」の{number}行目が UTF-8 ではありません。"
            "メモ帳などで文字コードを UTF-8 にして保存してください。"
        ) from exc
    lines = text.splitlines()
    if len(lines) > LONGEST_LINES:
        raise ThesaurusError(
            f"追加の言い換えの表「{name}」が長すぎます（{len(lines):,}行）。{LONGEST_LINES:,}行までにしてください。"
        )
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def _group(line: str, number: int) -> Group:
    columns = line.rstrip("\t ").split("\t")
    if len(columns) != COLUMNS:
        raise ThesaurusError(
            f"{number}行目: 列が{len(columns)}つあります。"
            "左の語、向き（= か >）、右の語、重みの4つをタブで区切ってください。"
        )
    group = group_of(line, f"{number}行目")
    both = [word for word in group.left if word in group.right]
    if both:
        raise ThesaurusError(f"{number}行目: 「{both[0]}」が左右の両方にあります。片方だけにしてください。")
    return group


def _repeated(groups: Mapping[int, Group]) -> Iterator[str]:
    """Pairs of words that two lines state."""
    stated: dict[tuple[str, str], int] = {}
    told: set[tuple[int, int]] = set()
    for number, group in groups.items():
        sides = [(group.left, group.right)] + ([(group.right, group.left)] if group.mutual else [])
        for pair in ((one, other) for calling, called in sides for one in calling for other in called):
            first = stated.setdefault(pair, number)
            if first != number and (first, number) not in told:
                told.add((first, number))
                yield (
                    f"{first}行目と{number}行目: 「{pair[0]}」→「{pair[1]}」が2回あります。"
                    "1行だけ残してください。"
                )


def _circular(groups: Mapping[int, Group]) -> Iterator[str]:
    """Words that lead back to themselves along ``>``: the vaguer side of each cannot be told."""
    lines: dict[tuple[str, str], int] = {}
    before: dict[str, set[str]] = defaultdict(set)
    for number, group in groups.items():
        if not group.mutual:
            for one in group.left:
                for other in group.right:
                    lines.setdefault((one, other), number)
                    before[other].add(one)
    try:
        graphlib.TopologicalSorter(before).prepare()
    except graphlib.CycleError as exc:
        words: Sequence[str] = exc.args[1]
        numbers = sorted({lines[pair] for pair in pairwise(words)})
        where = "と".join(f"{number}行目" for number in numbers)
        yield (
            f"{where}: 「{'」→「'.join(words)}」と一回りしています。同じ意味の語は = で1行に書いてください。"
        )


def _kept(library: Path) -> tuple[Group, ...]:
    """The groups of the last good file, none where there was none."""
    path = library / KEPT_NAME
    if not path.is_file():
        return ()
    try:
        return checked_groups(_read(path), path.name)
    except ThesaurusError as exc:
        logger.warning("the copy of the last good thesaurus cannot be used: %s", exc)
        return ()


def _keep(path: Path, data: bytes) -> None:
    """Keep a copy, whole or not at all; a folder that cannot be written keeps none, which is no fault."""
    try:
        if path.is_file() and path.read_bytes() == data:
            return
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as exc:
        logger.info("no copy of the thesaurus was kept: %s (%s)", path, exc)
