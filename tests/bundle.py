"""One archive that installs without a network: ``python -m tests.bundle`` (``make bundle``).

It holds a wheel of every distribution that the program needs on this system and this Python, the model and
the sample corpus in the program's own wheel, a list of all with their SHA-256, and how to install. pip is
told to take nothing else: ``--no-index`` and ``--require-hashes``.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path

from packaging.utils import parse_wheel_filename

ROOT = Path(__file__).parents[1]
LOCK = "requirements.lock"
PAPERS = ("README.md", "README.ja.md", "LICENSE", "SECURITY.md", "CHANGELOG.md")
INSTALL = """# Installing without a network / ネットワークなしで入れる

This archive is for {platform}, Python {python}. この書庫は {platform}、Python {python} 用です。

```console
$ python3 -m venv .venv
$ .venv/bin/python -m pip install --no-index --find-links wheels --require-hashes -r requirements.lock
$ .venv/bin/shirube doctor
$ .venv/bin/shirube serve
```

Windows: `.venv\\Scripts\\python` and `.venv\\Scripts\\shirube`.
"""


def build_wheels(folder: Path) -> None:
    """Build or fetch a wheel of everything, with the network that is there now."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--constraint", "constraints.txt"]
    subprocess.run([*command, "--wheel-dir", str(folder), "."], cwd=ROOT, check=True)


def lock_of(folder: Path) -> str:
    """The wheels of a folder as requirements with hashes, by name."""
    lines = []
    for path in sorted(folder.glob("*.whl")):
        name, version, _, _ = parse_wheel_filename(path.name)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines.append(f"{name}=={version} --hash=sha256:{digest}")
    return "\n".join(lines) + "\n"


def bundle(target: Path, wheels: Path | None = None) -> Path:
    """Make the archive.

    Args:
        target: the folder to put it in.
        wheels: a folder of wheels that were built already; built now if None.
    """
    platform = sysconfig.get_platform().replace("-", "_")
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    folder = target / f"shirube-{platform}-py{python}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if wheels is None:
        build_wheels(folder / "wheels")
    else:
        shutil.copytree(wheels, folder / "wheels")
    (folder / LOCK).write_text(lock_of(folder / "wheels"), encoding="utf-8")
    text = INSTALL.format(platform=platform, python=python)
    (folder / "INSTALL.md").write_text(text, encoding="utf-8")
    for name in PAPERS:
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "docs", folder / "docs")
    archive = folder.with_name(f"{folder.name}.tar")
    with tarfile.open(archive, "w") as tar:  # wheels do not get smaller
        tar.add(folder, arcname=folder.name)
    return archive


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--wheels", type=Path, default=None)
    asked = parser.parse_args()
    archive = bundle(asked.out, asked.wheels)
    sys.stdout.write(f"{archive} {archive.stat().st_size / 1e6:.0f} MB\n")


if __name__ == "__main__":
    main()
