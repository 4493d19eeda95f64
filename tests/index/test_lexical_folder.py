"""An index of words in a folder that nobody may write."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from index.filters import Filters
from index.lexical import LexicalConfig, LexicalIndex, WeightedTerm, build_lexical
from index.lexical_folder import standing_before
from tests.index.test_lexical import entry

SEARCH = """
import sys
from pathlib import Path
from index.filters import Filters
from index.lexical import LexicalConfig, LexicalIndex, WeightedTerm
folder = Path(sys.argv[1])
try:
    (folder / "probe").write_text("")
except OSError:
    pass
else:
    sys.exit("the folder can be written")
index = LexicalIndex(folder, LexicalConfig())
hits = index.search([WeightedTerm(text="防災")], [], [], Filters(), 10)
print([row for row, _ in hits], sorted(index.keys([2])[2]))
"""


def an_index(folder: Path) -> Path:
    build_lexical(folder / "語", [entry(1, "防災 訓練"), entry(2, "防災 計画 見直し"), entry(3, "公園")])
    return folder / "語"


def read_only_run(folder: Path) -> subprocess.CompletedProcess[str]:
    """Search in a process to which the folder is read-only, by its permissions; for root by a mount."""
    command = [sys.executable, "-c", SEARCH, str(folder)]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        mounted = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
        command = ["unshare", "--mount", "sh", "-c", mounted, str(folder), *command]
    else:
        for path in (*folder.iterdir(), folder):
            path.chmod(0o555 if path.is_dir() else 0o444)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"}
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    finally:
        folder.chmod(0o755)


@pytest.mark.skipif(
    os.name == "nt" or (os.geteuid() == 0 and shutil.which("unshare") is None),
    reason="Windows knows no read-only folders; root needs unshare to have one",
)
def test_an_index_in_a_read_only_folder_is_searched(tmp_path: Path) -> None:
    folder = an_index(tmp_path)
    for lock in folder.glob("*.lock"):
        lock.unlink()
    found = read_only_run(folder)
    if "Operation not permitted" in found.stderr and found.returncode:
        pytest.skip("this machine lets nobody mount")
    assert found.returncode == 0, found.stderr
    assert found.stdout.strip() == "[1, 2] ['見直し', '計画', '防災']"
    assert not list(folder.glob("*.lock"))


@pytest.mark.parametrize("kinds", [(), ("symlink",), ("symlink", "link")])
def test_a_folder_standing_before_serves_by_links_and_by_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kinds: tuple[str, ...]
) -> None:
    def refused(*_: object) -> None:
        raise OSError("no such right")

    folder = an_index(tmp_path)
    for kind in kinds:
        monkeypatch.setattr(os, kind, refused)
    before = standing_before(folder)
    index = LexicalIndex(before, LexicalConfig())
    assert [row for row, _ in index.search([WeightedTerm(text="防災")], [], [], Filters(), 10)] == [1, 2]
    names = {path.name for path in folder.iterdir() if not path.name.endswith(".lock")}
    assert {path.name for path in before.iterdir() if not path.name.endswith(".lock")} == names
    shutil.rmtree(before)
    assert {path.name for path in folder.iterdir() if not path.name.endswith(".lock")} == names


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_files_of_an_index_are_readable_as_others_are(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in an_index(tmp_path).iterdir()}
    assert modes == {stat.S_IMODE((tmp_path / "other").stat().st_mode)}
