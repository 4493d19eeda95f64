"""What Python's ``zipfile`` raises for an archive that was damaged or made to mislead it."""

from __future__ import annotations

import struct
import zipfile
import zlib

DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError),
    *(ValueError, IndexError, OverflowError, OSError),
)
