"""Each format has its reader, whose library is not loaded before a file of the format comes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from corpus.errors import UnsupportedFileError
from ingest.file_type import FileType
from ingest.readers import reader_of

LOADED = """
import sys
import ingest.workers_entry
from ingest.file_type import FileType
from ingest.readers import reader_of

def loaded():
    return [name for name in ("pypdfium2", "pdfplumber", "lxml", "openpyxl", "xlrd") if name in sys.modules]

reader_of(FileType.TEXT)
print(loaded())
reader_of(FileType.PDF)
print(loaded())
"""


@pytest.mark.parametrize("kind", [kind for kind in FileType if kind is not FileType.ZIP])
def test_each_format_has_a_reader(kind: FileType) -> None:
    assert callable(reader_of(kind).read)


def test_an_archive_has_none() -> None:
    with pytest.raises(UnsupportedFileError, match=r"「\.zip」のファイルを読む機能がありません"):
        reader_of(FileType.ZIP)


def test_who_reads_text_loads_no_other_library() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    text, pdf = done.stdout.splitlines()
    assert text == "[]"
    assert "pypdfium2" in pdf
