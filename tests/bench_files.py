"""Speed and memory of reading files: ``python -m tests.bench_files``; its options stand below.

Each figure comes from a process of its own, so that its peak of memory is its own. Beside ours stand the bare
libraries, which give characters and cells but no text in reading order. A benchmark asserts nothing.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from tests.bench import machine
from tests.ingest.fictional_prose import PARAGRAPHS

Work = Callable[[bytes, int], int]
_POLL = 0.02
_PARSED = 7  # runs, of which the best counts


def text_pdf(pages: int) -> bytes:
    """Pages of running text, without rules."""
    from tests.ingest.pdf_drawing import PAGE_BREAK, typeset

    page = "\n\n".join(PARAGRAPHS)
    return typeset(f"\n\n{PAGE_BREAK}\n\n".join([page] * pages), is_wide=False)


def table_pdf(pages: int) -> bytes:
    """Pages of ruled tables."""
    from tests.ingest.pdf_drawing import PAGE_BREAK, typeset

    rows = ["施策名\t指標\t令和4年度\t令和5年度\t令和6年度\t備考"]
    rows += [
        f"施策{n}の推進\t相談件数\t{n * 31:,}件\t{n * 37:,}件\t{n * 41:,}件\t予定どおり" for n in range(1, 19)
    ]
    return typeset(f"\n\n{PAGE_BREAK}\n\n".join(["\n".join(rows)] * pages))


def scanned_pdf(pages: int) -> bytes:
    """Pages of running text as pictures."""
    from tests.ingest.scans import scanned

    return scanned(text_pdf(pages), slant=0.7)


def workbook(rows: int) -> bytes:
    """A worksheet of so many rows and ten columns."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("事業一覧")
    sheet.write_row(0, 0, ["事業名", "所管課", "指標", *(f"R{year}実績" for year in range(1, 7)), "備考"])
    for row in range(1, rows + 1):
        sheet.write_row(row, 0, [f"事業{row}", "企画課", "参加者数", *(row * n for n in range(1, 7)), "継続"])
    book.close()
    return buffer.getvalue()


def ours_pdf(data: bytes, _: int) -> int:
    """This project's reader of PDF files."""
    from ingest.pdf_reader import PdfReader

    return len(PdfReader().read(data).text)


def bare_pdfium(data: bytes, _: int) -> int:
    """Only the text of each page, in the order of the file."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return sum(len(page.get_textpage().get_text_range()) for page in document)


def bare_pdfplumber(data: bytes, _: int) -> int:
    """Text and tables of each page."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return sum(len(page.extract_text()) + len(page.extract_tables()) for page in document.pages)


def ours_xlsx(data: bytes, _: int) -> int:
    """This project's reader of workbooks."""
    from ingest.xlsx_reader import XlsxReader

    return len(XlsxReader().read(data).text)


def bare_openpyxl(data: bytes, _: int) -> int:
    """The values of all cells."""
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    book = load_workbook(io.BytesIO(data), data_only=True)
    return sum(1 for sheet in book for row in sheet.iter_rows(values_only=True) for _ in row)


def parsing(folder: Path) -> dict[str, float]:
    """Characters a second of processor time that each text of a folder is parsed with, and all of them.

    From decoded text to sheets, passages, what is carried and what is left out; the best of several runs.
    """
    from ingest.blocks import BlockDocument
    from ingest.layout import choose_layout
    from ingest.text_reader import TextReader

    found: dict[str, float] = {}
    characters = spent = 0.0
    for path in sorted(folder.glob("*.txt")):
        data = path.read_bytes()
        times = []
        for _ in range(_PARSED):
            begun = time.process_time()
            read = TextReader().read(data)
            document = BlockDocument(text=read.text, blocks=read.blocks)
            choose_layout(document).parse(document)
            times.append(time.process_time() - begun)
        found[path.stem] = round(len(read.text) / min(times))
        characters, spent = characters + len(read.text), spent + min(times)
    return found | {"all": round(characters / spent)} if spent else found


def measured(work: Work, data: bytes, units: int) -> dict[str, float]:
    """Processor time, units a second of it and the peak of memory of work done in a process of its own."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_timed, args=(work, data, units, there))
    process.start()
    there.close()
    peak = 0
    while not here.poll(_POLL):
        if process.pid is not None and process.is_alive():
            peak = max(peak, psutil.Process(process.pid).memory_info().rss)
    processor, passed = here.recv()
    process.join()
    return {
        "processor_s": round(processor, 2),
        "passed_s": round(passed, 2),
        "a_processor_second": round(units / processor, 1),
        "peak_resident_mb": round(peak / 1e6),
    }


def _timed(work: Work, data: bytes, units: int, reply: Any) -> None:
    work(data, units)  # what is imported and set up once is not counted
    begun, spent = time.perf_counter(), sum(os.times()[:4])
    work(data, units)
    reply.send((sum(os.times()[:4]) - spent, time.perf_counter() - begun))


def measure(pages: int, rows: int, scans: int) -> dict[str, Any]:
    """All figures; ``a_processor_second`` counts pages, for a workbook rows."""
    from ingest.ocr_tesseract import installed
    from ingest.pdf_pdfium import page_count

    text, tables, book = text_pdf(pages), table_pdf(pages), workbook(rows)
    found: dict[str, Any] = {}
    for name, data, units, works in (
        ("text_pdf", text, page_count(text), (ours_pdf, bare_pdfium, bare_pdfplumber)),
        ("table_pdf", tables, page_count(tables), (ours_pdf, bare_pdfium, bare_pdfplumber)),
        ("workbook", book, rows, (ours_xlsx, bare_openpyxl)),
    ):
        found[name] = {work.__name__: measured(work, data, units) for work in works}
    if installed() is not None and scans:
        found["scanned_pdf"] = {"ours_pdf": measured(ours_pdf, scanned_pdf(scans), scans)}
    return found


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--scans", type=int, default=2)
    parser.add_argument("--texts", type=Path, default=Path("corpus/samples"))
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    found = {
        "machine": machine(),
        "pages": options.pages,
        "rows": options.rows,
        "parsed_characters_a_second": parsing(options.texts),
        **measure(options.pages, options.rows, options.scans),
    }
    text = json.dumps(found, ensure_ascii=False, indent=2)
    sys.stdout.write(text + "\n")
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
