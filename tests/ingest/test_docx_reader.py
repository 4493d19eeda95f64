import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.errors import EmptyFileError, InputError
from corpus.locator import LineLocator
from corpus.span import Span
from ingest.docx_reader import DocxReader
from ingest.list_marks import list_mark
from ingest.reader import ReadFile
from tests.ingest.documents import document_of
from tests.ingest.made_files import as_docx, docx_bytes, told, told_of
from tests.ingest.plan_texts import INVENTORY, PROMOTION

_W = nsdecls("w")
_BOX = (
    '<w:r xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" {w}><mc:AlternateContent>'
    '<mc:Choice Requires="wps"><w:drawing>'
    "<w:txbxContent><w:p><w:r><w:t>囲みの文</w:t></w:r></w:p></w:txbxContent>"
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>囲みの文</w:t></w:r></w:p>"
    "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
).replace("{w}", _W)


def _read(document: Document) -> ReadFile:
    return DocxReader().read(docx_bytes(document))


def _lines(read: ReadFile) -> list[str]:
    return [line for line in read.text.split("\n") if line]


def _with(document: Document, xml: str) -> None:
    document.element.body.insert(-1, parse_xml(f"<w:p {_W}>{xml}</w:p>"))


_RUBY = (
    "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>こういき</w:t></w:r></w:rt>"
    "<w:rubyBase><w:r><w:t>広域</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>連携</w:t></w:r>"
)
_RUBY_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    "<w:r><w:instrText>EQ \\* jc2 \\o\\ad(\\s\\up 9(こういき),広域)</w:instrText></w:r>"
    '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>連携</w:t></w:r>'
)
_CHANGED = (
    '<w:ins w:id="1" w:author="a"><w:r><w:t>新</w:t></w:r></w:ins>'
    '<w:del w:id="2" w:author="a"><w:r><w:delText>旧</w:delText></w:r></w:del><w:r><w:t>計画</w:t></w:r>'
)
_HIDDEN = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>秘</w:t></w:r><w:r><w:t>公開</w:t></w:r>"


@pytest.mark.parametrize("text", [INVENTORY, PROMOTION])
def test_document_gives_what_its_text_gives(text: str) -> None:
    assert told_of(DocxReader().read(as_docx(text))) == told(text, document_of(text))


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (_RUBY, "広域連携"),
        (_RUBY_FIELD, "広域連携"),
        (_CHANGED, "新計画"),
        (_HIDDEN, "公開"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F06C"/><w:t>印</w:t></w:r>', "●印"),
        ("<w:r><w:t>項目</w:t><w:tab/><w:t>値</w:t></w:r>", "項目 値"),
        ("<w:hyperlink><w:r><w:t>窓口</w:t></w:r></w:hyperlink><w:r><w:t>へ</w:t></w:r>", "窓口へ"),
    ],
)
def test_characters_are_those_printed(xml: str, expected: str) -> None:
    document = docx.Document()
    _with(document, xml)
    assert _lines(_read(document)) == [expected]


def test_text_box_stands_once_after_its_paragraph() -> None:
    document = docx.Document()
    _with(document, f"<w:r><w:t>本文。</w:t></w:r>{_BOX}")
    assert _lines(_read(document)) == ["本文。", "囲みの文"]


def _numbered(document: Document, *levels: tuple[str, str]) -> None:
    part = document.part.numbering_part.element
    xml = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    part.insert(0, parse_xml(f'<w:abstractNum {_W} w:abstractNumId="90">{xml}</w:abstractNum>'))
    part.append(parse_xml(f'<w:num {_W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))


def _item(document: Document, level: int, text: str) -> None:
    _with(
        document,
        f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r>",
    )


def test_numbers_of_lists_are_counted() -> None:
    document = docx.Document()
    _numbered(
        document, ("decimal", "第%1章"), ("decimalFullWidth", "（%2）"), ("decimalEnclosedCircle", "%3")
    )
    for level, text in (
        (0, "総論"),
        (1, "目的"),
        (1, "期間"),
        (2, "前期"),
        (2, "後期"),
        (0, "各論"),
        (1, "福祉"),
    ):
        _item(document, level, text)
    assert _lines(_read(document)) == [
        *("第1章 総論", "（１） 目的", "（２） 期間", "① 前期", "② 後期", "第2章 各論", "（１） 福祉"),
    ]


def test_bullets_are_bullets() -> None:
    document = docx.Document()
    document.add_paragraph("窓口を置く", style="List Bullet")
    document.add_paragraph("研修を行う", style="List Bullet")
    assert _read(document).text == "- 窓口を置く\n- 研修を行う\n"


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        *((21, "decimalEnclosedCircle", "㉑"), (3, "aiueoFullWidth", "ウ"), (2, "aiueo", "ｲ")),
        *((12, "japaneseCounting", "十二"), (4, "upperRoman", "IV"), (2, "irohaFullWidth", "ロ")),
        *((28, "lowerLetter", "bb"), (5, "decimalZero", "05"), (7, "unknown", "7"), (1, "none", "")),
    ],
)
def test_number_in_a_lists_form(number: int, form: str, expected: str) -> None:
    assert list_mark(number, form) == expected


def test_merged_cells_stand_in_their_first() -> None:
    document = docx.Document()
    table = document.add_table(4, 3)
    for cell, text in zip(table.column_cells(1), ("目標", "a", "b", "c"), strict=True):
        cell.text = text
    for cell, text in zip(table.column_cells(2), ("実績", "1", "2", "3"), strict=True):
        cell.text = text
    table.cell(0, 0).text = "区分"
    table.cell(1, 0).text = "相談"
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 1))
    assert _lines(_read(document)) == ["区分\t目標\t実績", "相談\ta\t1", "\tb\t2", "c\t\t3"]


def test_field_left_empty_keeps_its_place_beside_the_next_label() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=4)
    table.cell(0, 0).text = "目標"
    table.cell(0, 1).merge(table.cell(0, 3)).text = "桟橋を直す"
    table.cell(1, 0).text, table.cell(1, 2).text = "結果", "自己評価"
    assert [line.rstrip("\t") for line in _lines(_read(document))] == ["目標\t桟橋を直す", "結果\t\t自己評価"]


def test_table_within_a_cell_is_flattened_and_a_frame_is_no_table() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "内訳"
    inner = table.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text = "人件費"
    inner.cell(0, 1).text = "20千円"
    frame = document.add_table(1, 1).cell(0, 0)
    frame.text = "枠の中の文。"
    framed = frame.add_table(2, 2)
    for cell, text in zip(
        (c for row in framed.rows for c in row.cells), ("課名", "人数", "総務課", "3"), strict=True
    ):
        cell.text = text
    assert _lines(_read(document)) == ["内訳\t人件費 20千円", "枠の中の文。", "課名\t人数", "総務課\t3"]


def test_a_text_box_beside_a_table_within_a_cell_stands_once() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "課題"
    cell = table.cell(0, 1)
    inner = cell.add_table(2, 2)
    for held, text in zip((c for row in inner.rows for c in row.cells), "年度人数", strict=True):
        held.text = text
    cell.add_paragraph("本文。")._p.append(parse_xml(_BOX))
    assert _lines(_read(document)) == ["課題", "年\t度", "人\t数", "本文。", "囲みの文"]


def test_headers_are_left_out_and_lines_located() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "欄外の題"
    document.add_paragraph("一つ目の段落である。この文は長く、表紙の行ではないことが分かる長さを持っている。")
    document.add_paragraph("二つ目の段落である。")
    read = _read(document)
    assert "欄外" not in read.text
    at = read.text.index("二つ目")
    assert read.locate([Span(at, at + 3)]) == (LineLocator(start_line=3, end_line=3),)


def test_notes_stand_at_the_end_with_their_marks() -> None:
    document = docx.Document()
    _with(
        document,
        '<w:r><w:t>空き家バンク</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        "<w:r><w:t>を使う。</w:t></w:r>",
    )
    data = docx_bytes(document)
    notes = (
        f'<w:footnotes {_W}><w:footnote w:id="2"><w:p>'
        "<w:r><w:footnoteRef/><w:t> 空き家の一覧</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    assert _lines(DocxReader().read(_with_part(data, "footnotes", notes))) == [
        "空き家バンク※1を使う。",
        "※1 空き家の一覧",
    ]


def _with_part(data: bytes, name: str, xml: str) -> bytes:
    import io
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for item in old.namelist():
            content = old.read(item)
            if item == "word/_rels/document.xml.rels":
                content = content.replace(
                    b"</Relationships>",
                    f'<Relationship Id="rN" Type="{name}" Target="{name}.xml"/></Relationships>'.encode(),
                )
            new.writestr(item, content)
        new.writestr(f"word/{name}.xml", xml)
    return file.getvalue()


def test_document_without_text_or_damaged_is_refused() -> None:
    with pytest.raises(EmptyFileError):
        _read(docx.Document())
    with pytest.raises(InputError):
        DocxReader().read(b"PK\x03\x04broken")


_WHITE = '<w:r><w:rPr>{}<w:color w:val="FFFFFF"/></w:rPr><w:t>白い文</w:t></w:r>'
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="1F4E78"/>'


def test_white_letters_on_white_are_left_out_and_told() -> None:
    document = docx.Document()
    _with(document, _WHITE.format("") + "<w:r><w:t>本文です。</w:t></w:r>")
    read = _read(document)
    assert _lines(read) == ["本文です。"]
    assert read.warnings == ("隠し文字、白地に白い文字、ごく小さい文字が3字あり、読み取りから除きました。",)


def test_white_letters_on_a_shade_or_in_a_box_stay() -> None:
    document = docx.Document()
    _with(document, _WHITE.format(_SHADE))
    _with(document, f"<w:pPr>{_SHADE}</w:pPr>" + _WHITE.format(""))
    _with(document, _BOX.replace("<w:r><w:t>囲みの文</w:t></w:r>", _WHITE.format("")))
    table = document.add_table(rows=2, cols=2)
    cell = table.cell(0, 0)
    cell._tc.get_or_add_tcPr().append(parse_xml(_SHADE.replace("<w:shd ", f"<w:shd {_W} ")))
    for one in (cell, table.cell(1, 1)):
        one.paragraphs[0]._p.append(parse_xml(_WHITE.format("").replace("<w:r>", f"<w:r {_W}>", 1)))
    table.cell(1, 0).text = "項目"
    read = _read(document)
    assert read.text.count("白い文") == 4, "in a shaded run, paragraph, box and cell"
    assert read.text.rstrip().endswith("項目")
