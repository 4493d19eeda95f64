"""How long a page with its highlights takes to show, beside bare pypdfium2: ``python -m tests.bench_viewer``.

For passages at random: the marks over the words and the picture of the page, made anew each time as for the
first look, from the bytes of the file. Bare pypdfium2 opens the file and draws the page as large, without
marks and without a PNG of it. Published originals beside the project are measured too where there are any.
Processor time stands beside the clock, for other programs may keep the cores busy.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2

from corpus.originals import Original
from corpus.passage import Passage
from corpus.span import Span
from ingest.pdf_reader import PdfReader
from tests.bench import machine
from tests.boxes import ORIGINALS
from tests.ingest.sample_formats import made
from tests.ingest.taken_in import Taken, taken
from ui.cited_boxes import boxes_of
from ui.page_image import LONGEST, PageImages
from ui.page_view import page_html, pages_of

SAMPLE = "shirakabano_reform_report.txt"
MOST_MS = 300.0


def documents(originals: Path) -> Iterator[tuple[str, bytes]]:
    """The PDFs that are measured."""
    yield "sample report, ruled tables", made(SAMPLE, "pdf ruled")
    for path in sorted(originals.glob("*.pdf")):
        yield path.stem, path.read_bytes()


def read_passages(data: bytes) -> tuple[Taken, list[Passage]]:
    """A file taken in, and its passages with their places; those that no page shows are left out."""
    read = PdfReader().read(data)
    one = taken("bench.pdf", data, read)
    placed = [replace(passage, locators=read.locate(passage.segments)) for passage in one.passages]
    return one, [passage for passage in placed if boxes_of(passage)]


def shown(original: Original, one: Taken, passage: Passage) -> None:
    """What the viewer does for the first look at a passage."""
    data = original.path.read_bytes()
    pages = pages_of(data, passage)
    quote = Span(passage.segments[0].start, passage.segments[0].end)
    page_html(one.document, passage, (quote,), pages)
    PageImages().png(original, min(pages.read))


def bare(original: Original, passage: Passage) -> None:
    """The page drawn and nothing else."""
    document = pypdfium2.PdfDocument(original.path.read_bytes())
    page = document[min(boxes_of(passage)) - 1]
    page.render(scale=LONGEST / max(page.get_size())).to_pil()
    page.close()
    document.close()


def measured(name: str, data: bytes, looks: int) -> dict[str, Any]:
    """The median of the milliseconds of a look, and what 95 of 100 looks take at most."""
    one, passages = read_passages(data)
    chosen = random.Random(3).choices(passages, k=looks)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "original.pdf"
        path.write_bytes(data)
        original = Original(path=path, extension=".pdf", sha256=one.document.sha256)
        shown(original, one, chosen[0])  # what is imported and set up once is not counted
        ours = _times(chosen, lambda passage: shown(original, one, passage))
        theirs = _times(chosen, lambda passage: bare(original, passage))
    return {"name": name, "looks": looks, "viewer": _told(ours), "bare_pypdfium2": _told(theirs)}


def _times(passages: list[Passage], work: Callable[[Passage], None]) -> list[tuple[float, float]]:
    """Milliseconds by the clock and of the processor, of each look."""
    times = []
    for passage in passages:
        begun, spent = time.perf_counter(), time.process_time()
        work(passage)
        times.append((1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - spent)))
    return times


def _told(times: list[tuple[float, float]]) -> dict[str, float]:
    passed = [clock for clock, _ in times]
    return {
        "median_ms": round(statistics.median(passed), 1),
        "p95_ms": round(statistics.quantiles(passed, n=20)[-1], 1),
        "median_processor_ms": round(statistics.median(spent for _, spent in times), 1),
    }


def main() -> int:
    """Print the figures; exit 1 where a look takes more than 300 ms of the processor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--looks", type=int, default=60)
    parser.add_argument("--originals", type=Path, default=ORIGINALS)
    asked = parser.parse_args()
    found = [measured(name, data, asked.looks) for name, data in documents(asked.originals)]
    sys.stdout.write(json.dumps({"machine": machine(), "documents": found}, indent=2) + "\n")
    return int(any(one["viewer"]["median_processor_ms"] > MOST_MS for one in found))


if __name__ == "__main__":
    raise SystemExit(main())
