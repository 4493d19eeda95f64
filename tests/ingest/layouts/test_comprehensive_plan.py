"""総合計画: chapters as sheets, icons dropped, indicators with both values, footnotes."""

from corpus.passage import PassageKind
from ingest.layouts.comprehensive_plan import ComprehensivePlan
from tests.ingest.documents import document_of, found, read, shown, under, values

TEXT = """Ⅱ

海と暮らし

1 港の安全の 推進

総合戦略

まち

SDGs

14
海の豊かさを
守ろう

現状と課題

堤防【※1】は築後五十年を過ぎ、高潮のたびに波が越えています。

施策の基本方針

傷みの激しい順に直し、市民とともに海辺を守ります。

主な取り組み内容

- 堤防の補修
- 灯台の建替え

KGI（重要目標達成指標）

\t2024 年度 基準値\t2029 年度 目標値
海辺が安全だと感じる人の割合\t—\t市平均以上

KPI（重要業績評価指標）

\t2024 年度 基準値\t2029 年度 目標値
直した堤防の長さ（累計）\t1.2km\t3.5km
越波の回数\t12回\t10回

- ※1 堤防…波を防ぐために海辺に築いたものです。

2 海の恵みの再生

現状と課題

水揚げが減っています。

KPI（重要業績評価指標）

\t2024年度 基準値\t2029年度 目標値
水揚げ量\t1,336t\t1,500t
"""


def test_chapters_are_sheets_below_their_part() -> None:
    parsed = read(ComprehensivePlan(), TEXT)
    assert [sheet.title for sheet in parsed.sheets] == ["港の安全の 推進", "海の恵みの再生"]
    assert {sheet.section_path for sheet in parsed.sheets} == {("Ⅱ 海と暮らし",)}
    assert parsed.sheets[0].fiscal_years == (2024, 2029)
    assert under(parsed, "1 港の安全の 推進", "現状と課題")[0].section_path[0] == "Ⅱ 海と暮らし"


def test_icons_between_title_and_first_section_are_dropped() -> None:
    text = " ".join(shown(p, TEXT) for p in read(ComprehensivePlan(), TEXT).passages)
    assert not any(debris in text for debris in ("総合戦略", "SDGs", "海の豊かさ", "守ろう", "まち"))


def test_an_indicator_row_has_both_values_with_their_years() -> None:
    parsed = read(ComprehensivePlan(), TEXT)
    row = found(parsed, lambda p: p.item == "越波の回数")
    assert row.kind is PassageKind.ROW
    assert row.section_path[-1] == "KPI（重要業績評価指標）"
    assert row.fiscal_years == (2024, 2029)
    assert values(row, TEXT) == [
        ("", "越波の回数", None),
        ("2024年度 基準値", "12回", 2024),
        ("2029年度 目標値", "10回", 2029),
    ]


def test_a_dash_and_a_target_in_words_are_kept() -> None:
    row = found(read(ComprehensivePlan(), TEXT), lambda p: p.section_path[-1].startswith("KGI"))
    assert [value for _, value, _ in values(row, TEXT)[1:]] == ["—", "市平均以上"]


def test_bullets_stand_together_and_footnotes_apart() -> None:
    parsed = read(ComprehensivePlan(), TEXT)
    assert shown(under(parsed, "主な取り組み内容")[0], TEXT) == "堤防の補修 / 灯台の建替え"
    note = found(parsed, lambda p: p.kind is PassageKind.NOTE)
    assert (note.item, note.section_path[-1]) == ("堤防", "1 港の安全の 推進")


def test_a_table_without_headers_is_read_with_a_warning() -> None:
    text = TEXT + "\n灯台\t三基\t北浜\n桟橋\t二基\t南浦\n"
    parsed = read(ComprehensivePlan(), text)
    assert len(parsed.warnings) == 1
    assert "見出し行が見つかりません" in parsed.warnings[0]


def test_score_needs_the_opening_section() -> None:
    assert ComprehensivePlan().score(document_of(TEXT)) > 0.7
    assert ComprehensivePlan().score(document_of("1 港\n\n海を守ります。")) == 0.0
