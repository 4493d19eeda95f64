from __future__ import annotations

import pytest

from index.terms import TermAnalyzer
from qa.hits import Hit
from qa.refusal_demands import demand_of
from qa.refusal_pieces import Piece, pieces, values, year_share
from tests.qa.make import a_hit, plan, prose, row


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer()


def _pieces(hit: Hit, analyzer: TermAnalyzer) -> list[Piece]:
    return list(pieces([hit], analyzer))


def _fit(question: str, piece: Piece, years: tuple[int, ...] = ()) -> float:
    demand = demand_of(question)
    assert demand is not None
    return max((value.fit for value in values(piece, demand, years)), default=0.0)


def test_prose_is_read_sentence_by_sentence(analyzer: TermAnalyzer) -> None:
    text = "教室には21人が通う。費用は480千円であった。"
    first, second = _pieces(a_hit(plan(text), prose(plan(text), text)), analyzer)
    assert (first.text, second.text) == ("教室には21人が通う。", "費用は480千円であった。")
    assert [_fit("教室に何人通うか", one) for one in (first, second)] == [1.0, 0.0]
    assert [_fit("教室の費用はいくらか", one) > 0.9 for one in (first, second)] == [False, True]


def test_a_sentence_gives_dates_and_names_in_their_forms(analyzer: TermAnalyzer) -> None:
    text = "案内所は午前9時に開く。木道は7月に着工した。"
    first, second = _pieces(a_hit(plan(text), prose(plan(text), text)), analyzer)
    assert [_fit("案内所は何時に開くか", one) for one in (first, second)] == [1.0, 0.0]
    assert [_fit("木道の着工日", one) for one in (first, second)] == [1.0, 1.0]
    assert [_fit("案内所の電話番号", one) for one in (first, second)] == [0.0, 0.0]


def test_a_row_gives_the_figures_of_the_years_asked_for(analyzer: TermAnalyzer) -> None:
    text = "登録件数\t12\t-\t15"
    headers = [("指標", None), ("R3", 2021), ("R4", 2022), ("R5", 2023)]
    (piece,) = _pieces(a_hit(plan(text), row(plan(text), text, headers)), analyzer)
    assert piece.is_row
    fits = [_fit("登録件数は何件か", piece, (year,)) for year in (2021, 2022, 2023)]
    assert [fit > 0 for fit in fits] == [True, False, True]


def test_a_row_of_counts_gives_no_amount_of_money(analyzer: TermAnalyzer) -> None:
    text = "開催回数\t12\t15"
    (piece,) = _pieces(
        a_hit(plan(text), row(plan(text), text, [("指標", None), ("R3", 2021), ("R4", 2022)])), analyzer
    )
    assert _fit("開催にいくらかかったか", piece) == 0.0


def test_a_number_of_something_else_is_no_number_of_people(analyzer: TermAnalyzer) -> None:
    text = "新規活用\t4主体"
    (piece,) = _pieces(a_hit(plan(text), row(plan(text), text, [("指標", None), ("目標値", None)])), analyzer)
    assert _fit("登録者は何人か", piece) == 0.0


def test_a_sentence_that_names_another_year_counts_less(analyzer: TermAnalyzer) -> None:
    text = "令和3年度は12人が通った。"
    (piece,) = _pieces(a_hit(plan(text), prose(plan(text), text)), analyzer)
    assert year_share(piece, ()) == 1.0
    assert year_share(piece, (2021,)) == 1.0
    assert year_share(piece, (2010,)) < 1.0


def test_a_head_is_told_by_name_alone(analyzer: TermAnalyzer) -> None:
    text = "防災課\t見本 花子"
    (row_of_form,) = _pieces(
        a_hit(plan(text), row(plan(text), text, [("部署名", None), ("所属長", None)])), analyzer
    )
    prose_text = "庁内の関係課長による会議を開く。"
    (sentence,) = _pieces(a_hit(plan(prose_text), prose(plan(prose_text), prose_text)), analyzer)
    assert _fit("防災課の課長は誰ですか", row_of_form) == 1.0
    assert _fit("防災課の課長は誰ですか", sentence) == 0.0


def test_a_month_asked_for_is_no_year_of_a_table(analyzer: TermAnalyzer) -> None:
    text = "登録件数\t12\t15"
    headers = [("指標", None), ("R3", 2021), ("R5", 2023)]
    (piece,) = _pieces(a_hit(plan(text), row(plan(text), text, headers)), analyzer)
    assert _fit("登録は何年何月に始まったか", piece) == 0.0
    assert _fit("登録が始まったのは何年か", piece) > 0
