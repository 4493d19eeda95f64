"""Figures of a row: what is a value, what it counts, in which unit, of which year and role."""

from __future__ import annotations

import pytest

from corpus.document import Document
from corpus.indicator import Direction, Indicator, IndicatorRole
from corpus.passage import Cell, Passage, PassageKind
from corpus.span import Span
from ingest.indicators import indicators_of
from ingest.values import figure_of, is_dash, unit_in_brackets, unit_of_name
from tests.corpus.make import a_document

HeaderAndText = tuple[str, int | None, str]

FIGURES = [
    ("88.4%", 88.4, "%"),
    ("35.0％", 35.0, "%"),
    ("12回", 12.0, "回"),
    ("1,027 千円", 1027.0, "千円"),
    ("18主体", 18.0, "主体"),
    ("11,690 人", 11690.0, "人"),
    ("14.4km", 14.4, "km"),
    ("12か所", 12.0, "か所"),
    ("19.0万㎡", 19.0, "万㎡"),
    ("12回/年", 12.0, "回/年"),
    ("120件（累計）", 120.0, "件"),
    ("延べ3,412人", 3412.0, "人"),
    ("１，２４４", 1244.0, ""),
    ("0", 0.0, ""),
    ("△198", -198.0, ""),
    ("▲5.2%", -5.2, "%"),
    ("-312", -312.0, ""),
    ("−3", -3.0, ""),
    ("17億4千万円", 1_740_000_000.0, "円"),
    ("1億2,345万円", 123_450_000.0, "円"),
]
NO_NUMBERS = [
    *("1,2,34", "2,0", "10～20", "10〜20人", "15.0以下", "14日以上", "約120件", "1/2", "5件増"),
    *(
        "随時",
        "実施",
        "類似団体平均以下",
        "条例定数の9割以上",
        "令和5年度",
        "2024年度",
        "9月",
        "4月から",
        "R2.3",
    ),
    *("○", "—", "-", "", "35人(R5末29人)"),
]


@pytest.mark.parametrize(("printed", "value", "unit"), FIGURES)
def test_a_cell_with_one_number_gives_it_with_its_unit(printed: str, value: float, unit: str) -> None:
    figure = figure_of(printed)
    assert (figure.value, figure.unit) == (value, unit)


@pytest.mark.parametrize("printed", NO_NUMBERS)
def test_what_is_more_or_less_than_a_number_gives_none(printed: str) -> None:
    assert (figure_of(printed).value, figure_of(printed).unit) == (None, "")


@pytest.mark.parametrize(
    ("printed", "dash"), [("—", True), ("-", True), ("－", True), ("", False), ("0", False)]
)
def test_a_dash_is_neither_blank_nor_zero(printed: str, dash: bool) -> None:
    assert is_dash(printed) is dash


LABELS = [
    ("決算額(千円) H28", "千円"),
    ("財政効果額(歳入) (単位:千円) 令和2年度", "千円"),
    ("事業費（単位：百万円）", "百万円"),
    ("割合（％）", "%"),
    ("従事職員数（人工）", "人工"),
    ("相談件数（延べ・件）", "件"),
    ("平均の待ち時間(分)", "分"),
    ("空き家の戸数(推計)", ""),
    ("外国人市民の人口(各年4月1日)", ""),
]
NAMES = [
    ("空き家登録件数", "件"),
    ("ふるさと納税寄附件数（累計）", "件"),
    ("日本語教室の受講者数（延べ）", "人"),
    ("派遣人数", "人"),
    ("研修の回数", "回"),
    ("返礼品の提供事業者数", ""),
    ("コンビニ交付率", ""),
    ("住みたいと思う人の割合", ""),
    ("返礼品の種類", ""),
]


@pytest.mark.parametrize(("label", "unit"), LABELS)
def test_a_label_gives_the_unit_in_its_brackets(label: str, unit: str) -> None:
    assert unit_in_brackets(label) == unit


@pytest.mark.parametrize(("name", "unit"), NAMES)
def test_a_name_gives_a_unit_only_where_it_is_certain(name: str, unit: str) -> None:
    assert unit_of_name(name) == unit


def a_row(
    cells: list[HeaderAndText],
    *,
    item: str = "",
    path: tuple[str, ...] = (),
    kind: PassageKind = PassageKind.ROW,
) -> tuple[Document, Passage]:
    text = "\t".join(text for _, _, text in cells)
    document = a_document(text)
    found, at = [], 0
    for header, year, words in cells:
        if words:
            span = Span(at, at + len(words))
            found.append(Cell(header=header, span=span, fiscal_year=year, text=words))
        at += len(words) + 1
    return document, Passage(
        passage_id=f"{document.document_id}/0001",
        document_id=document.document_id,
        sheet_ordinal=1,
        ordinal=1,
        kind=kind,
        segments=(Span(0, len(text)),),
        text=text,
        fiscal_years=(2024,),
        departments=("企画課",),
        section_path=path,
        item=item,
        cells=tuple(found),
        locators=(),
    )


def read(cells: list[HeaderAndText], **place: object) -> list[Indicator]:
    _, passage = a_row(cells, **place)  # type: ignore[arg-type]
    found = indicators_of(passage)
    assert all(one.span.of(passage.text) == one.value_text for one in found)
    return found


def values(found: list[Indicator]) -> list[tuple[str, str, int | None, float | None, str]]:
    return [(one.name, one.role.value, one.fiscal_year, one.value, one.value_text) for one in found]


INVENTORY: list[HeaderAndText] = [
    ("業務コード", None, "0403"),
    ("行政活動(手段)", None, "空き家利活用促進"),
    ("指標", None, "空き家登録件数"),
    ("H28実績", 2016, "-"),
    ("H29実績", 2017, "0"),
    ("H30実績", 2018, ""),
    ("R元実績", 2019, "随時"),
    ("R2実績", 2020, "１，３５５"),
    ("目 標", None, "↑"),
    ("達 成", None, "×"),
    ("備 考", None, "調査は3年に1度"),
]


def test_dash_blank_zero_and_words_are_kept_apart() -> None:
    found = read(INVENTORY, item="0403 空き家利活用促進")
    name = "空き家登録件数"
    assert values(found) == [
        (name, "actual", 2016, None, "-"),
        (name, "actual", 2017, 0.0, "0"),
        (name, "actual", 2019, None, "随時"),
        (name, "actual", 2020, 1355.0, "１，３５５"),
    ]
    assert [one.unit for one in found] == ["", "件", "", "件"]
    assert {(one.direction, one.achieved) for one in found} == {(Direction.UP, False)}
    assert {(one.measure, one.departments) for one in found} == {("0403 空き家利活用促進", ("企画課",))}


@pytest.mark.parametrize("name", ["-", "—"])
def test_a_row_whose_indicator_is_a_dash_has_none(name: str) -> None:
    cells = [(h, y, name if h == "指標" else t) for h, y, t in INVENTORY]
    assert read(cells) == []


def test_a_row_of_dashes_without_the_name_of_an_indicator_has_none() -> None:
    assert read([("行政活動(手段)", None, "計画を作る"), ("H28実績", 2016, "-"), ("目標", None, "→")]) == []


def test_a_row_of_dashes_under_a_name_keeps_them() -> None:
    found = read([("指標", None, "市民満足度"), ("H28実績", 2016, "-"), ("H29実績", 2017, "-")])
    assert [one.value_text for one in found] == ["-", "-"]


def plan_row(name: str, baseline: str, target: str) -> list[Indicator]:
    cells = [("", None, name), ("2024年度 基準値", 2024, baseline), ("2029年度 目標値", 2029, target)]
    return read(cells, item=name)


def test_baseline_and_target_of_a_plan() -> None:
    found = plan_row("ふるさと納税の寄附金額（累計）", "70,709千円", "411,519千円")
    assert [(one.role, one.fiscal_year, one.value, one.unit) for one in found] == [
        (IndicatorRole.BASELINE, 2024, 70709.0, "千円"),
        (IndicatorRole.TARGET, 2029, 411519.0, "千円"),
    ]
    assert {(one.direction, one.achieved, one.cumulative) for one in found} == {(None, None, True)}
    assert [one.yen for one in found] == [70_709_000.0, 411_519_000.0]


def test_a_name_that_holds_a_year_stays_the_name() -> None:
    found = plan_row("令和11年度（2029年度）の人口41,000人", "41,616人", "41,000人")
    assert {one.name for one in found} == {"令和11年度（2029年度）の人口41,000人"}


DIRECTIONS = [
    ("維持", Direction.KEEP),
    ("増加", Direction.UP),
    ("減少", Direction.DOWN),
    ("15.0以下", None),
    ("10回", None),
    ("類似団体平均以下", None),
]


@pytest.mark.parametrize(("target", "direction"), DIRECTIONS)
def test_a_target_gives_a_direction_only_in_so_many_words(target: str, direction: Direction | None) -> None:
    found = plan_row("懇談会の開催回数", "12回", target)
    assert [one.direction for one in found] == [direction, direction]
    assert found[1].value_text == target


def test_two_words_of_a_plan_without_a_number_are_kept() -> None:
    assert [one.value_text for one in plan_row("公表", "未実施", "実施")] == ["未実施", "実施"]


def test_amounts_of_a_project_are_settlement_and_budget_of_its_block() -> None:
    cells: list[HeaderAndText] = [
        ("事業名", None, "ふるさと納税事業"),
        ("決算額(千円) R2", 2020, "39,820"),
        ("予算額(千円) R3", 2021, "-"),
    ]
    found = read(cells, item="ふるさと納税事業", path=("06 自主財源を確保する",))
    assert values(found) == [
        ("ふるさと納税事業 決算額", "settlement", 2020, 39820.0, "39,820"),
        ("ふるさと納税事業 予算額", "budget", 2021, None, "-"),
    ]
    assert {(one.unit, one.measure) for one in found} == {("千円", "06 自主財源を確保する")}


def test_a_budget_that_was_not_filled_in_is_none() -> None:
    assert read([("事業名", None, "事業"), ("予算額", 2021, "千円")], item="事業") == []


EFFECT = "財政効果額(歳入) (単位:千円)"


def effects(notes: tuple[str, str]) -> list[Indicator]:
    cells: list[HeaderAndText] = [
        (f"{EFFECT} 令和2年度", 2020, "9,398"),
        (f"{EFFECT} 令和3年度", 2021, "497,952"),
        (f"{EFFECT} 令和2年度", 2020, notes[0]),
        (f"{EFFECT} 令和3年度", 2021, notes[1]),
        ("財政効果額(歳出) (単位:千円) 令和2年度", 2020, "—"),
    ]
    return read(cells, item="財政効果額", path=("財政効果額",))


def test_a_note_below_an_effect_is_no_value_and_completes_the_name() -> None:
    assert values(effects(("土地売却額", "土地売却額"))) == [
        ("財政効果額(歳入) 土地売却額", "effect", 2020, 9398.0, "9,398"),
        ("財政効果額(歳入) 土地売却額", "effect", 2021, 497952.0, "497,952"),
        ("財政効果額(歳出)", "effect", 2020, None, "—"),
    ]


def test_notes_that_differ_by_year_leave_the_name_alone() -> None:
    found = effects(("土地売却額", "土地売却額及び貸付料"))
    assert [one.name for one in found] == ["財政効果額(歳入)", "財政効果額(歳入)", "財政効果額(歳出)"]


def test_figures_of_a_target_amount_are_targets() -> None:
    cells: list[HeaderAndText] = [
        ("歳入増加目標額 令和2年度", 2020, "15,000千円"),
        ("歳入増加目標額 令和3年度", 2021, "15,000千円"),
    ]
    found = read(cells, item="歳入増加目標額", path=("取組工程",))
    assert [(one.name, one.role, one.fiscal_year) for one in found] == [
        ("歳入増加目標額", IndicatorRole.TARGET, 2020),
        ("歳入増加目標額", IndicatorRole.TARGET, 2021),
    ]


def test_steps_of_a_plan_are_no_actuals() -> None:
    cells: list[HeaderAndText] = [("令和5年度", 2023, "7地区"), ("令和6年度", 2024, "9地区")]
    assert read(cells, item="雪かき隊", path=("取組工程",)) == []


def test_unit_and_department_come_from_cells_of_their_own() -> None:
    cells: list[HeaderAndText] = [
        ("番号", None, "8"),
        ("指標名", None, "入居を断られた経験がある人の割合"),
        ("単位", None, "%"),
        ("基準値(令和4年度)", 2022, "22.6"),
        ("中間値(令和7年度)", 2025, "18.0"),
        ("目標値(令和9年度)", 2027, "15.0以下"),
        ("担当", None, "都市住宅課"),
    ]
    found = read(cells, item="入居を断られた経験がある人の割合")
    assert [(one.role.value, one.value, one.unit) for one in found] == [
        ("baseline", 22.6, "%"),
        ("target", 18.0, "%"),
        ("target", None, "%"),
    ]
    assert {one.departments for one in found} == {("都市住宅課",)}


def test_a_row_of_one_year_names_its_values_by_their_columns() -> None:
    cells: list[HeaderAndText] = [
        ("年度", 2023, "令和5年度"),
        ("相談件数", 2023, "120"),
        ("備考", 2023, "5月は休止"),
    ]
    assert values(read(cells, item="令和5年度")) == [("相談件数", "actual", 2023, 120.0, "120")]
    forecast = [(header, year, text.replace("5年度", "6年度(見込み)")) for header, year, text in cells]
    assert read(forecast, item="令和6年度(見込み)") == []


@pytest.mark.parametrize("kind", [kind for kind in PassageKind if kind is not PassageKind.ROW])
def test_only_rows_have_indicators(kind: PassageKind) -> None:
    assert read(INVENTORY, kind=kind) == []


def test_an_indicator_is_named_by_its_passage_and_place() -> None:
    document, passage = a_row(INVENTORY)
    names = [one.indicator_id for one in indicators_of(passage)]
    assert len(set(names)) == len(names)
    assert all(name.startswith(f"{document.document_id}/0001/") for name in names)


@pytest.mark.parametrize(
    ("unit", "yen"), [("円", 3.0), ("千円", 3_000.0), ("億円", 300_000_000.0), ("人", None)]
)
def test_yen_is_given_for_amounts_alone(unit: str, yen: float | None) -> None:
    (one,) = read([("指標", None, "補助額"), (f"R2実績({unit})", 2020, "3")])
    assert one.yen == yen
