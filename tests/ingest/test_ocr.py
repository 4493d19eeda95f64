"""Scanned pages: what is read from pictures, how well, where it stands, what is said of the rest."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from PIL import Image

from corpus.errors import InputError
from corpus.locator import PageLocator, is_ocr, locator_from_json
from corpus.span import Span
from corpus.unread import NO_OCR, awaits_ocr, named_pages, pages_warning, unread_pages
from ingest.blocks import Table
from ingest.ocr import OcrError, OcrLimits, PictureKind, SeenWord
from ingest.ocr_image import straightened
from ingest.ocr_letters import letters_of
from ingest.ocr_marks import mark_of
from ingest.ocr_tesseract import installed
from ingest.pdf_pdfium import drawn_page
from ingest.pdf_reader import PdfReader
from ingest.reader import ReadFile
from tests.ingest.character_errors import character_errors
from tests.ingest.fictional_prose import PARAGRAPHS
from tests.ingest.pdf_drawing import Drawing, flowing, register, ruled, typeset
from tests.ingest.scans import needs_tesseract, scanned

_ROWS = [
    ("施策名", "指標", "令和5年度", "R6目標", "達成度"),
    ("相談の充実", "相談件数", "1,284件", "1,500件", "○"),
    ("空き家の利活用", "登録件数", "36件", "40件", "△"),
    ("公共交通の確保", "利用者数", "8,926人", "9,000人", "×"),
    ("防災訓練", "参加率", "13.8%", "20.0%", "◎"),
]


class Fake:
    """Sees what it is told, wherever that stands."""

    def __init__(self, *words: SeenWord, error: str = "") -> None:
        self.words_seen, self.error, self.runs = list(words), error, 0

    def words(self, pictures: Sequence[Image.Image], kind: PictureKind) -> list[list[SeenWord]]:
        self.runs += 1
        if self.error:
            raise OcrError(self.error)
        return [self.words_seen if kind is PictureKind.PAGE else [] for _ in pictures]

    def turn(self, picture: Image.Image) -> int:
        return 0


def _seen(text: str, x: float, y: float, line: int = 1, confidence: float = 90) -> SeenWord:
    box = (x, y, x + 35 * len(text), y + 35)
    return SeenWord(text, box, line, box, confidence)


def _read(data: bytes, recogniser: Fake | None, limits: OcrLimits | None = None) -> ReadFile:
    return PdfReader(lambda: recogniser, limits).read(data)


def _prose() -> str:
    return "\n\n".join(PARAGRAPHS)


@needs_tesseract
@pytest.mark.parametrize(("dots", "slant"), [(200, 0.0), (300, 1.0), (200, -2.0)])
def test_prose_of_a_scan_has_at_most_one_wrong_letter_in_a_hundred(dots: int, slant: float) -> None:
    read = PdfReader().read(scanned(typeset(_prose(), is_wide=False), dots=dots, slant=slant))
    assert character_errors(_prose(), read.text) <= 1.0
    assert len(read.text.strip().split("\n\n")) == len(PARAGRAPHS), "paragraphs stay apart and whole"
    assert read.warnings == (
        "1ページは画像なので、OCRで読み取りました（未確認）。文字や数値は原本と照らしてください。",
    )  # fmt: skip


@needs_tesseract
def test_columns_of_a_scan_are_read_one_after_the_other() -> None:
    left, right = "".join(PARAGRAPHS[:3]), "".join(PARAGRAPHS[3:6])
    drawing = Drawing()
    for x, text in ((60, left), (320, right)):
        drawing.lines(x, 100, [text[at : at + 18] for at in range(0, len(text), 18)])
    read = PdfReader().read(scanned(drawing.data(), slant=1.2))
    assert character_errors(left + right, read.text) <= 1.5


@needs_tesseract
@pytest.mark.parametrize(("dots", "slant"), [(300, 0.7), (200, -1.5)])
def test_ruled_table_of_a_scan_gives_its_rows(dots: int, slant: float) -> None:
    register()
    read = PdfReader().read(scanned(flowing([ruled(_ROWS, (100, 80, 80, 80, 60))]), dots=dots, slant=slant))
    (table,) = (block for block in read.blocks if isinstance(block, Table))
    cells = [cell for row in table.rows for cell in row.texts]
    expected = [cell for row in _ROWS for cell in row]
    assert len(cells) == len(expected)
    assert sum(a != b for a, b in zip(cells, expected, strict=True)) <= 1, cells
    assert [row.texts[-1] for row in table.rows[1:]] == ["○", "△", "×", "◎"]


@needs_tesseract
@pytest.mark.parametrize("slant", [0.0, 2.0])
def test_boxes_of_a_scan_lie_on_the_ink_of_the_page_as_it_is(slant: float) -> None:
    lines = ["最初の行の文章です。", "続きの行の文章です。"]
    data = scanned(Drawing().lines(70, 120, lines).text(70, 700, "下の行の文章です。").data(), slant=slant)
    read = PdfReader().read(data)
    start = read.text.index("下の行")
    (found,) = read.locate((Span(start, start + 8),))
    assert isinstance(found, PageLocator)
    assert found.ocr
    x0, y0, x1, y1 = (round(edge * 2) for edge in found.boxes[0])
    picture = np.asarray(drawn_page(data, 1, 1684).convert("L")) < 110
    inside = picture[y0 - 4 : y1 + 4, x0 - 4 : x1 + 4].sum()
    around = picture[1200:1600].sum()
    assert inside > 0.9 * around, "the box holds the ink of the line"
    assert (y1 - y0) < 50


@needs_tesseract
def test_empty_scan_is_refused_and_says_why() -> None:
    with pytest.raises(InputError, match="画像に文字を見つけられませんでした"):
        PdfReader().read(scanned(Drawing().page().data()))


def test_page_with_text_is_not_read_from_its_picture() -> None:
    fake = Fake(_seen("偽の文字", 100, 100))
    drawing = Drawing().lines(70, 100, ["この頁には文字の情報があり、画像もあります。"] * 2).picture()
    read = _read(drawing.data(), fake)
    assert fake.runs == 0
    assert "偽" not in read.text
    assert not is_ocr(read.locate((Span(0, 5),)))


def test_page_that_is_a_picture_with_a_few_letters_is_read_and_keeps_these() -> None:
    data = scanned(typeset(_prose(), is_wide=False), added=("No. 12",))
    fake = Fake(_seen("画像の文章を読み取った一行です", 300, 500), _seen("N0.", 70, 2845, line=2))
    read = _read(data, fake)
    assert read.text.split() == ["画像の文章を読み取った一行です", "No.", "12"]
    assert is_ocr(read.locate((Span(0, 5),)))


def test_lines_that_are_hardly_writing_are_left_out() -> None:
    fake = Fake(_seen("確かな行の文章です", 300, 500), _seen("雑音", 300, 900, line=2, confidence=20))
    assert _read(scanned(Drawing().text(70, 100, "字").data()), fake).text == "確かな行の文章です\n"


def test_pages_are_named_as_unread_without_a_recogniser() -> None:
    data = Drawing().text(70, 100, "本文です。").page().picture().page().picture().data()
    read = _read(data, None)
    assert read.text == "本文です。\n"
    assert read.warnings == (pages_warning([2, 3], NO_OCR),)
    assert awaits_ocr(read.warnings)
    (unread,) = unread_pages("/a/b.pdf", "b.pdf", read.warnings, "2026-04-01T00:00:00+00:00")
    assert (unread.source, unread.reason) == ("b.pdf（2・3ページ）", NO_OCR)


def test_scanned_file_is_refused_without_a_recogniser() -> None:
    with pytest.raises(InputError, match=r"スキャンした.*OCR.*検索可能なPDF"):
        _read(Drawing().picture().page().picture().data(), None)


def _fake() -> Fake:
    return Fake(_seen("文章を読み取った行", 300, 500))


def _pages_of_pictures(count: int) -> bytes:
    drawing = Drawing().text(70, 100, "本文です。").page()
    for _ in range(count):
        drawing.inked_picture().page()
    return drawing.data()


@pytest.mark.parametrize(
    ("make", "limits", "pages", "reason"),
    [
        (_fake, OcrLimits(pages=2), "4・5ページ", "2ページまで"),
        (_fake, OcrLimits(seconds=0), "2〜5ページ", "時間がかかりすぎる"),
        (lambda: Fake(error="文字認識が60秒で終わりませんでした"), OcrLimits(), "2〜5ページ", "60秒で"),
    ],
)  # fmt: skip
def test_pages_that_failed_or_are_beyond_limits_are_named_with_the_reason(
    make: Callable[[], Fake], limits: OcrLimits, pages: str, reason: str
) -> None:
    read = _read(_pages_of_pictures(4), make(), limits)
    assert "本文です。" in read.text
    (unread,) = unread_pages("/a", "a.pdf", read.warnings, "")
    assert unread.source == f"a.pdf（{pages}）"
    assert reason in unread.reason
    assert not awaits_ocr(read.warnings)


def test_every_page_that_is_begun_is_told() -> None:
    told: list[int] = []
    fake = Fake(_seen("文章を読み取った行", 300, 500))
    PdfReader(lambda: fake, told=lambda: told.append(1)).read(_pages_of_pictures(3))
    assert len(told) == 3


@pytest.mark.parametrize(
    ("pages", "words"),
    [([3], "3ページ"), ([2, 3], "2・3ページ"), ([1, 2, 3, 7], "1〜3・7ページ"), ([9, 1, 2], "1・2・9ページ")],
)
def test_pages_are_named_in_few_words(pages: list[int], words: str) -> None:
    assert named_pages(pages) == words


def test_of_very_many_pages_the_first_are_named() -> None:
    assert named_pages(range(1, 101, 2)).endswith("・39ページほか30ページ")


def test_locator_keeps_the_mark_and_says_it() -> None:
    locator = PageLocator(page=3, boxes=((1.0, 2.0, 3.0, 4.0),), ocr=True)
    assert locator_from_json(locator.to_json()) == locator
    assert locator.label() == "p.3（OCR、未確認）"
    assert "ocr" not in PageLocator(page=3).to_json()


@pytest.mark.parametrize(
    ("seen", "stored"),
    [
        ("1.284件", "1,284件"),
        ("12.345.678円", "12,345,678円"),
        ("15.3%", "15.3%"),
        ("0.512", "0.512"),
        ("2.125%", "2.125%"),
        ("RS実績", "R5実績"),
        ("HSO年度", "HSO年度"),
        ("RG目標", "R6目標"),
        ("DXS計画", "DXS計画"),
    ],
)
def test_what_the_program_takes_for_another_sign_is_put_right(seen: str, stored: str) -> None:
    ink = np.ones((40, 800), dtype=bool)
    letters = letters_of([_seen(seen, 10, 2)], ink, 0, 0, 1)
    assert "".join(chr(one.code) for one in letters) == stored


@pytest.mark.parametrize("slant", [-3.0, -0.6, 0.0, 1.4])
def test_slant_is_found_and_points_are_led_back(slant: float) -> None:
    data = scanned(typeset(_prose(), is_wide=False), dots=120, slant=slant)
    straight = straightened(drawn_page(data, 1, 1400))
    assert straight.slant == pytest.approx(slant, abs=0.1)


_MARKS = {"○": "○", "◎": "◎", "△": "△", "×": "×", "0": "", "口": "", "人": "", "中": "", "田": "", "へ": ""}


@pytest.mark.parametrize(("drawn", "mark"), _MARKS.items())
def test_marks_are_told_by_their_shape(drawn: str, mark: str) -> None:
    page = np.asarray(drawn_page(Drawing().text(100, 100, drawn, 12).data(), 1, 2923).convert("L"))
    assert mark_of(page < 140) == mark


@needs_tesseract
def test_program_says_what_it_is() -> None:
    program = installed()
    assert program is not None
    assert program.version.startswith("tesseract")
