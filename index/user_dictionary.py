"""Our own words for MeCab: reading the word list and compiling it once.

unidic cuts 「多文化共生」 into three; the list says which runs are one word of municipal administration. The
compiled file is named by the hash of all that goes into it: versions and processes can share a folder.
"""

from __future__ import annotations

import csv
import hashlib
import logging
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.errors import InputError
from index.morphemes import COMPOUND_MARK, CostTagger, MorphemeCosts, dictionary_version

WORD_LIST = Path(__file__).parent / "data" / "words.tsv"
"""The word list that the product ships."""

_log = logging.getLogger(__name__)
_FORMAT = "2"
_FIELDS = 26
# How much cheaper a word is for each joint it spares: enough to win, and the longest word wins.
_MARGIN = 3_000
_READING = re.compile(r"[ァ-ヴー]+")
_FORBIDDEN = re.compile(r'[\s,"#]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word made of several morphemes. ``text`` is folded; ``reading`` is in katakana."""

    text: str
    reading: str
    note: str = ""


class WordListError(InputError):
    """A line of a word list cannot be used."""


class DictionaryBuildError(InputError):
    """MeCab's dictionary compiler refused the words."""


def read_words(path: Path = WORD_LIST) -> tuple[Word, ...]:
    """Read a word list: word, reading and an optional note, separated by tabs; lines with # are comments.

    Raises:
        WordListError: a line is malformed, or repeats a word.
    """
    words: dict[str, Word] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        word = _parse_word(line, where=f"{path.name} の {number} 行目")
        if word.text in words:
            raise WordListError(
                f"{path.name} の {number} 行目:「{word.text}」が二度出てきます。一方を消してください。"
            )
        words[word.text] = word
    return tuple(words.values())


def words_fingerprint(words: Iterable[Word]) -> str:
    """Hash of the words, the compiler's rules and unidic-lite's version, 16 hexadecimal digits."""
    digest = hashlib.sha256(f"{_FORMAT}\n{_MARGIN}\n{dictionary_version()}\n".encode())
    for word in words:
        digest.update(f"{word.text}\t{word.reading}\n".encode())
    return digest.hexdigest()[:16]


def default_dictionary_dir() -> Path:
    """Where compiled dictionaries are kept: ``SHIRUBE_CACHE``, or a folder in the user's cache."""
    chosen = os.environ.get("SHIRUBE_CACHE")
    if chosen:
        return Path(chosen)
    if os.name == "nt":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "shirube"
    cache_home = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache_home) if cache_home else Path.home() / ".cache") / "shirube"


def compile_dictionary(words: Sequence[Word], folder: Path) -> Path:
    """The compiled dictionary of ``words``, built unless ``folder`` has it.

    Where ``folder`` cannot be written, a temporary folder that lasts as long as the process takes its place.

    Raises:
        DictionaryBuildError: MeCab's compiler failed.
    """
    name = f"words-{words_fingerprint(words)}.dic"
    try:
        return _compile_into(folder / name, words)
    except OSError as exc:
        _log.warning("辞書の置き場 %s に書けないため、一時フォルダを使います: %s", folder, exc)
        return _compile_into(Path(_process_folder().name) / name, words)


def _parse_word(line: str, *, where: str) -> Word:
    cells = line.split("\t")
    if len(cells) not in (2, 3):
        raise WordListError(f"{where}: 「語・読み・注」をタブで区切って書いてください: {line!r}")
    text, reading = cells[0], cells[1]
    if not text or _FORBIDDEN.search(text):
        raise WordListError(f"{where}: 語が空か、空白・カンマ・引用符を含んでいます: {text!r}")
    if not _READING.fullmatch(reading):
        raise WordListError(f"{where}: 「{text}」の読みは全角カタカナで書いてください: {reading!r}")
    return Word(text=text, reading=reading, note=cells[2] if len(cells) == 3 else "")


def _compile_into(target: Path, words: Sequence[Word]) -> Path:
    if target.is_file():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="build-", dir=target.parent) as scratch:
        source, built = Path(scratch) / "words.csv", Path(scratch) / "words.dic"
        with source.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(_entries(words))
        _run_compiler(source, built)
        try:
            built.replace(target)
        except PermissionError:
            # On Windows a file in use cannot be replaced, but then another process has put it there.
            if not target.is_file():
                raise
    return target


def _run_compiler(source: Path, built: Path) -> None:
    # MeCab's compiler prints its progress and ends the process on an error: hence a process of its own.
    program = (
        "import sys; from pathlib import Path; from index.morphemes import build_dictionary; "
        "build_dictionary(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONUTF8": "1"}
    result = subprocess.run(
        [sys.executable, "-c", program, str(source), str(built)],
        capture_output=True,
        check=False,
        env=environment,
    )
    if result.returncode != 0 or not built.is_file():
        message = result.stderr.decode("utf-8", errors="replace").strip()
        raise DictionaryBuildError(
            f"形態素解析の辞書を作れませんでした。入れ直すと直ることがあります: {message}"
        )


def _entries(words: Sequence[Word]) -> Iterable[list[str]]:
    """Rows of MeCab's CSV: a word joins its neighbours as its own first and last parts would."""
    tagger = CostTagger()
    for word in words:
        parts = tagger.costs(word.text)
        features = ["名詞", "普通名詞", COMPOUND_MARK, *"***", word.reading, word.text]
        features += ["*"] * (_FIELDS - len(features))
        yield [word.text, str(parts[0].left_id), str(parts[-1].right_id), str(_cost(parts)), *features]


def _cost(parts: Sequence[MorphemeCosts]) -> int:
    inner = sum(part.word_cost for part in parts) + sum(part.join_cost for part in parts[1:])
    return max(-32_000, min(32_000, inner - _MARGIN * (len(parts) - 1)))


@cache
def _process_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="shirube-")
