"""Tables of PDFs: ruled, merged, without rules, over pages; plan sheets read as from their text."""

from collections.abc import Sequence

import pytest
from reportlab.platypus import Flowable, PageBreak, Spacer

from corpus.folding import match_key
from ingest.blocks import BlockDocument, Table
from ingest.layout import choose_layout
from ingest.pdf_reader import PdfReader
from ingest.reader import ReadFile
from tests.ingest.documents import check_passages, document_of
from tests.ingest.pdf_drawing import Drawing, flowing, register, ruled, typeset

register()
_WIDTHS = (100, 80, 80, 200)


def _tables(read: ReadFile) -> list[list[tuple[str, ...]]]:
    return [[row.texts for row in block.rows] for block in read.blocks if isinstance(block, Table)]


def _flowing(*story: Flowable) -> list[list[tuple[str, ...]]]:
    return _tables(PdfReader().read(flowing(story)))


def test_ruled_table_is_read_cell_by_cell() -> None:
    rows = [
        ("施策名", "令和5年度", "令和6年度", "備考"),
        ("相談", "120", "154", ""),
        ("教室", "-", "", "新規"),
    ]
    assert _flowing(ruled(rows, _WIDTHS)) == [rows]


def test_text_of_a_table_stands_in_it_once_and_in_its_place() -> None:
    drawing = Drawing().text(70, 80, "表の前の文です。").grid([70, 170, 270], [100, 120, 140])
    drawing.text(75, 114, "指標").text(175, 114, "値").text(75, 134, "人口").text(175, 134, "41,000人")
    text = drawing.text(70, 180, "表の後の文です。").read().text
    assert text.split() == ["表の前の文です。", "指標", "値", "人口", "41,000人", "表の後の文です。"]


def test_a_comma_that_hangs_over_a_rule_stays_with_its_word() -> None:
    drawing = Drawing().grid([70, 131, 200], [100, 135, 155])
    drawing.text(75, 114, "港を見て回り、", 9).text(75, 127, "直す", 9).text(140, 120, "港湾課", 9)
    drawing.text(75, 149, "業務", 9).text(140, 149, "担当", 9)
    assert _tables(drawing.read()) == [[("港を見て回り、直す", "港湾課"), ("業務", "担当")]]


def test_merged_cell_stands_in_its_first_field_and_empty_cells_stay() -> None:
    rows = [
        ("施策名", "実績", "", "備考"),
        ("", "令和4年度", "令和5年度", ""),
        ("相談", "120", "154", "毎年"),
        ("", "130", "", ""),
    ]
    spans = [(0, 0, 0, 1), (1, 0, 2, 0), (0, 2, 0, 3)]
    assert _flowing(ruled(rows, _WIDTHS, spans=spans)) == [rows]


def test_cell_that_wraps_is_joined_and_its_items_are_parted() -> None:
    long = "外国人住民が地域の一員として安心して暮らせるよう相談の窓口を整える。"
    drawing = Drawing().grid([70, 170, 290], [100, 180, 260])
    drawing.text(75, 114, "取組内容").lines(
        175, 114, [long[:10], long[10:20], long[20:30], long[30:]], pitch=16
    )
    drawing.text(75, 194, "課").lines(175, 194, ["・相談", "・教室"])
    assert _tables(drawing.read()) == [[("取組内容", long), ("課", "・相談 ・教室")]]


def test_mark_in_a_font_that_is_not_there_is_read() -> None:
    drawing = Drawing().grid([70, 170, 270], [100, 120, 140]).text(75, 114, "達成").text(175, 114, "○")
    drawing.text(75, 134, "基準値").text(175, 134, "—")
    assert _tables(drawing.read()) == [[("達成", "○"), ("基準値", "—")]]


def test_letters_set_one_below_the_other_are_one_word() -> None:
    drawing = Drawing().grid([70, 100, 290], [100, 180, 200]).lines(80, 114, "任務目的", pitch=16)
    drawing.text(110, 140, "安心して暮らしている").text(80, 194, "課").text(110, 194, "企画課")
    assert _tables(drawing.read()) == [[("任務目的", "安心して暮らしている"), ("課", "企画課")]]


def test_table_open_at_its_sides_keeps_its_outer_columns() -> None:
    drawing = Drawing()
    for y in (100, 120, 140):
        drawing.rule(70, y, 370, y)
    for x in (170, 270):
        drawing.rule(x, 100, x, 140)
    for row, texts in enumerate([("指標", "基準値", "目標値"), ("人口", "40,123人", "41,000人")]):
        for column, text in enumerate(texts):
            drawing.text(75 + 100 * column, 114 + 20 * row, text)
    assert _tables(drawing.read()) == [[("指標", "基準値", "目標値"), ("人口", "40,123人", "41,000人")]]


def test_columns_that_line_up_without_rules_are_a_table() -> None:
    drawing = Drawing().text(70, 80, "次の表のとおりです。")
    rows = [
        ("指標", "基準値", "目標値"),
        ("相談件数", "120件", "150件"),
        ("教室の数", "2", ""),
        ("割合", "46.8%", "50%"),
    ]
    for index, row in enumerate(rows):
        for x, text in zip((70, 220, 370), row, strict=True):
            drawing.text(x, 110 + 18 * index, text)
    rows[2] = ("教室の数", "2", "")
    assert _tables(drawing.text(70, 220, "以上です。").read()) == [rows]


def test_chart_is_no_table() -> None:
    drawing = Drawing().grid([100, 133, 166, 200, 233, 266, 300], [100, 200, 300])
    for index, y in enumerate((120, 140, 160, 220, 240)):
        drawing.text(118 + 20 * index, y, "令和6年度 52.4%")
    read = drawing.read()
    assert not any("\t" in line for line in read.text.splitlines())
    assert read.text.count("52.4%") == 5


def _long_table(count: int) -> list[tuple[str, ...]]:
    return [(f"事業{n}", f"{n},000", f"{n},500", f"備考{n}") for n in range(1, count + 1)]


@pytest.mark.parametrize("repeated", [0, 1])
def test_table_over_pages_is_one_with_one_header(repeated: int) -> None:
    header = ("事業名", "令和5年度", "令和6年度", "備考")
    rows = [header, *_long_table(120)]
    assert _flowing(ruled(rows, _WIDTHS, repeatRows=repeated)) == [rows]


def test_merged_label_goes_on_over_the_page() -> None:
    drawing = Drawing().grid([70, 170, 470], [700, 720]).grid([170, 470], [740, 760])
    drawing.rule(70, 720, 70, 780).rule(170, 720, 170, 780).rule(470, 720, 470, 780).rule(70, 780, 470, 780)
    drawing.text(75, 714, "政策名").text(175, 714, "意見").text(75, 754, "子育て")
    drawing.lines(175, 734, ["意見その一です。", "意見その二です。", "意見その三です。"], pitch=20).page()
    drawing.grid([170, 470], [60, 80, 100])
    drawing.lines(175, 74, ["意見その四です。", "意見その五です。"], pitch=20)
    told = [f"意見その{n}です。" for n in "一二三四五"]
    labels = ("子育て", "", "", "", "")
    assert _tables(drawing.read()) == [[("政策名", "意見"), *zip(labels, told, strict=True)]]


def test_cell_that_goes_on_over_the_page_is_one() -> None:
    told = "外国人住民が地域の一員として安心して暮らせるよう相談の窓口を整え学ぶ場を広げる。"
    drawing = Drawing().grid([70, 170, 290], [720, 740, 780]).text(75, 734, "項目").text(175, 734, "内容")
    drawing.text(75, 754, "相談").lines(175, 754, [told[:10], told[10:20]], pitch=16).page()
    drawing.grid([70, 170, 290], [60, 100, 120]).lines(175, 74, [told[20:30], told[30:]], pitch=16)
    drawing.text(75, 114, "教室").text(175, 114, "新設")
    assert _tables(drawing.read()) == [[("項目", "内容"), ("相談", told), ("教室", "新設")]]


def test_form_with_other_columns_below_is_several_tables_and_its_titles_are_text() -> None:
    rows = [
        ("部署名", "企画課", "所属長", "三日月"),
        ("1. 現状と課題", "", "", ""),
        ("① 相談は74件に増えた。", "", "", ""),
        ("施策名", "", "主要事業", ""),
        ("地域", "", "多文化共生", ""),
    ]
    spans = [(0, 1, 3, 1), (0, 2, 3, 2), (0, 3, 1, 3), (2, 3, 3, 3), (0, 4, 1, 4), (2, 4, 3, 4)]
    read = PdfReader().read(flowing([ruled(rows, _WIDTHS, spans=spans)]))
    assert _tables(read) == [[rows[0]], [("施策名", "主要事業"), ("地域", "多文化共生")]]
    assert [line for line in read.text.split("\n") if line and "\t" not in line] == [
        "1. 現状と課題",
        "① 相談は74件に増えた。",
    ]


def test_forms_on_pages_of_their_own_stay_apart() -> None:
    form = [
        ("年度", "R3", "シートNo.", "1"),
        ("シート名", "相談", "所属", "市民課"),
        ("目的", "支援", "指標", "件数"),
    ]
    other = [
        ("年度", "R3", "シートNo.", "2"),
        ("シート名", "教室", "所属", "学習課"),
        ("目的", "学び", "指標", "人数"),
    ]
    assert _flowing(ruled(form, _WIDTHS), PageBreak(), ruled(other, _WIDTHS)) == [form, other]


def test_tables_below_one_another_stay_apart() -> None:
    one, two = [("施策名", "値"), ("相談", "120")], [("指標", "目標"), ("人口", "5")]
    assert _flowing(ruled(one, (100, 80)), Spacer(1, 20), ruled(two, (100, 80))) == [one, two]


_INVENTORY = """年度\tR3
シートNo.\t11
シート名\t多文化共生・国際交流

業務棚卸表 (総合計画施策説明表)

款\t項\t目\t事業名\t予算額
2\t1\t9\t多文化共生推進事業\t5,230 千円
\t\t\t姉妹港交流事業\t150 千円

業務コード\t行政活動(手段)\t指標\tH28実績\tH29実績\tH30実績\tR元実績\tR2実績\t目標\t達成\t備考
01\t外国人市民の生活を支援する\t外国人市民の人口\t612\t688\t793\t941\t1,102\t\t\t
0101\t外国人総合相談を実施する\t相談に対応できる言語の数\t2\t2\t3\t4\t5\t↑\t○\tR2にインドネシア語を追加
010102\t関係機関へ同行して通訳する\t同行の回数\t-\t-\t14\t26\t19\t↑\t×\t感染症対策のため自粛の期間あり

総括
外国人市民の増加に伴い、相談の内容が多岐にわたるようになった。関係機関との連携を深める必要がある。

今後の考え方
相談員の研修を充実させるとともに、やさしい日本語による情報の提供を全庁に広げる。
"""

_STATEMENT = """令和5年度 部(局)方針書・課方針書

部署名\t所属長
企画振興課\t三日月 惣一郎

1. 現状と課題

① 総合計画の指標60項目のうち、令和4年度末に目標へ届いたものは22項目である。
② 外国につながる町民は令和5年3月末で231人となった。国別ではベトナムが94人、ネパールが58人である。

2. 取組方針

① 指標の進み具合を色で示した「通信簿」を作り、6月の広報紙で全世帯に届ける。
② 令和5年6月に日本語教室「ことばの広場」を始める。教える人は町民から募り、6回の養成講座を経て15人で出発する。

5. 所管する施策

施策名\t主要事業
Ⅳ1 多様な人が活躍する地域\t多文化共生推進事業
\t国際交流事業
"""


def _passages(document: BlockDocument) -> tuple[list[str], list[str], list[tuple[str, int | None, str]]]:
    """Sheets, passages and cells as they can be compared: without white space."""
    parsed = choose_layout(document).parse(document)
    check_passages(document.text, parsed)
    texts = ["".join(span.of(document.text) for span in passage.segments) for passage in parsed.passages]
    cells = [
        (match_key(cell.header), cell.fiscal_year, match_key(cell.span.of(document.text)))
        for passage in parsed.passages
        for cell in passage.cells
    ]
    return [parsed.layout, *(sheet.title for sheet in parsed.sheets)], list(map(match_key, texts)), cells


@pytest.mark.parametrize("sheets", [[_INVENTORY], [_INVENTORY, _INVENTORY.replace("11", "12")], [_STATEMENT]])
def test_plan_sheets_are_read_as_from_their_text(sheets: Sequence[str]) -> None:
    read = PdfReader().read(typeset("\n\n\f\n\n".join(sheets)))
    from_pdf = _passages(BlockDocument(text=read.text, blocks=read.blocks))
    assert from_pdf == _passages(document_of("\n\n".join(sheets)))
    assert len(from_pdf[1]) > 5
