"""PDF files: text in reading order, what is left out, what is refused, and where everything stands."""

import io
import re
import threading
from collections.abc import Sequence
from typing import Any

import pdfplumber
import pytest

from corpus.errors import EmptyFileError, InputError
from corpus.folding import match_key
from corpus.locator import Box, PageLocator
from corpus.span import Span
from ingest.blocks import Table, TextLine, blocks_of
from ingest.pdf_reader import PdfReader
from ingest.reader import ReadFile
from tests.ingest.pdf_drawing import Drawing, raw_pdf, typeset

_SENTENCE = (
    "本市は、外国人住民が地域の一員として安心して暮らせるよう、相談の窓口と日本語を学ぶ場を整え、必要な情報を"
    "分かりやすい言葉で届けます。"
)
_TABLE = "施策名\t令和5年度\t令和6年度\n相談\t120\t154\n教室\t36\t\n通訳\t未定\t実施"


def _read(data: bytes) -> ReadFile:
    read = PdfReader().read(data)
    assert read.blocks == tuple(blocks_of(read.text))
    return read


def _lines(read: ReadFile) -> list[str]:
    return [block.text for block in read.blocks if isinstance(block, TextLine)]


def _wrapped(text: str, width: int = 40) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]


def test_paragraph_is_one_line_without_a_break() -> None:
    drawing = Drawing().text(70, 80, "1. 現状と課題").lines(70, 120, _wrapped(_SENTENCE))
    drawing.lines(70, 220, ["　" + _SENTENCE[:39], _SENTENCE[39:]])
    assert _lines(drawing.read()) == ["1. 現状と課題", _SENTENCE, _SENTENCE]


def test_lines_stay_apart_where_none_was_full_or_a_new_item_begins() -> None:
    long = _SENTENCE[:38]
    drawing = Drawing().lines(70, 100, ["部署名 企画課", "所属長 山田", f"・{long}あ", f"・{long}い"])
    assert _lines(drawing.read()) == ["部署名 企画課", "所属長 山田", f"・{long}あ", f"・{long}い"]


def test_item_with_hanging_indent_is_one_line() -> None:
    drawing = Drawing().text(70, 100, "① " + _SENTENCE[:38]).lines(84, 118, _wrapped(_SENTENCE[38:], 38))
    assert _lines(drawing.read()) == ["① " + _SENTENCE]


def test_latin_words_keep_their_space_and_lose_their_hyphen() -> None:
    drawing = Drawing().lines(
        70,
        100,
        [
            "The municipal office publishes a plan for the next five fiscal years and re-",
            "ports on it every year.",
        ],
    )
    assert _lines(drawing.read())[0].endswith("fiscal years and reports on it every year.")


def test_range_of_years_keeps_its_hyphen_at_the_end_of_a_line() -> None:
    drawing = Drawing().lines(70, 100, [_SENTENCE[:36] + "2019-", "2028" + _SENTENCE[:30]])
    assert "2019-2028" in drawing.read().text


@pytest.mark.parametrize("gap", [10.5, 21.0, 31.5])
def test_word_with_spread_letters_is_joined(gap: float) -> None:
    drawing = Drawing()
    for index, letter in enumerate("任務目的"):
        drawing.text(70 + index * (10.5 + gap), 100, letter)
    assert _lines(drawing.text(70, 140, "指標").read()) == ["任務目的", "指標"]


def test_spaces_of_the_source_and_wide_gaps_are_one_space() -> None:
    drawing = Drawing().text(70, 100, "任 務 目 的").text(70, 130, "部署名").text(160, 130, "企画課")
    assert _lines(drawing.read()) == ["任 務 目 的", "部署名 企画課"]


def test_columns_are_read_one_after_the_other() -> None:
    left = [f"左の段の{n}行目の文章は途中で改行され" for n in "一二三四五六七八"]
    right = [f"右の段の{n}行目の文章は途中で改行さ、" for n in "一二三四五六七八"]
    drawing = Drawing().text(200, 60, "二段組の広報の見出し", 14)
    drawing.lines(50, 100, left).lines(320, 103, right)
    text = drawing.text(50, 300, "段組の下の文").read().text
    assert text.index("見出し") < text.index("左の段の八") < text.index("右の段の一") < text.index("段組の下")


def test_sentence_goes_on_over_the_border_of_a_page() -> None:
    drawing = Drawing().text(70, 760, _SENTENCE[:40]).page().text(70, 60, _SENTENCE[40:])
    read = drawing.read()
    assert _lines(read) == [_SENTENCE]
    pages = [one.page for one in read.locate((Span(0, len(_SENTENCE)),)) if isinstance(one, PageLocator)]
    assert pages == [1, 2]


def test_heading_at_the_head_of_a_page_goes_on_from_no_line_at_the_right() -> None:
    drawing = Drawing().lines(60, 700, _wrapped("港の桟橋を直す費用は町と県が半分ずつ持ちます。" * 3, 44))
    drawing.text(400, 760, "方針１ 効果額計 0千円").page()
    drawing.text(60, 60, "基本方針２ 財政を立て直す").text(60, 100, "本文です。")
    assert "基本方針２ 財政を立て直す" in _lines(drawing.read())


def test_headers_footers_and_page_numbers_are_left_out_and_told() -> None:
    drawing = Drawing()
    for number in range(1, 5):
        drawing.text(70, 40, "みほん市総合計画", 8).text(70, 100, "令和6年度 方針書", 14)
        drawing.text(70, 140, f"{number}ページ目の本文です。").text(290, 815, f"- {number} -", 9).page()
    read = drawing.read()
    assert "みほん市総合計画" not in read.text
    assert not re.search(r"- \d -", read.text)
    assert read.text.count("令和6年度 方針書") == 4, "a title that sheets repeat stays"
    assert read.warnings == (
        "各ページの余白に繰り返される「みほん市総合計画」は、本文から除きました。",
    )  # fmt: skip


def test_labels_of_a_chart_at_the_foot_of_pages_stay() -> None:
    drawing = Drawing()
    for number, label in enumerate(("男性", "女性", "その他"), start=1):
        drawing.text(70, 770, label).text(200, 770, f"{number}0.5").text(300, 770, f"2{number}.5")
        drawing.text(190, 781, "0% 20% 40% 60%").text(290, 815, str(number)).page()
    assert drawing.read().text.count("0% 20% 40% 60%") == 3


def test_readings_over_characters_are_left_out() -> None:
    drawing = (
        Drawing().text(100, 100, "広域", 12).text(101, 87, "こういき", 5).text(124, 100, "連携を進める。", 12)
    )
    assert _lines(drawing.read()) == ["広域連携を進める。"]


def test_text_in_frames_side_by_side_stays_apart() -> None:
    drawing = Drawing().grid([70, 270], [100, 160]).grid([300, 500], [100, 160])
    drawing.lines(75, 114, _wrapped(_SENTENCE[:36], 18)).lines(305, 114, ["右の枠の文です。", "二行目です。"])
    text = drawing.read().text
    assert _SENTENCE[:18] in text
    assert "右の枠の文です。" in text


def test_number_in_the_text_stays() -> None:
    assert "15" in Drawing().text(70, 100, "人口").text(70, 400, "15").text(70, 500, "人").read().text


def test_units_outside_of_the_basic_plane_and_selectors_keep_their_boxes() -> None:
    read = _read(raw_pdf([(100, 700, "𠮷野葛\U000e0100城⻑⼈")]))
    assert read.text.strip() == "𠮷野葛\U000e0100城長人", "radicals are stored as ideographs"
    parts = ("𠮷", "野", "葛\U000e0100", "城", "長", "人")
    for left, part in zip(range(100, 220, 20), parts, strict=True):
        start = read.text.index(part)
        assert _around(read, Span(start, start + len(part))) == pytest.approx(
            (left, 124, left + 20, 144), abs=3
        )


def test_vertical_text_is_read_down_and_leftwards() -> None:
    lines = [(500, 780, "縦書きの文章は右"), (470, 780, "から左へと読む。")]
    read = _read(raw_pdf(lines, is_vertical=True))
    assert read.text.replace("\n", "") == "縦書きの文章は右から左へと読む。"
    assert _around(read, Span(0, 8)) == pytest.approx((490, 62, 510, 222), abs=3)


@pytest.mark.parametrize(
    ("turned", "box"),
    [
        (0, (100, 124.4, 140, 144.4)),
        (90, (697.6, 100, 717.6, 140)),
        (180, (455, 697.6, 495, 717.6)),
        (270, (124.4, 455, 144.4, 495)),
    ],
)
def test_boxes_are_those_of_the_page_as_shown(turned: int, box: Sequence[float]) -> None:
    read = _read(raw_pdf([(100, 700, "方針")], turned=turned))
    assert _around(read, Span(0, len(read.text.rstrip()))) == pytest.approx(box, abs=3)


def _around(read: ReadFile, span: Span) -> tuple[float, float, float, float]:
    """What lies around the boxes of a span, which are on one page."""
    (found,) = read.locate((span,))
    assert isinstance(found, PageLocator)
    x0s, y0s, x1s, y1s = zip(*found.boxes, strict=True)
    return (min(x0s), min(y0s), max(x1s), max(y1s))


def test_text_in_the_boxes_is_the_text_of_the_span() -> None:
    data = typeset(f"第1章 多文化共生\n\n{_SENTENCE}\n・{_SENTENCE}\n\n{_TABLE}\n\n{_SENTENCE * 3}")
    read = _read(data)
    spans = [block.span for block in read.blocks if isinstance(block, TextLine)]
    tables = [block for block in read.blocks if isinstance(block, Table)]
    spans += [cell.span for table in tables for row in table.rows for cell in row.filled]
    spans += [Span(span.start + 3, span.end - 5) for span in spans if len(span) > 40]
    assert len(spans) > 15
    for span in spans:
        assert match_key(_reread(data, read, span)) == match_key(span.of(read.text))


def _reread(data: bytes, read: ReadFile, span: Span) -> str:
    """What another library finds in the boxes of a span: the characters whose middle lies there."""
    found = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        for locator in read.locate((span,)):
            assert isinstance(locator, PageLocator)
            letters = document.pages[locator.page - 1].chars
            found += [letter["text"] for letter in letters if _is_in(letter, locator.boxes)]
    return "".join(found)


def _is_in(letter: dict[str, Any], boxes: Sequence[Box]) -> bool:
    x, y = (letter["x0"] + letter["x1"]) / 2, (letter["top"] + letter["bottom"]) / 2
    return any(x0 < x < x1 and y0 < y < y1 for x0, y0, x1, y1 in boxes)


def test_span_of_several_gives_pages_in_order() -> None:
    read = Drawing().text(70, 100, "一枚目").page().text(70, 100, "二枚目").read()
    first, second = (read.text.index(word) for word in ("一枚目", "二枚目"))
    located = read.locate((Span(first, first + 3), Span(second, second + 3)))
    assert [one.page for one in located if isinstance(one, PageLocator)] == [1, 2]


def test_locked_file_is_refused_with_what_to_do() -> None:
    data = Drawing(encrypt="himitsu").text(70, 100, "秘密").data()
    with pytest.raises(InputError, match="パスワードを外して保存し直して"):
        PdfReader().read(data)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"not a pdf", Drawing().text(9, 9, "a").data()[:300]])
def test_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="壊れている"):
        PdfReader().read(data)


def test_empty_file_is_refused() -> None:
    with pytest.raises(EmptyFileError, match="空です"):
        PdfReader().read(b"")
    with pytest.raises(EmptyFileError, match="文字がありません"):
        PdfReader().read(Drawing().page().data())


def test_threads_read_the_same() -> None:
    data = typeset(f"{_SENTENCE}\n\n{_TABLE}\n\n" * 4)
    expected = PdfReader().read(data).text
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(PdfReader().read(data).text)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 6
