"""The list 「控えの目録」 in a backup: what it was made of, and each file with its size and hash.

A name that is not of a form given here is in no backup of this program. That keeps out, by what is allowed
and not by what is forbidden, names that lead out of a folder, drives, devices and links between cases.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from corpus.errors import BackupError

FORMAT = 1
MANIFEST_NAME = "manifest.json"
LARGEST_MANIFEST = 64_000_000

_PART = r"\.?[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}(?<!\.)"
# The names of files that a backup holds.
_NAME = re.compile(
    r"library\.sqlite3|user_data\.sqlite3|accounts\.sqlite3|thesaurus\.tsv|thesaurus\.last-good\.tsv"
    rf"|index/{_PART}(?:/{_PART}){{1,4}}"
    r"|originals/[0-9a-f]{2}/[0-9a-f]{64}\.[a-z0-9]{1,8}"
)
# Names that Windows keeps for devices.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUpFile:
    """A file of a backup: its length in bytes, and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupManifest:
    """What a backup holds.

    Attributes:
        made_at: UTC, ISO 8601, seconds.
        schema_version: of the store.
        revision: of the store's documents.
        generation: the index generation's name, empty where the backup holds none.
        documents: how many.
        passages: how many.
        files: by name, folders divided by ``/``.
    """

    made_at: str
    schema_version: int
    revision: int
    generation: str
    documents: int
    passages: int
    files: dict[str, BackedUpFile]

    @property
    def size(self) -> int:
        """Of all files together, in bytes."""
        return sum(file.size for file in self.files.values())

    def to_json(self) -> str:
        """The form in which it is kept."""
        data = {"shirube_backup": FORMAT, **asdict(self)}
        return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)


def manifest_of(text: bytes) -> BackupManifest:
    """The manifest that ``to_json`` wrote.

    Raises:
        BackupError: it is none, is of another format, or holds what no backup holds.
    """
    try:
        data: dict[str, Any] = json.loads(text.decode("utf-8"))
        form = data.pop("shirube_backup")
        if form != FORMAT:
            raise BackupError(
                f"控えの形式（{form}）が、このプログラムの形式（{FORMAT}）と違います。"
                "控えを作ったときと同じ版のプログラムで戻してください。"
            )
        files = {str(name): BackedUpFile(**file) for name, file in data.pop("files").items()}
        manifest = BackupManifest(**data, files=files)
        is_fine = all(map(_is_fine, files.values())) and all(
            isinstance(value, int)
            for value in (manifest.schema_version, manifest.documents, manifest.passages)
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as exc:
        raise BackupError(
            f"控えの目録（{MANIFEST_NAME}）を読めません。「shirube backup」の作った控えか確かめてください。"
        ) from exc
    if not is_fine:
        raise BackupError(f"控えの目録（{MANIFEST_NAME}）の値が正しくありません。別の控えを使ってください。")
    for name in files:
        check_name(name)
    return manifest


def check_name(name: str) -> None:
    """Refuse a name that no backup of this program holds.

    Raises:
        BackupError: it is one.
    """
    parts = name.split("/")
    if not _NAME.fullmatch(name) or any(_DEVICE.fullmatch(part) for part in parts):
        raise BackupError(
            f"控えの中に、このプログラムの控えにはない名前があります: {name[:80]!r}。"
            "安全のため戻しません。「shirube backup」の作った控えか確かめてください。"
        )


def _is_fine(file: BackedUpFile) -> bool:
    return isinstance(file.size, int) and file.size >= 0 and bool(_HASH.fullmatch(file.sha256))
