"""What ``status`` says of a library."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from corpus.store import STORE_NAME
from corpus.store_reader import StoreReader
from index.own_thesaurus import OwnThesaurus
from ui.coverage_form import coverage_text


def status_json(
    folder: Path, store: StoreReader, index_fault: str | None, own: OwnThesaurus | None = None
) -> dict[str, Any]:
    """Counts, sizes in bytes, unread files, the user's thesaurus and the index's fault, if it has one."""
    own = own or OwnThesaurus()
    documents = store.documents()
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        "library": str(folder),
        "documents": len(documents),
        "municipalities": list(dict.fromkeys(document.municipality for document in documents)),
        "passages": store.passage_count(),
        "store_bytes": sum(path.stat().st_size for path in files if path.name.startswith(STORE_NAME)),
        "index_bytes": sum(path.stat().st_size for path in files if not path.name.startswith(STORE_NAME)),
        "index": {"generation": store.index_generation, "fault": index_fault or ""},
        "thesaurus": {"source": own.source, "groups": len(own.groups), "fault": own.fault},
        "unread_files": [
            {"source": file.source, "reason": file.reason, "noted_at": file.noted_at}
            for file in store.unread_files()
        ],
    }


def status_text(status: dict[str, Any]) -> str:
    """The same for a person."""
    towns = "、".join(status["municipalities"]) or "なし"
    lines = [
        f"ライブラリ: {status['library']}",
        f"文書: {status['documents']}件（{towns}）",
        f"検索単位: {status['passages']:,}か所",
        f"大きさ: 資料 {_size(status['store_bytes'])}、索引 {_size(status['index_bytes'])}",
        f"索引: {status['index']['fault'] or '使えます。'}",
        f"読み取れなかったファイル: {len(status['unread_files'])}件",
    ]
    lines += [f"  {file['source']}: {file['reason']}" for file in status["unread_files"]]
    lines += _thesaurus(status["thesaurus"])
    if "coverage" in status:
        lines += ["", coverage_text(status["coverage"])]
    return "\n".join(lines)


def _thesaurus(own: dict[str, Any]) -> list[str]:
    """The user's thesaurus, nothing where there is none."""
    if not own["source"]:
        return []
    in_force = f"{own['groups']}行を使っています"
    if not own["fault"]:
        return [f"追加の言い換え: {in_force}（{own['source']}）"]
    kept = f"前回読めた表の{in_force}。" if own["groups"] else "使っていません。"
    return [f"追加の言い換え: {kept}{own['fault']}"]


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f}MB"
