"""The 経年 tab in Gradio: the components, and which of them tells which function."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from ui.audit import Act
from ui.result_view import searching_html
from ui.theme_tab import QUIET, found_row, sent_text, theme_box
from ui.track_page import TrackPage, track_start
from ui.visitors import Visitors

TRACKING = "年度ごとの記載を集めています…"


def build_track_tab(visitors: Visitors) -> gr.Dropdown:
    """Put the tab's content here; gives the choice of towns, still empty."""
    asks = theme_box("track", "推移を見る", "例: ふるさと納税")
    found = found_row("track", track_start(), visitors)
    shown = [found.result, found.viewer]

    def track(request: gr.Request, theme: str, towns: list[str] | None) -> Iterator[tuple[str, str]]:
        visitors.note(request, Act.SEARCH, query=theme)
        yield searching_html(TRACKING), ""
        yield TrackPage(visitors.engine(request)).track(theme, towns or ()), ""

    def pressed(request: gr.Request, event: gr.EventData, towns: list[str] | None) -> Iterator[list[Any]]:
        theme = sent_text(event, "value")
        visitors.note(request, Act.SEARCH, query=theme)
        yield [theme, searching_html(TRACKING), ""]
        yield [theme, TrackPage(visitors.engine(request)).track(theme, towns or ()), ""]

    asked = [asks.theme, asks.towns]
    again = [asks.theme.submit, asks.go.click, asks.towns.input]
    gr.on(again, track, asked, shown, concurrency_id="search", **QUIET)
    found.result.submit(pressed, asks.towns, [asks.theme, *shown], concurrency_id="search", **QUIET)
    return asks.towns
