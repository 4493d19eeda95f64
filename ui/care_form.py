"""What ``verify``, ``backup`` and ``restore`` say, to a person and as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.fault import Fault
from ui.care_backup import BackupDone
from ui.care_restore import RestoreDone
from ui.care_verify import Verification

MOST_LINES = 20
"""How many faults of one kind in one document are told line by line; JSON holds all."""

_WORDS = {
    "documents": "文書",
    "sheets": "シート",
    "passages": "検索単位",
    "indicators": "指標",
    "seals": "取り込み時の記録",
    "originals": "原本",
    "index_files": "索引のファイル",
}


def verification_json(folder: Path, found: Verification) -> dict[str, Any]:
    """All that was found."""
    return {
        "library": str(folder),
        "holds": found.holds,
        "checked": found.checked,
        "faults": [
            {
                "kind": one.kind.value,
                "what": one.what,
                "where": one.where,
                "remedy": one.remedy,
                "document_id": one.document_id or None,
            }
            for one in found.faults
        ],
        "notices": list(found.notices),
    }


def verification_text(folder: Path, found: Verification) -> str:
    """A line a fault, then what was looked at."""
    lines = _fault_lines(found.faults)
    counts = "、".join(f"{_WORDS[name]} {count:,}" for name, count in found.checked.items())
    lines += [f"確かめたもの: {counts or 'なし'}（{folder}）"]
    lines += [f"お知らせ: {notice}" for notice in found.notices]
    lines.append("すべて合っています。" if found.holds else f"不一致が{len(found.faults):,}件あります。")
    return "\n".join(lines)


def backup_json(done: BackupDone) -> dict[str, Any]:
    """What was written."""
    return {
        "backup": str(done.path),
        "bytes": done.size,
        "files": len(done.manifest.files),
        **_of_manifest(done),
        "notices": list(done.notices),
    }


def backup_text(done: BackupDone) -> str:
    """The same for a person."""
    manifest = done.manifest
    counts = f"文書 {manifest.documents:,}件、検索単位 {manifest.passages:,}か所"
    return "\n".join(
        [
            f"控えを取り、読み直して確かめました: {done.path}（{done.size / 1_000_000:.1f}MB）",
            f"{counts}、ファイル {len(manifest.files):,}個",
            *(f"お知らせ: {notice}" for notice in done.notices),
        ]
    )


def restore_json(done: RestoreDone) -> dict[str, Any]:
    """What was put back."""
    return {
        "library": str(done.folder),
        "earlier": None if done.earlier is None else str(done.earlier),
        **_of_manifest(done),
        "notices": list(done.notices),
    }


def restore_text(done: RestoreDone) -> str:
    """The same for a person."""
    manifest = done.manifest
    lines = [
        f"控えから戻し、確かめました: {done.folder}",
        f"文書 {manifest.documents:,}件、検索単位 {manifest.passages:,}か所（{manifest.made_at} の控え）",
    ]
    if done.earlier is not None:
        lines.append(f"前のライブラリは残しています: {done.earlier}。要らなくなったら消してください。")
    return "\n".join([*lines, *(f"お知らせ: {notice}" for notice in done.notices)])


def _of_manifest(done: BackupDone | RestoreDone) -> dict[str, Any]:
    manifest = done.manifest
    return {
        "made_at": manifest.made_at,
        "schema_version": manifest.schema_version,
        "documents": manifest.documents,
        "passages": manifest.passages,
        "index_generation": manifest.generation or None,
    }


def _fault_lines(faults: Sequence[Fault]) -> list[str]:
    groups: dict[tuple[str, str], list[Fault]] = defaultdict(list)
    for one in faults:
        groups[one.document_id, one.kind.value].append(one)
    lines = []
    for group in groups.values():
        lines += [one.line for one in group[:MOST_LINES]]
        if len(group) > MOST_LINES:
            left = len(group) - MOST_LINES
            lines.append(f"  同じ文書に、ほかに{left:,}件あります（すべては --json で見られます）。")
    return lines
