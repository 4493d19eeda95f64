"""Scanned pages that tests make: a drawn page as a scanner sees it, aslant, grainy, as JPEG in a PDF."""

import io

import numpy as np
import pytest
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.ocr_tesseract import installed
from ingest.pdf_pdfium import drawn_page, one_page

needs_tesseract = pytest.mark.skipif(
    installed() is None, reason="tesseract with Japanese data is not installed (make ocr)"
)


def scanned(
    data: bytes,
    *,
    dots: int = 300,
    slant: float = 0.0,
    grain: float = 12.0,
    turn: int = 0,
    added: tuple[str, ...] = (),
) -> bytes:
    """The pages of a PDF as pictures without text.

    Args:
        data: the PDF.
        dots: an inch.
        slant: degrees by which each page lies aslant, counter-clockwise.
        grain: standard deviation of the noise, of 255.
        turn: degrees by which each page lies turned, counter-clockwise: 0, 90, 180 or 270.
        added: text that stands on each page as text.
    """
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    number, count = 0, 1
    while number < count:
        number += 1
        page, count = one_page(data, number)
        picture = _photographed(data, number, round(max(page.width, page.height) / 72 * dots), slant, grain)
        size = (page.width, page.height)[:: -1 if turn % 180 else 1]
        canvas.setPageSize(size)
        seen = Image.open(picture).rotate(turn, expand=True) if turn else picture
        canvas.drawImage(ImageReader(seen), 0, 0, *size)
        for line in added:
            canvas.drawString(20, 20, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _photographed(data: bytes, number: int, longest: int, slant: float, grain: float) -> io.BytesIO:
    picture = drawn_page(data, number, longest).convert("L")
    picture = picture.rotate(slant, resample=Image.Resampling.BICUBIC, fillcolor=255)
    picture = picture.filter(ImageFilter.GaussianBlur(0.6))
    values = np.asarray(picture, dtype=np.float64) * 0.88 + 18
    values += np.random.default_rng(number).normal(0, grain, values.shape)
    file = io.BytesIO()
    Image.fromarray(values.clip(0, 255).astype(np.uint8)).save(file, "JPEG", quality=60)
    file.seek(0)
    return file
