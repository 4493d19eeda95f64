"""Questions of marks over the sample corpus, asked of the whole engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.sample_corpus import SAMPLES
from qa.engine import Engine
from qa.refusal_evidence import Case, RefusalConfig
from qa.refusal_marks import unborne_reason
from qa.refusal_wording import Wording
from ui.intake import ingest
from ui.library import open_engine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    library = tmp_path_factory.mktemp("marks") / "library"
    ingest(library, [SAMPLES])
    return open_engine(library)


def test_the_sheet_that_bears_a_mark_is_told_with_what_it_writes_of_it(engine: Engine) -> None:
    found = engine.ask("白樺野町で令和5年度に×だった取組とその理由")
    short, first = found.answer.short, found.search.hits[:3]
    assert short.startswith("公共施設の集約と跡地の利活用：補助の条件が変わり")
    assert {hit.passage.sheet_ordinal for hit in first} == {first[0].passage.sheet_ordinal}
    assert [hit.passage.fiscal_years for hit in first[1:]] == [(2023,), (2023,)]
    assert [line.hit.passage for line in found.answer.lines][:3] == [hit.passage for hit in first]


@pytest.mark.parametrize("words", ["計画を下回る評価だった", "計画を下回った", "遅れている"])
def test_words_of_the_legend_and_of_every_day_mean_the_marks(engine: Engine, words: str) -> None:
    short = engine.ask(f"白樺野町で令和4年度に{words}取組は").answer.short
    assert short == "内部事務の電子化、公共施設の集約と跡地の利活用、消防団員の確保"


def test_several_sheets_are_named_and_each_gives_its_reason(engine: Engine) -> None:
    lines = engine.ask("白樺野町で令和4年度に△だった取組の理由").answer.lines
    assert {line.hit.sheet.title for line in lines if line.hit.sheet} == {
        "内部事務の電子化",
        "公共施設の集約と跡地の利活用",
        "消防団員の確保",
    }
    assert any("届かなかった" in line.said for line in lines)


@pytest.mark.parametrize(
    ("question", "looked_at"),
    [
        ("白樺野町の町民課で令和5年度に△だった取組は", 1),
        ("白樺野町で令和3年度に×だった取組項目を教えて", 9),
    ],
)
def test_a_mark_that_no_sheet_bears_is_refused_with_how_many_were_looked_at(
    engine: Engine, question: str, looked_at: int
) -> None:
    answer = engine.ask(question).answer
    assert answer.abstained
    assert "取組はありません" in answer.reason
    assert f"個票{looked_at}件を確かめました" in answer.reason


def test_a_department_limits_the_sheets_that_bear_a_mark(engine: Engine) -> None:
    answer = engine.ask("白樺野町の建設水道課で令和5年度に△か○だった取組は").answer
    assert "書かない窓口の導入" not in answer.short
    assert not answer.abstained


def test_a_request_for_examples_of_a_mark_leads_with_what_its_sheets_write(engine: Engine) -> None:
    found = engine.ask("△だったときの理由の書き方の例がほしい")
    assert (found.answer.short, found.answer.leads) == ("", True)
    assert any("公募に応じた事業者はなかった" in hit.passage.text for hit in found.search.hits[:4])


def test_a_mark_in_a_document_that_was_not_found_is_not_denied(tmp_path: Path) -> None:
    report = (SAMPLES / "shirakabano_reform_report.txt").read_text("utf-8")
    folder = tmp_path / "白樺野町"
    folder.mkdir()
    (folder / "同じ.txt").write_text(report, "utf-8")
    (folder / "丸だけ.txt").write_text(report.replace("△", "○"), "utf-8")
    ingest(tmp_path / "library", [folder])
    engine = open_engine(tmp_path / "library")
    found = engine.search("白樺野町で令和5年度に△だった取組は", limit=30)
    own = tuple(hit for hit in found.hits if hit.document.source == "丸だけ.txt")
    assert own
    case = Case(
        store=engine.store,
        facets=engine.facets,
        found=replace(found, hits=own),
        again=None,
        config=RefusalConfig(),
        wording=Wording.PLAIN,
        telling=(),
    )
    assert unborne_reason(case) is None
