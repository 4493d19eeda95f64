import io

import pytest
from pptx import Presentation
from pptx.presentation import Presentation as Opened
from pptx.util import Cm

from corpus.errors import EmptyFileError, InputError
from ingest.pptx_reader import PptxReader


def _data(presentation: Opened) -> bytes:
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def test_slides_give_title_text_by_place_and_tables() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    for left, top, text in ((12, 5, "右"), (1, 5, "左"), (1, 15, "下の文。")):
        slide.shapes.add_textbox(Cm(left), Cm(top), Cm(8), Cm(2)).text_frame.text = text
    table = slide.shapes.add_table(2, 3, Cm(1), Cm(8), Cm(15), Cm(3)).table
    for cell, text in zip(table.iter_cells(), ("指標", "目標", "実績", "相談", "10", "12"), strict=True):
        cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    slide.shapes.title.text = "推進プラン"
    slide.notes_slide.notes_text_frame.text = "話すこと"
    hidden = presentation.slides.add_slide(presentation.slide_layouts[5])
    hidden.shapes.title.text = "予備"
    hidden._element.set("show", "0")
    read = PptxReader().read(_data(presentation))
    lines = [line for line in read.text.split("\n") if line]
    assert lines == ["推進プラン", "左", "右", "指標\t目標 実績\t", "相談\t10\t12", "下の文。"]
    assert read.warnings == (
        "非表示のスライドは読み取っていません: 2枚目。",
        "発表者ノートは読み取っていません（1枚）。載せるときは、スライドに書いてください。",
    )


def test_slides_without_text_and_damaged_files_are_refused() -> None:
    with pytest.raises(EmptyFileError):
        PptxReader().read(_data(Presentation()))
    with pytest.raises(InputError):
        PptxReader().read(b"PK\x03\x04")
