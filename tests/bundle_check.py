"""Install a bundle where there is no network, and use it: ``python -m tests.bundle_check ARCHIVE``.

Everything runs in a network name space of its own without a route, where not even the loopback is up, so that
whatever called out would fail; that it is so is looked at first. The last line is JSON: the archive's size in
MB, the size of what was installed, and the seconds that it all took.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

_NO_NETWORK = """
import errno, socket, sys
for address in ("127.0.0.1", "192.0.2.1"):
    try:
        socket.create_connection((address, 443), 2)
    except OSError as exc:
        if exc.errno == errno.ENETUNREACH:
            continue
    sys.exit(f"there is a network: {address}")
"""
_STEPS = """
set -e
cd "$1"
"$2" -c "$3"
"$2" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels \
  --require-hashes -r requirements.lock
samples=$(.venv/bin/python -c "from corpus.sample_corpus import SAMPLES; print(SAMPLES)")
.venv/bin/shirube --data library ingest "$samples" | tail -1
.venv/bin/shirube --data library ask 月見浦市の令和2年度の外国人相談の件数は | head -1
.venv/bin/shirube --data library verify | tail -1
"""


def check(archive: Path) -> str:
    """What the program said when it was installed and asked, and the sizes and seconds.

    Raises:
        subprocess.CalledProcessError: a step failed; its output is with it.
    """
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="shirube-bundle-") as folder:
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
        (made,) = Path(folder).iterdir()
        command = ["unshare", "-rn", "sh", "-c", _STEPS, "sh", str(made), sys.executable, _NO_NETWORK]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
        if done.returncode:
            sys.stderr.write(done.stdout + done.stderr)
            done.check_returncode()
        installed = sum(path.stat().st_size for path in (made / ".venv").rglob("*") if path.is_file())
    told = {
        "archive_mb": round(archive.stat().st_size / 1e6),
        "installed_mb": round(installed / 1e6),
        "seconds": round(time.monotonic() - began),
    }
    return f"{done.stdout}{json.dumps(told)}\n"


def main() -> None:
    """Check the archive that the command line names, or say how to call this."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("archive", type=Path, help="what make bundle wrote under dist/")
    sys.stdout.write(check(parser.parse_args().archive))


if __name__ == "__main__":
    main()
