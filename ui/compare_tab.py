"""The 比較 tab in Gradio: the components, and which of them tells which function."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from ui.audit import Act
from ui.compare_page import ComparePage, compare_start
from ui.result_view import searching_html
from ui.theme_tab import QUIET, found_row, sent_text, theme_box
from ui.visitors import Visitors

COMPARING = "比べています…"
TAB = "compare-tab"


def build_compare_tab(visitors: Visitors, tabs: gr.Tabs, asked_from: gr.HTML) -> gr.Dropdown:
    """Put the tab's content here; gives the choice of towns, still empty.

    Args:
        visitors: who asks.
        tabs: the tabs of the page, to turn to this one.
        asked_from: the result whose button asks to compare its topic.
    """
    asks = theme_box("compare", "比べる", "例: 空き家の利活用")
    found = found_row("compare", compare_start(), visitors)
    shown = [found.result, found.viewer]

    def compare(request: gr.Request, theme: str, towns: list[str] | None) -> Iterator[tuple[str, str]]:
        visitors.note(request, Act.SEARCH, query=theme)
        yield searching_html(COMPARING), ""
        yield ComparePage(visitors.engine(request)).compare(theme, towns or ()), ""

    def pressed(request: gr.Request, event: gr.EventData, towns: list[str] | None) -> Iterator[list[Any]]:
        theme = sent_text(event, "value")
        visitors.note(request, Act.SEARCH, query=theme)
        yield [theme, searching_html(COMPARING), ""]
        yield [theme, ComparePage(visitors.engine(request)).compare(theme, towns or ()), ""]

    def carried(request: gr.Request, event: gr.EventData) -> Iterator[list[Any]]:
        theme = sent_text(event, "value")
        visitors.note(request, Act.SEARCH, query=theme)
        yield [gr.Tabs(selected=TAB), theme, [], searching_html(COMPARING), ""]
        yield [gr.skip(), gr.skip(), gr.skip(), ComparePage(visitors.engine(request)).compare(theme, ()), ""]

    asked = [asks.theme, asks.towns]
    again = [asks.theme.submit, asks.go.click, asks.towns.input]
    gr.on(again, compare, asked, shown, concurrency_id="search", **QUIET)
    found.result.submit(pressed, asks.towns, [asks.theme, *shown], concurrency_id="search", **QUIET)
    asked_from.input(carried, None, [tabs, asks.theme, asks.towns, *shown], concurrency_id="search", **QUIET)
    return asks.towns
