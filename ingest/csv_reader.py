"""Tables with commas or tabs between their cells (.csv, .tsv): the whole file is one table."""

from __future__ import annotations

import csv
import io

from corpus.errors import InputError
from ingest.block_text import Piece, TextBuilder
from ingest.cell_lines import one_line
from ingest.charset import decode
from ingest.reader import ReadFile
from ingest.text_reader import line_locator

_DELIMITERS = (",", "\t", ";")
_SAMPLE = 20
_LONGEST_FIELD = 1 << 24


class CsvReader:
    """Reads CSV and TSV in UTF-8, Shift_JIS, EUC-JP or ISO-2022-JP."""

    def read(self, data: bytes) -> ReadFile:
        """Decode the bytes and read their rows.

        Raises:
            EmptyFileError: nothing but white space.
            UndecodableFileError: no encoding fits.
            InputError: a quote is never closed.
        """
        decoded = decode(data)
        builder: TextBuilder[int] = TextBuilder()
        rows = [[one_line(cell) for cell in row] for row in _rows(decoded.text)]
        width = max((_filled_width(row) for row in rows), default=0)
        for row in rows:
            builder.row([[Piece(cell)] for cell in (*row, *[""] * (width - len(row)))][:width])
        return ReadFile(
            text=builder.text,
            blocks=builder.blocks(),
            encoding=decoded.encoding,
            locate=line_locator(builder.text),
        )


def _rows(text: str) -> list[list[str]]:
    first = text.split("\n", _SAMPLE)[:_SAMPLE]
    delimiter = max(_DELIMITERS, key=lambda sign: sum(sign in line for line in first))
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as exc:
        raise InputError(
            f"CSVとして読み取れません（{exc}）。引用符の閉じ忘れがないか確かめ、保存し直してください。"
        ) from exc


def _filled_width(row: list[str]) -> int:
    return max((index + 1 for index, cell in enumerate(row) if cell), default=0)
