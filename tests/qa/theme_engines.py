"""Engines for the tests of themes: over the sample corpus, and over the real documents where they lie."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pytest

from corpus.sample_corpus import SAMPLES
from qa.engine import Engine
from qa.theme_search import ThemeSource
from ui.intake import ingest
from ui.library import open_engine

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"

needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the real documents are not here")


@cache
def engine_over(sources: Path) -> Engine:
    """An engine over a folder of documents, made once a test run."""
    folder = Path(tempfile.mkdtemp(prefix="shirube-themes-"))
    ingest(folder, [sources])
    return open_engine(folder)


def sample_engine() -> Engine:
    return engine_over(SAMPLES)


def seed_engine() -> Engine:
    return engine_over(SEEDS)


def source_of(engine: Engine) -> ThemeSource:
    return engine._source()
