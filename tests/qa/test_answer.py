from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import CitationError
from corpus.passage import Cell, Passage, PassageKind
from corpus.span import Span
from corpus.store import Store
from index.terms import TermAnalyzer
from qa.answer import chosen_hits, compose, line_label
from qa.citations import cite
from qa.evidence import evidence, evident_hits
from qa.hits import Mark, marks_in
from qa.quotes import LONGEST, best_quote, row_said, shown_cells
from tests.qa.make import a_hit, plan, prose, row, stored

TEXT = "住民と職員が協力する。多文化共生の窓口を3か所に置いた。相談は年間1,200件あった。"
ROW = "空き家登録件数\t-\t3\t8\t↑"
HEADERS = [("指標", None), ("H30実績", 2018), ("R元実績", 2019), ("R2実績", 2020), ("目標", None)]


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path)


def test_a_citation_is_the_sources_own_characters(store: Store) -> None:
    document = plan(TEXT)
    passage = prose(document, TEXT)
    stored(store, TEXT, [passage], document)
    span = Span(11, 28)
    citation = cite(store.reader, a_hit(document, passage), 1, span.of(TEXT), span)
    assert citation.quote == TEXT[citation.start : citation.end] == "多文化共生の窓口を3か所に置いた。"
    assert (citation.source, citation.municipality, citation.fiscal_year) == ("plan.txt", "千鳥ヶ原市", 2024)


WRONG = [
    ("住民と職員が", Span(1, 7)),
    ("住民と住民が", Span(0, 6)),
    ("", Span(0, 0)),
    ("あった。余分", Span(len(TEXT) - 4, len(TEXT) + 2)),
]


@pytest.mark.parametrize(("quote", "span"), WRONG)
def test_a_quote_that_does_not_stand_there_is_withheld(store: Store, quote: str, span: Span) -> None:
    document = plan(TEXT)
    passage = prose(document, TEXT)
    stored(store, TEXT, [passage], document)
    with pytest.raises(CitationError, match="確かめられません"):
        cite(store.reader, a_hit(document, passage), 1, quote, span)


def test_a_quote_outside_of_its_passage_is_withheld(store: Store) -> None:
    document = plan(TEXT)
    passage = prose(document, TEXT, span=Span(0, 11))
    stored(store, TEXT, [passage], document)
    with pytest.raises(CitationError):
        cite(store.reader, a_hit(document, passage), 1, TEXT[11:15], Span(11, 15))


def test_an_answer_whose_source_has_changed_is_no_answer(store: Store, analyzer: TermAnalyzer) -> None:
    document = plan(TEXT)
    passage = prose(document, TEXT)
    stored(store, TEXT.replace("協力", "対立"), [passage], document)
    weights = {"協力": 1.0}
    answer = compose(store.reader, [a_hit(document, passage)], weights, (), analyzer)
    assert answer.abstained
    assert answer.text == ""
    assert "確かめられなかった" in answer.reason


def test_the_sentence_that_holds_the_question_is_quoted(analyzer: TermAnalyzer) -> None:
    document = plan(TEXT)
    weights = {"相談": 3.0, "1200": 1.0, "窓口": 2.0}
    quote = best_quote(prose(document, TEXT), weights, analyzer)
    assert quote.of(TEXT) == "相談は年間1,200件あった。"


def test_the_sentence_that_holds_the_short_answer_is_quoted_before_all_others(analyzer: TermAnalyzer) -> None:
    text = (
        "相談の割合は85.0%で、窓口の満足度は15%である。窓口の相談はこの五年間で大きく増えた。"
        "電話による相談は、全体から見ればまだ少なく、5%であった。"
    )
    weights = {"相談": 3.0, "増え": 2.0, "窓口": 2.0}
    passage = prose(plan(text), text)
    assert "大きく増えた" in best_quote(passage, weights, analyzer).of(text)
    assert "85.0%" in best_quote(passage, weights, analyzer, "85.0%").of(text)
    assert "電話による相談" in best_quote(passage, weights, analyzer, "5%").of(text)


def test_a_long_sentence_is_cut_at_a_clause_around_the_words_asked(analyzer: TermAnalyzer) -> None:
    text = "、".join(["道路の維持管理を計画的に進めるとともに"] * 12 + ["空き家の登録を促し", "終える。"])
    quote = best_quote(prose(plan(text), text), {"空き家": 5.0}, analyzer)
    assert "空き家の登録" in quote.of(text)
    assert len(quote) <= LONGEST
    assert text[quote.start - 1] == "、"


def test_a_row_is_said_with_its_headers_and_the_asked_year_alone() -> None:
    passage = row(plan(ROW), ROW, HEADERS)
    whole, asked = shown_cells(passage, ()), shown_cells(passage, (2019,))
    assert row_said(passage, whole) == "指標: 空き家登録件数／H30実績: -／R元実績: 3／R2実績: 8／目標: ↑"
    assert row_said(passage, asked) == "指標: 空き家登録件数／R元実績: 3／目標: ↑"


@pytest.mark.parametrize(
    ("fiscal_years", "short", "cells"),
    [
        ((), "", (0, 1, 2, 3, 4)),
        ((2019,), "", (2, 0, 4)),
        ((), "8件", (3, 0, 1, 2, 4)),
        ((), "↑", (4, 0, 1, 2, 3)),
        ((2019, 2020), "8件", (3, 0, 2, 4)),
        ((2019,), "18件", (2, 0, 4)),
    ],
)
def test_the_cell_of_the_short_answer_or_of_the_asked_year_is_looked_at_first(
    fiscal_years: tuple[int, ...], short: str, cells: tuple[int, ...]
) -> None:
    assert shown_cells(row(plan(ROW), ROW, HEADERS), fiscal_years, short) == cells


def rows_of(*lines: str) -> Passage:
    """A passage of several rows of two cells, 票 and 回収率."""
    text = "\n".join(lines)
    cells, segments, at = [], [], 0
    for line in lines:
        segments.append(Span(at, at + len(line)))
        for header, value in zip(("票", "回収率"), line.split("\t"), strict=True):
            cells.append(Cell(header=header, span=Span(at, at + len(value)), text=value))
            at += len(value) + 1
    document = plan(text)
    passage = prose(document, text)
    return replace(passage, kind=PassageKind.ROW, segments=tuple(segments), cells=tuple(cells))


@pytest.mark.parametrize(
    ("short", "said", "quote"),
    [
        ("28.7%", "票: B票／回収率: 28.7%", "B票\t28.7%"),
        ("30.1%", "票: A票／回収率: 30.1%／票: B票／回収率: 28.7%／票: 総計／回収率: 30.1%", "A票\t30.1%"),
        ("", "票: A票／回収率: 30.1%／票: B票／回収率: 28.7%／票: 総計／回収率: 30.1%", "A票\t30.1%"),
    ],
)
def test_of_several_rows_the_one_that_gives_the_short_answer_is_quoted(
    store: Store, analyzer: TermAnalyzer, short: str, said: str, quote: str
) -> None:
    passage = rows_of("A票\t30.1%", "B票\t28.7%", "総計\t30.1%")
    document = plan(passage.text)
    stored(store, passage.text, [passage], document)
    line = compose(store.reader, [a_hit(document, passage)], {}, (), analyzer, short).lines[0]
    assert (line.said, line.citation.quote) == (said, quote)


def test_each_town_speaks_before_any_speaks_twice() -> None:
    first, second = plan("甲"), plan("乙", code="990027")
    hits = [a_hit(first, prose(first, f"甲の取組{n}"), n) for n in (1, 2, 3)]
    hits.append(a_hit(second, prose(second, "乙の取組"), 4))
    chosen = chosen_hits(hits, balanced=True, figures=False)
    assert [hit.document.municipality for hit in chosen] == ["千鳥ヶ原市", "千鳥ヶ原市", "鳴神沢町"]
    assert len(chosen_hits(hits, balanced=False, figures=False)) == 3


def test_contents_and_repeated_words_are_not_quoted_and_figures_wait() -> None:
    document = plan("甲")
    contents = replace(prose(document, "目次の行"), kind=PassageKind.CONTENTS)
    figures = row(document, ROW, HEADERS)
    hits = [
        a_hit(document, contents, 1),
        a_hit(document, figures, 2),
        a_hit(document, prose(document, "同じ 言葉"), 3),
        a_hit(document, prose(document, "同じ言葉"), 4),
    ]
    assert [hit.rank for hit in chosen_hits(hits, balanced=False, figures=False)] == [3, 2]
    assert [hit.rank for hit in chosen_hits(hits, balanced=False, figures=True)] == [2, 3]


def test_the_label_names_the_asked_year_of_a_row() -> None:
    hit = a_hit(plan(ROW), row(plan(ROW), ROW, HEADERS))
    assert line_label(replace(hit, asked_years=(2019,))).startswith("千鳥ヶ原市（令和元年度 ")
    assert line_label(hit).startswith("千鳥ヶ原市（令和6年度 ")


def test_a_quote_begins_and_ends_with_words(analyzer: TermAnalyzer) -> None:
    text = "・空き家の登録を促すための相談会を年に三回開くこと、"
    quote = best_quote(prose(plan(text), text), {"空き家": 1.0}, analyzer)
    assert quote.of(text) == "空き家の登録を促すための相談会を年に三回開くこと"


@pytest.mark.parametrize("short", ["22.7%", "令和5年度 22.7%", "18.0%→22.7%"])
def test_a_quote_shows_the_value_that_is_told(short: str, analyzer: TermAnalyzer) -> None:
    rooms = "、".join(["駅前", "公民館", "市民会館", "図書館", "体育館"] * 6)
    text = f"カードの交付の窓口を{rooms}に開いた。年度の末で22.7%であり、県の平均よりなお低い。"
    quote = best_quote(prose(plan(text), text), {"カード": 2.0, "交付": 1.0}, analyzer, short)
    assert "22.7%" in quote.of(text)


def test_evidence_is_the_weighted_share_of_the_topic() -> None:
    document = plan(TEXT)
    weights = {"窓口": 3.0, "相談": 1.0}
    half = a_hit(document, prose(document, TEXT), matched=("窓口",))
    assert evidence(half, ["窓口", "相談"], weights) == pytest.approx(0.75)
    none = a_hit(document, prose(document, TEXT))
    assert evidence(none, ["窓口", "相談"], weights) == 0.0
    assert evidence(none, [], {}) == 0.0
    assert evident_hits([none, half], ["窓口", "相談"], weights) == [half]
    assert evident_hits([none], ["窓口", "相談"], weights) == []


def test_what_ranks_first_is_quoted_though_it_is_in_other_words() -> None:
    document = plan(TEXT)
    weights = {"税": 1.0, "滞納": 2.0, "減らし": 2.0}
    first, beside, far = (
        replace(a_hit(document, prose(document, TEXT), matched=matched), score=score)
        for matched, score in ((("滞納",), 4.4), ((), 4.3), (("税", "減らし", "滞納"), 2.0))
    )
    assert evident_hits([first, beside, far], list(weights), weights) == [first, far]
    below_zero = [replace(one, score=one.score - 5.0) for one in (first, beside, far)]
    assert evident_hits(below_zero, list(weights), weights)[0] == below_zero[0]
    level = replace(far, score=4.4)
    assert evident_hits([first, beside, level], list(weights), weights) == [level]


def test_marks_cover_the_sources_characters_of_a_folded_match(analyzer: TermAnalyzer) -> None:
    text = "ＬＩＮＥで㈱相談窓口"
    marks = marks_in(text, frozenset({"line", "窓口"}), analyzer)
    assert [text[mark.start : mark.end] for mark in marks] == ["ＬＩＮＥ", "窓口"]
    assert marks_in(text, frozenset(), analyzer) == []
    assert isinstance(marks[0], Mark)
