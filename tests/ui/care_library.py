"""A library as a person makes it, for the tests of its care, and processes that die in the middle of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from corpus.sample_corpus import SAMPLES
from ui.intake import ingest

ROOT = Path(__file__).parents[2]
FIRST = SAMPLES / "tsukimiura_r3_inventory.txt"
SECOND = SAMPLES / "tsukimiura_r4_inventory.txt"
DIED = 9


def made(folder: Path) -> Path:
    """A library of one document, with a thesaurus of its own."""
    ingest(folder, [FIRST])
    (folder / "thesaurus.tsv").write_text("道の鏡\t=\t道路反射鏡\t1.0\n", encoding="utf-8")
    return folder


def dies(patch: str, call: str) -> None:
    """Run a call in a process of its own that a patch makes end without a word, as a power cut would."""
    program = (
        "import os, pathlib, datetime\n"
        "from pathlib import Path\n"
        "import corpus.backup, corpus.restore, corpus.replace_folder\n"
        "from ui.care_backup import back_up\nfrom ui.care_restore import restore\n"
        "NOW = datetime.datetime(2026, 11, 20, 18, 5, 9)\n"
        f"def die(*_, **__): os._exit({DIED})\n{patch}\n{call}\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, timeout=120, check=False
    )
    assert done.returncode == DIED, done.stderr.decode()


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir())
