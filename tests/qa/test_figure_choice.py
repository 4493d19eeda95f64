"""Which of several values is told: the latest of a sheet's years, and of a plan's yearly editions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.fiscal_year import era_label
from qa.short_candidate import Candidate
from qa.short_figure_choice import chosen_figures
from tests.qa.make import a_hit, plan, prose, row


@pytest.mark.parametrize(("label", "said"), [("回収率", "令和6年度 31.5%"), ("配布率", "20.1%")])
def test_the_latest_of_a_sheets_years_is_told_where_the_same_word_stands_before_it(
    label: str, said: str
) -> None:
    texts = {2022: "回収箱 12か所 回収率 20.1%", 2024: f"回収箱を大きくした。回収箱 18か所 {label} 31.5%"}
    document = plan("\n".join(texts.values()))
    passages = [replace(prose(document, text, rank), item="") for rank, text in enumerate(texts.values())]
    found = [
        Candidate(text=one.text.split()[-1], hit=a_hit(document, one), score=score, year=year)
        for one, score, year in zip(passages, (1.0, 0.9), texts, strict=True)
    ]
    assert chosen_figures(found, ())[0] == said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "令和3年度 5件"),
        ({"title": "令和4年度 業務棚卸表（試行）"}, "令和2年度 3件"),
        ({"municipality_code": "990027"}, "令和2年度 3件"),
        ({"document_kind": "推進プラン"}, "令和2年度 3件"),
    ],
)
def test_the_latest_value_of_a_plans_yearly_editions_is_told(facts: dict[str, str], said: str) -> None:
    texts = {2020: "交付件数\t3件", 2021: "交付件数\t5件"}
    found = []
    for (year, line), score in zip(texts.items(), (1.0, 0.9), strict=True):
        document = replace(plan(line), title=f"{era_label(year + 1)} 業務棚卸表", fiscal_year=year + 1)
        document = document if year == 2020 else replace(document, **facts)  # type: ignore[arg-type]
        hit = a_hit(document, row(document, line, [("指標", None), ("実績", year)]))
        found.append(Candidate(text=line.split("\t")[1], hit=hit, score=score, year=year))
    assert chosen_figures(found, ())[0] == said
