from __future__ import annotations

from dataclasses import replace

from corpus.passage import Passage
from qa.collapse import collapsed
from qa.hits import Hit
from tests.corpus.make import a_document
from tests.qa.make import a_hit, prose

SAME = (
    "防犯灯のLED化を計画どおりに進め、設置の要望がある地区から順に工事を行い、"
    "夜間の見通しの悪い通学路を優先して明るくしたことで、地域の方から安心だという声をいただいた。"
)
OTHER = "消防団員の募集を大学で行い、機能別団員として十人の学生を新たに任命した。"


def cell(text: str, year: int, rank: int, **changes: object) -> Hit:
    document = a_document(text)
    passage: Passage = replace(
        prose(document, text, number=rank), document_id="d", fiscal_years=(year,), section_path=("取組成果",)
    )
    return a_hit(document, replace(passage, **changes), rank)  # type: ignore[arg-type]


def test_a_sentence_repeated_over_the_years_is_shown_once_with_its_years() -> None:
    hits = [cell(SAME, 2021, 1), cell(OTHER, 2022, 2), cell(SAME.replace("計画どおり", "計画通り"), 2022, 3)]
    kept = collapsed(hits)
    assert [(hit.rank, hit.passage.fiscal_years, hit.also_years) for hit in kept] == [
        (1, (2021,), (2022,)),
        (2, (2022,), ()),
    ]


def test_another_section_sheet_or_document_is_another_fact() -> None:
    hits = [
        cell(SAME, 2021, 1),
        cell(SAME, 2022, 2, section_path=("取組状況",)),
        cell(SAME, 2022, 3, sheet_ordinal=2),
        cell(SAME, 2022, 4, document_id="e"),
        cell(SAME, 2022, 5, sheet_ordinal=None),
    ]
    assert len(collapsed(hits)) == 5


def test_other_words_or_figures_are_kept_apart() -> None:
    hits = [cell(SAME + "件数は12件。", 2021, 1), cell(SAME + "件数は13件。", 2022, 2)]
    assert len(collapsed(hits)) == 2
    assert collapsed([]) == []
