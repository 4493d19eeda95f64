"""The seam between a file's format and everything after it.

A reader turns bytes into a stored text, a stream of blocks over it, and a way to say where a span stands in
the original. One reader a format; each imports the library for its format and nothing else does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

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
        title: what stands out as the title, where the reader sees that while it reads; else empty.
    """

    text: str
    blocks: tuple[Block, ...]
    encoding: str
    locate: Locate
    warnings: tuple[str, ...] = ()
    title: str = ""


class Reader(Protocol):
    """Reads files of one format."""

    def read(self, data: bytes) -> ReadFile:
        """Read a file's bytes.

        Raises:
            InputError: the file is empty, damaged or not of this format.
        """
        ...
