"""What ``status`` says of a library."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from corpus.originals import FOLDER as ORIGINALS
from corpus.store import STORE_NAME
from corpus.store_reader import StoreReader
from index.generation import FOLDER as INDEX
from index.own_thesaurus import OwnThesaurus
from ui.coverage_form import coverage_text
from ui.upload_job import JobState
from ui.upload_store import UploadStore


def status_json(
    folder: Path, store: StoreReader, index_fault: str | None, own: OwnThesaurus | None = None
) -> dict[str, Any]:
    """Counts, sizes in bytes, unread files, the user's thesaurus and the index's fault, if it has one."""
    own = own or OwnThesaurus()
    documents = store.documents()
    sizes = _sizes(folder)
    return {
        "library": str(folder),
        "documents": len(documents),
        "municipalities": list(dict.fromkeys(document.municipality for document in documents)),
        "passages": store.passage_count(),
        "store_bytes": sizes[STORE_NAME],
        "index_bytes": sizes[INDEX],
        "originals_bytes": sizes[ORIGINALS],
        "other_bytes": sizes.total() - sizes[STORE_NAME] - sizes[INDEX] - sizes[ORIGINALS],
        "index": {"generation": store.index_generation, "fault": index_fault or ""},
        "failed_uploads": _failed_uploads(folder),
        "thesaurus": {"source": own.source, "groups": len(own.groups), "fault": own.fault},
        "unread_files": [
            {"source": file.source, "reason": file.reason, "noted_at": file.noted_at}
            for file in store.unread_files()
        ],
    }


def status_text(status: dict[str, Any]) -> str:
    """The same for a person."""
    towns = "、".join(status["municipalities"]) or "なし"
    sizes = f"資料 {_size(status['store_bytes'])}、索引 {_size(status['index_bytes'])}"
    more = f"原本 {_size(status['originals_bytes'])}、そのほか {_size(status['other_bytes'])}"
    lines = [
        f"ライブラリ: {status['library']}",
        f"文書: {status['documents']}件（{towns}）",
        f"検索単位: {status['passages']:,}か所",
        f"大きさ: {sizes}、{more}",
        f"索引: {status['index']['fault'] or '使えます。'}",
        f"読み取れなかったファイル: {len(status['unread_files'])}件",
    ]
    lines += [f"  {file['source']}: {file['reason']}" for file in status["unread_files"]]
    lines += _failed(status["failed_uploads"])
    lines += _thesaurus(status["thesaurus"])
    if "coverage" in status:
        lines += ["", coverage_text(status["coverage"])]
    return "\n".join(lines)


def _sizes(folder: Path) -> Counter[str]:
    """Bytes on the disk by the first part of a file's name below the folder; the store with its log."""
    sizes: Counter[str] = Counter()
    for path in folder.rglob("*"):
        part = path.relative_to(folder).parts[0]
        try:
            sizes[STORE_NAME if part.startswith(STORE_NAME) else part] += (
                path.stat().st_size if path.is_file() else 0
            )
        except FileNotFoundError:  # it was of an ingest that is under way
            continue
    return sizes


def _failed_uploads(folder: Path) -> list[dict[str, Any]]:
    """What went wrong with uploads of the page that nobody has dropped, the newest first."""
    failed = [job for job in UploadStore(folder).all() if job.state is JobState.FAILED]
    return [
        {
            "job": job.job_id,
            "message": job.message,
            "files": [row.place for row in job.rows],
        }
        for job in reversed(failed)
    ]


def _failed(uploads: list[dict[str, Any]]) -> list[str]:
    lines = [f"途中で止まった取り込み（画面）: {len(uploads)}件"] if uploads else []
    return lines + [f"  {'、'.join(one['files']) or one['job']}: {one['message']}" for one in uploads]


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
