"""The thesaurus between everyday words and administrative terms: its files, and the tables cut from them.

A file is a table that people can read and extend (``index/data/thesaurus/*.tsv``): left words, direction,
right words, weight. ``=`` means that both sides say the same; ``>`` that the left, vaguer side may call up
the right one and never the other way. The files of phrases (``*_pairs.tsv``) hold an everyday phrase and
the heading that a plan would have for it. Both are cut into terms once and kept as lines that are taken apart
only where a question asks for them: a start must not wait for twenty thousand words.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import InputError
from corpus.folding import fold
from index.terms import Term, TermAnalyzer, TermKind

FOLDER = Path(__file__).parent / "data" / "thesaurus"
PAIRS_SUFFIX = "_pairs"
COLUMNS = 4
SAME_SIDE = 0.7
"""How sure a word of a mutual group stands for its neighbour on the same side."""

ONE_WAY_SIDE = 0.4
"""How sure a word that plans use stands for its neighbour, where one everyday word may mean either."""

TABLE_VERSION = "8"

_SECTIONS = 4
_END = "end"
# What inflects a word or joins it to the next: without it the word still says the same.
_LIGHT = re.compile(
    r"(?!.*(?:もの|ごと|ところ|とき))"
    r"(?:さん|する|した|して|される|など|[をにのはもとでへやおごたてるだなが ])*"
)


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
        else:
            directions.append((self.right, self.right, self.weight * ONE_WAY_SIDE))
        for calling, called, weight in directions:
            yield from ((one, other, weight) for one in calling for other in called if one != other)


def thesaurus_files(extra: Iterable[Path] = ()) -> list[Path]:
    """The product's files in the order of their names, then the user's own."""
    own = [path for path in sorted(FOLDER.glob("*.tsv")) if not path.stem.endswith(PAIRS_SUFFIX)]
    return [*own, *extra]


def pair_files() -> list[Path]:
    """The product's files of phrases, in the order of their names."""
    return sorted(FOLDER.glob(f"*{PAIRS_SUFFIX}.tsv"))


def read_pairs(files: Iterable[Path]) -> tuple[tuple[str, str], ...]:
    """(everyday phrase, administrative phrase) of the files of phrases, folded, in order, each once.

    Raises:
        ThesaurusError: a line cannot be read; the message names file and line.
    """
    pairs: dict[tuple[str, str], None] = {}
    for where, line in _lines(files):
        phrases = tuple(fold(column).text.strip() for column in line.split("\t"))
        if len(phrases) != 2 or not all(phrases):
            raise ThesaurusError(
                f"言い換えの組を読めません: {where}。ふだんの言い方と計画の言い方をタブで区切ってください。"
            )
        pairs[phrases[0], phrases[1]] = None
    return tuple(pairs)


def read_groups(files: Iterable[Path]) -> tuple[Group, ...]:
    """The groups of thesaurus files, in order.

    Raises:
        ThesaurusError: a line cannot be read; the message names file and line.
    """
    return tuple(group_of(line, where) for where, line in _lines(files))


def _lines(files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """(place for messages, line) of each line that says something."""
    for path in files:
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as exc:
            raise ThesaurusError(
                f"言い換えの表を読めません: {path}（{exc}）。UTF-8 で保存してください。"
            ) from exc
        for number, line in enumerate(lines, start=1):
            if line.strip() and not line.startswith("#"):
                yield f"{path.name} の{number}行目", line


def groups_fingerprint(files: Sequence[Path]) -> str:
    """Hash of the files' bytes, 16 hexadecimal digits."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Calling:
    """A word that calls.

    Attributes:
        typed: the word.
        keys: its terms, compounds aside.
        rest: the parts of it that are no term and yet tell it from others: ばかり of 年寄りばかり.
        called: numbers of the words that it calls, with weights.
    """

    typed: str
    keys: tuple[str, ...]
    rest: tuple[str, ...]
    called: tuple[tuple[int, float], ...]


class Table:
    """A thesaurus as cut, in four sections of lines.

    Args:
        words: word, terms.
        calling: rarest term, word, terms, rest, called.
        holders: term, numbers of the phrases that hold it.
        phrases: number of the word called, length as a vector of term rarities.
    """

    def __init__(
        self, words: Sequence[str], calling: Sequence[str], holders: Sequence[str], phrases: Sequence[str]
    ) -> None:
        self.sections = (words, calling, holders, phrases)
        self._calling: defaultdict[str, list[str]] = defaultdict(list)
        for line in calling:
            self._calling[line.partition("\t")[0]].append(line)
        self._holders = {key: numbers for key, _, numbers in (line.partition("\t") for line in holders)}

    def calling(self, key: str) -> list[Calling]:
        """The calling words whose rarest term is ``key``."""
        return [_calling(line) for line in self._calling.get(key, ())]

    def word(self, number: int) -> tuple[str, tuple[str, ...]]:
        """A word that is called, with its terms."""
        word, terms = self.sections[0][number].split("\t")
        return word, tuple(terms.split(" "))

    def phrases_with(self, key: str) -> list[int]:
        """Numbers of the phrases that hold a term."""
        return [int(number) for number in self._holders.get(key, "").split()]

    def phrase(self, number: int) -> tuple[int, float]:
        """The word that a phrase calls, and the phrase's length."""
        called, length = self.sections[3][number].split("\t")
        return int(called), float(length)

    def rarity(self, holders: int) -> float:
        """How much a term tells among the phrases, of which so many hold it."""
        return math.log((1 + len(self.sections[3])) / max(1, holders))


def cut_table(groups: Sequence[Group], pairs: Sequence[tuple[str, str]], analyzer: TermAnalyzer) -> Table:
    """Cut groups and phrases into terms."""
    calls: dict[str, dict[str, float]] = defaultdict(dict)
    for group in groups:
        for typed, word, weight in group.calls():
            calls[typed][word] = max(weight, calls[typed].get(word, 0.0))
    called = dict.fromkeys(word for words in calls.values() for word in words)
    called |= dict.fromkeys(right for _, right in pairs)
    terms = {word: keys for word in called if (keys := _single(analyzer.analyze(word)))}
    numbers = {word: number for number, word in enumerate(terms)}
    cut = {typed: analyzer.analyze(typed) for typed in calls if len(typed) > 1}
    common = Counter(key for analyzed in cut.values() for key in _single(analyzed))
    calling = []
    for typed, analyzed in cut.items():
        keys = _single(analyzed)
        targets = [
            f"{numbers[word]}:{weight:.4g}" for word, weight in calls[typed].items() if word in numbers
        ]
        if keys and targets:
            rarest = min(keys, key=lambda key: (common[key], key))
            rest = "\v".join(_rest(typed, analyzed))
            calling.append(f"{rarest}\t{typed}\t{' '.join(keys)}\t{rest}\t{' '.join(targets)}")
    words = [f"{word}\t{' '.join(keys)}" for word, keys in terms.items()]
    phrases = [(_single(analyzer.analyze(left)), numbers[right]) for left, right in pairs if right in numbers]
    return Table(words, calling, *_phrase_lines(phrases))


def kept_table(files: Sequence[Path], analyzer: TermAnalyzer, cache: Path) -> Table:
    """The groups of ``files`` and the product's phrases as cut, from the cache where it has them."""
    phrases = pair_files()
    name = f"thesaurus-{TABLE_VERSION}-{analyzer.fingerprint}-{groups_fingerprint([*files, *phrases])}.txt"
    try:
        sections = (cache / name).read_text(encoding="utf-8").split("\n\n")
    except (OSError, UnicodeDecodeError):
        sections = []
    if len(sections) == _SECTIONS + 1 and sections[-1] == _END:
        return Table(*(section.split("\n") if section else [] for section in sections[:-1]))
    table = cut_table(read_groups(files), read_pairs(phrases), analyzer)
    _keep(cache / name, table)
    return table


def _keep(path: Path, table: Table) -> None:
    """Write a table beside the compiled dictionary; a folder that cannot be written is no fault."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write("\n\n".join([*("\n".join(section) for section in table.sections), _END]))
        Path(name).replace(path)
    except OSError:
        return


def _calling(line: str) -> Calling:
    _, typed, keys, rest, targets = line.split("\t")
    called = [target.split(":") for target in targets.split(" ")]
    return Calling(
        typed,
        tuple(keys.split(" ")),
        tuple(rest.split("\v")) if rest else (),
        tuple((int(number), float(weight)) for number, weight in called),
    )


def _phrase_lines(phrases: Sequence[tuple[Sequence[str], int]]) -> tuple[list[str], list[str]]:
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, (keys, _) in enumerate(phrases):
        for key in keys:
            holders[key].append(number)
    rarities = {key: math.log((1 + len(phrases)) / len(numbers)) for key, numbers in holders.items()}
    lengths = [math.sqrt(sum(rarities[key] ** 2 for key in keys)) for keys, _ in phrases]
    return (
        [f"{key}\t{' '.join(map(str, numbers))}" for key, numbers in holders.items()],
        [f"{called}\t{length:.6g}" for (_, called), length in zip(phrases, lengths, strict=True)],
    )


def _single(analyzed: Sequence[Term]) -> list[str]:
    """The keys of single words, in order: compounds would say the same twice."""
    return list(dict.fromkeys(term.text for term in analyzed if term.kind is not TermKind.COMPOUND))


def _rest(word: str, analyzed: Sequence[Term]) -> list[str]:
    held = {at for term in analyzed for at in range(term.start, term.end)}
    parts = "".join("\n" if at in held else letter for at, letter in enumerate(word)).split("\n")
    return [part for part in dict.fromkeys(parts) if not _LIGHT.fullmatch(part)]


def group_of(line: str, where: str) -> Group:
    """The group that a line states.

    Args:
        line: four columns, divided by tabs.
        where: its place for messages.

    Raises:
        ThesaurusError: it cannot be read.
    """
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
