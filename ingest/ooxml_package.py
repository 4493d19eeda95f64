"""The package that .xlsx, .docx and .pptx are: a ZIP of XML parts, checked before any parser sees it.

XML can name entities that grow when they are read, or that fetch files; no office program writes any, so a
part with a document type is refused.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree
from zipfile import BadZipFile

from corpus.errors import InputError
from ingest.zip_archive import PACKAGE_LIMITS, open_archive

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_XML = (".xml", ".rels", ".vml")
# What the libraries for office files raise for one that was damaged; errors of XML are SyntaxErrors.
OFFICE_DAMAGE = (
    *(BadZipFile, zlib.error, struct.error, SyntaxError, KeyError, ValueError, TypeError, IndexError),
    *(AttributeError, AssertionError, OverflowError, EOFError, NotImplementedError),
)


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a package by their names, without the slash at the beginning."""

    parts: Mapping[str, bytes]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know of the package (Japanese): macros are neither run nor read."""
        has_macros = any(name.lower().endswith("vbaproject.bin") for name in self.parts)
        return ("マクロが入っています。マクロは実行せず、読み取ってもいません。",) if has_macros else ()

    def tree(self, name: str) -> ElementTree.Element | None:
        """A part's XML; None if there is no such part.

        Raises:
            InputError: it is damaged.
        """
        data = self.parts.get(name)
        if data is None:
            return None
        try:
            return ElementTree.fromstring(data)
        except ElementTree.ParseError as exc:
            raise InputError(
                f"ファイルの中の「{name}」が壊れています。元のソフトで開き、保存し直してください。"
            ) from exc

    def related(self, name: str) -> dict[str, str]:
        """The parts that a part refers to, by relationship id."""
        folder, base = posixpath.split(name)
        tree = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        return {
            one.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))[1:]
            for one in (tree if tree is not None else ())
            if one.get("TargetMode") != "External"
        }


def open_package(data: bytes) -> Package:
    """Open a package.

    Raises:
        InputError: it is no ZIP, too large, damaged, or its XML is not safe to read.
    """
    parts = {member.name.lstrip("/"): member.data for member in open_archive(data, PACKAGE_LIMITS)}
    for name, part in parts.items():
        if name.lower().endswith(_XML):
            _check(name, part)
    return Package(parts)


def _check(name: str, part: bytes) -> None:
    # In UTF-16, every second byte of the markup is zero.
    plain = part.replace(b"\0", b"") if part[:2] in _WIDE_MARKS or b"\0" in part[:40] else part
    if _DOCTYPE.search(plain):
        raise InputError(
            f"ファイルの中の「{name}」に、安全に読み取れない定義（DOCTYPE）があります。"
            "元のソフトで開き、名前を付けて保存し直してから取り込んでください。"
        )
