"""Install a bundle where there is no network, and use it: ``python -m tests.bundle_check ARCHIVE``.

Everything runs in a network name space of its own where not even the loopback is up, so that
whatever called out would fail.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

_STEPS = """
set -e
cd "$1"
"$2" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels \
  --require-hashes -r requirements.lock
samples=$(.venv/bin/python -c "from corpus.sample_corpus import SAMPLES; print(SAMPLES)")
.venv/bin/shirube --data library ingest "$samples" | tail -1
.venv/bin/shirube --data library ask 月見浦市の令和2年度の外国人相談の件数は | head -1
.venv/bin/shirube --data library verify | tail -1
"""


def check(archive: Path) -> str:
    """What the program said when it was installed and asked.

    Raises:
        subprocess.CalledProcessError: a step failed; its output is with it.
    """
    with tempfile.TemporaryDirectory(prefix="shirube-bundle-") as folder:
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
        (made,) = Path(folder).iterdir()
        command = ["unshare", "-rn", "sh", "-c", _STEPS, "sh", str(made), sys.executable]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
        if done.returncode:
            sys.stderr.write(done.stdout + done.stderr)
            done.check_returncode()
        return done.stdout


if __name__ == "__main__":
    sys.stdout.write(check(Path(sys.argv[1])))
