"""Comparisons: every cell on the theme, of its own town, letter for letter, in the right aspect."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from corpus.fiscal_year import era_label
from qa.aspect_words import Aspect
from qa.compare import Comparison, Row
from qa.compare_cells import Quotations, cited
from qa.compare_differences import _shared_words, joined
from qa.compare_quotes import alike, character_pairs, distinct, quotes_of
from qa.engine import Engine
from qa.filter_words import FilterWords
from qa.theme_search import candidates_by_town, towns_of
from qa.theme_standing import Standing
from tests.qa.theme_engines import needs_seeds, sample_engine, seed_engine

TOWNS = ["千鳥ヶ原市", "鳴神沢町", "月見浦市", "白樺野町"]


def row_of(found: Comparison, town: str) -> Row:
    return next(row for row in found.rows if row.municipality == town)


def quotes(row: Row, aspect: Aspect) -> list[str]:
    return [one.citation.quote for one in row.cells[aspect].passages]


def assert_cells_hold(engine: Engine, found: Comparison) -> None:
    """Each quotation stands in the store at its place, in a document of the row's own town."""
    for row in found.rows:
        for cell in row.cells.values():
            for one in cell.passages:
                text = engine.store.document_text(one.citation.document_id)
                assert text is not None
                assert text[one.citation.start : one.citation.end] == one.citation.quote
                assert one.hit.document.municipality_code == row.municipality_code
            assert {one.municipality_code for one in cell.indicators} <= {row.municipality_code}


@pytest.mark.parametrize("theme", ["多文化共生", "空き家の活用", "やさしい日本語", "職員研修"])
def test_compare_has_a_row_for_every_town_and_only_words_of_its_own(theme: str) -> None:
    engine = sample_engine()
    found = engine.compare(theme)
    assert [row.municipality for row in found.rows] == TOWNS
    assert_cells_hold(engine, found)
    for row in found.rows:
        for cell in row.cells.values():
            assert len(cell.passages) <= 3


def test_compare_puts_words_into_the_aspect_of_their_section() -> None:
    found = sample_engine().compare("やさしい日本語")
    narukamizawa = row_of(found, "鳴神沢町")
    assert any("急がれます" in quote for quote in quotes(narukamizawa, Aspect.ISSUE))
    assert "やさしい日本語による町の知らせの作成と配布" in quotes(narukamizawa, Aspect.ACTION)
    figures = [one.indicator.name for one in narukamizawa.cells[Aspect.INDICATOR].indicators]
    assert figures[0] == "やさしい日本語で作成した町の知らせの数（累計）"
    assert not narukamizawa.cells[Aspect.OUTCOME].found


def test_compare_follows_a_topic_by_its_number() -> None:
    found = sample_engine().compare("空き家", FilterWords(municipalities=("白樺野町",)))
    cell = found.rows[0].cells[Aspect.OUTCOME]
    assert any("住める空き家を38戸確かめた" in one.hit.passage.text for one in cell.passages)


def test_a_quotation_read_once_is_the_same_as_one_read_anew() -> None:
    engine = sample_engine()
    source = engine._source()
    theme = source.read("多文化共生", None)
    told = candidates_by_town(source, theme, towns_of(source, theme.filters))
    quotes = [one for town in told.values() for one in quotes_of(town)]
    assert len(quotes) > 3
    quotations = Quotations(source.store)
    assert quotations.cited(quotes) == cited(source.store, quotes)
    assert quotations.cited(quotes[::-1]) == cited(source.store, quotes[::-1])


def test_a_quotation_that_the_store_does_not_hold_is_left_out() -> None:
    source = sample_engine()._source()
    theme = source.read("多文化共生", None)
    told = candidates_by_town(source, theme, towns_of(source, theme.filters))
    first, second, *_ = [one for town in told.values() for one in quotes_of(town)]
    wrong = replace(first, text=f"{first.text}か")
    kept = cited(source.store, [wrong, second])
    assert [(one.hit.rank, one.citation.n, one.citation.quote) for one in kept] == [(1, 1, second.text)]


def test_words_of_one_statement_alone_are_shared_by_none() -> None:
    keys = [frozenset("abc"), frozenset("bcd"), frozenset("xyz")]
    shared = _shared_words(keys)
    assert shared[0, 1] == shared[1, 0] == 2
    assert not shared[2].any()
    assert not _shared_words([frozenset("a"), frozenset()]).any()


def test_compare_of_nothing_is_explained() -> None:
    found = sample_engine().compare("宇宙港の建設")
    assert not any(row.found for row in found.rows)
    assert "見つかりませんでした" in found.notices[0]
    assert found.differences.only == ()


def test_compare_of_one_town_says_that_nothing_is_compared() -> None:
    found = sample_engine().compare("多文化共生", FilterWords(municipalities=("月見浦市",)))
    assert [row.municipality for row in found.rows] == ["月見浦市"]
    assert found.notices == ("比べる相手がありません。条件に合う自治体は月見浦市だけです。",)


def test_compare_keeps_to_the_filters() -> None:
    words = FilterWords(fiscal_years=("令和5年度",), document_kinds=("方針書",))
    found = sample_engine().compare("多文化共生", words)
    told = [one for row in found.rows for cell in row.cells.values() for one in cell.passages]
    assert told
    assert {one.hit.document.document_kind for one in told} == {"方針書"}
    assert all(2023 in one.hit.passage.fiscal_years for one in told)
    assert row_of(found, "鳴神沢町").documents == 0


def test_compare_names_who_alone_writes_of_it() -> None:
    found = sample_engine().compare("空き家の活用")
    named = {town for group in found.differences.only for town in group.municipalities}
    assert named <= set(TOWNS)
    for group in (*found.differences.common, *found.differences.shared):
        assert len(group.municipalities) > 1
        members = {one.hit.document.municipality for one in group.members}
        assert members == set(group.municipalities)


def test_statements_join_only_if_near_and_sharing_a_word() -> None:
    vectors = np.array([[1.0, 0.0], [0.96, 0.28], [0.9, 0.44], [0.0, 1.0]], dtype=np.float32)
    keys = [frozenset({"窓口"}), frozenset({"窓口", "相談"}), frozenset({"防災"}), frozenset({"相談"})]
    assert sorted(map(sorted, joined(vectors, keys))) == [[0, 1], [2], [3]]
    assert joined(vectors[:1], keys[:1]) == [[0]]


def test_each_further_shared_word_brings_statements_nearer() -> None:
    vectors = np.array([[1.0, 0.0], [0.4, 0.9165]], dtype=np.float32)
    one, several = frozenset({"老朽化"}), frozenset({"老朽化", "統廃合", "長寿命化"})
    assert len(joined(vectors, [one, several])) == 2
    assert joined(vectors, [several, several]) == [[0, 1]]
    apart = np.array([[1.0, 0.0], [0.1, 0.995]], dtype=np.float32)
    assert len(joined(apart, [several, several])) == 2


def test_texts_are_alike_that_share_most_pairs() -> None:
    one = character_pairs("やさしい日本語の講座を市民会館で3回開催した。")
    assert alike(one, character_pairs("やさしい日本語の講座を市民会館で4回開催した。"))
    assert not alike(one, character_pairs("広報紙を毎月配った。"))


@needs_seeds
@pytest.mark.parametrize("theme", ["多文化共生", "公共施設", "職員研修", "ふるさと納税", "情報セキュリティ"])
def test_compare_of_real_documents_holds(theme: str) -> None:
    engine = seed_engine()
    found = engine.compare(theme)
    assert len(found.rows) == 4
    assert_cells_hold(engine, found)


@needs_seeds
def test_compare_of_real_documents_finds_what_a_reader_finds() -> None:
    found = seed_engine().compare("多文化共生")
    oizumi = row_of(found, "大泉町")
    assert all(oizumi.cells[aspect].found for aspect in Aspect)
    assert not row_of(found, "館林市").found
    assert not row_of(found, "上富良野町").found
    names = {one.indicator.name for one in oizumi.cells[Aspect.INDICATOR].indicators}
    assert "多文化共生懇談会の開催回数" in names


def test_a_theme_named_late_among_other_things_is_named_in_passing() -> None:
    source = sample_engine()._source()
    theme = source.read("多文化共生", None)
    alone = Standing(theme=theme, base=0.0, over="")
    long = (
        "来年度の予算は、道路と橋の補修を進め、子育てと高齢者の福祉を守り、防災のほか多文化共生にも取り組む。"
    )
    assert alone.in_passing(long)
    assert not alone.in_passing(f"多文化共生を進める。{long}")
    assert not alone.in_passing("予算は多文化共生にも用いる。")
    assert not replace(alone, base=2.0).in_passing(long)


def test_what_names_the_theme_in_passing_comes_last() -> None:
    source = sample_engine()._source()
    theme = source.read("多文化共生", None)
    told = candidates_by_town(source, theme, towns_of(source, theme.filters))
    first, second, *_ = max((quotes_of(town) for town in told.values()), key=len)
    assert distinct([first, second], 1) == [first]
    assert distinct([replace(first, passing=True), second], 1) == [second]
    assert distinct([replace(first, passing=True)], 1) == [replace(first, passing=True)]


def test_a_year_that_no_document_tells_of_is_said_with_the_years_there_are() -> None:
    engine, words = sample_engine(), FilterWords(fiscal_years=("平成10年度",))
    years = engine.compare("多文化共生").searched.fiscal_years
    told = engine.compare("多文化共生", words).notices
    assert len(told) == 1
    assert told[0].startswith("平成10年度（1998）について書かれた資料は、検索した範囲にありません。")
    assert era_label(years[-1]) in told[0]
    assert engine.track("ふるさと納税", words).notices == told
    assert engine.precedents("多文化共生", words).notices == told
    assert engine.indicators("ふるさと納税", words).searched.year_notices() == told
    assert engine.compare("多文化共生").searched.year_notices() == ()
