"""Tables without rules: cells that wrap, right-aligned figures, the border of a page, and what is none."""

from collections.abc import Sequence

from tests.ingest.pdf_drawing import Drawing


def cells(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.split("\n") if "\t" in line]


def drawn(
    rows: Sequence[tuple[float, Sequence[tuple[float, str]]]], drawing: Drawing | None = None
) -> Drawing:
    drawing = drawing or Drawing()
    for y, texts in rows:
        for x, text in texts:
            drawing.text(x, y, text, 10)
    return drawing


def test_lines_of_a_cell_stand_closer_than_rows() -> None:
    rows = [
        (100.0, [(60.0, "項目"), (200.0, "内容")]),
        (122.0, [(60.0, "目標"), (200.0, "港の案内板を三か国語で作り、")]),
        (134.0, [(200.0, "船着場に置く")]),
        (156.0, [(60.0, "担当"), (200.0, "港湾課")]),
    ]
    assert cells(drawn(rows).read().text) == [
        ["項目", "内容"],
        ["目標", "港の案内板を三か国語で作り、船着場に置く"],
        ["担当", "港湾課"],
    ]


def test_an_empty_cell_keeps_its_place_and_figures_may_end_together() -> None:
    rows = [
        (100.0, [(210.0, "令和4年度"), (312.0, "令和5年度")]),
        (122.0, [(60.0, "相談の件数"), (235.0, "96件"), (325.0, "1,300件")]),
        (144.0, [(60.0, "教室の数"), (347.0, "12")]),
    ]
    assert cells(drawn(rows).read().text) == [
        ["", "令和4年度", "令和5年度"],
        ["相談の件数", "96件", "1,300件"],
        ["教室の数", "", "12"],
    ]


def test_a_full_cell_ends_where_the_next_column_begins() -> None:
    rows = [
        (100.0, [(60.0, "業務"), (155.0, "指標"), (260.0, "実績")]),
        (122.0, [(60.0, "港の見回りをする"), (155.0, "回数"), (260.0, "12")]),
        (144.0, [(60.0, "船の届出を受ける係"), (155.0, "件数"), (260.0, "40")]),
        (166.0, [(60.0, "船員"), (155.0, "人数"), (260.0, "7")]),
    ]
    assert [row[:2] for row in cells(drawn(rows).read().text)][1:3] == [
        ["港の見回りをする", "回数"],
        ["船の届出を受ける係", "件数"],
    ]


def test_a_table_goes_on_on_the_next_page_with_one_cell_alone() -> None:
    head = [(700.0, [(60.0, "項目"), (200.0, "内容")]), (722.0, [(60.0, "目標"), (200.0, "直す")])]
    rest = [(744.0, [(60.0, "進み具合"), (200.0, "前期")]), (766.0, [(60.0, "評価"), (200.0, "良い")])]
    drawing = drawn([*head, *rest]).page()
    text = drawn([(60.0, [(200.0, "後期")]), (82.0, [(60.0, "検証")])], drawing).read().text
    assert cells(text)[-2:] == [["", "後期"], ["検証", ""]]
    assert "\n\n" not in text.strip()


def test_a_list_with_marks_and_a_list_of_pages_are_no_tables() -> None:
    marks = [(100.0 + 20 * n, [(60.0, "・"), (90.0, f"港の{n}番目の仕事")]) for n in range(4)]
    pages = [(300.0 + 20 * n, [(60.0, f"{n}章の題"), (400.0, str(3 * n + 1))]) for n in range(1, 5)]
    assert cells(drawn([*marks, *pages]).read().text) == []


def test_narrow_heads_stand_over_the_columns_that_rows_below_show() -> None:
    rows = [
        (
            100.0,
            [(60.0, "指標"), (180.0, "2020年度"), (226.0, "2021年度"), (272.0, "重点度"), (306.0, "方向")],
        ),
        (118.0, [(60.0, "相談の件数"), (204.0, "412"), (250.0, "768"), (282.0, "高"), (311.0, "継続")]),
        (136.0, [(60.0, "教室の数"), (209.0, "12"), (255.0, "14"), (282.0, "中"), (311.0, "拡充")]),
        (154.0, [(60.0, "船の数"), (209.0, "31"), (255.0, "36"), (282.0, "低"), (311.0, "廃止")]),
    ]
    found = cells(drawn(rows).read().text)
    assert found[0] == ["指標", "2020年度", "2021年度", "重点度", "方向"]
    assert found[2] == ["教室の数", "12", "14", "中", "拡充"]


def test_the_rest_of_a_label_alone_in_its_row_belongs_to_the_label() -> None:
    rows = [
        (100.0, [(60.0, "指標"), (220.0, "単位"), (280.0, "令和4年度"), (350.0, "令和5年度")]),
        (114.0, [(60.0, "港の見学に来た小学生の延べ人"), (222.0, "人"), (300.0, "412"), (370.0, "768")]),
        (128.0, [(60.0, "数の合計")]),
        (142.0, [(60.0, "船の数"), (222.0, "隻"), (305.0, "31"), (375.0, "36")]),
    ]
    assert cells(drawn(rows).read().text)[1:] == [
        ["港の見学に来た小学生の延べ人数の合計", "人", "412", "768"],
        ["船の数", "隻", "31", "36"],
    ]


SHORT_LEFT = (
    "現状と課題",
    "○磯の海藻は十年の間に半分に減りました。磯焼",
    "けは岬の南に広がり、アワビの漁も減りました。",
    "○漁師の平均の年は六十二歳で、若い漁師は三人、",
    "どの人も船を持っていません。",
    "○空いた荷さばき所が二か所あります。",
)
SHORT_RIGHT = (
    "めざす姿",
    "海藻の茂る磯に魚が戻り、若い漁師が船を持って",
    "沖に出ています。",
    "ともに進めること",
    "漁協は、磯の見回りに加わります。町の人は、浜の",
    "清掃に年に一度は加わり、獲れた魚を地元で味わい",
    "ます。",
)


def test_short_columns_with_paragraphs_of_their_own_are_no_table() -> None:
    page = Drawing().text(60, 60, "施策１　磯の再生と漁業の担い手を育てる取組を進めるために", 16)
    page.lines(60, 100, SHORT_LEFT[:1], 12).lines(60, 118, SHORT_LEFT[1:], 10, 16)
    page.lines(304, 100, SHORT_RIGHT[:1], 12).lines(304, 118, SHORT_RIGHT[1:3], 10, 16)
    page.lines(304, 159, SHORT_RIGHT[3:4], 12).lines(304, 177, SHORT_RIGHT[4:], 10, 16)
    text = page.text(60, 224, "指標", 12).read().text
    assert "\t" not in text
    assert "磯焼けは岬の南に広がり" in text
    assert "若い漁師は三人、どの人も" in text  # the comma hangs over the margin
    assert text.index("荷さばき所") < text.index("めざす姿") < text.index("清掃に") < text.index("指標")


def test_rows_of_two_long_cells_are_a_table_and_no_columns() -> None:
    page = Drawing()
    for y, left, right in (
        (100, SHORT_LEFT[1:3], SHORT_RIGHT[1:3]),
        (140, SHORT_LEFT[3:5], SHORT_RIGHT[4:7]),
        (196, (*SHORT_LEFT[1:3],), SHORT_RIGHT[1:3]),
        (236, SHORT_LEFT[3:5], SHORT_RIGHT[5:7]),
    ):
        page.lines(60, y, left, 10, 13).lines(304, y, right, 10, 13)
    assert [len(row) for row in cells(page.read().text)] == [2, 2, 2, 2]


def test_tables_of_figures_stacked_closely_are_parted_and_keep_their_heads() -> None:
    rows = [
        (100.0, [(200.0, "令和3年度決算"), (300.0, "令和4年度決算"), (400.0, "令和5年度予算")]),
        (113.0, [(60.0, "事業費"), (225.0, "4,780千円"), (325.0, "5,120千円"), (425.0, "5,460千円")]),
        (126.0, [(60.0, "うち一般財源"), (225.0, "3,910千円"), (325.0, "4,240千円"), (425.0, "4,520千円")]),
        (143.0, [(60.0, "指標"), (210.0, "令和4年度計画"), (310.0, "令和4年度実績"), (440.0, "達成率")]),
        (156.0, [(60.0, "便の数"), (255.0, "38便"), (355.0, "38便"), (440.0, "100.0％")]),
        (169.0, [(60.0, "乗った人の数"), (235.0, "12,000人"), (340.0, "8,360人"), (445.0, "69.7％")]),
        (186.0, [(60.0, "票"), (175.0, "拡充"), (250.0, "継続"), (330.0, "改善"), (415.0, "廃止")]),
        (199.0, [(60.0, "委員"), (190.0, "0"), (265.0, "2"), (345.0, "5"), (430.0, "0")]),
    ]
    page = drawn(rows, Drawing().text(60, 80, "担当課　港湾課　　判定　改善", 11))
    parts = [p.strip("\n").split("\n") for p in page.read().text.split("\n\n") if "\t" in p]
    assert [[len(row.split("\t")) for row in part] for part in parts] == [[4, 4, 4], [4, 4, 4], [5, 5]]
    assert parts[0][0] == "\t令和3年度決算\t令和4年度決算\t令和5年度予算"


def test_title_in_brackets_below_a_table_is_none_of_its_cells() -> None:
    rows = [
        (100.0, [(60.0, "項目"), (210.0, "令和4年度"), (312.0, "令和5年度")]),
        (120.0, [(60.0, "相談の件数"), (235.0, "96件"), (325.0, "130件")]),
        (140.0, [(60.0, "教室の数"), (235.0, "12"), (347.0, "14")]),
        (156.0, [(60.0, "〔成果〕")]),
        (172.0, [(60.0, "相談を受ける人を二人増やし、待たずに話せる日を週に三日に広げました。")]),
    ]
    text = drawn(rows).read().text
    assert cells(text)[-1] == ["教室の数", "12", "14"]
    assert "〔成果〕" in text.split("\n")


TEXT_OF_COLUMN = (
    "島へ渡る船は二隻で、一日に六便を走らせています。",
    "船員の平均の年は五十九歳で、後を継ぐ人がいませ",
    "ん。桟橋の板は傷み、雨の日は滑るとの声が届いて",
    "います。待合室には暖かい部屋がなく、冬の乗客は",
    "外で船を待っています。便数を保つには船員を三人",
    "増やす必要があります。",
)


def test_border_of_a_table_over_the_margin_of_its_column_does_not_part_the_page() -> None:
    page = Drawing().lines(60, 100, (*TEXT_OF_COLUMN, *TEXT_OF_COLUMN), 10, 16)
    page.grid((310, 400, 460, 550), (90, 110, 130))  # the text beside it begins at 316
    for y, texts in ((104, ("指標", "R4", "R5")), (124, ("渡し船の便数", "6", "8"))):
        for x, text in zip((316, 406, 466), texts, strict=True):
            page.text(x, y, text, 10)
    page.lines(316, 155, ("浜の清掃と磯の見回り", *TEXT_OF_COLUMN, *TEXT_OF_COLUMN), 10, 16)
    text = page.read().text
    assert text.index("便数を保つ") < text.index("渡し船の便数") < text.index("浜の清掃")


def test_item_whose_text_goes_on_across_its_title_is_no_table() -> None:
    rows = [
        (90.0, [(360.0, "第2編"), (420.0, "島の暮らし")]),
        (102.0, [(60.0, "（2）船員の手当"), (150.0, "島へ移るときの家賃を、月に三万円まで二")]),
        (116.0, [(60.0, "年の間、島の外から来る人と家族とで助けることにします。")]),
    ]
    text = drawn(rows).read().text
    assert cells(text) == []
    assert "月に三万円まで二年の間" in text.replace("\n", "")
