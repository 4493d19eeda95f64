"""The seam between a file's format and everything after it.

A reader turns bytes into a stored text, a stream of blocks over it, and a way to say where a span stands in
the original. One reader a format; each imports the library for its format and nothing else does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Protocol

from corpus.errors import UnsupportedFileError
from corpus.locator import Locator
from corpus.span import Span
from ingest.blocks import Block

Locate = Callable[[Sequence[Span]], tuple[Locator, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file as read.

    Attributes:
        text: what is stored, and what every span refers to.
        blocks: the text's structure, in order.
        encoding: how the bytes were decoded.
        locate: the places of spans, given in order, in the original.
        warnings: what a person should know of the reading (Japanese): what was left out, what may differ.
    """

    text: str
    blocks: tuple[Block, ...]
    encoding: str
    locate: Locate
    warnings: tuple[str, ...] = ()


class Reader(Protocol):
    """Reads files of one format."""

    extensions: frozenset[str]

    def read(self, data: bytes) -> ReadFile:
        """Read a file's bytes.

        Raises:
            InputError: the file is empty, damaged or not of this format.
        """
        ...


def reader_for(name: str, readers: Sequence[Reader]) -> Reader:
    """The reader for a file's name.

    Raises:
        UnsupportedFileError: no reader takes its extension.
    """
    extension = PurePath(name).suffix.lower()
    for reader in readers:
        if extension in reader.extensions:
            return reader
    known = "、".join(sorted({known for reader in readers for known in reader.extensions}))
    shown = f"拡張子「{extension}」" if extension else "拡張子のない名前"
    raise UnsupportedFileError(
        f"{shown}のファイルは読み取れません: {name}。読み取れるのは {known} です。"
        "テキスト（UTF-8）で保存し直してから取り込んでください。"
    )
