"""What a file is, by what stands in it; its name is believed only where the bytes say nothing.

Town halls send workbooks named .xls that are web pages, archives named .docx, files under a password, and
formats that only one program reads. What cannot be read is refused with what the sender can do about it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

from corpus.errors import UnsupportedFileError
from ingest.zip_archive import PACKAGE_LIMITS, archive_names

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE)
_HEAD = 2_048
_PDF_WITHIN = 1_024


class FileType(StrEnum):
    """The kinds of files that have a reader; the value is the extension by which the reader is found."""

    PDF = ".pdf"
    XLSX = ".xlsx"
    XLS = ".xls"
    XLSB = ".xlsb"
    DOCX = ".docx"
    PPTX = ".pptx"
    HTML = ".html"
    CSV = ".csv"
    TEXT = ".txt"
    ZIP = ".zip"


_BY_EXTENSION = {
    ".html": FileType.HTML,
    ".htm": FileType.HTML,
    ".csv": FileType.CSV,
    ".tsv": FileType.CSV,
    ".txt": FileType.TEXT,
    ".text": FileType.TEXT,
    ".md": FileType.TEXT,
}
# The part that makes a package what it is.
_BY_PART = (
    ("xl/workbook.xml", FileType.XLSX),
    ("xl/workbook.bin", FileType.XLSB),
    ("word/", FileType.DOCX),
    ("ppt/presentation.xml", FileType.PPTX),
)
_PACKAGES = (".xlsx", ".xlsm", ".docx", ".docm", ".pptx", ".pptm")
# Streams of an OLE file, named in UTF-16; the first that is there tells.
_STREAMS = (
    ("EncryptedPackage", ""),
    ("Workbook", FileType.XLS),
    ("Book", FileType.XLS),
    ("WordDocument", "Word 97-2003（.doc）"),
    ("PowerPoint Document", "PowerPoint 97-2003（.ppt）"),
    ("JSRV", "一太郎（.jtd）"),
    ("DocumentText", "一太郎（.jtd）"),
    ("__properties_version1.0", "Outlookのメール（.msg）"),
)
_SIGNATURES = (
    (b"{\\rtf", "リッチテキスト（.rtf）"),
    (b"\x89PNG", "画像（PNG）"),
    (b"\xff\xd8\xff", "画像（JPEG）"),
    (b"II*\0", "画像（TIFF）"),
    (b"MM\0*", "画像（TIFF）"),
    (b"GIF8", "画像（GIF）"),
    (b"7z\xbc\xaf", "圧縮ファイル（7z）"),
    (b"Rar!", "圧縮ファイル（RAR）"),
    (b"MZ", "プログラム（.exe）"),
    (b"xdw", "DocuWorks文書（.xdw）"),
    (b"\x60\x0e\x82\x01", "DocuWorks文書（.xdw）"),
)
_OTHERS = {
    ".doc": "Word 97-2003（.doc）",
    ".ppt": "PowerPoint 97-2003（.ppt）",
    ".rtf": "リッチテキスト（.rtf）",
    ".jtd": "一太郎（.jtd）",
    ".jtdc": "一太郎（.jtdc）",
    ".jaw": "一太郎（.jaw）",
    ".xdw": "DocuWorks文書（.xdw）",
    ".xbd": "DocuWorks文書（.xbd）",
    ".odt": "OpenDocument（.odt）",
    ".ods": "OpenDocument（.ods）",
    ".odp": "OpenDocument（.odp）",
    ".lzh": "圧縮ファイル（LZH）",
}
_ADVICE = "元のソフトで開き、PDFかdocx（表はxlsx）で保存し直してから取り込んでください。"


def file_type(name: str, data: bytes) -> FileType:
    """What a file is.

    Args:
        name: of the file; only its extension is looked at.
        data: the whole file, for a ZIP tells its content at its end.

    Raises:
        UnsupportedFileError: it is encrypted, of a kind without a reader, or not what its name says.
        InputError: it is a ZIP that is damaged or not safe to open.
    """
    extension = PurePath(name).suffix.lower()
    if data.startswith(_ZIP):
        return _in_zip(extension, data)
    if data.startswith(_OLE):
        return _in_ole(extension, data)
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return FileType.PDF
    known = next((kind for start, kind in _SIGNATURES if data.startswith(start)), "")
    if known:
        raise _unreadable(known)
    if extension not in _BY_EXTENSION and _looks_like_html(data):
        return FileType.HTML
    if extension in _OTHERS:
        raise _unreadable(_OTHERS[extension])
    if extension in (*_PACKAGES, ".xls", ".xlsb", ".pdf", ".zip"):
        raise UnsupportedFileError(
            f"名前は「{extension}」ですが、中身がその形式ではありません。壊れているか、名前だけが変えられています。"
            "元のソフトで開き、保存し直してから取り込んでください。"
        )
    if extension not in _BY_EXTENSION:
        shown = f"拡張子「{extension}」" if extension else "拡張子のない名前"
        raise UnsupportedFileError(f"{shown}のファイルは読み取れません。{_ADVICE}")
    return _BY_EXTENSION[extension]


def _in_zip(extension: str, data: bytes) -> FileType:
    names = archive_names(data, PACKAGE_LIMITS)
    for part, kind in _BY_PART:
        if any(one == part or (part.endswith("/") and one.startswith(part)) for one in names):
            return kind
    if "mimetype" in names and "content.xml" in names:
        raise _unreadable("OpenDocument（.odt、.ods、.odp）")
    if extension in _PACKAGES:
        raise UnsupportedFileError(
            f"名前は「{extension}」ですが、中身は別のZIPファイルです。"
            "中のファイルを取り出すか、元のソフトで保存し直してから取り込んでください。"
        )
    return FileType.ZIP


def _in_ole(extension: str, data: bytes) -> FileType:
    # A document may hold a workbook within it and the other way round: then the name decides.
    for stream, kind in sorted(_STREAMS, key=lambda one: one[1] is FileType.XLS and extension != ".xls"):
        if stream.encode("utf-16-le") + b"\0\0" in data:
            if isinstance(kind, FileType):
                return kind
            if kind:
                raise _unreadable(kind)
            raise UnsupportedFileError(
                "パスワードがかかっています。元のソフトで開き、パスワードを外して保存し直してから"
                "取り込んでください。"
            )
    raise _unreadable("古い形式のファイル")


def _looks_like_html(data: bytes) -> bool:
    return bool(_HTML.search(data[:_HEAD].replace(b"\0", b"")))


def _unreadable(kind: str) -> UnsupportedFileError:
    return UnsupportedFileError(f"{kind}は読み取れません。{_ADVICE}")
