"""Made-up documents of other towns, each laid out in another way: headings, cells, sheets, absences."""

from functools import cache

import pytest

from corpus.passage import PassageKind
from ingest.layouts.generic import Generic
from ingest.parsed import ParsedDocument, ParsedPassage
from tests.ingest.documents import found, read, shown, values
from tests.ingest.made_up_documents import MADE_UP


@cache
def parsed(name: str) -> ParsedDocument:
    return read(Generic(), MADE_UP[name])


def containing(name: str, words: str) -> ParsedPassage:
    return found(parsed(name), lambda passage: words in shown(passage, MADE_UP[name]))


PATHS = [
    ("numbered_chapters", "通学と通院の足", ("第１章 計画の目的", "第１節 背景")),
    ("numbered_chapters", "5年間です", ("第１章 計画の目的", "第２節 期間", "1-1 計画の期間")),
    ("numbered_chapters", "ア 通学に使う", ("第２章 現状", "1 利用の状況")),
    ("project_sheets", "夜の通学路", ("事業の目的",)),
    ("project_sheets", "停留所", ("今後の方向性",)),
    ("unmarked_headings", "歩いて行ける", ("めざす姿",)),
    ("unmarked_headings", "見守りの人", ("取組の内容",)),
    ("unmarked_headings", "三百万円", ("費用の見込み",)),
    ("character_fields", "受付票の電子化", ("【取組1】窓口の受付票",)),
    ("wide_years", "事業所\t88.4", ("1 温室効果ガスの排出", "排出の量")),
    ("wide_years", "六言語", ("2 ごみの減量", "(1) 分別の徹底")),
    ("budget_table", "病児の預かり", ("施策の柱１ 子育て",)),
    ("bullet_outline", "二百台分", ("はじめての方へ", "車で回る")),
    ("bullet_outline", "四月と十月", ("事業者の方へ", "補助の対象", "（1） 申請の時期")),
]


@pytest.mark.parametrize(("name", "words", "path"), PATHS)
def test_passages_stand_under_their_headings(name: str, words: str, path: tuple[str, ...]) -> None:
    assert containing(name, words).section_path == path


ROWS = [
    (
        "project_sheets",
        "苦情の件数",
        [
            ("指標名", "苦情の件数", None),
            ("令和4年度 目標", "10", 2022),
            ("令和4年度 実績", "14", 2022),
            ("令和5年度 目標", "8", 2023),
            ("令和5年度 実績", "9", 2023),
            ("備考", "件", None),
        ],
    ),
    (
        "project_sheets",
        "土木管理課",
        [
            ("事業名", "街路灯の更新", None),
            ("担当課", "土木管理課", None),
            ("施策名", "安全な夜道", None),
            ("年度", "令和5年度", None),
        ],
    ),
    (
        "wide_years",
        "事業所\t88.4",
        [
            ("区分", "事業所", None),
            ("平成30年度", "88.4", 2018),
            ("令和元年度", "86.0", 2019),
            ("令和2年度", "79.3", 2020),
            ("令和3年度", "80.1", 2021),
            ("令和4年度", "—", 2022),
        ],
    ),
    (
        "budget_table",
        "避難所の電源",
        [
            ("事業名", "避難所の電源", None),
            ("事業の内容", "避難所に蓄電池を置き、夜の明かりを保つ。", None),
            ("令和5年度 予算額", "22,000", 2023),
            ("令和5年度 決算額", "21,560", 2023),
            ("令和6年度 予算額", "18,500", 2024),
            ("達成度", "○", None),
        ],
    ),
    ("ragged", "体育館", [("施設名", "体育館", None), ("令和4年度", "良", 2022)]),
]


@pytest.mark.parametrize(("name", "words", "cells"), ROWS)
def test_rows_carry_their_headers_and_years(
    name: str, words: str, cells: list[tuple[str, str, int | None]]
) -> None:
    assert values(containing(name, words), MADE_UP[name]) == cells


SHEETS = [
    ("numbered_chapters", [("第１章 計画の目的", ()), ("第２章 現状", ())]),
    ("project_sheets", [("街路灯の更新", ("土木管理課",)), ("移動図書館の運行", ("中央図書館",))]),
    ("unmarked_headings", [("志津美市のあらまし", ())]),
    ("character_fields", [("受付票の電子化", ("住民福祉課",)), ("端末の入替え", ("総務課",))]),
    ("wide_years", [("1 温室効果ガスの排出", ()), ("2 ごみの減量", ())]),
    ("budget_table", [("施策の柱１ 子育て", ("子育て支援課",)), ("施策の柱２ 防災", ("危機管理室",))]),
    ("bullet_outline", [("玉川内町 観光の手引き", ())]),
    ("twins", [("橋の点検", ("道路課",)), ("橋の点検", ("道路課",))]),
]


@pytest.mark.parametrize(("name", "sheets"), SHEETS)
def test_sheets_have_their_title_and_departments(
    name: str, sheets: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert [(sheet.title, sheet.departments) for sheet in parsed(name).sheets] == sheets


ABSENCES = [
    ("project_sheets", [("更新した灯数", 2023), ("今後の方向性", None)]),
    ("character_fields", [("課題", None)]),
    ("wide_years", [("廃棄物", 2021)]),
    ("numbered_chapters", []),
]


@pytest.mark.parametrize(("name", "absences"), ABSENCES)
def test_empty_fields_are_recorded(name: str, absences: list[tuple[str, int | None]]) -> None:
    assert [(one.label, one.fiscal_year) for one in parsed(name).absences] == absences


def test_progress_marks_have_the_words_of_the_documents_legend() -> None:
    marks = [
        (mark.fiscal_year, mark.mark, mark.meaning)
        for name in ("project_sheets", "character_fields")
        for sheet in parsed(name).sheets
        for mark in sheet.progress
    ]
    assert marks == [
        (2023, "Ａ", "計画どおり"),
        (2023, "Ｂ", "やや遅れ"),
        (2024, "◎", "予定より進んだ"),
        (2024, "△", "遅れた"),
    ]


def test_a_sentence_broken_over_lines_and_pages_is_one_passage() -> None:
    over_lines = containing("numbered_chapters", "通学と通院の足")
    assert len(over_lines.segments) == 3
    over_pages = containing("numbered_chapters", "一便あたり")
    assert shown(over_pages, MADE_UP["numbered_chapters"]).endswith(
        "一便あたり / 二十三人で、座席の数を超える日もあります。"
    )


def test_page_numbers_and_running_headers_are_no_text() -> None:
    for name in ("numbered_chapters", "unmarked_headings", "wide_years"):
        text = MADE_UP[name]
        lines = [shown(passage, text) for passage in parsed(name).passages]
        assert not any(line in ("12", "13") or line.endswith(("1 -", "2 -")) for line in lines)
        assert sum(line.count("波久礼町公共交通計画") for line in lines) <= 1


def test_a_contents_list_is_marked_as_one() -> None:
    listed = containing("numbered_chapters", "…… 1")
    assert (listed.kind, listed.section_path) == (PassageKind.CONTENTS, ("目 次",))


@pytest.mark.parametrize(
    ("name", "warnings"),
    [
        ("ragged", ["4行目: 列の数", "8行目: 表の見出し行", "3行目: 年度「令和99年度」"]),
        ("budget_table", ["10行目: 数値「1,2,34」"]),
        ("twins", ["9行目: 「橋の点検 / 道路課」"]),
    ],
)
def test_what_cannot_be_read_is_kept_and_reported_with_its_line(name: str, warnings: list[str]) -> None:
    told = parsed(name).warnings
    assert len(told) == len(warnings)
    assert all(line.startswith(start) for line, start in zip(told, warnings, strict=True))
    text = MADE_UP[name]
    kept = "".join(shown(passage, text) for passage in parsed(name).passages)
    assert all(word in kept for word in ("雨漏り", "北棟") if name == "ragged")
    assert "1,2,34" in kept or name != "budget_table"


def test_sheets_of_one_identity_are_told_apart() -> None:
    identities = [sheet.identity for sheet in parsed("twins").sheets]
    assert identities == ["橋の点検 / 道路課", "橋の点検 / 道路課 (2)"]
    told = [shown(p, MADE_UP["twins"]) for p in parsed("twins").passages if p.sheet == 1]
    assert "手すりを塗り直しました。" in told


def test_marks_of_several_tables_that_disagree_are_none_of_their_sheet() -> None:
    goal = "目標{}\t桟橋を直す\t\t\n担当課\t港湾課\t\t\n結果\t{}\t自己評価\t{}\n\n"
    first = goal.format(1, "直した。", "A") + goal.format(2, "遅れた。", "C")
    text = (
        f"令和6年度　組織目標\n\n1　港湾部\n\n使命\n\n港です。\n\n{first}2　水産部\n\n使命\n\n海です。\n\n"
        + goal.format(1, "", "")
    )
    parsed = read(Generic(), text)
    assert all(sheet.progress == () for sheet in parsed.sheets)
    assert [one.label for one in parsed.absences] == ["結果", "自己評価"]
