"""Text into HTML: escaping, marks, years, quotations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.span import Span
from index.terms import TermAnalyzer
from qa.engine import Engine
from ui.citation_text import quotation, source_line
from ui.markup import button, esc, marked
from ui.matches import Matcher, joined
from ui.year_words import years_label

HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onclick='x", "&lt;", "{{value}}"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_becomes_harmless(text: str) -> None:
    for made in (esc(text), marked(text, [Span(1, 3)]).replace("<mark>", "").replace("</mark>", "")):
        assert not set(made) & set("<>\"'")


def test_button_keeps_its_attributes_apart() -> None:
    made = button("<b>", "open", '" onclick="alert(1)', said='"x')
    assert made.count('"') == 2 * len(["type", "class", "data-act", "data-value", "aria-label"])
    assert "<b>" not in made


@pytest.mark.parametrize(
    ("spans", "within", "expected"),
    [
        ([], None, "あい&lt;うえ"),
        ([Span(0, 2)], None, "<mark>あい</mark>&lt;うえ"),
        ([Span(1, 3), Span(3, 5)], None, "あ<mark>い&lt;</mark><mark>うえ</mark>"),
        ([Span(0, 5)], Span(2, 4), "<mark>&lt;う</mark>"),
        ([Span(0, 5)], Span(2, 2), ""),
        ([Span(4, 5)], Span(0, 2), "あい"),
    ],
)
def test_marks_stand_at_their_characters(spans: list[Span], within: Span | None, expected: str) -> None:
    assert marked("あい<うえ", spans, within) == expected


@pytest.mark.parametrize(
    ("text", "terms", "phrases", "expected"),
    [
        ("本町のＩＣＴ活用", {"ict"}, (), ["ＩＣＴ"]),
        ("ｶﾞｲﾄﾞ役を募る", set(), ("ガイド役",), ["ｶﾞｲﾄﾞ役"]),
        ("㈱しるべの件", set(), ("(株)しるべ",), ["㈱しるべ"]),
        ("書かない窓口と書かない窓口", set(), ("書かない窓口",), ["書かない窓口", "書かない窓口"]),
        ("何もない", set(), ("別",), []),
    ],
)
def test_matches_are_found_in_the_source_characters(
    text: str, terms: set[str], phrases: tuple[str, ...], expected: list[str], analyzer: TermAnalyzer
) -> None:
    matcher = Matcher(terms=frozenset(terms), phrases=phrases, analyzer=analyzer)
    assert [span.of(text) for span in matcher.spans(text)] == expected


def test_one_character_of_a_compound_is_not_marked_alone(small: Engine) -> None:
    understood = small.search("多文化共生").understood
    matcher = Matcher.of(understood, small.analyzer)
    text = "多言語と多文化共生"
    assert [span.of(text) for span in matcher.spans(text)] == ["多文化共生"]


def test_overlapping_spans_become_one() -> None:
    assert joined([Span(4, 6), Span(0, 3), Span(2, 4)]) == [Span(0, 4), Span(4, 6)]


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ((), ""),
        ((2024,), "令和6年度（2024）"),
        ((2016, 2017, 2018, 2019, 2020), "平成28年度〜令和2年度（2016〜2020）"),
        ((2024, 2029), "令和6年度（2024）、令和11年度（2029）"),
    ],
)
def test_years_are_named_by_era_first(years: tuple[int, ...], expected: str) -> None:
    assert years_label(years) == expected


def test_a_quotation_names_town_title_department_section_item_and_line(small: Engine) -> None:
    hit = next(
        hit for hit in small.search("やさしい日本語の講座").hits if hit.document.municipality == "大泉町"
    )
    assert source_line(hit) == "出典（大泉町「令和6年度 方針書」企画部 中間レビュー ①、5行目）"
    assert quotation("引用", hit) == f"「引用」\n{source_line(hit)}"


def test_a_source_says_a_sheet_and_its_heading_of_the_same_words_once(small: Engine) -> None:
    hit = next(hit for hit in small.search("やさしい日本語の講座").hits if hit.sheet is not None)
    assert hit.sheet is not None
    sheet = replace(hit.sheet, title="長寿命化の推進")
    numbered = replace(hit.passage, section_path=("Ⅱ 行財政", "(1) 長寿命化の推進"))
    assert source_line(replace(hit, sheet=sheet, passage=numbered)).count("長寿命化の推進") == 1
    other = replace(hit.passage, section_path=("目指す姿",))
    assert "長寿命化の推進 目指す姿" in source_line(replace(hit, sheet=sheet, passage=other))


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("令和6年度 方針書", "大泉町「令和6年度 方針書」企画部"),
        ("令和6年度（2024）方針書", "大泉町「令和6年度（2024）方針書」企画部"),
        ("報告書 令和2年度～令和6年度", "大泉町「報告書 令和2年度～令和6年度」令和6年度 企画部"),
        ("方針書", "大泉町「方針書」令和6年度 企画部"),
    ],
)
def test_a_source_names_its_year_unless_the_title_says_it_alone(small: Engine, title: str, said: str) -> None:
    found = small.search("やさしい日本語の講座").hits
    hit = next(hit for hit in found if hit.document.municipality == "大泉町")
    assert said in source_line(replace(hit, document=replace(hit.document, title=title)))


@pytest.fixture(scope="module")
def analyzer(small: Engine) -> TermAnalyzer:
    return small.analyzer
