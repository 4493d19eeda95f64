"""業務棚卸表: the tree of 業務, shifted rows, amounts of 事業, prose."""

import pytest

from corpus.passage import PassageKind
from ingest.layouts.business_inventory import BusinessInventory
from ingest.parsed import ParsedDocument
from tests.ingest.documents import document_of, found, read, shown, under, values

TEXT = """年度\tR3
シートNo.\t7
所属\t産業部 水産課 漁港係
シート名\t漁港の管理

業務棚卸表

第三次 総合計画\t基本目的\tⅡ 海とともに暮らすまち
\t施策の方向\tⅡ-3 漁港を長く使えるよう直します。
\t\tⅡ-3 担い手を育てます。

人工\tこの表の職員数(実際に配置した人数をもとに数えています)\t正規\t再任用
\tすべての表の合算\t2.0\t1.0

款\t項\t目\t事業名\t予算額
6\t1\t3\t漁港管理事業\t1,027 千円
\t\t\t放流事業\t500 千円
\t\t\t\t千円
合計\t\t\t\t1,527 千円

任 務 目 的\t指 標\t過去の実績\t\t\t目 標\t達 成\t備 考
\t\tH30\tR元\tR2\t\t\t
安全に使える漁港になっている\t事故の件数\t3\t1\t0\t↓\t○\t

業務コード (2桁・4桁・6桁)\t行政活動(手段)\t指標\tH30実績\tR元実績\tR2実績\t目標\t達成\t備考
01\t漁港を管理する\t点検の回数\t4\t4\t6\t→\t○\t
0101\t岸壁を直す\t\t-\t-\t-\t→\t○\t
\t010101 傷みを調べる\t\t\t\t\t\t\t
\t010102 直す順を決める\t\t\t\t\t\t\t
0102\t市場を運営する\t\t\t\t\t\t\t
\t010201 せりを開く\tせりの回数\t-\t210\t198\t↑\t×\t休漁のため
事業名\t漁港管理事業\t年度別決算・予算額(千円)\t274\t0\t1,354\t1,027\t\t

02\t資源を増やす\t\t放流した数\t1244\t903\t1,355\t↑\t○\t
\t0201\t稚魚を放す\t魚の種類\t2\t3\t5\t↑\t○\t
\t020101\t稚魚を買う\t\t\t\t\t\t
\t事業名 放流事業\t年度別決算・予算額(千円)\t-\t65\t892\t500\t\t

R3.3.31時点の種類の数

R2年度までのシートの総括
 岸壁の傷みは減った。水揚げは戻っていない。

今後の考え方や方針等

資源の回復に努める。
"""


@pytest.fixture(scope="module")
def parsed() -> ParsedDocument:
    return read(BusinessInventory(), TEXT)


def test_the_form_gives_title_department_and_year(parsed: ParsedDocument) -> None:
    (sheet,) = parsed.sheets
    assert (sheet.title, sheet.identity) == ("漁港の管理", "シートNo.7 漁港の管理")
    assert (sheet.departments, sheet.fiscal_years) == (("産業部 水産課 漁港係",), (2021,))


def test_a_row_stands_under_its_parents_with_all_its_headers(parsed: ParsedDocument) -> None:
    row = found(parsed, lambda p: p.item == "010201 せりを開く")
    assert row.section_path == ("01 漁港を管理する", "0102 市場を運営する")
    assert row.fiscal_years == (2018, 2019, 2020)
    assert values(row, TEXT) == [
        ("行政活動(手段)", "010201 せりを開く", None),
        ("指標", "せりの回数", None),
        ("H30実績", "-", 2018),
        ("R元実績", "210", 2019),
        ("R2実績", "198", 2020),
        ("目標", "↑", None),
        ("達成", "×", None),
        ("備考", "休漁のため", None),
    ]


@pytest.mark.parametrize(
    ("indicator", "expected"), [("放流した数", ["1244", "903", "1,355"]), ("魚の種類", ["2", "3", "5"])]
)
def test_shifted_rows_keep_their_years(parsed: ParsedDocument, indicator: str, expected: list[str]) -> None:
    row = found(parsed, lambda p: ("指標", indicator, None) in values(p, TEXT))
    assert [value for _, value, year in values(row, TEXT) if year is not None] == expected


def test_activities_without_figures_stand_together_under_their_parent(parsed: ParsedDocument) -> None:
    listed = found(parsed, lambda p: p.item == "0101 岸壁を直す" and p.section_path[-1] == "0101 岸壁を直す")
    assert shown(listed, TEXT) == "010101 傷みを調べる / 010102 直す順を決める"


def test_a_heading_for_its_children_is_no_passage(parsed: ParsedDocument) -> None:
    assert not any(shown(p, TEXT) == "0102\t市場を運営する" for p in parsed.passages)


def test_the_last_amount_of_a_project_is_the_budget_of_the_sheets_year(parsed: ParsedDocument) -> None:
    first, second = (p for p in parsed.passages if p.section_path and p.item in ("漁港管理事業", "放流事業"))
    assert first.section_path == ("01 漁港を管理する",)
    assert second.section_path == ("02 資源を増やす",)
    assert values(first, TEXT) == [
        ("事業名", "漁港管理事業", None),
        ("決算額(千円) H30", "274", 2018),
        ("決算額(千円) R元", "0", 2019),
        ("決算額(千円) R2", "1,354", 2020),
        ("予算額(千円) R3", "1,027", 2021),
    ]
    assert values(second, TEXT)[0] == ("事業名", "放流事業", None)
    assert [value for _, value, _ in values(second, TEXT)[1:]] == ["-", "65", "892", "500"]


def test_the_budget_fills_merged_classes_down(parsed: ParsedDocument) -> None:
    row = found(parsed, lambda p: ("予算額", "500 千円", 2021) in values(p, TEXT))
    assert values(row, TEXT) == [
        ("款", "6", None),
        ("項", "1", None),
        ("目", "3", None),
        ("事業名", "放流事業", None),
        ("予算額", "500 千円", 2021),
    ]


def test_a_header_over_two_lines_is_joined(parsed: ParsedDocument) -> None:
    row = found(parsed, lambda p: p.item == "事故の件数")
    assert values(row, TEXT)[2] == ("過去の実績 H30", "3", 2018)


def test_prose_stands_under_its_heading(parsed: ParsedDocument) -> None:
    assert (
        shown(under(parsed, "R2年度までのシートの総括")[0], TEXT)
        == "岸壁の傷みは減った。水揚げは戻っていない。"
    )
    assert shown(under(parsed, "今後の考え方や方針等")[0], TEXT) == "資源の回復に努める。"


def test_an_overflowing_note_belongs_to_the_rows_above(parsed: ParsedDocument) -> None:
    note = found(parsed, lambda p: p.kind is PassageKind.NOTE)
    assert (shown(note, TEXT), note.section_path) == ("R3.3.31時点の種類の数", ("02 資源を増やす",))


def test_score_needs_forms_and_codes() -> None:
    assert BusinessInventory().score(document_of(TEXT)) > 0.7
    assert BusinessInventory().score(document_of("業務コード\t行政活動\t指標\n01\t港\t数")) == 0.0
