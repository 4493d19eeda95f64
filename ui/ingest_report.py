"""What an ingest tells: progress while it runs, then a line a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from ingest.report import FileReport, Outcome
from ui.intake import IngestResult, Told

WORDS = {
    Outcome.ADDED: "追加",
    Outcome.UNCHANGED: "変更なし",
    Outcome.REPLACED: "差し替え",
    Outcome.REFUSED: "取り込めません",
}


@contextmanager
def progress() -> Iterator[Told]:
    """A bar on standard error while the block runs; nothing where that is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def told(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total)

        yield told


def refused(result: IngestResult) -> bool:
    """Whether any file was refused."""
    return any(report.outcome is Outcome.REFUSED for report in result.reports)


def taken_in(result: IngestResult) -> list[str]:
    """The documents that are new or replaced another, by number and file name."""
    changed = (Outcome.ADDED, Outcome.REPLACED)
    return [f"{one.document_id} {one.path.name}" for one in result.reports if one.outcome in changed]


def lines(result: IngestResult) -> list[str]:
    """A line a file with its warnings below it, then a line that counts."""
    found = [line for report in result.reports for line in _report_lines(report)]
    counts = [
        f"{word} {count}件"
        for outcome, word in WORDS.items()
        if (count := sum(report.outcome is outcome for report in result.reports))
    ]
    return [*found, "、".join(counts) + "。" + ("索引を作りました。" if result.index_built else "")]


def as_json(result: IngestResult) -> dict[str, Any]:
    """The same for programs."""
    return {
        "files": [
            {
                "path": str(report.path),
                "outcome": report.outcome.value,
                "document_id": report.document_id,
                "passages": report.passages,
                "reason": report.reason,
                "warnings": list(report.warnings),
            }
            for report in result.reports
        ],
        "index_built": result.index_built,
    }


def _report_lines(report: FileReport) -> list[str]:
    word = WORDS[report.outcome]
    if report.outcome is Outcome.REFUSED:
        return [f"{word}: {report.path.name}: {report.reason}"]
    head = f"{word}: {report.path.name}（{report.passages}か所）"
    return [head, *(f"  注意: {warning}" for warning in report.warnings)]
