"""取組結果報告書: chapters from the contents list, facts dated by their column, marks with their legend."""

import pytest

from corpus.passage import PassageKind
from ingest.layouts.reform_report import ReformReport
from ingest.parsed import ParsedDocument
from tests.ingest.documents import document_of, found, read, shown, under, values

RESULTS = """\t令和3年度\t令和4年度\t令和5年度
財政効果額(歳入) (単位:千円)\t{income}
財政効果額(歳出) (単位:千円)\t—\t—\t
取組状況 ※年度ごとに表示\t{status}
取組成果 ※年度ごとに表示\t{outcome}
取組達成度 ◎:計画以上 ○:計画どおり △:計画以下 ×:進捗なし\t{marks}
取組課題と次年度以降の方針 (△、×の場合は理由も記載)\t人手が足りない。\t船を増やす。\t
"""
SAMPLE = RESULTS.format(
    income="効果額を記載します。\t\t",
    status="\t記入例\t",
    outcome="\t\t",
    marks="○\t\t",
)
FIRST = RESULTS.format(
    income="—\t—\t",
    status="令和2年度に続き調べた。\t電子化した。\t",
    outcome="手間が減った。\t\t",
    marks="△\t◎\t",
)
SECOND = RESULTS.format(
    income="6,421\t19,360\t",
    status="検討した。\t改めた。\t",
    outcome="案を作った。\t増えた。\t",
    marks="○\t○\t",
)
TEXT = f"""北浜市行政改革推進計画取組結果報告書

[令和3年度～令和4年度]

《 目 次 》

1 効率的な港の運営

(1) 窓口の電子化

No.\t取 組 項 目\tページ
①\t入港届の電子化\t1

2 財源の確保

(1) 使用料の見直し

No.\t取組項目\tページ
①\t係留料の見直し\t3
②\t広告の募集\tR4追加 5

{SAMPLE}
港の仕事を見直し、使う人の手間を減らします。

(1) 窓口の電子化

届出を電子化します。

No.\t①\t取組項目\t入港届の電子化\t\t
担当部課\t\t\t港湾部港湾課、港湾部情報課\t\t
取組内容\t\t\t<p>令和4年10月から届出を電子化します。</p> <p>使い方を知らせます。</p>\t\t
5年後までの目標 (目指すべき姿)\t\t\t届出の八割を電子化します。\t\t
具体的な取組事項\t\t令和3年度\t令和4年度\t令和5年度\t
取組 工程\t・仕組みを作る\t調査\t構築\t\t
\t・知らせる\t\t広報\t広報\t
\t(歳出削減目標額)\t1,500千円\t1,600千円\t1,700千円\t

{FIRST}
財源を確保し、港を長く使えるようにします。

(1) 使用料の見直し

No.\t① 取組項目\t係留料の見直し\t\t
\t担当部課\t港湾部管理課\t\t
\t取組内容\t係留料を見直します。\t\t
\t\t具体的な取組事項\t令和3年度\t令和4年度\t令和5年度
取組工程\t\t・検討\t実施\t実施\t実施

{SECOND}"""


@pytest.fixture(scope="module")
def parsed() -> ParsedDocument:
    return read(ReformReport(), TEXT)


def test_sheets_take_title_department_and_chapter_from_around_them(parsed: ParsedDocument) -> None:
    assert [sheet.title for sheet in parsed.sheets] == ["入港届の電子化", "係留料の見直し"]
    assert [sheet.departments for sheet in parsed.sheets] == [
        ("港湾部港湾課", "港湾部情報課"),
        ("港湾部管理課",),
    ]
    assert [sheet.section_path for sheet in parsed.sheets] == [
        ("1 効率的な港の運営", "(1) 窓口の電子化"),
        ("2 財源の確保", "(1) 使用料の見直し"),
    ]
    assert parsed.sheets[0].fiscal_years == (2021, 2022, 2023)
    assert (parsed.title, parsed.fiscal_year) == (
        "北浜市行政改革推進計画取組結果報告書 [令和3年度～令和4年度]",
        2022,
    )


def test_chapter_prose_does_not_stick_to_the_sheet_before(parsed: ParsedDocument) -> None:
    prose = found(parsed, lambda p: shown(p, TEXT).startswith("財源を確保し"))
    assert (prose.sheet, prose.section_path) == (None, ("2 財源の確保",))
    intro = found(parsed, lambda p: shown(p, TEXT) == "届出を電子化します。")
    assert intro.section_path == ("1 効率的な港の運営", "(1) 窓口の電子化")


def test_a_cell_is_a_fact_of_its_columns_year(parsed: ParsedDocument) -> None:
    cell = found(parsed, lambda p: shown(p, TEXT) == "令和2年度に続き調べた。")
    assert (cell.kind, cell.fiscal_years, cell.sheet) == (PassageKind.CELL, (2021,), 0)
    assert values(cell, TEXT) == [("取組状況 令和3年度", "令和2年度に続き調べた。", 2021)]
    assert cell.section_path[-1] == "取組状況"


def test_an_empty_year_gives_no_passage(parsed: ParsedDocument) -> None:
    assert len([p for p in under(parsed, "取組成果") if p.sheet == 0]) == 1


def test_marks_come_with_the_documents_legend(parsed: ParsedDocument) -> None:
    assert [(m.fiscal_year, m.mark, m.meaning) for m in parsed.sheets[0].progress] == [
        (2021, "△", "計画以下"),
        (2022, "◎", "計画以上"),
        (2023, "", ""),
    ]
    row = [p for p in under(parsed, "取組達成度") if p.sheet == 0]
    assert [values(p, TEXT) for p in row] == [
        [("取組達成度 令和3年度", "△", 2021), ("取組達成度 令和4年度", "◎", 2022)]
    ]


def test_effects_are_one_row_with_unit_and_year(parsed: ParsedDocument) -> None:
    row = found(parsed, lambda p: p.sheet == 1 and p.section_path[-1] == "財政効果額")
    assert values(row, TEXT)[:2] == [
        ("財政効果額(歳入) (単位:千円) 令和3年度", "6,421", 2021),
        ("財政効果額(歳入) (単位:千円) 令和4年度", "19,360", 2022),
    ]
    assert row.item == "財政効果額"


def test_steps_are_one_row_over_the_years(parsed: ParsedDocument) -> None:
    steps = found(parsed, lambda p: p.sheet == 0 and p.section_path[-1] == "取組工程" and not p.item)
    assert steps.fiscal_years == (2021, 2022, 2023)
    assert values(steps, TEXT)[:3] == [
        ("具体的な取組事項", "・仕組みを作る", None),
        ("令和3年度", "調査", 2021),
        ("令和4年度", "構築", 2022),
    ]
    other = found(parsed, lambda p: p.sheet == 1 and p.section_path[-1] == "取組工程")
    assert values(other, TEXT)[1] == ("令和3年度", "実施", 2021)


def test_target_amounts_among_the_steps_are_a_row_of_their_own(parsed: ParsedDocument) -> None:
    row = found(parsed, lambda p: p.item == "歳出削減目標額")
    assert values(row, TEXT)[0] == ("歳出削減目標額 令和3年度", "1,500千円", 2021)


def test_paragraphs_of_a_cell_are_segments_without_tags(parsed: ParsedDocument) -> None:
    (content,) = [p for p in under(parsed, "取組内容") if p.sheet == 0]
    assert shown(content, TEXT) == "令和4年10月からの届出を電子化します。 / 使い方を知らせます。".replace(
        "からの", "から"
    )
    assert content.fiscal_years == (2021, 2022, 2023)


def test_the_contents_list_and_the_sample_are_outside_of_sheets(parsed: ParsedDocument) -> None:
    contents = [p for p in parsed.passages if p.kind is PassageKind.CONTENTS]
    assert contents[1].section_path == ("目次", "1 効率的な港の運営")
    assert {p.sheet for p in contents} == {None}
    assert found(parsed, lambda p: p.kind is PassageKind.NOTE).sheet is None


def test_a_year_that_no_era_has_is_reported() -> None:
    parsed = read(ReformReport(), TEXT.replace("\t令和5年度", "\t令和95年度"))
    (warning,) = parsed.warnings
    assert "令和95年度" in warning
    assert warning.split("行目: ")[0].count("・") == 4, "five lines say it"
    assert parsed.sheets[0].fiscal_years == (2021, 2022)


def test_a_section_that_the_contents_list_lacks_stays_in_its_chapter() -> None:
    text = TEXT.replace(
        "届出を電子化します。\n", "届出を電子化します。\n\n(2) 案内の充実\n\n案内を増やします。\n"
    )
    parsed = read(ReformReport(), text)
    assert [sheet.section_path for sheet in parsed.sheets] == [
        ("1 効率的な港の運営", "(2) 案内の充実"),
        ("2 財源の確保", "(1) 使用料の見直し"),
    ]


def test_score_needs_forms_and_results() -> None:
    assert ReformReport().score(document_of(TEXT)) > 0.9
    assert ReformReport().score(document_of(RESULTS)) == 0.0
