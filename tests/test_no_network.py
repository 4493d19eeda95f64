"""Nothing calls out: a hook in each process of the program refuses every address but this machine's."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from corpus.sample_corpus import SAMPLES
from corpus.store import Store
from index.encoder import Encoder
from index.static_encoder import StaticEncoder
from index.terms import TermAnalyzer
from tests.ui.conftest import free_port
from ui.intake import ingest

ROOT = Path(__file__).parents[1]
HOOK = """
import os, sys

OWN = ("127.", "::1", "localhost", "0.0.0.0")

def refuse(event, arguments):
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else ""
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0] or ""
    else:
        return
    host = host.decode() if isinstance(host, bytes) else str(host)
    if host and not host.startswith(OWN):
        with open(os.environ["CALLED_OUT"], "a", encoding="utf-8") as file:
            file.write(f"{event} {host}\\n")
        raise OSError(f"refused: {host}")

sys.addaudithook(refuse)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "hook"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT))),
        "PYTHONUTF8": "1",
        "CALLED_OUT": str(tmp_path / "called"),
    }


def test_the_hook_does_refuse(environment: dict[str, str], tmp_path: Path) -> None:
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=False)
    assert done.returncode != 0
    assert "192.0.2.1" in (tmp_path / "called").read_text("utf-8")


def test_taking_in_asking_and_serving_call_nobody(environment: dict[str, str], tmp_path: Path) -> None:
    base = [sys.executable, "-m", "ui.cli", "--data", str(tmp_path / "library")]
    for arguments in (["ingest", str(SAMPLES)], ["ask", "多文化共生の取組"], ["verify"], ["doctor"]):
        done = subprocess.run(
            [*base, *arguments], cwd=ROOT, env=environment, capture_output=True, check=False
        )
        assert done.returncode == 0 or arguments == ["doctor"], done.stderr.decode()
    port = free_port()
    command = [*base, "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            assert "画面を開けます" in server.stdout.readline()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as page:
                assert "しるべ" in page.read().decode()
        finally:
            server.terminate()
            server.wait(30)
    called = tmp_path / "called"
    assert not called.exists() or called.read_text("utf-8") == ""


def test_the_model_that_a_library_names_is_not_asked_for_in_the_network(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """A library may come from a backup that somebody sent; what it names is no reason to call out."""
    library, called = tmp_path / "library", tmp_path / "called"
    plan = tmp_path / "plan.txt"
    plan.write_text("月見浦市 令和5年度\n相談窓口の多言語化を進める。\n", encoding="utf-8")

    def command(*arguments: str) -> subprocess.CompletedProcess[str]:
        base = [sys.executable, "-m", "ui.cli", "--data", str(library)]
        return subprocess.run(
            [*base, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    assert command("ingest", str(plan)).returncode == 0
    with Store.open(library).writing() as writer:
        writer.set_encoder("nobody/no-such-model")
    for arguments in (["ask", "相談窓口"], ["verify"], ["ingest", str(plan)]):
        done = command(*arguments)
        assert done.returncode == 1
        assert "nobody/no-such-model" in done.stdout + done.stderr
        assert not called.exists(), f"{arguments}: {called.read_text('utf-8')}"


def test_a_model_is_fetched_only_where_a_person_names_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[bool] = []

    def encoder(model: str, analyzer: TermAnalyzer, *, may_fetch: bool = False) -> Encoder:
        asked.append(may_fetch)
        return StaticEncoder(analyzer=analyzer)

    monkeypatch.setattr("ui.intake_cluster.encoder_of", encoder)
    ingest(tmp_path / "library", [SAMPLES / "tsukimiura_r3_inventory.txt"])
    ingest(tmp_path / "library", [SAMPLES / "tsukimiura_r3_inventory.txt"], model="nobody/a-model")
    assert asked == [False, True]
