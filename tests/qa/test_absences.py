from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.absence import Absence
from corpus.record import DocumentRecord
from corpus.span import Span
from corpus.store import Store
from qa.absences import absence_sentence, absent_field
from tests.corpus.make import a_document, a_sheet
from tests.qa.make import a_hit, prose

TEXT = "多文化共生の窓口を3か所に置いた。"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """One sheet: 中間レビュー is filled, 最終レビュー is empty, 取組達成度 ends in 令和5年度."""
    made = Store.create(tmp_path)
    document = a_document(TEXT)
    filled = replace(prose(document, TEXT), section_path=("中間レビュー",), fiscal_years=(2024,))
    marks = replace(prose(document, TEXT, number=2), section_path=("取組達成度",), fiscal_years=(2022, 2023))
    fields = [("最終レビュー", None), ("取組達成度", 2024), ("中間レビュー", None)]
    absences = [
        Absence(
            document_id=document.document_id,
            sheet_ordinal=1,
            label=label,
            fiscal_year=year,
            section_path=(),
            span=Span(0, 3),
        )
        for label, year in fields
    ]
    with made.writing() as writer:
        writer.add(
            DocumentRecord(
                document=document,
                text=TEXT,
                origin="/plan.txt",
                reader="1",
                sheets=(a_sheet(document, TEXT),),
                passages=(filled, marks),
                absences=tuple(absences),
            )
        )
    return made


ASKED = [
    ("多文化共生課の最終レビューの内容", (), "最終レビュー"),
    ("4. 最終 レビュー", (), "最終レビュー"),
    ("令和6年度の取組達成度は", (2024,), "取組達成度"),
    ("令和6年度の達成度は", (2024,), "取組達成度"),
    ("令和5年度の達成度は", (2023,), None),
    ("中間レビューの内容", (), None),
    ("多文化共生の窓口", (), None),
]


@pytest.mark.parametrize(("question", "years", "label"), ASKED)
def test_an_empty_field_is_found_only_when_it_is_asked_for(
    store: Store, question: str, years: tuple[int, ...], label: str | None
) -> None:
    document = store.reader.documents()[0]
    hits = [a_hit(document, store.reader.passages_of(document.document_id)[0])]
    found = absent_field(store.reader, question, hits, years)
    assert (found.label if found else None) == label


def test_the_sentence_names_the_document_the_field_and_the_year(store: Store) -> None:
    absence = store.reader.absences()[1]
    said = absence_sentence(store.reader, absence)
    assert "千鳥ヶ原市「令和6年度 方針書」" in said
    assert "「取組達成度」（令和6年度）" in said
    assert "記入がありません" in said
