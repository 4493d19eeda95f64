"""A lexical index whose folder may not be written: read-only media, a share, another user's folder.

tantivy opens an index only where it can make a lock file, and so in no such folder. A folder of our own then
stands before it: its tables are copied, the files with the postings are linked.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

TABLE = ".json"
"""How the names of tantivy's tables of its files end; they have some hundred bytes."""

LOCK = ".lock"


def let_others_read(folder: Path) -> None:
    """Tantivy leaves its tables readable by their writer alone; servers may run as somebody else."""
    for path in sorted(folder.glob(f"*{TABLE}")):
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)


def standing_before(folder: Path) -> Path:
    """A temporary folder in which the index of a read-only folder can be opened; to be removed after use.

    Files are linked by name; where the system allows that to administrators alone (Windows), they are linked
    as files, or copied where they lie on another disk.

    Raises:
        OSError: a file cannot be read, or there is no room for temporary files.
    """
    before = Path(mkdtemp(prefix="shirube-index-"))
    try:
        for path in sorted(folder.resolve().iterdir()):
            place = before / path.name
            if path.name.endswith(TABLE):
                place.write_bytes(path.read_bytes())
            elif not path.name.endswith(LOCK):
                _linked(path, place)
    except BaseException:
        shutil.rmtree(before, ignore_errors=True)
        raise
    return before


def _linked(path: Path, place: Path) -> None:
    for link in (os.symlink, os.link):
        try:
            link(path, place)
        except OSError:
            continue
        return
    shutil.copyfile(path, place)
