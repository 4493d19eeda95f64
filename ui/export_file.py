"""Writing files of results: what a spreadsheet must not calculate, what is said where one is not written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import InputError

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@contextmanager
def writing(path: Path, kind: str, *faults: type[Exception]) -> Iterator[None]:
    """Write a file in here.

    Args:
        path: of the file.
        kind: of it, as a person calls it (Word, Excel, CSV).
        faults: what a library raises beside ``OSError`` where it cannot write.

    Raises:
        InputError: the file cannot be written.
    """
    expected: tuple[type[Exception], ...] = (OSError, *faults)
    try:
        yield
    except expected as exc:
        what_to_do = "開いていれば閉じるか、別の名前にしてください。"
        raise InputError(f"{kind} ファイルを書き込めません: {path}（{exc}）。{what_to_do}") from exc


def write_csv_lines(path: Path, headers: Sequence[str], lines: Iterable[Sequence[str | float]]) -> None:
    """Write lines in UTF-8 with a byte order mark, as Excel expects it.

    Raises:
        InputError: the file cannot be written.
    """
    with writing(path, "CSV"), path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headers)
        writer.writerows([_printed(value) for value in line] for line in lines)


def csv_text(headers: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Lines as CSV, none of whose values a spreadsheet calculates."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(headers)
    writer.writerows([guarded(value) for value in line] for line in lines)
    return written.getvalue()


def _printed(value: str | float) -> str:
    if isinstance(value, str):
        return guarded(value)
    return f"{value:g}" if value != int(value) else str(int(value))


def guarded(value: str) -> str:
    """A value that a spreadsheet does not calculate: an apostrophe before what would begin a formula."""
    return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
