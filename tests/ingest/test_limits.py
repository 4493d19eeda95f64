"""Limits of one file: what is refused before it is read, and what the environment may set."""

from __future__ import annotations

import pytest

from corpus.errors import InputError
from ingest.limits import MEGABYTE, IngestLimits, LimitError
from ui.intake_limits import limits_from
from ui.settings import SettingError


def test_a_file_at_the_limit_is_read_and_one_above_is_refused_with_what_to_do() -> None:
    limits = IngestLimits(file_bytes=2 * MEGABYTE, pages=1_000)
    limits.check_bytes("計画.pdf", 2 * MEGABYTE)
    limits.check_pages("計画.pdf", 1_000)
    with pytest.raises(LimitError, match=r"計画.pdf（3MB、上限2MB）。章ごとに分ける"):
        limits.check_bytes("計画.pdf", 2 * MEGABYTE + 1)
    with pytest.raises(LimitError, match=r"計画.pdf（1,001ページ、上限1,000ページ）。章ごと"):
        limits.check_pages("計画.pdf", 1_001)


def test_pages_give_more_time() -> None:
    limits = IngestLimits(seconds=10, seconds_a_page=2)
    assert (limits.allowed_seconds(0), limits.allowed_seconds(30)) == (10, 70)
    assert "計画.pdf（上限70秒）" in limits.too_long("計画.pdf", 30)


def test_the_environment_sets_limits_and_has_defaults() -> None:
    assert limits_from({}).pages == IngestLimits().pages
    assert limits_from({}).archive.member_bytes == limits_from({}).file_bytes
    found = limits_from(
        {
            "SHIRUBE_MAX_FILE_MB": "5",
            "SHIRUBE_MAX_PAGES": " 7 ",
            "SHIRUBE_MAX_SECONDS": "9",
            "SHIRUBE_MAX_MEMORY_MB": "300",
            "SHIRUBE_MAX_UNPACKED_MB": "11",
        }
    )
    assert (found.file_bytes, found.pages, found.seconds) == (5 * MEGABYTE, 7, 9.0)
    assert (found.memory_bytes, found.archive.total_bytes) == (300 * MEGABYTE, 11 * MEGABYTE)
    assert found.archive.member_bytes == 5 * MEGABYTE


@pytest.mark.parametrize("written", ["0", "-1", "多い", "1.5", "1e3"])
def test_a_limit_that_cannot_be_is_told(written: str) -> None:
    with pytest.raises(SettingError, match="SHIRUBE_MAX_PAGES"):
        limits_from({"SHIRUBE_MAX_PAGES": written})
    assert issubclass(SettingError, InputError)
