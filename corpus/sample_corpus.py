"""Where the sample corpus of fictional towns lies, and who those towns are."""

from __future__ import annotations

from pathlib import Path

SAMPLES = Path(__file__).with_name("samples")


def sample_municipalities() -> Path:
    """The table of the fictional towns, whose codes no real municipality has."""
    return Path(__file__).with_name("data") / "sample_municipalities.csv"


def sample_former_names() -> Path:
    """The former name of one of them."""
    return Path(__file__).with_name("data") / "sample_former_municipalities.csv"
