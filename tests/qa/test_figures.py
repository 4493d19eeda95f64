from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.document import Document
from corpus.passage import Cell, Passage
from corpus.span import Span
from index.terms import TermAnalyzer
from qa.figures import asks_for_figure, with_unit
from tests.qa.make import a_hit, plan, prose, row
from tests.qa.make_short import short_of

ROW = "空き家登録件数\t-\t3\t8\t↑"
HEADERS = [("指標", None), ("H30実績", 2018), ("R元実績", 2019), ("R2実績", 2020), ("目標", None)]


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer()


def test_a_question_of_a_figure_is_known() -> None:
    assert asks_for_figure("登録は何件か")
    assert asks_for_figure("ふるさと納税の寄附金額")
    assert not asks_for_figure("空き家対策の課題")


CELLS = [
    ("令和2年度の空き家の登録件数", "8件"),
    ("令和元年度の空き家の登録件数は何件か", "3件"),
    ("空き家の登録件数はいくつですか", "令和2年度 8件"),
    ("令和元年度から令和2年度の空き家の登録件数", "令和元年度3件、令和2年度8件"),
]


@pytest.mark.parametrize(("question", "value"), CELLS)
def test_the_cell_of_the_asked_year_answers(question: str, value: str, analyzer: TermAnalyzer) -> None:
    document = plan(ROW)
    assert short_of(question, [a_hit(document, row(document, ROW, HEADERS))], analyzer) == value


def test_a_role_in_the_question_points_to_its_column(analyzer: TermAnalyzer) -> None:
    text = "講座の参加者の割合\t88.1%\t90.0%"
    document = plan(text)
    hits = [
        a_hit(
            document, row(document, text, [("", None), ("2024年度 基準値", 2024), ("2029年度 目標値", 2029)])
        )
    ]
    assert short_of("参加者の割合の目標値はいくつか", hits, analyzer) == "90.0%"
    assert short_of("参加者の割合の基準値はいくつか", hits, analyzer) == "88.1%"


def test_of_two_rows_the_one_that_the_question_names_gives_the_figure(analyzer: TermAnalyzer) -> None:
    gifts, count = "返礼品の種類\t37", "納税の件数\t787"
    headers: list[tuple[str, int | None]] = [("指標", None), ("R元実績", 2019)]
    hits = [
        a_hit(plan(gifts), row(plan(gifts), gifts, headers), 1),
        a_hit(plan(count), row(plan(count), count, headers), 2),
    ]
    assert short_of("令和元年度のふるさと納税の件数", hits, analyzer) == "787件"


SENTENCES = [
    ("相談は38件で、そのうち勤め先に関するものが15件あった。", "相談は何件か", "38件"),
    (
        "特定健診の受診率は41.9%で、40代の男性では27.3%にとどまる。",
        "特定健診の40代男性の受診率は何%か",
        "27.3%",
    ),
    ("特定健診の受診率は41.9%で、40代の男性では27.3%にとどまる。", "特定健診の受診率は何%か", "41.9%"),
    ("出席率が58%から73%に上がった。", "出席率は何％になったか", "73%"),
    ("加入者は389人（30.9%）となった。", "加入の割合は何％か", "30.9%"),
    (
        "診療材料の効果額 7,215,622円 医薬品の効果額 36,977,732円 合計44,193,354円",
        "医薬品の効果額はいくらか",
        "36,977,732円",
    ),
    ("水道管の更新延長16.2km 耐震性能のある管種を採用した。", "水道管の更新延長は何kmか", "16.2km"),
    ("通訳デスクの利用 150件（R5 118件）", "令和5年度の通訳デスクの利用は何件か", "118件"),
    ("通訳デスクの利用 150件（R5 118件）", "通訳デスクの利用は何件を目標とするか", "150件"),
    ("登録は18件で、目標の20件を2件下回った。", "登録は何件か", "18件"),
    ("文化会館外10施設に導入し、新たに11施設で始めた。", "新たに始めたのは何施設か", "11施設"),
    ("① 登録は三つの団体である。", "登録はいくつか", "三つ"),
    ("市内の12校、隣の町の3校の計15校を訪ねて聞いた。", "訪ねた学校は何校か", "計15校"),
    ("市内の12校、隣の町の3校の計15校を訪ねて聞いた。", "市内で訪ねた学校は何校か", "12校"),
    ("灯台の点灯率は約3%向上し、今は83%である。", "灯台の点灯率はいくつですか", "83%"),
    (
        "渡し船の利用は年間8千人で、架橋前(平成20年度)の1万1千人には戻っていない。",
        "渡し船の利用は架橋前と比べて今どれくらいか",
        "8千人",
    ),
    ("巻上機で網の手入れは1,200時間減った。", "巻上機で減った時間", "1,200時間"),
    ("朝市の受付 受付見込 120件 受付実績 134件", "朝市の受付の件数(見込と実績)", "120件、134件"),
    ("絵本袋は1,250の配布があり、品切れとなった。", "絵本袋の配布は何件あったか", "1,250"),
]


@pytest.mark.parametrize(("text", "question", "value"), SENTENCES)
def test_the_number_beside_the_asked_words_answers(
    text: str, question: str, value: str, analyzer: TermAnalyzer
) -> None:
    document = plan(text)
    assert short_of(question, [a_hit(document, prose(document, text))], analyzer) == value


def test_no_number_of_another_unit_answers(analyzer: TermAnalyzer) -> None:
    text = "相談窓口を3か所に置いた。"
    document = plan(text)
    assert short_of("相談窓口の費用はいくらか", [a_hit(document, prose(document, text))], analyzer) == ""


UNITS = [
    ("決算額(千円) R2", "ふるさと納税事業", "1,200", "1,200千円"),
    ("R2実績", "国際交流協会の会員数", "118", "118人"),
    ("財政効果額(歳入) (単位:千円) 令和3年度", "財政効果額", "41,250", "41,250千円"),
    ("R2実績", "助成件数", "4", "4件"),
    ("R2実績", "返礼品の種類", "144", "144"),
    ("R2実績", "交付率", "9.40%", "9.40%"),
]


@pytest.mark.parametrize(("header", "label", "value", "said"), UNITS)
def test_a_value_takes_the_unit_that_its_header_or_row_names(
    header: str, label: str, value: str, said: str
) -> None:
    text = f"{label}\t{value}"
    passage = row(plan(text), text, [("指標", None), (header, 2020)])
    assert with_unit(passage.cells[1], passage) == said


COLUMNS = [
    ("人", "祝金の支給", "1,402", "1,402人"),
    ("件/年", "ケアプランの点検", "63", "63件/年"),
    ("（単位：千円）", "健診の経費", "8,900", "8,900千円"),
    ("（単位：千円）", "職員の配置（人）", "3", "3人"),
    ("令和6年度の合計", "健診", "20", "20"),
    ("人", "参加率", "9.4%", "9.4%"),
]


@pytest.mark.parametrize(("unit", "label", "value", "said"), COLUMNS)
def test_a_value_takes_the_unit_that_a_column_or_a_caption_gives(
    unit: str, label: str, value: str, said: str
) -> None:
    text = f"{unit}\t{label}\t{value}"
    passage = row(plan(text), text, [("単位", None), ("指標", None), ("R3実績", 2021)])
    assert with_unit(passage.cells[2], passage) == said


def rows(document: Document, lines: list[str], headers: list[tuple[str, int | None]]) -> Passage:
    """Several short rows in one passage, a line each."""
    text = "\n".join(lines)
    cells: list[Cell] = []
    segments: list[Span] = []
    start = 0
    for line in lines:
        segments.append(Span(start, start + len(line)))
        for one in row(document, line, headers).cells:
            span = Span(one.span.start + start, one.span.end + start)
            cells.append(replace(one, span=span))
        start += len(line) + 1
    whole = row(document, lines[0], headers)
    return replace(whole, text=text, segments=tuple(segments), cells=tuple(cells))


NATIONS = ["ベトナム\t463\t31.2%", "インドネシア\t338\t22.8%", "フィリピン\t241\t16.3%"]


def test_rows_that_share_a_passage_keep_their_labels_apart(analyzer: TermAnalyzer) -> None:
    document = plan("\n".join(NATIONS))
    passage = rows(document, NATIONS, [("国籍", None), ("人数", None), ("割合", None)])
    assert short_of("インドネシアの人は何人か", [a_hit(document, passage)], analyzer) == "338人"
    assert short_of("フィリピンの割合は何%か", [a_hit(document, passage)], analyzer) == "16.3%"


def test_a_cell_merged_over_rows_stands_in_each_of_them() -> None:
    lines = ["窓口\t受付\t12", "\t相談\t30"]
    document = plan("\n".join(lines))
    passage = rows(document, lines, [("区分", None), ("業務", None), ("件数", None)])
    thirty = next(cell for cell in passage.cells if cell.text == "30")
    assert [cell.text for cell in passage.row_of(thirty)] == ["窓口", "相談", "30"]


def test_a_number_gets_no_unit_that_only_the_question_has(analyzer: TermAnalyzer) -> None:
    text = "2\t1\tふるさと納税事業\t11,198 千円"
    document = plan(text)
    hits = [
        a_hit(document, row(document, text, [("款", None), ("項", None), ("事業名", None), ("予算額", None)]))
    ]
    assert short_of("ふるさと納税の実績は何件か", hits, analyzer) == ""


def test_the_unit_may_stand_in_brackets(analyzer: TermAnalyzer) -> None:
    text = "ごみの排出量 70,000 t、1人1日あたりのごみの排出量 900 g を目標とする。"
    document = plan(text)
    assert short_of("ごみの排出量の目標(t)", [a_hit(document, prose(document, text))], analyzer) == "70,000 t"


def test_a_target_in_words_answers_for_a_target(analyzer: TermAnalyzer) -> None:
    text = "経常収支比率\t91.6%\t県平均以下"
    document = plan(text)
    headers: list[tuple[str, int | None]] = [
        ("指標", None),
        ("2024年度 基準値", 2024),
        ("2029年度 目標値", 2029),
    ]
    hits = [a_hit(document, row(document, text, headers))]
    assert short_of("経常収支比率の2029年度の目標値", hits, analyzer) == "県平均以下"


def test_a_planned_row_is_no_result(analyzer: TermAnalyzer) -> None:
    lines = ["計画 有収率\t83.5%\t84.5%", "実績 有収率\t82.9%\t"]
    document = plan("\n".join(lines))
    headers: list[tuple[str, int | None]] = [("年度", None), ("R3", 2021), ("R4", 2022)]
    hits = [
        a_hit(document, replace(row(document, line, headers), item=line.split("\t")[0]), rank)
        for rank, line in enumerate(lines, start=1)
    ]
    assert short_of("有収率の令和3年度の実績は何%か", hits, analyzer) == "82.9%"
    assert short_of("有収率の令和4年度の実績は何%か", hits, analyzer) != "84.5%"


def test_the_total_is_a_row(analyzer: TermAnalyzer) -> None:
    lines = ["住宅管理費\t3,171 千円", "合計\t31,284 千円"]
    document = plan("\n".join(lines))
    hits = [
        a_hit(document, row(document, line, [("事業名", None), ("予算額", None)]), rank)
        for rank, line in enumerate(lines, start=1)
    ]
    assert short_of("予算額の合計", hits, analyzer) == "31,284 千円"


@pytest.mark.parametrize(
    ("question", "said"),
    [("3か年の総事業費はいくらか", "9,900千円"), ("暮らしを守る目標の総事業費はいくらか", "4,800千円")],
)
def test_the_sum_of_a_column_goes_before_parts_that_nobody_named(
    question: str, said: str, analyzer: TermAnalyzer
) -> None:
    lines = ["暮らしを守る\t2\t4,800", "学びを広げる\t3\t5,100", "合計\t5\t9,900"]
    headers: list[tuple[str, int | None]] = [("基本目標", None), ("事業数", None), ("3か年計", None)]
    hits = []
    for rank, line in enumerate(lines, start=1):
        document = plan("\n".join(lines))
        passage = replace(
            row(document, line, headers), item=line.split("\t")[0], section_path=("事業費（千円）",)
        )
        hits.append(a_hit(document, passage, rank))
    assert short_of(question, hits, analyzer) == said


@pytest.mark.parametrize(("own", "said"), [(2026, "令和3年度 48人"), (2021, "48人")])
def test_a_tables_value_from_before_its_document_is_told_with_its_year(
    own: int, said: str, analyzer: TermAnalyzer
) -> None:
    line = "花壇の会の会員数\t48人"
    document = replace(plan(line), fiscal_year=own)
    hits = [a_hit(document, row(document, line, [("指標", None), ("基準値", 2021)]))]
    assert short_of("花壇の会の会員数は", hits, analyzer) == said


def test_a_figure_under_another_label_of_its_list_is_not_taken(analyzer: TermAnalyzer) -> None:
    text = "通報の件数: 1,869件 花壇灯設置数: 351基 花壇カメラつき灯(カメラだけを含む)設置数: 15基"
    document = plan(text)
    hits = [a_hit(document, prose(document, text))]
    assert short_of("花壇カメラは何台設置したか", hits, analyzer) == "15基"
    assert short_of("花壇灯は何基設置したか", hits, analyzer) == "351基"


def test_a_word_is_no_number_of_things(analyzer: TermAnalyzer) -> None:
    text = "花壇灯の設置\t実施"
    document = plan(text)
    hits = [a_hit(document, row(document, text, [("取組", None), ("令和6年度", 2024)]))]
    assert short_of("花壇灯の設置基数は", hits, analyzer) == ""


def two_lines(first: str, second: str) -> tuple[Document, Passage]:
    """Prose of two lines, a segment each."""
    text = f"{first}\n{second}"
    document = plan(text)
    segments = (Span(0, len(first)), Span(len(first) + 1, len(text)))
    return document, replace(prose(document, text), segments=segments)


def test_a_figure_that_a_page_has_broken_is_read_whole(analyzer: TermAnalyzer) -> None:
    lines = ["集会所には太陽光発電と蓄電池を設け、令和5年度は北集会所に設置した（事業費1,430", "万円）。"]
    document, passage = two_lines(*lines)
    assert (
        short_of("北集会所の太陽光発電の事業費はいくらか", [a_hit(document, passage)], analyzer)
        == "1,430万円"
    )


def test_items_of_a_list_are_not_run_together(analyzer: TermAnalyzer) -> None:
    lines = ["・北集会所に太陽光発電と蓄電池を設けて停電に備える", "・南集会所に発電機を3台置く"]
    _, passage = two_lines(*lines)
    assert passage.running() == lines


def test_another_row_with_as_much_of_the_topic_is_no_second_answer(analyzer: TermAnalyzer) -> None:
    lines = ["職員提案制度の実施\t提出件数\t3", "職員改善運動の推進\t提出件数\t23"]
    document = plan("\n".join(lines))
    headers: list[tuple[str, int | None]] = [("行政活動", None), ("指標", None), ("R元実績", 2019)]
    hits = [
        a_hit(document, replace(row(document, line, headers, rank), item=line.split("\t")[0]), rank)
        for rank, line in enumerate(lines, start=1)
    ]
    assert short_of("職員の提出件数は令和元年度に何件か", hits, analyzer) == "3件"


def test_what_came_about_answers_before_what_was_planned_for_the_same_year(analyzer: TermAnalyzer) -> None:
    text = "渡し船の待合客\t0\t18"
    headers: list[tuple[str, int | None]] = [
        ("指標", None),
        ("令和5年度 計画", 2023),
        ("令和5年度 実績", 2023),
    ]
    document = plan(text)
    hits = [a_hit(document, row(document, text, headers))]
    assert short_of("渡し船の待合客は令和5年度に何人か", hits, analyzer) == "18"
    assert short_of("渡し船の待合客の令和5年度の計画値は何人か", hits, analyzer) == "0"


def test_numbers_of_names_and_of_entries_are_no_figures(analyzer: TermAnalyzer) -> None:
    text = "3 浜に住む\t4\t422"
    headers: list[tuple[str, int | None]] = [
        ("基本目標", None),
        ("事業数", None),
        ("令和6年度（千円）", 2024),
    ]
    document = plan(text)
    hits = [a_hit(document, row(document, text, headers))]
    assert short_of("基本目標の浜に住むの事業費は令和6年度にいくらか", hits, analyzer).startswith("422")
    entry = "（4）診療所の改善　病床を198床から160床に減らす。"
    document = plan(entry)
    hits = [a_hit(document, prose(document, entry))]
    assert "160床" in short_of("診療所の病床はいくつに減るか", hits, analyzer)


def test_a_figure_with_words_is_told_by_them(analyzer: TermAnalyzer) -> None:
    text = "管路\t5.1kmを発注した。\t11.3kmを更新した。"
    headers: list[tuple[str, int | None]] = [("目標", None), ("中間報告", None), ("期末報告", None)]
    document = plan(text)
    hits = [a_hit(document, row(document, text, headers))]
    assert "11.3km" in short_of("管路は何km更新したか", hits, analyzer)


def test_the_latest_value_is_that_of_the_last_sheet_of_the_document(analyzer: TermAnalyzer) -> None:
    hits = []
    for number, (year, share) in enumerate(((2021, "74%"), (2023, "83%"), (2022, "80%")), 1):
        text = f"灯台の点灯率は{share}である。"
        document = plan(text)
        passage = replace(prose(document, text, number), fiscal_years=(year,), document_id="d", item="")
        hits.append(a_hit(document, passage, number))
    assert short_of("灯台の点灯率、一番新しいのはいくつですか", hits, analyzer) == "83%"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("花壇の講習に外国人は何人参加したか", "58人"),
        ("花壇の講習に何人参加したか", "640人"),
        ("花壇の講習に来た市民は何人か", "640人"),
    ],
)
def test_the_part_that_is_asked_for_is_told_and_not_the_whole(
    question: str, said: str, analyzer: TermAnalyzer
) -> None:
    text = "花壇の講習には市民640人が参加し、うち外国人は58人であった。"
    document = plan(text)
    assert short_of(question, [a_hit(document, prose(document, text))], analyzer) == said
