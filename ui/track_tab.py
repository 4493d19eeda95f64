"""The 経年 tab in Gradio: the components, and which of them tells which function."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from qa.engine import Engine
from ui.result_view import searching_html
from ui.search_page import SearchPage
from ui.theme_tab import QUIET, found_row, sent_text, theme_box
from ui.track_page import TrackPage

TRACKING = "年度ごとの記載を集めています…"


def build_track_tab(engine: Engine, page: SearchPage) -> gr.Dropdown:
    """Put the tab's content here; gives the choice of towns, still empty."""
    tracking = TrackPage(engine)
    asks = theme_box("track", "推移を見る", "例: ふるさと納税")
    found = found_row("track", tracking.start(), page)
    shown = [found.result, found.viewer]

    def track(theme: str, towns: list[str] | None) -> Iterator[tuple[str, str]]:
        yield searching_html(TRACKING), ""
        yield tracking.track(theme, towns or ()), ""

    def pressed(event: gr.EventData, towns: list[str] | None) -> Iterator[list[Any]]:
        theme = sent_text(event, "value")
        yield [theme, searching_html(TRACKING), ""]
        yield [theme, tracking.track(theme, towns or ()), ""]

    asked = [asks.theme, asks.towns]
    again = [asks.theme.submit, asks.go.click, asks.towns.input]
    gr.on(again, track, asked, shown, concurrency_id="search", **QUIET)
    found.result.submit(pressed, asks.towns, [asks.theme, *shown], concurrency_id="search", **QUIET)
    return asks.towns
