"""Where one table ends and the next begins inside of one grid."""

import pytest

from ingest.blocks import Table, TextLine, blocks_of
from ingest.layouts.generic import Generic
from ingest.layouts.table_parts import parted
from tests.ingest.documents import read, values

YEARS = "指標\t指標名\t令和5年度 実績\t令和6年度 目標\n\t採用者数の割合\t81.3%\t100%\n"
SHEET = "第1章　職員\n\n"


def parts(text: str) -> list[list[str] | str]:
    """Each block as the first cells of its rows, or as its line."""
    shown: list[list[str] | str] = []
    for block in parted(blocks_of(text)):
        if isinstance(block, Table):
            shown.append([row.cells[0].text for row in block.rows])
        elif isinstance(block, TextLine):
            shown.append(block.text)
    return shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{YEARS}中間確認\t技術職3人を採用した。\t\t\n年度末評価\t\t\t\n",
            [["指標", ""], ["中間確認", "年度末評価"]],
        ),
        (f"{YEARS}年度末評価\t\t\t\n", [["指標", ""], ["年度末評価"]]),
        (f"{YEARS}合計\t\t90%\t100%\n", [["指標", "", "合計"]]),
        (
            "区分\t令和4年度\t\t令和5年度\n年度計画\t検討\t\t実施\n取組実績\t窓口を一つにした。\t\t\n今後の方針\t\t\t\n",
            [["区分", "年度計画"], ["取組実績", "今後の方針"]],
        ),
        (
            "区分\t令和4年度\t令和5年度\n調査\t業者を選ぶ。\t\n工事\t\t着手する。\n",
            [["区分", "調査", "工事"]],
        ),
        (
            "基本目標1　村\t\t\t（単位：千円）\n事業名\t担当課\tR5予算\tR6計画\n健診事業\t福祉課\t10\t20\n",
            ["基本目標1　村", "（単位：千円）", ["事業名", "健診事業"]],
        ),
        (
            "番号\t項目\t年度別計画\t\t評価\n\t\tR4\tR5\t\n1-1\t窓口の統合\t検討\t実施\t○\n1-2\t紙の廃止\t実施\t→\t△\n",
            [["番号", "", "1-1", "1-2"]],
        ),
        (
            "指標名\t単位\t区分\tR4\tR5\n渡航の相談\t件\t計画\t－\t－\n\t\t実績\t14\t19\n",
            [["指標名", "渡航の相談", ""]],
        ),
        (
            "指標名\t単位\t区分\tR4\tR5\n渡航の相談\t件\t計画\t随時\t随時\n\t\t実績\t14\t19\n",
            [["指標名", "渡航の相談", ""]],
        ),
    ],
)
def test_table_ends_where_a_field_or_a_caption_stands(text: str, expected: list[list[str] | str]) -> None:
    assert parts(text) == expected


def test_field_below_years_is_no_value_of_a_year() -> None:
    text = SHEET + "区分\t令和4年度\t令和5年度\n進捗評価\t○\t◎\n令和5年度の取組実績\t窓口を一つにした。\t\n"
    passage = read(Generic(), text).passages[-1]
    assert values(passage, text) == [("令和5年度の取組実績", "窓口を一つにした。", 2023)]


def test_field_of_another_block_takes_no_header_from_above() -> None:
    text = (
        f"{SHEET}{YEARS}\n重点目標2\t庁舎の建替え\t\t\n担当課\t財産課\t\t\n取組内容\t計画を作ります。\t\t\n"
    )
    headers = [value[0] for value in values(read(Generic(), text).passages[-1], text)]
    assert headers == ["重点目標2", "担当課", "取組内容"]


def test_empty_field_below_indicators_is_recorded_once() -> None:
    text = f"{SHEET}{YEARS}中間確認\t技術職3人を採用した。\t\t\n年度末評価\t\t\t\n"
    assert [(one.label, one.fiscal_year) for one in read(Generic(), text).absences] == [("年度末評価", None)]


def test_two_lines_of_a_header_stay_together_below_a_caption() -> None:
    text = (
        "実施計画\n\n基本目標1　支え合う村\t\t\t\t（単位：千円）\n"
        "事業名\t担当課\t事業費\t\t財源\n\t\tR5予算\tR6計画\t\n健診事業\t福祉課\t10\t20\t一般財源\n"
    )
    passage = read(Generic(), text).passages[-1]
    assert passage.item == "健診事業"
    assert values(passage, text) == [
        ("単位", "（単位：千円）", None),
        ("事業名", "健診事業", None),
        ("担当課", "福祉課", None),
        ("事業費 R5予算", "10", 2023),
        ("事業費 R6計画", "20", 2024),
        ("財源", "一般財源", None),
    ]
