"""The thesaurus between everyday words and administrative terms: its files, and what a question calls up.

A file is a table that people can read and extend (``index/data/thesaurus/*.tsv``): left words, direction,
right words, weight. ``=`` means that both sides say the same; ``>`` that the left, vaguer side may call up
the right one and never the other way. A group is called up when all terms of one of its words stand close
together in the question, whatever their order and inflection.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import InputError
from corpus.folding import fold

FOLDER = Path(__file__).parent / "data" / "thesaurus"
PAIRS_SUFFIX = "_pairs"
COLUMNS = 4
SAME_SIDE = 0.7
"""How sure a word of a mutual group stands for its neighbour on the same side."""


class ThesaurusError(InputError):
    """A line of a thesaurus file cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One line of a thesaurus.

    Attributes:
        left: words, everyday ones as a rule.
        right: words that plans use.
        mutual: whether the right side also calls up the left.
        weight: how sure the other side is meant, above 0 to 1.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    mutual: bool
    weight: float

    def calls(self) -> Iterator[tuple[str, str, float]]:
        """(word that calls, word called up, weight), for all words of the group."""
        directions = [(self.left, self.right, self.weight)]
        if self.mutual:
            directions.append((self.right, self.left, self.weight))
            directions += [(side, side, self.weight * SAME_SIDE) for side in (self.left, self.right)]
        for calling, called, weight in directions:
            yield from ((one, other, weight) for one in calling for other in called if one != other)


def thesaurus_files(extra: Iterable[Path] = ()) -> list[Path]:
    """The product's files in the order of their names, then the user's own."""
    own = [path for path in sorted(FOLDER.glob("*.tsv")) if not path.stem.endswith(PAIRS_SUFFIX)]
    return [*own, *extra]


def read_groups(files: Iterable[Path]) -> tuple[Group, ...]:
    """The groups of thesaurus files, in order.

    Raises:
        ThesaurusError: a line cannot be read; the message names file and line.
    """
    groups: list[Group] = []
    for path in files:
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as exc:
            raise ThesaurusError(
                f"言い換えの表を読めません: {path}（{exc}）。UTF-8 で保存してください。"
            ) from exc
        for number, line in enumerate(lines, start=1):
            if line.strip() and not line.startswith("#"):
                groups.append(_group(line, f"{path.name} の{number}行目"))
    return tuple(groups)


def groups_fingerprint(files: Sequence[Path]) -> str:
    """Hash of the files' bytes, 16 hexadecimal digits."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()[:16]


def _group(line: str, where: str) -> Group:
    columns = line.split("\t")
    if len(columns) < COLUMNS:
        raise ThesaurusError(
            f"言い換えの表の列が足りません: {where}。"
            "左の語、向き（= か >）、右の語、重みをタブで区切ってください。"
        )
    left, direction, right, weight = (column.strip() for column in columns[:COLUMNS])
    if direction not in {"=", ">"}:
        raise ThesaurusError(f"言い換えの向きは = か > です: {where}（「{direction}」）。")
    try:
        value = float(weight)
    except ValueError as exc:
        raise ThesaurusError(f"言い換えの重みが数ではありません: {where}（「{weight}」）。") from exc
    words = (_words(left), _words(right))
    if not 0 < value <= 1 or not all(words):
        raise ThesaurusError(
            f"言い換えの表を読めません: {where}。両側の語と、0 より大きく 1 以下の重みが要ります。"
        )
    return Group(left=words[0], right=words[1], mutual=direction == "=", weight=value)


def _words(column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(word).text.strip() for word in column.split("|") if word.strip()))
