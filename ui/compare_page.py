"""What the 比較 tab does, apart from Gradio: a theme and municipalities in, HTML out; nothing is kept."""

from __future__ import annotations

import re

from qa.compare import MANY_TOWNS
from qa.engine import Engine
from qa.filter_words import FilterWords
from qa.hierarchy import hierarchy_of
from ui.compare_view import comparison_html
from ui.export_places import export_place
from ui.page_work import guarded
from ui.result_view import error_html, searching_html
from ui.search_page import Choice
from ui.tab_start import NO_DOCUMENTS, tab_start_html
from ui.view_link import ViewLink, view_html

EXAMPLES = ("多文化共生", "空き家", "公共施設", "職員研修", "防災訓練")
TAB = "compare-tab"
FAILED = "比べられませんでした"
COMPARING = "比べています…"


_NUMBERING = re.compile(r"^(?:第[\d一二三四五六七八九十]+[章節項]|[\s\d０-９IVXⅠ-Ⅻ()（）.．\-－①-⑳])+")
MOST_MEASURES = 500


def compare_start() -> str:
    """The tab before a theme: what it is for, by examples."""
    return tab_start_html(
        "自治体を並べて比べる",
        (
            "テーマを入力すると、自治体ごとの課題・方針・取組・成果・指標を、原文の引用で1つの表に並べます。",
            "自治体を選ばなければ、ライブラリのすべての自治体を比べます。",
            "表は Excel と CSV で保存できます。どの記述にも出典が付きます。",
        ),
        EXAMPLES,
    )


class ComparePage:
    """The tab over one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def measures(self, words: FilterWords) -> list[Choice]:
        """The measures 「施策」 of the plans within the limits, as themes: (label with its town, theme)."""

        def make() -> list[Choice]:
            engine = self._engine
            plans = hierarchy_of(engine.store, engine.facets, engine.table, words).plans
            named = [(plan.municipality, one.name) for plan in plans for one in plan.measures if one.name]
            themes = {(town, _NUMBERING.sub("", name).strip()): None for town, name in named}
            return [(f"{town}: {theme}", theme) for town, theme in themes if len(theme) > 1][:MOST_MEASURES]

        empty: list[Choice] = []
        return guarded(make, lambda _: empty)

    def start(self) -> str:
        """The tab before a theme: what it is for, by examples."""
        return compare_start()

    def waiting(self, words: FilterWords) -> str:
        """What is told while a comparison is made: of how many municipalities, if it may take a while."""

        def make() -> str:
            count = len(words.municipalities or self._engine.facets.municipalities)
            return (
                f"{count}自治体を比べています。数秒かかることがあります…" if count > MANY_TOWNS else COMPARING
            )

        return searching_html(guarded(make, lambda _: COMPARING))

    def compare(self, theme: str, words: FilterWords) -> str:
        """The matrix, or why there is none; without a theme the start."""
        if not theme.strip():
            return self.start()
        return guarded(lambda: self._compare(theme.strip(), words), lambda why: error_html(why, FAILED))

    def _compare(self, theme: str, words: FilterWords) -> str:
        if not self._engine.store.documents():
            return NO_DOCUMENTS
        found = self._engine.compare(theme, words)
        exports = [
            ("Excel で保存", export_place("compare.xlsx", theme, words)),
            ("CSV で保存", export_place("compare.csv", theme, words)),
        ]
        link = ViewLink(tab=TAB, text=theme, words=words)
        return comparison_html(found, exports) + view_html(link)
