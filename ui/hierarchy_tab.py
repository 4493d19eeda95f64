"""The 体系 tab: the choice of municipalities, and the tree of their plans."""

from __future__ import annotations

from collections.abc import Iterator

import gradio as gr

from qa.engine import Engine
from qa.filter_words import FilterWords
from qa.hierarchy import hierarchy_of
from ui.hierarchy_view import hierarchy_html
from ui.page_work import guarded
from ui.result_view import error_html, searching_html
from ui.tab_start import NO_DOCUMENTS, tab_start_html
from ui.theme_tab import QUIET, TabPart, html_part, limit_words, sent_text, towns_box
from ui.view_link import ViewLink, view_html
from ui.visitors import Visitors

TAB = "hierarchy-tab"
ALL = "すべて"
FAILED = "体系を示せませんでした"
SHOW = "ライブラリ全体の体系を見る"


def hierarchy_start() -> str:
    """The tab before anything is asked."""
    return tab_start_html(
        "計画の体系を見る",
        (
            "計画・施策・取組・指標のつながりを、資料ごとに数とともに示します。",
            "個票の見当たらない施策や、施策の分からない個票も示します。",
        ),
        (SHOW,),
    )


class HierarchyPage:
    """What the tab does, apart from Gradio; nothing is kept."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def start(self) -> str:
        """The tab before anything is asked."""
        return hierarchy_start()

    def tree(self, words: FilterWords) -> str:
        """The tree of the plans within the limits."""
        return guarded(lambda: self._tree(words), lambda why: error_html(why, FAILED))

    def _tree(self, words: FilterWords) -> str:
        engine = self._engine
        if not engine.store.documents():
            return NO_DOCUMENTS
        with engine.steady():
            found = hierarchy_of(engine.store, engine.facets, engine.table, words)
        return hierarchy_html(found) + view_html(ViewLink(tab=TAB, text=ALL, words=words))


def build_hierarchy_tab(visitors: Visitors) -> TabPart:
    """Put the tab's content here."""

    def arranging(request: gr.Request) -> HierarchyPage:
        return HierarchyPage(visitors.engine(request))

    with gr.Row(elem_classes="asking-row", equal_height=True):
        towns = towns_box("hierarchy", scale=8)
        go = gr.Button(
            "体系を見る",
            variant="primary",
            elem_id="hierarchy-go",
            elem_classes="big-go",
            scale=1,
            min_width=120,
        )
    result = html_part("hierarchy-result", hierarchy_start())

    def show(request: gr.Request, chosen: list[str] | None) -> Iterator[str]:
        yield searching_html("体系を組み立てています…")
        yield arranging(request).tree(limit_words([chosen]))

    def pressed(request: gr.Request, event: gr.EventData, chosen: list[str] | None) -> Iterator[str]:
        if sent_text(event, "act") == "ask":
            yield from show(request, chosen)

    gr.on([go.click, towns.input], show, towns, result, concurrency_id="search", **QUIET)
    result.submit(pressed, towns, result, concurrency_id="search", **QUIET)
    return TabPart(
        tab=TAB,
        theme=None,
        limits=(towns,),
        result=result,
        show=lambda request, _, words, __: arranging(request).tree(words),
    )
