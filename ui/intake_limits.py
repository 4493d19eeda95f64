"""Settings of how much reading one file may take, read from the environment; each has a default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ingest.limits import MEGABYTE, IngestLimits
from ingest.zip_archive import ArchiveLimits
from ui.settings import SettingError

FILE, PAGES, SECONDS = "SHIRUBE_MAX_FILE_MB", "SHIRUBE_MAX_PAGES", "SHIRUBE_MAX_SECONDS"
MEMORY, UNPACKED = "SHIRUBE_MAX_MEMORY_MB", "SHIRUBE_MAX_UNPACKED_MB"


def limits_from(environment: Mapping[str, str]) -> IngestLimits:
    """The limits that are set, the defaults for those that are not.

    Raises:
        SettingError: a value is no positive whole number.
    """
    usual = IngestLimits()

    def number(name: str, default: int) -> int:
        written = environment.get(name, "").strip()
        if not written:
            return default
        if not written.isdecimal() or int(written) < 1:
            raise SettingError(f"{name} を読めません: {written}。1以上の整数を設定してください。")
        return int(written)

    file_bytes = number(FILE, usual.file_bytes // MEGABYTE) * MEGABYTE
    total = number(UNPACKED, ArchiveLimits().total_bytes // MEGABYTE) * MEGABYTE
    return IngestLimits(
        file_bytes=file_bytes,
        pages=number(PAGES, usual.pages),
        seconds=float(number(SECONDS, int(usual.seconds))),
        memory_bytes=number(MEMORY, usual.memory_bytes // MEGABYTE) * MEGABYTE,
        archive=replace(ArchiveLimits(), total_bytes=total, member_bytes=file_bytes),
    )
