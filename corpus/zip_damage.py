"""What Python's ``zipfile`` raises for an archive that was damaged or made to mislead it."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError),
    *(RuntimeError, ValueError, IndexError, OverflowError, OSError),
)
