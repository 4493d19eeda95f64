"""PDFs that tests draw: text at places, stored text typeset, and fonts with codes of their own."""

import io
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import reportlab
from PIL import Image
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from ingest.pdf_reader import PdfReader
from ingest.reader import ReadFile

FONT = "HeiseiMin-W3"
WIDTH, HEIGHT = A4
PAGE_BREAK = "\f"
_SYSTEM = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"


@cache
def register() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))


class Drawing:
    """Text and rules at places of A4 pages; y counts from the top, as locators do."""

    def __init__(self, **options: Any) -> None:
        register()
        self._buffer = io.BytesIO()
        self._canvas = Canvas(self._buffer, pagesize=A4, invariant=1, **options)

    def text(self, x: float, y: float, text: str, size: float = 10.5) -> "Drawing":
        """Text whose foot stands at ``y``."""
        self._canvas.setFont(FONT, size)
        self._canvas.drawString(x, HEIGHT - y, text)
        return self

    def lines(
        self, x: float, y: float, lines: Sequence[str], size: float = 10.5, pitch: float = 18
    ) -> "Drawing":
        for index, line in enumerate(lines):
            self.text(x, y + index * pitch, line, size)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> "Drawing":
        self._canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> "Drawing":
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        return self

    def box(self, x0: float, y0: float, x1: float, y1: float, **options: Any) -> "Drawing":
        """A filled box: ``grey`` from 0 (black) to 1, how opaque by ``alpha``, with a ``radius``."""
        canvas = self._canvas
        canvas.saveState()
        canvas.setFillGray(options.get("grey", 1), options.get("alpha", 1))
        place = (x0, HEIGHT - y1, x1 - x0, y1 - y0)
        if "radius" in options:
            canvas.roundRect(*place, options["radius"], stroke=0, fill=1)
        else:
            canvas.rect(*place, stroke=0, fill=1)
        canvas.restoreState()
        return self

    def picture(self) -> "Drawing":
        self._canvas.drawImage(ImageReader(Image.new("L", (8, 8), 200)), 50, 50, 400, 600)
        return self

    def inked_picture(self) -> "Drawing":
        """A picture with something dark on it, as wide as the page."""
        picture = Image.new("L", (400, 560), 255)
        picture.paste(0, (60, 80, 340, 100))
        self._canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
        return self

    def page(self) -> "Drawing":
        self._canvas.showPage()
        return self

    def data(self) -> bytes:
        self._canvas.save()
        return self._buffer.getvalue()

    def read(self) -> ReadFile:
        return PdfReader().read(self.data())


def ruled(rows: Sequence[Sequence[str]], widths: Sequence[float], **options: Any) -> Table:
    """A ruled table whose cells wrap; ``spans`` are (column, row, last column, last row)."""
    spans = options.pop("spans", ())
    style = ParagraphStyle("cell", fontName=FONT, fontSize=8, leading=10, wordWrap="CJK")
    cells = [[Paragraph(escape(text), style) if text else "" for text in row] for row in rows]
    commands: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    commands += [("SPAN", (a, b), (c, d)) for a, b, c, d in spans]
    return Table(cells, colWidths=list(widths), style=TableStyle(commands), **options)


def flowing(story: Sequence[Flowable], *, is_wide: bool = False) -> bytes:
    """A document that breaks its pages by itself."""
    buffer = io.BytesIO()
    size = landscape(A4) if is_wide else A4
    document = SimpleDocTemplate(buffer, pagesize=size, margins=50, invariant=1)
    document.build(list(story))
    return buffer.getvalue()


def typeset(text: str, *, is_wide: bool = True) -> bytes:
    """A stored text as a person would print it: paragraphs that wrap, tables with rules."""
    register()
    style = ParagraphStyle("text", fontName=FONT, fontSize=10.5, leading=18, wordWrap="CJK")
    room = (landscape(A4) if is_wide else A4)[0] - 160
    story: list[Flowable] = []
    for block in re.split(r"\n{2,}", text.strip()):
        rows: list[list[str]] = []
        for line in [*block.split("\n"), ""]:
            if "\t" in line:
                rows.append(line.split("\t"))
                continue
            if rows:
                story.append(_fitted(rows, room))
            rows = []
            if line == PAGE_BREAK:
                story.append(PageBreak())
            elif line:
                story.append(Paragraph(escape(line), style))
        story.append(Spacer(1, 18))
    return flowing(story, is_wide=is_wide)


def _fitted(rows: list[list[str]], room: float) -> Table:
    """A table as wide as the page, columns as wide as what they hold."""
    width = max(map(len, rows))
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    longest = [min(30, max(4, *(len(row[index]) for row in filled))) for index in range(width)]
    return ruled(filled, [room * one / sum(longest) for one in longest])


def raw_pdf(
    lines: Sequence[tuple[float, float, str]], *, is_vertical: bool = False, turned: int = 0
) -> bytes:
    """A page set in a font of its own: lines are (x, y from the foot, text), each cluster one glyph.

    The font is Latin whatever its glyphs stand for; each is as wide as it is high, 20 points.
    """
    clusters = [re.findall(r".[\U000e0100-\U000e01ef]?", text) for _, _, text in lines]
    codes = {
        cluster: 40 + at for at, cluster in enumerate(dict.fromkeys(one for line in clusters for one in line))
    }
    meanings = "\n".join(f"<{at:04X}> <{text.encode('utf-16-be').hex()}>" for text, at in codes.items())
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        "1 begincodespacerange <0000> <FFFF> endcodespacerange "
        f"{len(codes)} beginbfchar\n{meanings}\nendbfchar endcmap end end"
    )
    shown = "\n".join(
        f"BT /F 20 Tf {x} {y} Td <{''.join(f'{codes[one]:04X}' for one in line)}> Tj ET"
        for (x, y, _), line in zip(lines, clusters, strict=True)
    )
    page = f"/Rotate {turned} /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >>"
    font = f"/Encoding /Identity-{'V' if is_vertical else 'H'} /DescendantFonts [6 0 R] /ToUnicode 7 0 R"
    glyphs = "/DW 1000 /CIDToGIDMap /Identity /FontDescriptor 8 0 R /CIDSystemInfo"
    metrics = "/Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700"
    program = (Path(reportlab.__file__).parent / "fonts" / "Vera.ttf").read_bytes()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {page} >>".encode(),
        _stream(shown.encode()),
        f"<< /Type /Font /Subtype /Type0 /BaseFont /X {font} >>".encode(),
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X {glyphs} {_SYSTEM} >>".encode(),
        _stream(to_unicode.encode()),
        f"<< /Type /FontDescriptor /FontName /X {metrics} /StemV 80 /FontFile2 9 0 R >>".encode(),
        _stream(program),
    ]
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    tail = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF"
    return data + (head + table + tail).encode()


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
