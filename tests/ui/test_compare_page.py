"""The 比較 tab apart from the browser: themes from the plans' own measures, and very many towns chosen."""

from __future__ import annotations

from corpus.municipality import Level
from qa.filter_words import FilterWords
from tests.qa.theme_engines import sample_engine
from ui.compare_page import ComparePage
from ui.export_places import export_place
from ui.library import municipality_table
from ui.view_link import ViewLink

PAGE = ComparePage(sample_engine(), municipality_table())


def test_themes_come_from_the_measures_of_the_plans() -> None:
    themes = PAGE.measures(FilterWords())
    names = [theme for _, theme in themes]
    assert len(themes) > 10
    assert len(set(themes)) == len(themes)
    assert not any(name[0].isdigit() or name[0] in "ⅠⅡⅢ①（(" for name in names)
    own = PAGE.measures(FilterWords(municipalities=("白樺野町",)))
    assert own
    assert {label.partition(":")[0] for label, _ in own} == {"白樺野町"}
    assert PAGE.measures(FilterWords(municipalities=("存在しない町",))) == []


def test_a_theme_from_a_measure_can_be_compared() -> None:
    told = [PAGE.compare(theme, FilterWords()) for _, theme in PAGE.measures(FilterWords())[:12]]
    assert sum("の比較表" in html for html in told) >= 8


def test_five_hundred_towns_are_compared_and_none_is_lost() -> None:
    towns = [one.code for one in municipality_table() if one.level is Level.MUNICIPALITY]
    held = sorted(sample_engine().facets.municipalities)
    words = FilterWords(municipalities=(*towns[:496], *held))
    html = PAGE.compare("多文化共生", words)
    assert "4自治体のうち4自治体に記載があります" in html
    place = export_place("compare.xlsx", "多文化共生", words)
    assert len(place) < 8_000
    link = ViewLink(tab="compare-tab", text="多文化共生", words=words)
    params = {"tab": "compare", "municipality": "|".join(words.municipalities)}
    assert ViewLink.read(params).words.municipalities == link.words.municipalities
