"""Reading a person's own table of populations, to choose municipalities of like size by it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from corpus.errors import InputError
from qa.peers import Peer, near, read_peers
from ui.library import municipality_table


def peers_near(path: Path, town: str, within: float) -> list[Peer]:
    """The municipalities of a CSV file whose population is near a town's; UTF-8 or Shift_JIS.

    Raises:
        InputError: the file or a row cannot be read, or the town is not in it.
    """
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise InputError(f"人口の表を読めません: {path}（{exc}）。") from exc
    return peers_in(data, str(path), town, within)


def peers_in(data: bytes, name: str, town: str, within: float) -> list[Peer]:
    """As ``peers_near``, of a file's content; ``name`` is told where it cannot be read."""
    table = municipality_table()
    rows = csv.DictReader(io.StringIO(_decoded(data, name)))
    return near(read_peers(rows, table), town, within, table)


def _decoded(data: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"人口の表の文字を読めません: {name}。UTF-8 か Shift_JIS で保存してください。")
