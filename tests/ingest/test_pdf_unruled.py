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
