"""The 比較 tab in Gradio: the components, and which of them tells which function."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from qa.filter_words import FilterWords
from ui.audit import Act
from ui.compare_page import TAB, ComparePage, compare_start
from ui.theme_tab import LIMITS, QUIET, TabPart, found_row, html_part, limit_words, sent_text, theme_box
from ui.visitors import Visitors

PEERS_SCRIPT = (Path(__file__).parent / "peers.js").read_text(encoding="utf-8")
PEERS = (
    '<details class="more peers"><summary>人口の近い自治体を選ぶ（自分の人口の表を使う）</summary>'
    '<div class="peers-row"><label class="btn file">人口の表を選ぶ（CSV。自治体と人口の列）'
    '<input type="file" accept=".csv,text/csv"></label>'
    '<label>もとにする自治体<input type="text" class="peers-town" maxlength="20"></label>'
    '<label>人口の差（%）<input type="number" class="peers-within" value="30" min="0" max="1000"></label>'
    '<button type="button" class="btn" data-peers="near">選ぶ</button></div>'
    '<p class="hint" role="status">表は送るたびに読み、ライブラリに残しません。</p></details>'
)


def build_compare_tab(visitors: Visitors, tabs: gr.Tabs, tab: gr.Tab, asked_from: gr.HTML) -> TabPart:
    """Put the tab's content here.

    Args:
        visitors: who asks.
        tabs: the tabs of the page, to turn to this one.
        tab: this one.
        asked_from: the result whose button asks to compare its topic.
    """
    asks = theme_box("compare", "比べる", "例: 空き家の利活用", with_measures=True)
    peers = html_part("compare-peers", PEERS, PEERS_SCRIPT)
    found = found_row("compare", compare_start(), visitors)
    shown = [found.result, found.viewer]

    def comparing(request: gr.Request) -> ComparePage:
        return ComparePage(visitors.engine(request))

    def compare(request: gr.Request, theme: str, *limits: Any) -> Iterator[tuple[str, str]]:
        visitors.note(request, Act.SEARCH, query=theme)
        page, words = comparing(request), limit_words(limits)
        yield page.waiting(words), ""
        yield page.compare(theme, words), ""

    def pressed(request: gr.Request, event: gr.EventData, *limits: Any) -> Iterator[list[Any]]:
        theme = sent_text(event, "value")
        visitors.note(request, Act.SEARCH, query=theme)
        page, words = comparing(request), limit_words(limits)
        yield [theme, page.waiting(words), ""]
        yield [theme, page.compare(theme, words), ""]

    def offered(request: gr.Request, *limits: Any) -> gr.Dropdown:
        return gr.Dropdown(choices=comparing(request).measures(limit_words(limits)))

    def chosen(request: gr.Request, theme: str | None, *limits: Any) -> Iterator[list[Any]]:
        if not theme:  # a choice that the keyboard only passes through tells of itself too
            yield [gr.skip(), gr.skip(), gr.skip()]
            return
        visitors.note(request, Act.SEARCH, query=theme)
        page, words = comparing(request), limit_words(limits)
        yield [theme, page.waiting(words), ""]
        yield [theme, page.compare(theme, words), ""]

    def near(request: gr.Request, event: gr.EventData, theme: str, *limits: Any) -> Iterator[list[Any]]:
        words = replace(limit_words(limits), municipalities=codes_sent(event._data))
        visitors.note(request, Act.SEARCH, query=theme)
        page, codes = comparing(request), list(words.municipalities)
        yield [codes, page.waiting(words), ""]
        yield [codes, page.compare(theme, words), ""]

    def carried(request: gr.Request, event: gr.EventData) -> Iterator[list[Any]]:
        theme = sent_text(event, "value")
        visitors.note(request, Act.SEARCH, query=theme)
        empty: list[Any] = [[] for _ in LIMITS]
        page, words = comparing(request), FilterWords()
        yield [gr.Tabs(selected=TAB), theme, *empty, page.waiting(words), ""]
        kept = [gr.skip()] * (2 + len(LIMITS))
        yield [*kept, page.compare(theme, words), ""]

    asked = [asks.theme, *asks.limits]
    again = [asks.theme.submit, asks.go.click, *(one.input for one in asks.limits)]
    gr.on(again, compare, asked, shown, concurrency_id="search", **QUIET)
    found.result.submit(pressed, list(asks.limits), [asks.theme, *shown], concurrency_id="search", **QUIET)
    if asks.measures is not None:
        # Not when the choice itself is entered: new choices would take the focus away from the keyboard.
        tab.select(offered, list(asks.limits), asks.measures, concurrency_id="source", **QUIET)
        picked = [asks.measures, *asks.limits]
        asks.measures.input(chosen, picked, [asks.theme, *shown], concurrency_id="search", **QUIET)
    asked_near = [asks.theme, *asks.limits]
    peers.edit(near, asked_near, [asks.limits[0], *shown], concurrency_id="search", **QUIET)
    told = [tabs, asks.theme, *asks.limits, *shown]
    asked_from.input(carried, None, told, concurrency_id="search", **QUIET)
    return TabPart(
        tab=TAB,
        theme=asks.theme,
        limits=asks.limits,
        result=found.result,
        show=lambda request, theme, words, _: comparing(request).compare(theme, words),
    )


def codes_sent(sent: Any) -> tuple[str, ...]:
    """The codes of municipalities that the browser sent; what is no text is left out."""
    codes = sent.get("codes") if isinstance(sent, dict) else None
    return tuple(one for one in codes if isinstance(one, str)) if isinstance(codes, list) else ()
