"""Any document: headings, lists, tables with headers, notes, sheets."""

import pytest

from corpus.passage import PassageKind
from ingest.layouts.generic import Generic
from ingest.parsed import ParsedDocument
from tests.ingest.documents import found, read, shown, under, values

TEXT = """北浜市海辺の指針

令和5年12月

はじめに

北浜市は海とともに歩んできました。

第1章 現状

1 海辺の利用

海辺を訪れる人は増えています。

項目\t内容
期間\t令和5年度から五か年
所管\t港湾部港湾課

(1) 釣り

ア 釣り場を広げます。
イ 柵を直します。

第2章 指標

番号\t指標名\t単位\t基準値(令和4年度)\t目標値(令和9年度)
1\t海開きの日数\t日\t40\t50
2\t清掃の参加者\t人\t—\t300

年度\t事業費(千円)\t備考
令和5年度\t7,120\t柵を含む
令和6年度(見込み)\t9,300\t

国籍\t人数
ベトナム\t46
ペルー\t12

意見\t市の考え方
柵が低くて子どもには危ないと思う。\t来年度から順に高い柵へ取り替えていきます。
朝早くから車が多くて眠れない日がある。\t駐車場を開ける時刻を八時に改めました。

※1 海開きは7月です。
"""


@pytest.fixture(scope="module")
def parsed() -> ParsedDocument:
    return read(Generic(), TEXT)


def test_chapters_are_sheets(parsed: ParsedDocument) -> None:
    assert [sheet.title for sheet in parsed.sheets] == ["はじめに", "第1章 現状", "第2章 指標"]
    assert (parsed.title, parsed.fiscal_year) == ("北浜市海辺の指針", 2023)
    assert parsed.passages[0].kind is PassageKind.CONTENTS


def test_headings_make_the_section_path(parsed: ParsedDocument) -> None:
    prose = found(parsed, lambda p: shown(p, TEXT).startswith("海辺を訪れる"))
    assert prose.section_path == ("第1章 現状", "1 海辺の利用")
    (items,) = under(parsed, "1 海辺の利用", "(1) 釣り")
    assert shown(items, TEXT) == "ア 釣り場を広げます。 / イ 柵を直します。"


def test_a_row_carries_headers_and_years(parsed: ParsedDocument) -> None:
    row = found(parsed, lambda p: p.item == "清掃の参加者")
    assert row.fiscal_years == (2022, 2027)
    assert values(row, TEXT)[2:] == [
        ("単位", "人", None),
        ("基準値(令和4年度)", "—", 2022),
        ("目標値(令和9年度)", "300", 2027),
    ]


def test_a_year_at_the_head_of_a_row_dates_its_cells(parsed: ParsedDocument) -> None:
    row = found(parsed, lambda p: "9,300" in shown(p, TEXT))
    assert row.fiscal_years == (2024,)
    assert values(row, TEXT)[1] == ("事業費(千円)", "9,300", 2024)


def test_short_rows_stand_together(parsed: ParsedDocument) -> None:
    row = found(parsed, lambda p: "ベトナム" in shown(p, TEXT))
    assert values(row, TEXT)[2:] == [("国籍", "ペルー", None), ("人数", "12", None)]


def test_two_columns_of_sentences_keep_their_headers(parsed: ParsedDocument) -> None:
    row = found(parsed, lambda p: "柵が低くて" in shown(p, TEXT))
    assert [header for header, _, _ in values(row, TEXT)][:2] == ["意見", "市の考え方"]


def test_notes_stand_apart(parsed: ParsedDocument) -> None:
    assert found(parsed, lambda p: p.kind is PassageKind.NOTE).item == "※1"


def test_a_document_without_headings_is_one_sheet() -> None:
    parsed = read(Generic(), "海辺のお知らせ\n\n柵を直します。\n\n柵の工事は令和6年度に行います。\n")
    assert [(sheet.title, sheet.fiscal_years) for sheet in parsed.sheets] == [("海辺のお知らせ", ())]


def test_a_repeated_form_gives_a_sheet_each_with_its_own_fields() -> None:
    form = "事務事業評価シート\n\n事業名\t{}\n担当課\t{}\n年度\t令和{}年度\n\n効果があった。\n\n"
    text = (
        form.format("柵の更新", "港湾課", 4)
        + form.format("海開き", "観光課", 5)
        + form.format("清掃", "環境課", 5)
    )
    parsed = read(Generic(), text)
    assert [(s.title, s.departments, s.fiscal_years) for s in parsed.sheets] == [
        ("柵の更新", ("港湾課",), (2022,)),
        ("海開き", ("観光課",), (2023,)),
        ("清掃", ("環境課",), (2023,)),
    ]


@pytest.mark.parametrize(
    ("line", "title"), [("# 海辺の決まり", "海辺の決まり"), ("#海辺の決まり", "#海辺の決まり")]
)
def test_a_title_of_markdown_is_told_without_its_mark(line: str, title: str) -> None:
    assert read(Generic(), f"{line}\n\n火を使わないでください。\n").title == title


def test_an_unheaded_table_of_figures_is_reported() -> None:
    parsed = read(Generic(), "海辺の数\n\n北\t12\t30\t岩場の多い所\n南\t5\t8\t砂\n")
    assert len(parsed.warnings) == 1
    assert parsed.warnings[0].startswith("3行目")


def test_a_list_of_marked_lines_is_no_row_of_headings() -> None:
    text = "海辺の決まり\n\n1 火を使わない\n2 ごみを持ち帰る\n3 夜は泳がない\n"
    kept = " ".join(shown(p, text) for p in read(Generic(), text).passages)
    assert all(line in kept for line in ("火を使わない", "ごみを持ち帰る", "夜は泳がない"))


@pytest.mark.parametrize("text", ["", "\n\n", "海", "海\t1", "- 海", "第1章 海"])
def test_the_smallest_documents_are_kept_whole(text: str) -> None:
    kept = "".join(shown(passage, text) for passage in read(Generic(), text).passages)
    assert [*filter(str.isalnum, kept)] == [*filter(str.isalnum, text)]


def test_sentences_that_introduce_a_document_are_text() -> None:
    text = (
        "渡し船計画の進み具合\n\n計画の進み具合を、令和5年8月22日に開いた会議に報告しました。\n\n"
        "1　便数\n\n便数を保ちました。\n"
    )
    kinds = [passage.kind for passage in read(Generic(), text).passages]
    assert kinds == [PassageKind.PROSE, PassageKind.PROSE]
