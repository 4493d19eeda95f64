"""Measures over the years as HTML: what tells a course first, what one year alone says folded away."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.filter_words import FilterWords
from qa.track import Track
from tests.qa.theme_engines import sample_engine
from ui.track_view import track_html


def track(theme: str) -> Track:
    return sample_engine().track(theme, FilterWords())


def test_the_words_of_one_year_alone_are_folded_away() -> None:
    found = track("外国につながる町民の相談体制の整備")
    first = found.measures[0]
    bare = replace(first, title="花壇の手入れ", points=(replace(first.points[0], mark="", values=()),))
    html = track_html(replace(found, measures=(bare, first)))
    assert "1件の取組・指標の推移を示します。" in html
    shown, _, folded = html.partition("1つの年度の記述だけがある取組（1件）")
    assert first.title in shown
    assert "花壇の手入れ" not in shown.partition("</section>")[0]
    assert "花壇の手入れ" in folded
    assert re.findall(r'<h2 id="(measure-\d)"', html) == ["measure-2", "measure-1"]


def test_sources_of_figures_are_written_as_elsewhere() -> None:
    html = track_html(track("外国人相談の件数"))
    assert "出典: 月見浦市「令和" in html
