"""Tesseract as a program of its own: found where it is installed, given pictures, its table read.

It is not part of this program. Where it or its Japanese data is missing, scanned pages stay unread and are
named; see the README for how to install it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.ocr import OcrError, OcrLimits, PictureKind, SeenWord

if TYPE_CHECKING:
    from PIL.Image import Image

DOTS_AN_INCH = 250
"""At which its Japanese data reads best: letters of running text are then some 35 pixels high."""

_LANGUAGE = "jpn"
_LATIN = "eng"
_DIRECTION = "osd"
_DIRECTION_PIXELS = 1_800  # of the longer side: enough to tell how letters stand
_TOLD = ("Rotate", "Orientation confidence")
_SURE = 2.0  # as the program says of how letters stand
_MODES = {PictureKind.PAGE: "3", PictureKind.CELL: "6", PictureKind.FIGURE: "7"}
_LEVEL_LINE, _LEVEL_WORD = "4", "5"
_COLUMNS = 12  # of the program's table
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # exists on Windows only
_START_SECONDS = 20.0  # in which it tells its version and languages
_WINDOWS_PLACES = (
    Path("C:/Program Files/Tesseract-OCR/tesseract.exe"),
    Path("C:/Program Files (x86)/Tesseract-OCR/tesseract.exe"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tesseract:
    """The program, where it lies.

    Attributes:
        program: its path.
        version: its first line about itself.
        has_latin: whether it has its data for Latin letters, which takes fewer figures for others.
        has_direction: whether it has its data for how letters stand.
        seconds: after which it is stopped.
    """

    program: str
    version: str
    has_latin: bool = True
    has_direction: bool = True
    seconds: float = OcrLimits().seconds_a_page

    def words(self, pictures: Sequence[Image], kind: PictureKind) -> list[list[SeenWord]]:
        """The words of each picture; one run of the program reads them all.

        Raises:
            OcrError: the program fails or takes too long.
        """
        if not pictures:
            return []
        with tempfile.TemporaryDirectory(prefix="shirube-ocr-") as folder:
            names = []
            for index, picture in enumerate(pictures):
                names.append(f"{index}.pgm")
                picture.save(Path(folder, names[-1]))
            Path(folder, "list.txt").write_text("\n".join(names) + "\n", encoding="ascii")
            language = _LATIN if self.has_latin and kind is PictureKind.FIGURE else _LANGUAGE
            how = ["-l", language, "--psm", _MODES[kind], "--dpi", str(DOTS_AN_INCH)]
            arguments = ["list.txt", "-", *how, "tsv"]
            table = _output([self.program, *arguments], self.seconds, folder)
        found: list[list[SeenWord]] = [[] for _ in pictures]
        for page, word in _words_of(table):
            if page < len(found):
                found[page].append(word)
        return found

    def turn(self, picture: Image) -> int:
        """By how many degrees a page is to be turned clockwise to stand upright; 0 where that is not sure."""
        if not self.has_direction:
            return 0
        with tempfile.TemporaryDirectory(prefix="shirube-ocr-") as folder:
            small = picture.convert("L")
            small.thumbnail((_DIRECTION_PIXELS, _DIRECTION_PIXELS))
            small.save(Path(folder, "page.pgm"))
            dots = round(DOTS_AN_INCH * max(small.size) / max(picture.size))
            how = ["-l", _DIRECTION, "--psm", "0", "--dpi", str(dots)]
            try:
                told = _output([self.program, "page.pgm", "-", *how], self.seconds, folder)
            except OcrError:
                return 0  # too few letters to tell; what is wrong else, reading them says
        turn, sure = (re.search(rf"^{name}: ([0-9.]+)", told, re.MULTILINE) for name in _TOLD)
        return int(turn[1]) if turn and sure and float(sure[1]) >= _SURE else 0


@cache
def installed() -> Tesseract | None:
    """Tesseract with its Japanese data, None where either is missing."""
    program = shutil.which("tesseract") or next((str(p) for p in _WINDOWS_PLACES if p.is_file()), None)
    if program is None:
        return None
    try:
        languages = _output([program, "--list-langs"], _START_SECONDS).split()
        version = _output([program, "--version"], _START_SECONDS).splitlines()
    except OcrError:
        return None
    if _LANGUAGE not in languages or not version:
        return None
    return Tesseract(
        program=program,
        version=version[0],
        has_latin=_LATIN in languages,
        has_direction=_DIRECTION in languages,
    )


def _output(command: Sequence[str], seconds: float, folder: str | None = None) -> str:
    """What a run of the program writes; one core, for several documents may be read at a time."""
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            check=True,
            timeout=seconds,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            creationflags=_NO_WINDOW,
        )
    except subprocess.TimeoutExpired as exc:
        raise OcrError(f"文字認識が{seconds:.0f}秒で終わりませんでした") from exc
    except subprocess.CalledProcessError as exc:
        told = exc.stderr.decode("utf-8", "replace").strip().splitlines()
        raise OcrError(
            f"文字認識のプログラムが失敗しました（{told[-1] if told else exc.returncode}）"
        ) from exc
    except OSError as exc:
        raise OcrError(f"文字認識のプログラムを動かせません（{exc}）") from exc
    return done.stdout.decode("utf-8", "replace")


def _words_of(table: str) -> Iterator[tuple[int, SeenWord]]:
    """The words of the program's table, each with the number of its picture from 0."""
    line, line_box = 0, (0.0, 0.0, 0.0, 0.0)
    for row in table.splitlines():
        fields = row.split("\t", _COLUMNS - 1)
        if len(fields) < _COLUMNS or fields[0] not in (_LEVEL_LINE, _LEVEL_WORD):
            continue
        left, top, width, height = (float(field) for field in fields[6:10])
        box = (left, top, left + width, top + height)
        if fields[0] == _LEVEL_LINE:
            line, line_box = line + 1, box
            continue
        text = "".join(fields[11].split())
        if text:
            yield int(fields[1]) - 1, SeenWord(text, box, line, line_box, float(fields[10]))
