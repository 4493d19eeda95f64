"""The five real documents, whole: what is counted in them by hand must be found by the layouts.

The documents are not part of the repository. They are read from ``../shared/seeds`` where that folder exists.
"""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from corpus.folding import match_key
from corpus.passage import PassageKind
from ingest.layout import choose_layout
from ingest.parsed import ParsedDocument, ParsedPassage
from tests.ingest.documents import check_passages, document_of, shown, values

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir(), reason=f"the real documents are not part of the repository; expected in {SEEDS}"
)
LAYOUTS = {
    "000": ("policy_statement", 5),
    "001": ("comprehensive_plan", 6),
    "002": ("business_inventory", 4),
    "003": ("reform_report", 55),
    "004": ("promotion_plan", 36),
}


@cache
def text_of(number: str) -> str:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return path.read_text(encoding="utf-8")


@cache
def seed(number: str) -> ParsedDocument:
    document = document_of(text_of(number))
    return choose_layout(document).parse(document)


def rows(number: str, sheet: str) -> list[ParsedPassage]:
    parsed = seed(number)
    return [p for p in parsed.passages if p.sheet is not None and parsed.sheets[p.sheet].title == sheet]


def figures(number: str, passage: ParsedPassage) -> dict[str, str]:
    return {header: value for header, value, _ in values(passage, text_of(number))}


@pytest.mark.parametrize(("number", "layout", "sheets"), [(n, *found) for n, found in LAYOUTS.items()])
def test_layout_and_number_of_sheets(number: str, layout: str, sheets: int) -> None:
    parsed = seed(number)
    assert (parsed.layout, len(parsed.sheets)) == (layout, sheets)
    assert parsed.warnings == ()


@pytest.mark.parametrize("number", LAYOUTS)
def test_passages_are_in_order_and_within_their_sheets(number: str) -> None:
    check_passages(text_of(number), seed(number))


@pytest.mark.parametrize("number", LAYOUTS)
def test_passages_have_a_useful_length(number: str) -> None:
    lengths = sorted(sum(map(len, passage.segments)) for passage in seed(number).passages)
    assert lengths[-1] <= 400
    assert 40 <= lengths[len(lengths) // 2] <= 250


@pytest.mark.parametrize("number", LAYOUTS)
def test_what_is_carried_is_carried_by_passages_of_the_same_sheet(number: str) -> None:
    """A header's number or mark, the note printed with it, and the label of a title or office may differ."""
    text, parsed = text_of(number), seed(number)
    told: dict[int | None, str] = {None: ""}
    for index, sheet in enumerate(parsed.sheets):
        names = (parsed.title, sheet.title, sheet.identity, "、".join(sheet.departments))
        told[index] = _joined(*names, *sheet.section_path)
    for passage in parsed.passages:
        headers = (cell.header for cell in passage.cells)
        words = _joined(*passage.section_path, *passage.departments, passage.item, *headers)
        told[passage.sheet] += f"\n{words}"
    whole = "\n".join(told.values())
    strange = set()
    for span in parsed.carried:
        inside = next((i for i, sheet in enumerate(parsed.sheets) if sheet.span.contains(span)), None)
        bare = re.sub(r"^[0-9]+[.．]\s*|\s*[(（※].*", "", span.of(text), flags=re.DOTALL)
        if match_key(bare) not in (whole if inside is None else told[inside]) and not LABELS.fullmatch(
            match_key(bare)
        ):
            strange.add(bare)
    assert strange == set()


LABELS = re.compile(
    r"no\.|[①-⑳0-9]{0,2}取組項目|担当部課|実践課(【.*】)?|《目次》|基本項目|推進項目|ページ|令和[0-9]年度|備考|項|"
)


def _joined(*parts: str) -> str:
    return "\n".join(map(match_key, parts))


def _absences(number: str) -> Counter[tuple[str, int | None]]:
    return Counter((one.label, one.fiscal_year) for one in seed(number).absences)


def test_000_empty_sections_are_absences_of_their_sheet() -> None:
    assert _absences("000") == {("最終レビュー", None): 5, ("所管する施策", None): 1}
    reviews = [one for one in seed("000").absences if one.label == "最終レビュー"]
    assert [one.sheet for one in reviews] == [0, 1, 2, 3, 4]
    assert {one.span.of(text_of("000")) for one in reviews} == {"4. 最終レビュー"}


def test_001_a_printed_dash_is_no_absence() -> None:
    assert _absences("001") == {}


def test_003_empty_years_are_absences() -> None:
    counted = _absences("003")
    blank = {2020: 4, 2021: 1, 2024: 55}
    for label in ("取組達成度", "取組状況"):
        assert {year: counted[(label, year)] for year in range(2020, 2025)} == {
            year: blank.get(year, 0) for year in range(2020, 2025)
        }
    assert {label for label, _ in counted} == {
        "財政効果額(歳入)",
        "財政効果額(歳出)",
        "取組状況",
        "取組成果",
        "取組達成度",
        "取組課題と次年度以降の方針",
    }


def test_004_progress_and_review_are_absences_of_every_form() -> None:
    counted: Counter[str] = Counter()
    for (label, _), count in _absences("004").items():
        counted[label] += count
    assert counted == {"進捗状況 前期": 36, "進捗状況 後期": 36, "目標の達成": 36, "評価・検証": 36}


def test_000_links_items_by_number_and_leaves_empty_sections_empty() -> None:
    parsed = seed("000")
    departments = ["企画部", "企画戦略課", "新庁舎建設室", "情報政策課", "多文化協働課"]
    assert [sheet.title for sheet in parsed.sheets] == departments
    counts = Counter((p.sheet, p.section_path[0]) for p in parsed.passages if p.kind is PassageKind.ITEM)
    expected = {0: 8, 1: 7, 2: 4, 3: 3, 4: 5}
    for section in ("現状と課題", "取組方針", "中間レビュー"):
        assert {sheet: counts[(sheet, section)] for sheet in range(5)} == expected
    assert not any("最終レビュー" in p.section_path for p in parsed.passages)
    assert {p.fiscal_years for p in parsed.passages} == {(2024,)}


def test_000_fills_merged_measures_down() -> None:
    measures = {p.sheet: p for p in seed("000").passages if p.section_path == ("所管する施策",)}
    assert sorted(sheet for sheet in measures if sheet is not None) == [0, 1, 2, 4]
    pairs = [value for _, value, _ in values(measures[4], text_of("000"))]
    assert pairs.count("Ⅲ3 多文化共生の推進") == 2


def test_001_every_row_of_figures_has_a_baseline_and_a_target() -> None:
    found = [p for p in seed("001").passages if p.kind is PassageKind.ROW]
    headers = [("2024年度 基準値", 2024), ("2029年度 目標値", 2029)]
    assert len({p.item for p in found}) == len(found) == 24
    for passage in found:
        assert [(cell.header, cell.fiscal_year) for cell in passage.cells[1:]] == headers
        assert passage.section_path[-1] in ("KGI（重要目標達成指標）", "KPI（重要業績評価指標）")


def test_001_footnotes_are_glossary_entries_and_icons_are_dropped() -> None:
    parsed = seed("001")
    notes = [p.item for p in parsed.passages if p.kind is PassageKind.NOTE]
    terms = ["書かない窓口", "生成AI", "包括連携協定", "地方創生応援税制（企業版ふるさと納税）"]
    assert notes == terms
    text = "\n".join(shown(p, text_of("001")) for p in parsed.passages)
    assert "公平な社会を" not in text
    assert parsed.sheets[2].title == "多文化共生の推進"
    assert {sheet.section_path for sheet in parsed.sheets} == {("Ⅲ 行財政と協働",)}


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        ("ふるさと納税の件数", ["1244", "903", "636", "787", "1,355"]),
        ("返礼品の種類", ["22", "27", "30", "37", "144"]),
        ("指標達成率", ["55.0%", "46.8%", "56.8%", "53%", "-"]),
        ("空き家登録件数", ["-", "0", "3", "6", "8"]),
    ],
)
def test_002_shifted_rows_keep_their_years(indicator: str, expected: list[str]) -> None:
    (row,) = [p for p in rows("002", "組織の方針") if figures("002", p).get("指標") == indicator]
    told = figures("002", row)
    assert [told[f"{year}実績"] for year in ("H28", "H29", "H30", "R元", "R2")] == expected
    assert row.fiscal_years == (2016, 2017, 2018, 2019, 2020)


@pytest.mark.parametrize(
    ("sheet", "block", "project", "expected"),
    [
        ("組織の方針", "03", "政策調整推進事業", ["274", "0", "269", "354", "0", "30"]),
        ("組織の方針", "04", "まちひとしごと創生事業", ["311", "302", "796", "1,094", "1,483", "15,888"]),
        ("組織の方針", "04", "住宅管理費", ["-", "65", "892", "2,238", "1,362", "3,171"]),
        ("組織の方針", "05", "政策調整推進事業", ["3,397", "-", "-", "3,658", "4,539", "-"]),
        (
            "組織の方針",
            "06",
            "ふるさと納税事業",
            ["31,086", "30,994", "18,244", "31,785", "39,820", "11,198"],
        ),
        ("行政改革", "02", "政策調整推進事業", ["813", "835", "827", "814", "661", "842"]),
        ("広域行政", "01", "政策調整推進事業", ["5,748", "4,200", "2,100", "-", "-", "-"]),
        ("情報化推進", "03", "情報化推進事業", ["70,671", "60,568", "50,648", "59,178", "62,912", "61,433"]),
    ],
)
def test_002_projects_have_settlements_and_a_budget(
    sheet: str, block: str, project: str, expected: list[str]
) -> None:
    (row,) = [
        p
        for p in rows("002", sheet)
        if p.item == project and p.section_path and p.section_path[0].startswith(block)
    ]
    amounts = [(header, value) for header, value, year in values(row, text_of("002")) if year is not None]
    assert [value for _, value in amounts][: len(expected)] == expected
    assert [header for header, _ in amounts][:5] == [
        f"決算額(千円) {year}" for year in ("H28", "H29", "H30", "R元", "R2")
    ]


def test_002_the_budget_is_that_of_the_sheets_year() -> None:
    (row,) = [p for p in rows("002", "組織の方針") if p.item == "ふるさと納税事業" and p.section_path]
    assert values(row, text_of("002"))[-1] == ("予算額(千円) R3", "11,198", 2021)
    (total,) = [p for p in rows("002", "組織の方針") if p.item == "合計"]
    assert figures("002", total) == {"款": "合計", "予算額": "31,284 千円"}


def test_002_the_tree_of_codes_is_the_section_path() -> None:
    (listed,) = [p for p in rows("002", "組織の方針") if "050304" in shown(p, text_of("002"))]
    assert [part[:4] for part in listed.section_path] == ["05 第", "0503"]
    assert shown(listed, text_of("002")).count("0503") == 5
    assert seed("002").sheets[3].departments == ("政策企画部 企画課 ICT推進係",)


def test_003_sections_and_chapters() -> None:
    parsed = seed("003")
    assert len({sheet.section_path for sheet in parsed.sheets}) == 32
    assert len({sheet.section_path[0] for sheet in parsed.sheets}) == 5
    per_chapter = Counter(sheet.section_path[0][0] for sheet in parsed.sheets)
    assert per_chapter == {"1": 19, "2": 14, "3": 6, "4": 3, "5": 13}
    assert len({sheet.identity for sheet in parsed.sheets}) == 55
    assert all(sheet.departments for sheet in parsed.sheets)
    prose = {p.section_path for p in parsed.passages if p.kind is PassageKind.PROSE and p.sheet is None}
    assert prose == {path[:n] for path in (sheet.section_path for sheet in parsed.sheets) for n in (1, 2)}


def test_003_progress_marks() -> None:
    sheets = seed("003").sheets
    counted = {
        year: Counter(mark.mark for sheet in sheets for mark in sheet.progress if mark.fiscal_year == year)
        for year in range(2020, 2025)
    }
    assert counted == {
        2020: {"◎": 3, "○": 47, "△": 1, "": 4},
        2021: {"◎": 8, "○": 45, "△": 1, "": 1},
        2022: {"◎": 9, "○": 45, "△": 1},
        2023: {"◎": 10, "○": 45},
        2024: {"": 55},
    }
    below = {(s.title, m.fiscal_year, m.meaning) for s in sheets for m in s.progress if m.mark == "△"}
    assert below == {
        ("管路・施設情報管理台帳の一元化", 2020, "計画以下"),
        ("照明設備LED化事業", 2021, "計画以下"),
        ("さかい聖苑電気機械設備の更新による施設機能の維持", 2022, "計画以下"),
    }


def test_003_eight_sheets_have_an_effect_in_figures() -> None:
    effects = [p for p in seed("003").passages if p.section_path[-1:] == ("財政効果額",)]
    assert len(effects) == 55
    numeric = [
        p for p in effects if any(re.search(r"\d", value) for _, value, _ in values(p, text_of("003")))
    ]
    assert len(numeric) == 8
    assert all("(単位:千円)" in cell.header for p in effects for cell in p.cells)


def test_003_a_cell_is_a_fact_of_its_columns_year() -> None:
    cells = [p for p in seed("003").passages if p.kind is PassageKind.CELL]
    assert {len(p.fiscal_years) for p in cells} == {1}
    assert all(p.fiscal_years == (cell.fiscal_year,) for p in cells for cell in p.cells)
    headers = {re.sub(r" 令和.*", "", cell.header) for p in cells for cell in p.cells}
    assert headers == {"取組状況", "取組成果", "取組課題と次年度以降の方針"}


def test_003_every_sheet_has_its_steps_by_year() -> None:
    parsed = seed("003")
    steps = {p.sheet for p in parsed.passages if p.section_path[-1:] == ("取組工程",)}
    assert steps == set(range(55))
    (row,) = [p for p in rows("003", "情報セキュリティの適正管理") if p.section_path[-1] == "取組工程"]
    assert ("令和2年度", "検討・実施", 2020) in values(row, text_of("003"))


def test_003_angle_brackets_that_are_no_tags_are_kept() -> None:
    text = "\n".join(shown(p, text_of("003")) for p in seed("003").passages)
    assert "<R2年度電気料>" in text
    assert "〈マイナバーカード申請出張窓口〉" in text
    assert "<p>" not in text
    assert "<ul" not in text


def test_004_no_form_is_merged_with_another() -> None:
    parsed = seed("004")
    assert len(parsed.sheets) == len(re.findall(r"^取組項目\t", text_of("004"), re.MULTILINE))
    assert len({sheet.identity for sheet in parsed.sheets}) == 36
    titles = Counter(sheet.title for sheet in parsed.sheets)
    assert titles["使用料、手数料等の見直し検討"] == 6
    assert titles["アウトソーシング導入の検討"] == 3
    assert all(sheet.departments for sheet in parsed.sheets)
    assert all(len(sheet.section_path) == 4 for sheet in parsed.sheets)


def test_004_what_is_not_written_yet_is_no_passage() -> None:
    text = "\n".join(shown(p, text_of("004")) for p in seed("004").passages)
    assert not re.search(r"評価・検証|前期|目標の達成", text)
    assert {p.sheet for p in seed("004").passages} == {None, *range(36)}
