"""Indicators of the real documents: what was counted in them by hand.

The documents are not part of the repository. They are read from ``../shared/seeds`` where that folder exists.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.indicator import Indicator, IndicatorRole
from tests.ingest.taken_in import Taken, taken_in

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir(), reason=f"the real documents are not part of the repository; expected in {SEEDS}"
)


def seed(number: str) -> Taken:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return taken_in(path)


def series(number: str, name: str, measure: str = "") -> list[Indicator]:
    return [one for one in seed(number).indicators if one.name == name and one.measure.startswith(measure)]


def by_year(found: list[Indicator]) -> dict[int | None, str]:
    return {one.fiscal_year: one.value_text for one in found}


YEARS = (2016, 2017, 2018, 2019, 2020)
ROWS = [
    ("ふるさと納税の件数", "06 ", (1244, 903, 636, 787, 1355), "件", "up", True),
    ("返礼品の種類", "0601 ", (22, 27, 30, 37, 144), "", "up", True),
    ("東京圏でのPR活動数", "0402 ", (2, 2, 3, 2, 0), "", "up", False),
    ("空き家登録件数", "040301 ", (None, 0, 3, 6, 8), "件", "up", True),
    ("助成件数", "040302 ", (None, 0, 0, 2, 4), "件", "up", True),
    ("指標達成率", "0301 ", (55.0, 46.8, 56.8, 53.0, None), "%", "up", False),
    ("インシデント件数", "03 ", (0, 0, 2, 0, 0), "件", "keep", True),
    ("ローリングの実施", "0102 ", (None, None, None, None, None), "", "keep", True),
]


@pytest.mark.parametrize(("name", "measure", "values", "unit", "direction", "achieved"), ROWS)
def test_002_rows_have_each_value_under_its_year(
    name: str, measure: str, values: tuple[float | None, ...], unit: str, direction: str, achieved: bool
) -> None:
    found = series("002", name, measure)
    assert [(one.fiscal_year, one.value) for one in found] == list(zip(YEARS, values, strict=True))
    assert {one.unit for one in found if one.value is not None} <= {unit}
    assert {one.role for one in found} == {IndicatorRole.ACTUAL}
    assert {(one.direction, one.achieved) for one in found} == {(direction, achieved)}


@pytest.mark.parametrize("code", ["05 ", "0501 ", "0502 ", "0503 ", "0101 総合計画"])
def test_002_rows_whose_indicator_is_a_dash_or_blank_have_none(code: str) -> None:
    settled = (IndicatorRole.SETTLEMENT, IndicatorRole.BUDGET)
    assert [
        one for one in seed("002").indicators if one.measure.startswith(code) and one.role not in settled
    ] == []


def amounts(name: str, block: str) -> list[tuple[str, int | None, str]]:
    taken = seed("002")
    return [
        (one.role.value, one.fiscal_year, one.value_text)
        for one in taken.indicators
        if one.name in (f"{name} 決算額", f"{name} 予算額")
        and one.measure.startswith(block)
        and taken.title_of(one) == "組織の方針"
    ]


def test_002_the_same_project_has_other_amounts_under_another_block() -> None:
    labels = [("settlement", year) for year in YEARS] + [("budget", 2021)]
    third = [*zip(labels, ("274", "0", "269", "354", "0", "30"), strict=True)]
    fifth = [*zip(labels, ("3,397", "-", "-", "3,658", "4,539", "-"), strict=True)]
    assert amounts("政策調整推進事業", "03 ") == [(*label, text) for label, text in third]
    assert amounts("政策調整推進事業", "05 ") == [(*label, text) for label, text in fifth]
    sixth = [*zip(labels, ("31,086", "30,994", "18,244", "31,785", "39,820", "11,198"), strict=True)]
    assert amounts("ふるさと納税事業", "06 ") == [(*label, text) for label, text in sixth]


def test_002_budgets_of_the_head_are_of_the_documents_year() -> None:
    found = [one for one in seed("002").indicators if one.name == "まちひとしごと創生推進事業 予算額"]
    assert [(one.role, one.fiscal_year, one.value, one.unit, one.yen) for one in found] == [
        (IndicatorRole.BUDGET, 2021, 15888.0, "千円", 15_888_000.0)
    ]


PLAN = [
    ("経常収支比率", "88.4%", "類似団体平均以下", "%"),
    ("ふるさと納税の寄附金額（累計）", "70,709千円", "411,519千円", "千円"),
    ("行政手続きの電子申請率", "14.3%", "35.0%", "%"),
    ("職員研修のアンケートにより行動変容に繋がったと回答した職員の割合", "88.1%", "90.0%", "%"),
    ("協働事業に参画する主体数（人材バンク含む）", "18主体", "20主体", "主体"),
    (
        "協働のまちづくり啓発事業の参加者アンケートにおける「まちづくりに参画する意思を持つ人」の割合",
        *("97.5%", "98.0%", "%"),
    ),
    (
        "協働のまちづくり制度（元気な地域支援事業・提案制度）・人材バンクの新規活用・登録数",
        *("4主体", "4主体", "主体"),
    ),
    ("協働のまちづくり制度（元気な地域支援事業・提案制度）の継続率", "83.3%", "85.0%", "%"),
    (
        "国籍や文化の違いに関わらず、誰もが安心して生活できる環境が整っていると感じる人の割合",
        *("—", "45.0%", "%"),
    ),
    ("多文化共生懇談会の開催回数", "12回", "10回", "回"),
    ("外国人キーパーソンの発掘", "3人", "3人", "人"),
    ("多文化共生地域交流会の開催回数", "2回", "5回", "回"),
    ("人権が尊重されていると感じる人の割合", "—", "40.0%", "%"),
    (
        "町ぐるみ人権教育推進大会参加者アンケートで自身の人権意識高揚に「役に立った」と答えた割合",
        *("92.4%", "93.0%", "%"),
    ),
    (
        "男女共同参画事業の参加者アンケートにおける「男女共同参画の視点を持って生活しようと思う人」の割合",
        *("87.9%", "92.0%", "%"),
    ),
    ("配偶者暴力相談支援センターの研修回数", "28回", "28回", "回"),
    ("町からの情報の入手手段が充実していると感じる人の割合", "—", "50.0%", "%"),
    ("町公式 SNS 等のフォロワー数、登録者数等（累計）", "11,690 人", "20,850 人", "人"),
    ("パブリシティ年間情報提供件数（累計）", "55 件", "240 件", "件"),
    ("ホームページアクセス数", "711,728 件", "800,000 件", "件"),
    ("令和11年度（2029年度）の人口41,000人", "41,616人", "41,000人", "人"),
    ("ふるさと納税寄附件数（累計）", "1,336件", "10,286件", "件"),
    ("SNS等により町の魅力をPRした回数", "63回", "63回", "回"),
    ("今後も大泉町に住みたいと思う人の割合", "44.6%", "50.0%", "%"),
]


def test_001_has_these_indicators_and_no_others() -> None:
    assert [one.name for one in seed("001").indicators[::2]] == [name for name, *_ in PLAN]
    assert len(seed("001").indicators) == 2 * len(PLAN)


@pytest.mark.parametrize(("name", "baseline", "target", "unit"), PLAN, ids=[name for name, *_ in PLAN])
def test_001_each_kgi_and_kpi_has_its_baseline_and_target(
    name: str, baseline: str, target: str, unit: str
) -> None:
    found = series("001", name)
    assert [(one.role.value, one.fiscal_year, one.value_text) for one in found] == [
        ("baseline", 2024, baseline),
        ("target", 2029, target),
    ]
    for one in found:
        digits = one.value_text.rstrip("%千円主体回人件 ").replace(",", "")
        number = float(digits) if digits.replace(".", "").isdigit() else None
        assert (one.value, one.unit) == (number, unit if number is not None else "")
        assert one.cumulative == ("累計" in name)


EFFECTS = {
    "情報システムの最適化": ("歳出", (104307, 132373, 118869, 125374)),
    "オートレース専用場外発売所の活性化": ("歳入", (105854, 134060, 110076, 125869)),
    "ネーミングライツ事業の導入による自主財源の確保等": ("歳入", (None, None, 6421, 19360)),
    "利活用のない市有財産の処分による自主財源の確保と財産管理の適正化": (
        "歳入",
        (9398, 497952, 175303, 24713),
    ),
    "診療材料等の納入価格見直しに伴う経費削減": ("歳出", (57170, 36925, 36098, 44193)),
    "患者自費未収金対策": ("歳入", (20458, 8383, 14641, 7404)),
    "行政情報の共有と市民ニーズの把握": ("歳入", (6937, 7261, 7775, 8017)),
}


def test_003_numeric_effects_stand_in_eight_sheets() -> None:
    taken = seed("003")
    effects = [one for one in taken.indicators if one.role is IndicatorRole.EFFECT]
    assert all(one.value is not None or one.value_text in ("—", "-") for one in effects)
    numeric = [one for one in effects if one.value is not None]
    assert {one.unit for one in numeric} == {"千円"}
    titles = dict.fromkeys(taken.title_of(one) for one in numeric)
    assert len(titles) == 8
    (paid,) = set(titles) - set(EFFECTS)
    for title, (side, amounts) in [*EFFECTS.items(), (paid, ("歳入", (220, 220, 220, 220)))]:
        found = [one for one in numeric if taken.title_of(one) == title]
        assert all(f"({side})" in one.name for one in found)
        expected = {2020 + at: amount for at, amount in enumerate(amounts) if amount is not None}
        assert {one.fiscal_year: one.value for one in found} == expected


def test_003_target_amounts_are_targets_of_their_years() -> None:
    targets = [one for one in seed("003").indicators if one.role is IndicatorRole.TARGET]
    assert {one.name for one in targets} == {
        "歳入増加目標額",
        "歳出削減目標額",
        "累積患者自費未収金縮減目標",
    }
    assert by_year([one for one in targets if one.name == "歳出削減目標額"]) == {
        2020: "20,000千円",
        2021: "15,000千円",
        2022: "20,000千円",
        2023: "15,000千円",
        2024: "20,000千円",
    }


@pytest.mark.parametrize("number", ["000", "004"])
def test_documents_without_a_table_of_figures_have_no_indicators(number: str) -> None:
    assert seed(number).indicators == ()


@pytest.mark.parametrize("number", ["001", "002", "003"])
def test_every_indicator_is_what_the_source_says_at_its_place(number: str) -> None:
    taken = seed(number)
    assert all(one.span.of(taken.text) == one.value_text for one in taken.indicators)
    names = [one.indicator_id for one in taken.indicators]
    assert len(names) == len(set(names)) > 40
