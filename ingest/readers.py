"""The reader of each format. Its module is loaded when a file of the format comes.

Together the libraries of all formats take as long to load as all else that reads a file, and every process
that reads files would load them.
"""

from __future__ import annotations

from importlib import import_module

from corpus.errors import UnsupportedFileError
from ingest.file_type import FileType
from ingest.reader import Reader

_READERS = {
    FileType.TEXT: ("ingest.text_reader", "TextReader"),
    FileType.PDF: ("ingest.pdf_reader", "PdfReader"),
    FileType.DOCX: ("ingest.docx_reader", "DocxReader"),
    FileType.XLSX: ("ingest.xlsx_reader", "XlsxReader"),
    FileType.XLS: ("ingest.xls_reader", "XlsReader"),
    FileType.XLSB: ("ingest.xls_reader", "XlsReader"),
    FileType.PPTX: ("ingest.pptx_reader", "PptxReader"),
    FileType.HTML: ("ingest.html_reader", "HtmlReader"),
    FileType.CSV: ("ingest.csv_reader", "CsvReader"),
}


def reader_of(kind: FileType) -> Reader:
    """The reader for what a file is.

    Raises:
        UnsupportedFileError: none does.
    """
    if kind not in _READERS:
        raise UnsupportedFileError(
            f"「{kind.value}」のファイルを読む機能がありません。PDF か docx で保存し直してください。"
        )
    module, name = _READERS[kind]
    made: Reader = getattr(import_module(module), name)()
    return made
