"""How many letters of made-up PDFs are read wrongly: ``python -m tests.misread``.

Text is drawn in columns, vertically, spread, with readings over it and so on, and read again; pages of prose
are also made pictures and read by OCR where Tesseract is installed. Errors are letters to change, add or take
away, in per cent of those written. Exit 1 above 0.1 % of text, 1 % of a picture.
"""

from __future__ import annotations

import sys

from ingest.ocr_tesseract import installed
from ingest.pdf_reader import PdfReader
from tests.ingest.character_errors import character_errors
from tests.ingest.fictional_prose import PARAGRAPHS
from tests.ingest.hard_pdfs import CASES, name_of
from tests.ingest.pdf_drawing import typeset
from tests.ingest.scans import scanned

MOST_OF_TEXT, MOST_OF_PICTURES = 0.1, 1.0
SCANS = ((200, 0.0), (300, 1.0), (200, -2.0))
"""Dots an inch, and degrees by which the page lies aslant."""


def main() -> int:
    """Print a table."""
    rows: list[tuple[str, int, float, float]] = []
    for make in CASES:
        data, written = make()
        read = PdfReader().read(data).text.replace("\n", "")
        rows.append((name_of(make), len(written), character_errors(written, read), MOST_OF_TEXT))
    prose = "\n\n".join(PARAGRAPHS)
    for dots, slant in SCANS if installed() is not None else ():
        read = PdfReader().read(scanned(typeset(prose, is_wide=False), dots=dots, slant=slant)).text
        name = f"OCR of prose, {dots} dots an inch, {slant:g}° aslant"
        rows.append((name, len(prose), character_errors(prose, read), MOST_OF_PICTURES))
    lines = ["| drawn | letters | errors | at most |", "|---|---|---|---|"]
    lines += [f"| {name} | {count:,} | {errors:.2f} % | {most} % |" for name, count, errors, most in rows]
    sys.stdout.write("\n".join(lines) + "\n")
    return int(any(errors > most for _, _, errors, most in rows))


if __name__ == "__main__":
    raise SystemExit(main())
