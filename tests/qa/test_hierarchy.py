"""The tree of plans: levels, counts, what is missing."""

from __future__ import annotations

from dataclasses import replace

from corpus.municipality import MunicipalityTable
from corpus.sample_corpus import sample_municipalities
from qa.filter_words import FilterWords
from qa.hierarchy import Hierarchy, MeasureNode, hierarchy_of
from tests.qa.theme_engines import sample_engine


def tree(*towns: str) -> Hierarchy:
    engine = sample_engine()
    table = MunicipalityTable.load(sample_municipalities())
    return hierarchy_of(engine.store, engine.facets, table, FilterWords(municipalities=towns))


def test_chapters_of_a_plan_are_measures_with_their_indicators() -> None:
    plan = next(one for one in tree("鳴神沢町").plans if one.document_kind == "総合計画")
    names = {measure.name: measure for measure in plan.measures}
    assert len(names) == 5
    living = next(measure for name, measure in names.items() if "移住" in name)
    assert "移住相談件数" in living.indicators
    assert plan.counts["measures"] == 5
    assert plan.counts["indicators"] > 5


def test_sheets_of_a_report_belong_to_the_heading_over_them() -> None:
    plan = next(one for one in tree("白樺野町").plans if one.document_kind == "取組結果報告書")
    below = {one.title: measure.name for measure in plan.measures for one in measure.undertakings}
    assert below["外国につながる町民の相談体制の整備"] == "(1) 多文化共生の推進"
    assert plan.counts["undertakings"] == 10


def test_a_measure_with_a_sheet_of_its_own_name_stands_among_the_others() -> None:
    plan = next(one for one in tree("白樺野町").plans if one.document_kind == "取組結果報告書")
    assert all(measure.name.startswith("(") for measure in plan.measures)
    assert {len(measure.headings) for measure in plan.measures} == {1}


def test_sheets_that_no_measure_leads_to_are_listed() -> None:
    found = tree("月見浦市")
    assert "移住定住・ふるさと納税" in {title for _, _, title in found.without_measure}


def test_tree_of_no_town_is_empty() -> None:
    found = tree("大泉町")
    assert (found.plans, found.without_sheet, found.without_measure) == ((), (), ())
    assert found.searched.documents == 0


def test_sheets_without_a_measure_make_up_none() -> None:
    nameless = MeasureNode(name="", headings=(), sheet_id="", indicators=(), undertakings=())
    plan = replace(tree("白樺野町").plans[0], measures=(nameless, replace(nameless, name="防災")))
    assert plan.counts["measures"] == 1
