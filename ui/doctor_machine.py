"""What ``doctor`` finds of the machine: memory, the disk, writing to the library's place, the port."""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ui.doctor_check import INSTALL, Check, failing, good, note

LEAST_MEMORY = 1_000_000_000
"""In bytes; reading one large PDF takes up to about so much."""

LEAST_ROOM = 1_000_000_000
_HOST = "127.0.0.1"


def machine_checks(library: Path, port: int) -> Iterator[Check]:
    """The checks, in the order in which they are shown."""
    try:
        import psutil
    except ImportError as exc:
        yield failing("メモリー", f"調べられません（{exc}）", INSTALL)
    else:
        memory = psutil.virtual_memory()
        yield memory_check(int(memory.available), int(memory.total))
    place = existing(library)
    yield room_check(place, shutil.disk_usage(place).free)
    yield writing_check(place)
    yield port_check(port)


def memory_check(available: int, total: int) -> Check:
    """Whether there is memory enough to take documents in."""
    found = f"空き {_gigabytes(available)}GB、全体 {_gigabytes(total)}GB"
    if available < LEAST_MEMORY:
        advice = "大きな資料の取り込みが止まることがあります。使っていないプログラムを閉じてください。"
        return note("メモリー", found, advice)
    return good("メモリー", found)


def room_check(place: Path, free: int) -> Check:
    """Whether there is room on the library's disk."""
    found = f"空き {_gigabytes(free)}GB（{place}）"
    if free < LEAST_ROOM:
        advice = (
            "取り込みや控えの途中で足りなくなることがあります。"
            "空きを作るか、--data で別の場所を指定してください。"
        )
        return note("ディスク", found, advice)
    return good("ディスク", found)


def writing_check(place: Path) -> Check:
    """Whether the library's folder, or the one that it would be made in, may be written to."""
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as exc:
        advice = "書き込みの権限を確かめるか、--data で別の場所を指定してください。"
        return failing("書き込み", f"できません（{place}、{exc.strerror or exc}）", advice)
    return good("書き込み", f"できます（{place}）")


def port_check(port: int) -> Check:
    """Whether the page can be served at a port."""
    with socket.socket() as probe:
        probe.settimeout(2)
        is_taken = probe.connect_ex((_HOST, port)) == 0
    if is_taken:
        advice = (
            "画面を開いているなら、そのままで結構です。"
            "ほかのプログラムなら、serve --port で別の番号を指定してください。"
        )
        return note("ポート", f"{port}は使用中です", advice)
    try:
        with socket.socket() as probe:
            probe.bind((_HOST, port))
    except PermissionError:
        advice = "serve --port で1024以上の番号を指定してください。"
        return note("ポート", f"{port}を使う権限がありません", advice)
    except OSError as exc:
        return note("ポート", f"{port}を使えません（{exc}）", "serve --port で別の番号を指定してください。")
    return good("ポート", f"{port}は空いています")


def existing(path: Path) -> Path:
    """A folder, or the nearest one above that is there."""
    path = path.absolute()
    while not _is_folder(path) and path != path.parent:
        path = path.parent
    return path.resolve()


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # it may not be looked at
        return False


def _gigabytes(count: int) -> str:
    return f"{count / 1_000_000_000:.1f}"
