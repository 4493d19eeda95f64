"""Charts are tables and diagrams lines, in slides as in Word."""

import io
import zipfile
from xml.etree import ElementTree

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm

from ingest.docx_reader import DocxReader
from ingest.ooxml_chart import chart_rows, diagram_lines
from ingest.pptx_reader import PptxReader
from tests.ingest.made_files import docx_bytes

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BARS = f"""<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_DRAWING}"><c:chart><c:title><c:tx><c:rich><a:p><a:r>
<a:t>相談の推移</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart>
<c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>窓口</c:v></c:pt></c:strCache></c:strRef></c:tx>
<c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>R4</c:v></c:pt><c:pt idx="1"><c:v>R5</c:v></c:pt></c:strCache>
</c:strRef></c:cat><c:val><c:numRef><c:numCache><c:formatCode>0.0%</c:formatCode>
<c:pt idx="0"><c:v>0.468</c:v></c:pt><c:pt idx="1"><c:v>0.5</c:v></c:pt></c:numCache></c:numRef></c:val>
</c:ser><c:ser><c:cat><c:strRef><c:strCache/></c:strRef></c:cat><c:val><c:numRef><c:numCache>
<c:pt idx="1"><c:v>1234</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>
</c:barChart></c:plotArea></c:chart></c:chartSpace>"""
_POINTS = f"""<c:chartSpace xmlns:c="{_CHART}"><c:chart><c:plotArea><c:scatterChart><c:ser><c:xVal>
<c:numRef><c:numCache><c:pt idx="0"><c:v>1</c:v></c:pt></c:numCache></c:numRef></c:xVal><c:yVal>
<c:numRef><c:numCache><c:pt idx="0"><c:v>2</c:v></c:pt></c:numCache></c:numRef></c:yVal></c:ser>
</c:scatterChart></c:plotArea></c:chart></c:chartSpace>"""
_TREE = (
    f'<dgm:dataModel xmlns:dgm="{_DIAGRAM}" xmlns:a="{_DRAWING}"><dgm:ptLst><dgm:pt modelId="0" type="doc"/>'
    + "".join(
        f'<dgm:pt modelId="{name}"><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        for name, text in (("2", "取組"), ("1", "基本目標"), ("3", "評価"), ("4", "見守り"))
    )
    + '<dgm:pt modelId="5" type="pres"/></dgm:ptLst><dgm:cxnLst>'
    + "".join(
        f'<dgm:cxn modelId="9{source}{name}" srcId="{source}" destId="{name}" srcOrd="{order}"/>'
        for source, name, order in (("0", "3", 2), ("0", "1", 0), ("0", "2", 1), ("2", "4", 0))
    )
    + '<dgm:cxn modelId="99" type="presOf" srcId="1" destId="5" srcOrd="0"/></dgm:cxnLst></dgm:dataModel>'
)


def test_chart_is_its_figures_as_printed_under_the_names_of_its_series() -> None:
    assert chart_rows(ElementTree.fromstring(_BARS)) == [
        ["", "窓口", "系列2"],
        ["R4", "46.8%", ""],
        ["R5", "50.0%", "1234"],
    ]
    assert chart_rows(ElementTree.fromstring(_POINTS)) == []


def test_diagram_is_read_in_the_order_of_its_tree() -> None:
    assert list(diagram_lines(ElementTree.fromstring(_TREE))) == [
        (0, "基本目標"),
        (0, "取組"),
        (1, "見守り"),
        (0, "評価"),
    ]


def test_chart_of_a_slide_stands_among_its_shapes_and_notes_are_told() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    slide.shapes.add_textbox(Cm(2), Cm(15), Cm(9), Cm(2)).text_frame.text = "図の後の文"
    figures = CategoryChartData()  # type: ignore[no-untyped-call]
    figures.categories = ["R4", "R5"]
    figures.add_series("件数", (120, 154))  # type: ignore[no-untyped-call]
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(2), Cm(5), Cm(15), Cm(6), figures)
    notes = slide.notes_slide.notes_text_frame
    assert notes is not None
    notes.text = "ここで休む"
    file = io.BytesIO()
    presentation.save(file)
    read = PptxReader().read(file.getvalue())
    assert read.text == "\t件数\nR4\t120\nR5\t154\n\n図の後の文\n"
    assert read.warnings == (
        "発表者ノートは読み取っていません（1枚）。載せるときは、スライドに書いてください。",
    )


def test_shapes_of_a_group_are_read_where_they_lie_on_the_slide() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    slide.shapes.add_textbox(Cm(2), Cm(8), Cm(9), Cm(2)).text_frame.text = "下の文"
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(Cm(2), Cm(50), Cm(9), Cm(2)).text_frame.text = "上の文"
    group.left, group.top, group.width, group.height = Cm(2), Cm(1), Cm(9), Cm(2)
    file = io.BytesIO()
    presentation.save(file)
    assert PptxReader().read(file.getvalue()).text.split() == ["上の文", "下の文"]


def test_chart_and_diagram_of_a_word_document_stand_where_they_are() -> None:
    document = docx.Document()
    for xml in (
        f'<c:chart xmlns:c="{_CHART}" r:id="rId901"/>',
        f'<d:relIds xmlns:d="{_DIAGRAM}" r:dm="rId902"/>',
    ):
        run = f'<w:r><w:drawing><a:graphic xmlns:a="{_DRAWING}">{xml}</a:graphic></w:drawing></w:r>'
        document.element.body.insert(-1, parse_xml(f"<w:p {nsdecls('w')} xmlns:r='{_RELATION}'>{run}</w:p>"))
    document.add_paragraph("図の後の文です。")
    read = DocxReader().read(
        _with_parts(
            docx_bytes(document), {"rId901": ("charts/chart1", _BARS), "rId902": ("diagrams/data1", _TREE)}
        )
    )
    assert [line for line in read.text.split("\n") if line] == [
        *("相談の推移", "\t窓口\t系列2", "R4\t46.8%\t", "R5\t50.0%\t1234"),
        *("基本目標", "取組", "- 見守り", "評価", "図の後の文です。"),
    ]


def _with_parts(data: bytes, parts: dict[str, tuple[str, str]]) -> bytes:
    """A document with more parts and the relationships to them."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/_rels/document.xml.rels":
                more = "".join(
                    f'<Relationship Id="{key}" Type="{_RELATION}/x" Target="{part}.xml"/>'
                    for key, (part, _) in parts.items()
                )
                content = content.replace(b"</Relationships>", f"{more}</Relationships>".encode())
            new.writestr(name, content)
        for part, xml in parts.values():
            new.writestr(f"word/{part}.xml", xml)
    return file.getvalue()
