"""The comparison with other retrievers, with those of them that this environment has."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.store import Store
from tests.bench_peers import emptied, peer, spread, told, write_data
from tests.bench_peers_table import peer_tables, ratio
from tests.index.make import a_library
from tests.peers.engines import PEERS, fused

PYTHON = Path(sys.executable)
HERE = ["SQLite FTS5 (MeCab)", "bare tantivy (MeCab)", "bare FAISS flat"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store: Store = a_library(tmp_path / "library")
    write_data(tmp_path, store.reader, ["空き家バンクの登録", "防災訓練への参加"])
    return tmp_path


@pytest.mark.parametrize("name", HERE)
def test_a_peer_finds_the_passage_and_is_measured(folder: Path, name: str) -> None:
    found = peer(PYTHON, name, emptied(folder))
    assert "failed" not in found, found
    lines = (folder / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    assert "空き家バンクの登録件数" in lines[found["found"][0][0]]
    assert "防災訓練に外国人住民が参加" in lines[found["found"][1][0]]
    report = told(found)
    assert report["asked"] == 6
    assert report["p50_ms"] > 0
    assert report["disk_mb"] > 0
    assert set(report["versions"]) == set(PEERS[name].packages)


def test_a_peer_that_fails_is_written_down_with_its_version(folder: Path) -> None:
    found = told(peer(PYTHON, "Haystack BM25", folder))
    assert found["versions"] == {"haystack-ai": "not installed"}
    assert "haystack" in found["failed"]


def test_fusion_by_rank_prefers_what_both_lists_hold() -> None:
    assert fused([[1, 2, 3], [3, 4]]) == [3, 1, 2, 4]


def test_spread_tells_each_round() -> None:
    found = spread([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0]], [1.0])
    assert found["p50_by_round"] == [2.0, 4.0]
    assert found["p50_ms"] == 2.5
    assert found["queries_a_second"] == pytest.approx(1000 * 6 / 18, abs=0.1)
    assert found["p95_ms"] == pytest.approx(float(np.percentile([1, 2, 3, 2, 4, 6], 95)), abs=0.01)


def test_tables_show_failures_and_the_ratio_to_the_floors() -> None:
    systems = {
        "Shirube": {"cpu_p50_ms": 20.0},
        "bare tantivy (MeCab)": {"cpu_p50_ms": 1.0},
        "bare FAISS flat": {"cpu_p50_ms": 9.0},
        "other": {"failed": "build: no room", "versions": {}},
    }
    assert ratio({"systems": systems}) == 2.0
    assert ratio({"systems": {"Shirube": {"cpu_p50_ms": 20.0}}}) is None
    quality = {"sample": {"questions": 3, "passages": 9, "systems": {"Shirube": {"nDCG@10": 0.5}}}}
    report = {
        "machine": {"cores": 2, "memory_gb": 8, "python": "3.11"},
        "quality": quality,
        "sizes": {"5000": {"load": 0.1, "systems": systems}},
    }
    for japanese, words in ((False, "failed: build: no room"), (True, "失敗: build: no room")):
        text = peer_tables(report, japanese=japanese)
        assert words in text
        assert "0.500" in text
