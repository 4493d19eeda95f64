"""Which lines are headings where no mark tells it, or a mark tells too much."""

import pytest

from ingest.blocks import blocks_of
from ingest.layouts.furniture import contents_of
from ingest.layouts.outline_headings import headings_of

TITLE = "第2次くすのき市総合計画\n\n第1章　安全\n\n"


def labels(text: str) -> list[str]:
    return [label for _, label in headings_of(tuple(blocks_of(TITLE + text)), frozenset()).values()][1:]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "主な取組\n○ 講習会の開催\n\n○ 備蓄品の更新\n\n成果指標\n\n本文です。\n",
            ["主な取組", "成果指標"],
        ),
        ("主な取組\n・講習会の開催\n・備蓄品の更新\n", ["主な取組"]),
        ("○ 講習会\n講習会を開きます。\n\n○ 備蓄品\n備蓄を増やします。\n", ["講習会", "備蓄品"]),
        ("1　見込み\n表1　給付費（千円）\n区分\tR5\tR6\n費用\t1\t2\n", ["1 見込み", "表1 給付費（千円）"]),
        (
            "基本目標1　豊かな自然と共に生きる村（環境・防災・道路）\n（単位：千円）\n区分\tR5\n費用\t1\n",
            ["基本目標1 豊かな自然と共に生きる村（環境・防災・道路）"],
        ),
        (
            "総務課の取組\n\n1　現状\n職員が減りました。\n\n福祉課の取組\n\n1　現状\n相談が増えました。\n",
            ["総務課の取組", "1 現状", "福祉課の取組", "1 現状"],
        ),
        (
            "目標１　潮の町\n港です。\n目標２　浜に呼び、もてなす\n浜です。\n目標３　船\n船です。\n",
            ["目標１ 潮の町", "目標２ 浜に呼び、もてなす", "目標３ 船"],
        ),
        (
            "施策1　海辺の子育て\n担当課　港湾課\n施策2　船出\n担当課　水産課\n",
            ["施策1 海辺の子育て", "施策2 船出"],
        ),
        (
            "方針1　窓口\n\n港です。\n\n方針1　額計 20千円\n\n方針2　財政\n\n沖です。\n\n方針2　額計 8千円\n",
            ["方針1 窓口", "方針2 財政"],
        ),
        (
            "1.1 海\n\n1.1.1 港\n\n港です。\n\n1.1.2 浜\n\n浜です。\n\n1.2 山\n\n1.2.1 沢\n\n沢です。\n",
            ["1.1 海", "1.1.1 港", "1.1.2 浜", "1.2 山", "1.2.1 沢"],
        ),
        ("【港湾課作成　令和6年7月26日】\n\n区分\tR5\n費用\t1\n\n【港の仕事】\n港です。\n", ["港の仕事"]),
        ("【令和6年4月1日現在】\n\n区分\tR5\n費用\t1\n\n本文です。\n", ["令和6年4月1日現在"]),
        ("開始2　年度の途中から\n担当は港湾課です。\n開始3　翌年度から\n担当は観光課です。\n", []),
    ],
)
def test_headings_are_told_from_entries_of_lists(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("計画書\n\nくすのき市\n\n令和6年3月\n\n第1章　安全\n\n本文です。\n", ["第1章 安全"]),
        (
            "報告書\n\nくすのき市\n\n講習を開きます。\n\nけやき町\n\n備蓄を増やします。\n",
            ["くすのき市", "けやき町"],
        ),
    ],
)
def test_town_alone_on_a_cover_is_no_heading(text: str, expected: list[str]) -> None:
    found = headings_of(tuple(blocks_of(text)), frozenset()).values()
    assert [label for _, label in found] == expected


def test_what_ends_a_series_stands_beside_its_parts_and_so_does_a_preface() -> None:
    text = (
        "はじめに\n港の五つの事業を評価しました。\n\n"
        "事業１　渡し船\n\n【意見】\n続けること。\n\n事業２　灯台\n\n【意見】\n改めること。\n\n"
        "事業３　朝市\n\n【意見】\n広げること。\n\n評価の進め方\n\n毎年五月に行います。\n"
    )
    found = headings_of(tuple(blocks_of("港の事業の評価\n\n" + text)), frozenset()).values()
    ranks = {label: rank for rank, label in found}
    outer = {ranks[label] for label in ("はじめに", "事業１ 渡し船", "事業３ 朝市", "評価の進め方")}
    assert len(outer) == 1
    assert ranks["意見"] > outer.pop()


def test_a_preface_stands_beside_numbers_that_part_a_document() -> None:
    text = (
        "はじめに\n港です。\n\n1　総務部\n\n使命です。\n\n2　港湾部\n\n使命です。\n\n用語解説\n\n杭です。\n"
    )
    found = headings_of(tuple(blocks_of("港の組織目標\n\n" + text)), frozenset()).values()
    assert len({rank for rank, _ in found}) == 1


def test_an_overview_of_titles_that_recur_is_a_contents_list() -> None:
    titles = ["施策1　港", "施策2　浜", "施策3　沖"]
    overview = "".join(f"{title}（担当：港湾課）\n" for title in titles)
    parts = "".join(f"{title}\n\n{title[-1]}を守ります。\n\n" for title in titles)
    blocks = tuple(blocks_of("計画の体系\n" + overview + "\n" + parts))
    assert contents_of(blocks) == {1, 2, 3}
    assert contents_of(tuple(blocks_of("計画の体系\n" + overview))) == frozenset()
