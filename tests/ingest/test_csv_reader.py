import pytest

from corpus.errors import EmptyFileError
from ingest.blocks import Table
from ingest.csv_reader import CsvReader

_TEXT = '課名,目標,備考\r\n総務課,"1,200","一行目\r\n二行目"\r\n税務課,5,\r\n,,\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp"])
def test_table_is_read_in_every_charset(encoding: str) -> None:
    read = CsvReader().read(_TEXT.encode(encoding))
    assert read.text == "課名\t目標\t備考\n総務課\t1,200\t一行目 二行目\n税務課\t5\t\n"
    assert sum(isinstance(block, Table) for block in read.blocks) == 1
    assert read.encoding == encoding


def test_tabs_part_cells_too_and_an_empty_file_is_refused() -> None:
    assert CsvReader().read("課名\t人数\n総務課\t3\n".encode()).text == "課名\t人数\n総務課\t3\n"
    with pytest.raises(EmptyFileError):
        CsvReader().read(b"\n")
