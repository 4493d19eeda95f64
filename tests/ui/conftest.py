"""Libraries and a served page for the tests of the page; each is made once."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.access import OPERATOR
from qa.engine import Engine
from qa.engines import Engines
from tests.ui.small_library import small_engines
from ui.search_page import SearchPage

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def smalls(tmp_path_factory: pytest.TempPathFactory) -> Engines:
    """Three documents made by hand, one of them hostile."""
    return small_engines(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def small(smalls: Engines) -> Engine:
    """The same as seen by who may see all."""
    return smalls.of(OPERATOR)


@pytest.fixture(scope="session")
def page(small: Engine) -> SearchPage:
    """The page over the small library."""
    return SearchPage(small)


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the sample corpus, taken in as a person would."""
    from ui.intake import ingest

    folder = tmp_path_factory.mktemp("samples")
    ingest(folder, [ROOT / "corpus" / "samples"])
    return folder


@pytest.fixture(scope="session")
def small_url(small: Engine) -> Iterator[str]:
    """The page over the small library, served."""
    with served(small.library) as server:
        yield server.url


@pytest.fixture(scope="session")
def samples_server(samples: Path) -> Iterator[Served]:
    """The page over the sample corpus, served."""
    with served(samples) as server:
        yield server


@pytest.fixture(scope="session")
def originals_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of three files with their originals; no test changes it."""
    from tests.ui.viewer_files import viewer_library

    folder = tmp_path_factory.mktemp("originals")
    viewer_library(folder, tmp_path_factory.mktemp("sources"))
    return folder


@pytest.fixture(scope="session")
def originals_server(originals_library: Path) -> Iterator[Served]:
    """The page over it, served."""
    with served(originals_library) as server:
        yield server


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A page that is served by a process of its own."""

    url: str
    process_id: int
    told: str


@contextmanager
def served(folder: Path, settings: Mapping[str, str] | None = None, port: int = 0) -> Iterator[Served]:
    """Serve a library as the command does, in a process of its own, and end it as a person would.

    Args:
        folder: the library's.
        settings: of the environment, beside those that are there.
        port: to listen on; 0 for any that is free.
    """
    port = port or free_port()
    with begun(folder, settings or {}, port) as process:
        try:
            assert process.stdout is not None
            told = process.stdout.readline()
            yield Served(url=f"http://127.0.0.1:{port}/", process_id=process.pid, told=told)
        finally:
            rest = _ended(process)
    assert rest.strip() == "終了しました。"


def begun(folder: Path, settings: Mapping[str, str], port: int) -> subprocess.Popen[str]:
    """The process that serves a library; it says when the page can be opened."""
    command = [sys.executable, "-m", "ui.cli", "--data", str(folder), "serve", "--port", str(port)]
    environment = {**os.environ, "PYTHONUTF8": "1", **settings}
    return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE)


def _ended(process: subprocess.Popen[str]) -> str:
    """What a server says when it is interrupted; one that does not end is killed, and the test fails."""
    process.send_signal(signal.SIGINT)
    try:
        return process.communicate(timeout=30)[0]
    except subprocess.TimeoutExpired:
        process.kill()
        return process.communicate()[0] + "割り込みで終わりませんでした。"


def free_port() -> int:
    """A port that nobody listens on, nor takes meanwhile: systems give out none of these by themselves."""
    for port in random.SystemRandom().sample(range(20_000, 30_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is free")
