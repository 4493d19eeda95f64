"""The 経年 tab in Gradio: the components, and which of them tells which function."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from ui.audit import Act
from ui.result_view import searching_html
from ui.theme_tab import QUIET, TabPart, found_row, limit_words, sent_text, theme_box
from ui.track_page import TAB, TrackPage, track_start
from ui.visitors import Visitors

TRACK_SCRIPT = (Path(__file__).parent / "track.js").read_text(encoding="utf-8")
TRACKING = "年度ごとの記載を集めています…"


def build_track_tab(visitors: Visitors) -> TabPart:
    """Put the tab's content here."""
    asks = theme_box("track", "推移を見る", "例: ふるさと納税")
    found = found_row("track", track_start(), visitors, TRACK_SCRIPT)
    shown = [found.result, found.viewer]

    def tracking(request: gr.Request) -> TrackPage:
        return TrackPage(visitors.engine(request))

    def track(request: gr.Request, theme: str, *limits: Any) -> Iterator[tuple[str, str]]:
        visitors.note(request, Act.SEARCH, query=theme)
        yield searching_html(TRACKING), ""
        yield tracking(request).track(theme, limit_words(limits)), ""

    def pressed(request: gr.Request, event: gr.EventData, *limits: Any) -> Iterator[list[Any]]:
        theme = sent_text(event, "value")
        visitors.note(request, Act.SEARCH, query=theme)
        yield [theme, searching_html(TRACKING), ""]
        yield [theme, tracking(request).track(theme, limit_words(limits)), ""]

    asked = [asks.theme, *asks.limits]
    again = [asks.theme.submit, asks.go.click, *(one.input for one in asks.limits)]
    gr.on(again, track, asked, shown, concurrency_id="search", **QUIET)
    found.result.submit(pressed, list(asks.limits), [asks.theme, *shown], concurrency_id="search", **QUIET)
    return TabPart(
        tab=TAB,
        theme=asks.theme,
        limits=asks.limits,
        result=found.result,
        show=lambda request, theme, words, _: tracking(request).track(theme, words),
    )
