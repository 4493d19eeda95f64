"""The 経年 tab in Gradio: the components, and which of them tells which function."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from qa.engine import Engine
from ui.result_view import searching_html
from ui.search_page import SearchPage
from ui.theme_tab import QUIET, TabPart, found_row, limit_words, sent_text, theme_box
from ui.track_page import TAB, TrackPage

TRACK_SCRIPT = (Path(__file__).parent / "track.js").read_text(encoding="utf-8")
TRACKING = "年度ごとの記載を集めています…"


def build_track_tab(engine: Engine, page: SearchPage) -> TabPart:
    """Put the tab's content here."""
    tracking = TrackPage(engine)
    asks = theme_box("track", "推移を見る", "例: ふるさと納税")
    found = found_row("track", tracking.start(), page, TRACK_SCRIPT)
    shown = [found.result, found.viewer]

    def track(theme: str, *limits: Any) -> Iterator[tuple[str, str]]:
        yield searching_html(TRACKING), ""
        yield tracking.track(theme, limit_words(limits)), ""

    def pressed(event: gr.EventData, *limits: Any) -> Iterator[list[Any]]:
        theme = sent_text(event, "value")
        yield [theme, searching_html(TRACKING), ""]
        yield [theme, tracking.track(theme, limit_words(limits)), ""]

    asked = [asks.theme, *asks.limits]
    again = [asks.theme.submit, asks.go.click, *(one.input for one in asks.limits)]
    gr.on(again, track, asked, shown, concurrency_id="search", **QUIET)
    found.result.submit(pressed, list(asks.limits), [asks.theme, *shown], concurrency_id="search", **QUIET)
    return TabPart(
        tab=TAB,
        theme=asks.theme,
        limits=asks.limits,
        result=found.result,
        show=lambda theme, words, _: tracking.track(theme, words),
    )
