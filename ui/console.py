"""What goes to the terminal: Japanese that survives any code page, JSON in UTF-8, errors in one line."""

from __future__ import annotations

import io
import json
import sys
from typing import Any, TextIO


def prepare() -> None:
    """Let no character break the output: what a cp932 console cannot show is replaced, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def say(text: str = "") -> None:
    """A line for the person, on standard output."""
    _write(sys.stdout, text)


def warn(text: str) -> None:
    """A line for the person, on standard error."""
    _write(sys.stderr, text)


def say_json(data: Any) -> None:
    """One JSON document in UTF-8 on standard output, and nothing else."""
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
    else:
        sys.stdout.write(text)


def say_csv(text: str) -> None:
    """Lines of a table on standard output; led into a file, in UTF-8 with the mark that Excel expects."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8-sig"))
        sys.stdout.buffer.flush()
    else:
        _write(sys.stdout, text.replace("\r\n", "\n").removesuffix("\n"))


def _write(stream: TextIO, text: str) -> None:
    stream.write(text + "\n")
    stream.flush()
