"""Files that a town hall would never send: broken, oversized and hostile ones, each made here."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

import docx
from docx.oxml import OxmlElement
from openpyxl import Workbook  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.made_files import docx_bytes, workbook_bytes
from tests.ingest.pdf_drawing import HEIGHT, Drawing, typeset

PLAN = "月見浦市 相談窓口の指針\n\n第1章 現状\n\n相談窓口の多言語化を進める。\n\n指標\t令和5年度\n件数\t120\n"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "0123456789">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(9))
    + "]><w>&a8;</w>"
)


def zipped(files: dict[str, bytes], level: int = 6) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def with_part(package: bytes, part: str, data: bytes) -> bytes:
    """An office file with one part put in or replaced."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    return zipped({**files, part: data})


def plan_docx() -> bytes:
    document = docx.Document()
    for line in PLAN.split("\n"):
        document.add_paragraph(line)
    return docx_bytes(document)


def plan_xlsx() -> bytes:
    book = Workbook()
    for line in PLAN.split("\n"):
        book.active.append(line.split("\t"))
    return workbook_bytes(book)


def looping_pdf() -> bytes:
    """A PDF whose list of objects says that an earlier list, itself, comes before."""
    data = typeset(PLAN)
    at = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    return data.replace(b"trailer\n<<", b"trailer\n<<\n/Prev %d\n" % at)


def pages_loop_pdf() -> bytes:
    """A PDF whose tree of pages holds itself."""
    return re.sub(rb"/Kids\s*\[[^]]*\]", b"/Kids [ 4 0 R 2 0 R 3 0 R ]", typeset(PLAN))


def no_pages_pdf() -> bytes:
    head = b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
    pages = b"2 0 obj << /Type /Pages /Kids [] /Count 0 >> endobj\n"
    places = [len(b"%PDF-1.4\n"), len(head)]
    table = b"xref\n0 3\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % one for one in places)
    start = len(head + pages)
    return head + pages + table + b"trailer << /Size 3 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start


def many_pages_pdf(count: int) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for number in range(count):
        canvas.drawString(50, HEIGHT - 50, f"{number}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def deep_docx(depth: int = 5_000) -> bytes:
    nested = b"<w:sdt><w:sdtContent>" * depth + b"</w:sdtContent></w:sdt>" * depth
    body = (
        b'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/'
        b'2006/main"><w:body>' + nested + b"</w:body></w:document>"
    )
    return with_part(plan_docx(), "word/document.xml", body)


def bomb_zip(megabytes: int) -> bytes:
    return zipped({"bomb.txt": b"0" * (megabytes << 20)}, level=9)


def lying_zip() -> bytes:
    """A ZIP that says of a large file that it is small, in both places."""
    data = bytearray(zipped({"plan.txt": b"0" * 5_000_000}))
    size = struct.pack("<I", 5_000_000)
    return bytes(data.replace(size, struct.pack("<I", 100)))


def hidden_docx() -> bytes:
    document = docx.Document()
    for line in PLAN.split("\n"):
        document.add_paragraph(line)
    run = document.add_paragraph().add_run("隠し文字の予算は九億円である。")
    run.font.hidden = True
    styled = document.styles.add_style("Secret", 1)
    styled.font.hidden = True
    document.add_paragraph("様式で隠した文は十億円である。", style="Secret")
    shown = document.add_paragraph("", style="Secret").add_run("様式では隠すが文字では示す文である。")
    vanish = OxmlElement("w:vanish")
    vanish.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val", "0")
    shown._r.get_or_add_rPr().append(vanish)
    return docx_bytes(document)


def hidden_pdf() -> bytes:
    """White text on white, text of one point, and white text on a dark field, which is to be read."""
    drawing = Drawing()
    for number, line in enumerate(line for line in PLAN.split("\n") if "\t" not in line and line):
        drawing.text(60, 80 + 24 * number, line, 12)
    canvas = drawing._canvas
    canvas.setFillColorRGB(0, 0, 0.4)
    canvas.rect(50, HEIGHT - 330, 400, 30, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    drawing.text(60, 320, "白抜きの見出しは読める文字である。", 12)
    drawing.text(60, 400, "白い文字の予算は九億円である。", 12)
    canvas.setFillColorRGB(0, 0, 0)
    drawing.text(60, 440, "一ポイントの文字の予算は十億円である。", 1)
    return drawing.data()


def png() -> bytes:
    body = zlib.compress(b"\0" + b"\xff" * 24)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(body)) + b"IDAT" + body


def macro_docm() -> bytes:
    return with_part(
        plan_docx(), "word/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Sub AutoOpen" * 9
    )
