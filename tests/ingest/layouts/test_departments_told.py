"""What department a sheet, a section and a row are of, in forms that name it in different places."""

import pytest

from ingest.layouts.departments import named_within
from ingest.layouts.form_fields import offices_in_heading
from ingest.layouts.generic import Generic
from tests.ingest.documents import found, read, under

POLICY = """令和6年度　組織の運営方針

{first}の運営方針

１　使命
暮らしを支えます。

２　重点目標
重点目標1\t人材の育成\t\t
担当課\t人事課\t\t
指標\t指標名\t令和5年度 実績\t令和6年度 目標
\t研修の受講者数\t80人\t100人

{second}の運営方針

１　使命
健康を支えます。

２　重点目標
健診を勧めます。
"""


def test_titles_of_departments_begin_sheets_and_hold_numbered_sections() -> None:
    parsed = read(Generic(), POLICY.format(first="総務部", second="福祉部"))
    assert [(sheet.title, sheet.departments) for sheet in parsed.sheets] == [
        ("総務部の運営方針", ("総務部",)),
        ("福祉部の運営方針", ("福祉部",)),
    ]
    assert len(under(parsed, "福祉部の運営方針", "２ 重点目標")) == 1
    assert parsed.warnings == ()


def test_titles_that_name_no_department_begin_no_sheet() -> None:
    parsed = read(Generic(), POLICY.format(first="本年度", second="次年度"))
    assert "本年度の運営方針" not in [sheet.title for sheet in parsed.sheets]


def test_office_of_a_block_holds_for_the_indicators_below_it() -> None:
    parsed = read(Generic(), POLICY.format(first="総務部", second="福祉部"))
    assert found(parsed, lambda one: one.item == "研修の受講者数").departments == ("総務部", "人事課")


def test_row_is_of_the_department_in_its_column() -> None:
    text = (
        "実施計画\n\n第1章　暮らし\n\n事業名\t担当課\tR5予算\tR6計画\n"
        "健診事業\t福祉課\t10\t20\n橋の修繕\t建設課\t30\t40\nその他\t－\t1\t2\n"
    )
    parsed = read(Generic(), text)
    assert [(one.item, one.departments) for one in parsed.passages if one.item] == [
        ("健診事業", ("福祉課",)),
        ("橋の修繕", ("建設課",)),
        ("その他", ()),
    ]


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        (("総務部",), ("人事課",), ("総務部", "人事課")),
        (("総務部",), ("福祉部 長寿課",), ("福祉部 長寿課",)),
        (("企画課",), ("人事課",), ("人事課",)),
        ((), ("人事課", "財政課"), ("人事課", "財政課")),
    ],
)
def test_division_of_the_sheet_stays_with_its_sections(
    outer: tuple[str, ...], inner: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert named_within(outer, inner) == expected


@pytest.mark.parametrize(
    ("heading", "offices"),
    [
        ("施策1 防災（危機管理課）", ("危機管理課",)),
        ("施策1 防災（担当課：危機管理課、消防本部）", ("危機管理課", "消防本部")),
        ("(2) 子育て【こども課・健康課】", ("こども課・健康課",)),
        ("施策1 防災（新規）", ()),
        ("施策1 防災（重点課題）", ()),
        ("施策1 防災（令和6年度）", ()),
        ("施策1 防災（備考：危機管理課）", ()),
    ],
)
def test_heading_names_departments_in_brackets_at_its_end(heading: str, offices: tuple[str, ...]) -> None:
    assert offices_in_heading(heading) == offices


def test_department_of_a_heading_holds_until_the_next() -> None:
    text = (
        "総合計画\n\n第1章　安全\n\n施策1　防災（危機管理課）\n訓練を行います。\n\n"
        "施策2　交通\n見守りを行います。\n"
    )
    offices = {
        one.section_path[-1]: one.departments for one in read(Generic(), text).passages if one.section_path
    }
    assert offices == {"施策1 防災（危機管理課）": ("危機管理課",), "施策2 交通": ()}


GOALS = """令和6年度　港湾部の目標

目標１　岸壁を直す
主管課\t港湾課\t重み\t★★
割合\t30％\t共管課\tなし
現状と課題\t岸壁の三割が傷んでいます。\t\t
手段\t毎年二か所を直します。\t\t

目標２　浜を清める
主管課\t海岸課\t重み\t★
割合\t20％\t共管課\t港湾課
現状と課題\t浜に流木が多くあります。\t\t
手段\t月に一度集めます。\t\t
"""


def test_a_field_that_names_a_department_heads_no_column() -> None:
    parsed = read(Generic(), GOALS)
    told = {passage.section_path[-1]: passage.departments for passage in parsed.passages if passage.cells}
    assert told == {"目標１ 岸壁を直す": ("港湾課",), "目標２ 浜を清める": ("海岸課",)}
    headers = {cell.header for passage in parsed.passages for cell in passage.cells}
    assert headers == {"主管課", "重み", "割合", "共管課", "現状と課題", "手段"}


def test_a_marked_heading_that_recurs_is_no_running_header() -> None:
    text = "".join(
        f"事業{n}　朝市の{word}\n\n【市の対応方針】\n{word}を見直します。\n\n"
        for n, word in enumerate(("場所", "時間", "宣伝", "衛生"), start=1)
    )
    parsed = read(Generic(), f"朝市の評価\n\n{text}")
    assert [passage.section_path[-1] for passage in parsed.passages[1:]] == ["市の対応方針"] * 4


MEASURES = "".join(
    f"施策{n}　{name}\n\n分野：港　　主管課：{office}　　関係課：税務課、総務課\n\n"
    f"現状と課題\n{name}が課題です。\n\nめざす姿\n{name}が進んでいます。\n関連計画\n磯の計画その{n}\n\n"
    "指標\n\n指標名\t現状値\t中間（R7）\n件数\t3件\t5件\n\n"
    for n, name, office in (
        (1, "岸壁の直し", "港湾課"),
        (2, "浜の清め", "海岸課"),
        (3, "船の貸し出し", "水産課"),
    )
)


def test_fields_on_a_line_name_the_department_of_a_sheet() -> None:
    parsed = read(Generic(), f"港の計画\n\n{MEASURES}")
    assert [sheet.departments for sheet in parsed.sheets] == [("港湾課",), ("海岸課",), ("水産課",)]


def test_parts_that_recur_in_each_sheet_stand_side_by_side() -> None:
    parsed = read(Generic(), f"港の計画\n\n{MEASURES}")
    inner = [passage.section_path[1:] for passage in parsed.passages if passage.sheet == 1]
    assert inner == [(), ("現状と課題",), ("めざす姿",), ("関連計画",), ("指標",)]


def test_a_line_of_a_label_and_departments_alone_names_them() -> None:
    parsed = read(
        Generic(),
        "港の計画\n\n重点１　岸壁\n担当 港湾課、総務課\n岸壁を直します。\n\n"
        "重点２　浜\n担当 する人を増やします。\n浜を清めます。\n",
    )
    told = {one.section_path[-1]: one.departments for one in parsed.passages if one.section_path}
    assert told == {"重点１ 岸壁": ("港湾課", "総務課"), "重点２ 浜": ()}


def test_figures_below_a_heading_of_another_year_are_of_that_year() -> None:
    table = "指標\t目標\t実績\n渡し船の客\t30人\t21人\n"
    parsed = read(
        Generic(),
        f"令和6年度　港の事業の目標管理シート\n\n第１　今年度\n{table}\n第２　前年度（令和5年度）\n{table}",
    )
    years = {
        one.section_path[-1]: {c.fiscal_year for c in one.cells[1:]} for one in parsed.passages if one.cells
    }
    assert years == {"第１ 今年度": {2024}, "第２ 前年度（令和5年度）": {2023}}


DIVISIONS = """港の町　課の目標

■ 港湾課（課長　樫野 一郎　職員数 9人）

【課の仕事】
桟橋を守ります。

【年度末の結果】

- 1 -

■ 水産課（課長　榎田 花

【課の仕事】
市場を開きます。

【年度末の結果】

- 2 -

■ 議会事務局

【課の仕事】
会議を開きます。

【年度末の結果】
"""


def test_titles_of_nothing_but_a_department_and_its_head_begin_sheets() -> None:
    parsed = read(Generic(), DIVISIONS)
    assert [sheet.departments for sheet in parsed.sheets] == [("港湾課",), ("水産課",), ("議会事務局",)]
    assert [(one.sheet, one.label) for one in parsed.absences] == [
        (0, "年度末の結果"),
        (1, "年度末の結果"),
        (2, "年度末の結果"),
    ]


def test_titles_of_which_one_names_no_department_begin_none() -> None:
    parsed = read(Generic(), DIVISIONS.replace("■ 水産課（課長　榎田 花", "■ 水産課（案）"))
    assert all(not sheet.departments for sheet in parsed.sheets)
