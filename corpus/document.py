"""The document 「文書」: a file as published. Identity = municipality + content hash, never a file name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path


def content_hash(data: bytes) -> str:
    """The SHA-256 of a file's bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def file_hash(path: Path) -> str:
    """``content_hash`` of a file, which is not held in memory.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as stored.

    Attributes:
        source: the file's name, for people; two towns may both have a ``plan.pdf``.
        municipality_code: six digits with check digit.
        title: as the manifest or the document's first heading gives it.
        fiscal_year: the year of the document itself, None where nothing states it.
        document_kind: 方針書, 総合計画, 業務棚卸表, 取組結果報告書, 推進プラン or another word.
        sha256: of the file's bytes.
        encoding: how the bytes were decoded.
        layout: the name of the layout that read it.
        added_at: UTC, ISO 8601, seconds.
        warnings: what a reader should know (Japanese sentences).
    """

    source: str
    municipality_code: str
    municipality: str
    prefecture: str
    title: str
    fiscal_year: int | None
    document_kind: str
    sha256: str
    encoding: str
    layout: str
    added_at: str
    warnings: tuple[str, ...] = ()

    @property
    def document_id(self) -> str:
        """``<municipality code>-<first twelve digits of the hash>``."""
        return document_id_of(self.municipality_code, self.sha256)


def document_id_of(municipality_code: str, sha256: str) -> str:
    """The identity of a file's content in one municipality."""
    return f"{municipality_code}-{sha256[:12]}"
