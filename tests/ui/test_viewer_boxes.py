"""Where a quotation stands on a page, compared with where the test drew it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.locator import PageLocator
from corpus.passage import Passage, PassageKind
from corpus.span import Span
from ingest.pdf_pdfium import RawCharacter, one_page
from ingest.pdf_reader import PdfReader
from ingest.reader import ReadFile
from tests.ingest.pdf_drawing import Drawing
from ui.cited_boxes import boxes_of, cited_boxes

SIZE = 10.0


def passage_of(read: ReadFile, *parts: str) -> Passage:
    """A passage of the given parts of a text."""
    segments = tuple(Span(read.text.index(part), read.text.index(part) + len(part)) for part in parts)
    return Passage(
        passage_id="990019-000000000000/0001",
        document_id="990019-000000000000",
        sheet_ordinal=None,
        ordinal=1,
        kind=PassageKind.PROSE,
        segments=segments,
        text="\n".join(segment.of(read.text) for segment in segments),
        fiscal_years=(),
        departments=(),
        section_path=(),
        item="",
        cells=(),
        locators=read.locate(segments),
    )


def found(drawing: Drawing, quote: str, *parts: str) -> tuple[Passage, dict[int, list[tuple[float, ...]]]]:
    data = drawing.data()
    read = PdfReader().read(data)
    passage = passage_of(read, *(parts or (read.text.strip(),)))
    start = read.text.index(quote)
    pages = {
        one.page: one_page(data, one.page)[0].characters
        for one in passage.locators
        if isinstance(one, PageLocator)
    }
    (boxes,) = cited_boxes(passage, [Span(start, start + len(quote))], pages)
    return passage, {page: [tuple(box) for box in found] for page, found in boxes.items()}


def test_a_part_of_a_line_has_a_box_over_just_its_characters() -> None:
    drawing = Drawing().text(100, 200, "一二三四五六七八九十", SIZE)
    _, boxes = found(drawing, "四五六")
    ((x0, y0, x1, y1),) = boxes[1]
    assert (x0, x1) == pytest.approx((130, 160), abs=1)
    assert y0 < 200 - SIZE / 2 < y1


def test_a_quotation_over_two_lines_has_a_box_on_each() -> None:
    text = ["海辺の遊歩道の照明を新しくして夜も歩けるようにすると", "ともに清掃の回数を増やすこととした。"]
    drawing = Drawing().lines(100, 200, text, SIZE)
    _, boxes = found(drawing, "夜も歩けるようにするとともに清掃")
    (first, second) = boxes[1]
    assert (first[0], first[2]) == pytest.approx((100 + 15 * SIZE, 100 + 26 * SIZE), abs=1)
    assert (second[0], second[2]) == pytest.approx((100, 100 + 5 * SIZE), abs=1)
    assert first[3] < second[1] + SIZE


def test_of_equal_words_those_at_the_place_are_marked() -> None:
    drawing = Drawing().text(100, 200, "清掃一回、清掃二回、清掃三回", SIZE)
    data = drawing.data()
    read = PdfReader().read(data)
    passage = passage_of(read, read.text.strip())
    last = read.text.rindex("清掃")
    (boxes,) = cited_boxes(passage, [Span(last, last + 2)], {1: one_page(data, 1)[0].characters})
    assert boxes[1][0][0] == pytest.approx(100 + 10 * SIZE, abs=1)


def test_of_cells_that_say_the_same_only_those_cited_have_boxes_in_their_order() -> None:
    drawing = Drawing().text(100, 200, "相談員二二三二上", SIZE)
    data = drawing.data()
    read = PdfReader().read(data)
    passage = passage_of(read, read.text.strip())
    at = passage.segments[0].start
    marks = [Span(at + 6, at + 7), Span(at, at + 3), Span(9_000, 9_001)]
    sought, label = cited_boxes(passage, marks, {1: one_page(data, 1)[0].characters})
    assert (sought[1][0][0], sought[1][0][2]) == pytest.approx((100 + 6 * SIZE, 100 + 7 * SIZE), abs=1)
    assert (label[1][0][0], label[1][0][2]) == pytest.approx((100, 100 + 3 * SIZE), abs=1)


def test_words_that_are_not_found_give_the_whole_passage() -> None:
    passage, _ = found(Drawing().text(100, 200, "一二三四五六七八九十", SIZE), "四五六")
    assert cited_boxes(passage, passage.segments, {}) == [boxes_of(passage)]
    assert cited_boxes(passage, [Span(9_000, 9_010)], {}) == [boxes_of(passage)]
    assert cited_boxes(passage, [], {}) == [boxes_of(passage)]


def test_lines_that_overlap_keep_their_characters_apart() -> None:
    passage, _ = found(Drawing().text(100, 200, "一二三四五六七八九十", SIZE), "四五六")
    passage = replace(
        passage, locators=(PageLocator(page=1, boxes=((100, 190, 200, 200), (100, 195, 200, 207))),)
    )
    upper = [placed(sign, 100 + 10 * at, 190, 200) for at, sign in enumerate("一二三四五六七八九十")]
    lower = [placed(sign, 105 + 10 * at, 195, 207) for at, sign in enumerate("幻の文字")]
    start = passage.segments[0].start
    (boxes,) = cited_boxes(passage, [Span(start + 3, start + 6)], {1: [*lower, *upper]})
    assert boxes == {1: [(130, 190, 160, 200)]}


def test_a_character_of_two_units_is_one() -> None:
    passage, _ = found(Drawing().text(100, 200, "一二三", SIZE), "二")
    (line,) = boxes_of(passage)[1]
    rare = "\U00020bb7"
    high, low = (int.from_bytes(rare.encode("utf-16-be")[at : at + 2]) for at in (0, 2))
    units = [placed("一", 100, line[1], line[3])]
    units += [RawCharacter(code, (110, line[1], 120, line[3])) for code in (high, low)]
    units.append(placed("三", 120, line[1], line[3]))
    start = passage.segments[0].start
    (boxes,) = cited_boxes(replace(passage, text=f"一{rare}三"), [Span(start + 1, start + 2)], {1: units})
    assert (boxes[1][0][0], boxes[1][0][2]) == pytest.approx((110, 120))


def placed(sign: str, x: float, top: float, bottom: float) -> RawCharacter:
    return RawCharacter(ord(sign), (x, top, x + SIZE, bottom))
