"""Pages on their side or upside down, drawn or scanned, are read upright and cited where they lie."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.locator import Box, PageLocator
from corpus.span import Span
from ingest.pdf_pdfium import one_page
from ingest.pdf_reader import PdfReader
from ingest.pdf_turned import turn_of, turned_back, turned_box
from ingest.reader import ReadFile
from tests.ingest.character_errors import character_errors
from tests.ingest.fictional_prose import PARAGRAPHS
from tests.ingest.pdf_drawing import FONT, raw_pdf, register, typeset
from tests.ingest.scans import needs_tesseract, scanned

_TURNS = (90, 180, 270)
_ROWS = (("事業名", "R4", "R5"), ("港の見回り", "120", "154"), ("船の届出", "36", "40"))
_COORDINATE = st.floats(0, 500)


@given(st.sampled_from((0, *_TURNS)), st.tuples(_COORDINATE, _COORDINATE, _COORDINATE, _COORDINATE))
def test_box_turned_and_turned_back_is_where_it_was(turn: int, box: Box) -> None:
    size = (595.0, 842.0)
    turned = turned_box(box, turn, *size)
    back = turned_back(turned, turn, *(size[::-1] if turn % 180 else size))
    assert back == pytest.approx(box)


@pytest.mark.parametrize(
    ("angles", "turn"),
    [
        ([0.0] * 9, 0),
        ([270.0] * 9, 90),
        ([180.0] * 9, 180),
        ([90.0] * 9, 270),
        ([0.0, 270.0] * 5, 0),
        ([], 0),
    ],
)
def test_turn_is_that_of_most_letters(angles: list[float], turn: int) -> None:
    assert turn_of(angles) == turn


def _lying(turn: int) -> bytes:
    """A page with a title, a ruled table and a sentence, drawn turned counter-clockwise on an A4 page."""
    register()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    width, height = A4
    canvas.translate(*{90: (width, 0.0), 180: (width, height), 270: (0.0, height)}[turn])
    canvas.rotate(turn)
    top = width if turn % 180 else height
    canvas.setFont(FONT, 11)
    canvas.drawString(60, top - 80, "事業の実績（年度別）")
    for y in range(4):
        canvas.line(60, top - 100 - 24 * y, 330, top - 100 - 24 * y)
    for x in range(4):
        canvas.line(60 + 90 * x, top - 100, 60 + 90 * x, top - 172)
    for row, cells in enumerate(_ROWS):
        for column, text in enumerate(cells):
            canvas.drawString(66 + 90 * column, top - 116 - 24 * row, text)
    canvas.drawString(60, top - 200, "港の見回りは、船の届出と合わせて行います。")
    canvas.save()
    return buffer.getvalue()


def _box_of(read: ReadFile, text: str) -> Box:
    at = read.text.index(text)
    (place,) = read.locate([Span(at, at + len(text))])
    assert isinstance(place, PageLocator)
    (box,) = place.boxes
    return box


@pytest.mark.parametrize("turn", _TURNS)
def test_drawn_page_is_read_upright_and_cited_where_it_lies(turn: int) -> None:
    data = _lying(turn)
    read = PdfReader().read(data)
    assert read.text == "事業の実績（年度別）\n\n{}\n\n港の見回りは、船の届出と合わせて行います。\n".format(
        "\n".join("\t".join(row) for row in _ROWS)
    )
    width, height = A4
    x0, y0, x1, y1 = _box_of(read, "154")
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    across, down = 60 + 6 + 180 + 9, 116 + 24 - 4  # where 154 stands on the upright page
    expected = {
        90: (down, height - across),
        180: (width - across, height - down),
        270: (width - down, across),
    }
    assert middle == pytest.approx(expected[turn], abs=5)


def test_vertical_writing_is_not_taken_for_a_page_on_its_side() -> None:
    data = raw_pdf([(400, 700, "港の見回りを市が行う"), (360, 700, "船の届出を受ける")], is_vertical=True)
    assert one_page(data, 1)[0].turned == 0


@needs_tesseract
@pytest.mark.parametrize("turn", _TURNS)
def test_scanned_page_is_read_upright_and_cited_where_it_lies(turn: int) -> None:
    text = "\n\n".join(PARAGRAPHS[:3])
    straight = PdfReader().read(scanned(typeset(text, is_wide=False), dots=200))
    read = PdfReader().read(scanned(typeset(text, is_wide=False), dots=200, turn=turn))
    assert character_errors(text, read.text) <= max(1.0, 2 * character_errors(text, straight.text))
    word = next(
        text[at : at + 4]
        for at in range(len(text))
        if text[at : at + 4] in straight.text and text[at : at + 4] in read.text
    )
    width, height = A4
    size = (width, height)[:: -1 if turn % 180 else 1]
    back = turned_box(_box_of(read, word), turn, *size)
    assert back == pytest.approx(_box_of(straight, word), abs=6)
