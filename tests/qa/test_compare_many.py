"""A comparison of very many towns: each has its row, a large one crowds out none, and it is explained."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.access import OPERATOR
from corpus.municipality import Level, MunicipalityTable
from corpus.passage import PassageKind
from corpus.record import DocumentRecord
from corpus.span import Span
from corpus.store import Store
from index.build import build_generation
from index.static_encoder import StaticEncoder
from index.terms import TermAnalyzer
from qa.engine import Engine
from tests.corpus.make import a_document, a_passage
from ui.compare_form import compare_text

TOWNS = 130
TALKATIVE = 40


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Every third town writes of parks, the first one in forty passages; the others of other things."""
    folder, table, analyzer = tmp_path_factory.mktemp("many"), MunicipalityTable.load(), TermAnalyzer()
    encoder = StaticEncoder(analyzer=analyzer)
    store = Store.create(folder)
    towns = [town for town in table if town.level is Level.MUNICIPALITY][:TOWNS]
    with store.writing() as writer:
        for number, town in enumerate(towns):
            count = TALKATIVE if number == 0 else 1
            about = "公園の遊具の点検が課題となっています" if number % 3 == 0 else "道路の補修を進めます"
            lines = [f"{town.name}では、{about}（{at}番）。" for at in range(count)]
            text = "\n".join(lines)
            document = replace(
                a_document(text, source=f"{town.code}.txt"),
                municipality_code=town.code,
                municipality=town.name,
                prefecture=town.prefecture,
            )
            passages, start = [], 0
            for at, line in enumerate(lines, start=1):
                made = a_passage(document, text, Span(start, start + len(line)), at)
                passages.append(
                    replace(
                        made, kind=PassageKind.PROSE, cells=(), sheet_ordinal=None, item="", departments=()
                    )
                )
                start += len(line) + 1
            writer.add(
                DocumentRecord(
                    document=document,
                    text=text,
                    origin=f"/{town.code}.txt",
                    reader="1",
                    passages=tuple(passages),
                )
            )
        writer.set_index_generation(build_generation(writer, folder, analyzer, encoder))
    return Engine(store, analyzer, encoder, table, audience=OPERATOR)


def test_every_town_has_its_row_whatever_another_writes(engine: Engine) -> None:
    found = engine.compare("公園の遊具")
    assert len(found.rows) == TOWNS
    assert [row.found for row in found.rows] == [number % 3 == 0 for number in range(TOWNS)]
    for row in found.rows:
        for cell in row.cells.values():
            assert {one.hit.document.municipality for one in cell.passages} <= {row.municipality}


def test_many_towns_are_explained_and_the_silent_ones_named_together(engine: Engine) -> None:
    found = engine.compare("公園の遊具")
    assert any(f"{TOWNS}自治体を比べました" in notice for notice in found.notices)
    text = compare_text(found)
    assert text.count("■ ") == sum(row.found for row in found.rows)
    silent = next(row for row in found.rows if not row.found)
    assert f"検索した範囲に記載なし: {silent.municipality}" in text
