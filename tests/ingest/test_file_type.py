import io
import zipfile

import docx
import pytest
import xlwt  # type: ignore[import-untyped]
from openpyxl import Workbook  # type: ignore[import-untyped]
from pptx import Presentation

from corpus.errors import InputError, UnsupportedFileError
from ingest.file_type import FileType, file_type
from ingest.ooxml_package import open_package
from tests.ingest.made_files import docx_bytes, workbook_bytes

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100


def _ole(stream: str) -> bytes:
    return _OLE + stream.encode("utf-16-le") + b"\0\0"


def _zip(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def _xls() -> bytes:
    workbook, file = xlwt.Workbook(), io.BytesIO()
    workbook.add_sheet("表").write(0, 0, "値")
    workbook.save(file)
    return file.getvalue()


def _pptx() -> bytes:
    file = io.BytesIO()
    Presentation().save(file)
    return file.getvalue()


def test_content_tells_the_type_whatever_the_name_says() -> None:
    assert file_type("計画.docx", workbook_bytes(Workbook())) is FileType.XLSX
    assert file_type("計画.xlsx", docx_bytes(docx.Document())) is FileType.DOCX
    assert file_type("計画.xls", _xls()) is FileType.XLS
    assert file_type("計画.xlsx", _xls()) is FileType.XLS
    assert file_type("資料.pptx", _pptx()) is FileType.PPTX
    assert file_type("資料", b"%PDF-1.7\n") is FileType.PDF
    assert file_type("まとめ.zip", _zip("a.txt")) is FileType.ZIP
    assert file_type("表.xls", b"<html><table>") is FileType.HTML
    assert file_type("表.csv", b"a,b") is FileType.CSV
    assert file_type("記録.txt", b"<p>") is FileType.TEXT


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("計画.docx", _zip("a.txt"), "別のZIP"),
        ("計画.xlsx", _ole("EncryptedPackage"), "パスワード"),
        ("計画.doc", _ole("WordDocument"), "PDFかdocx"),
        ("計画.ppt", _ole("PowerPoint Document"), "PDFかdocx"),
        ("計画.jtd", _ole("DocumentText"), "一太郎"),
        ("計画.jtd", b"????", "一太郎"),
        ("計画.rtf", b"{\\rtf1", "リッチテキスト"),
        ("計画.odt", _zip("mimetype", "content.xml"), "OpenDocument"),
        ("写真.pdf", b"\xff\xd8\xff\xe0", "画像"),
        ("計画.xlsx", b"abc", "中身"),
        ("計画.abc", b"abc", "読み取れません"),
    ],
)
def test_what_cannot_be_read_is_refused_with_advice(name: str, data: bytes, message: str) -> None:
    with pytest.raises(UnsupportedFileError, match=message):
        file_type(name, data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_names_entities_is_refused(encoding: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
        archive.writestr("word/document.xml", bomb.encode(encoding))
    with pytest.raises(InputError, match="DOCTYPE"):
        open_package(file.getvalue())
