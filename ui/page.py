"""The search page in Gradio: the components, and which of them tells which function."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from qa.engines import Engines
from qa.filter_words import FilterWords
from ui.audit import Act, audit_log
from ui.chips import FIELDS, without
from ui.choice import open_choice
from ui.compare_page import TAB as COMPARE_TAB
from ui.compare_tab import build_compare_tab
from ui.draft_tab import build_draft_tab
from ui.hierarchy_tab import build_hierarchy_tab
from ui.indicator_page import TAB as INDICATOR_TAB
from ui.indicator_tab import build_indicator_tab
from ui.intake_limits import limits_from
from ui.masthead import masthead_html
from ui.page_opening import SEARCH_TAB, Opening, SearchPart, follow_library
from ui.result_view import searching_html
from ui.search_page import FilterChoices
from ui.theme_tab import QUIET, SCRIPT
from ui.track_tab import build_track_tab
from ui.upload_tab import build_upload_tab
from ui.visitors import Visitors

TITLE = "しるべ — 自治体計画の検索"
HEADER = masthead_html(None)
BASKET_SCRIPT = (Path(__file__).parent / "basket.js").read_text(encoding="utf-8")

Event = dict[str, Any]


def build_page(engines: Engines) -> gr.Blocks:
    """The page over a library; nothing is served yet, and nothing of the library is in it."""
    visitors = Visitors(engines, audit_log(engines.library, os.environ))
    blocks: gr.Blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with blocks:
        masthead = gr.HTML(HEADER, js_on_load=SCRIPT + BASKET_SCRIPT, apply_default_css=False)
        with gr.Tabs(elem_id="tabs") as tabs:
            with gr.Tab("検索・質問", id=SEARCH_TAB):
                search = _search_tab(visitors)
            with gr.Tab("比較", id=COMPARE_TAB) as tab:
                compared = build_compare_tab(visitors, tabs, tab, search.result)
            with gr.Tab("指標", id=INDICATOR_TAB):
                listed = build_indicator_tab(visitors)
            with gr.Tab("経年", id="track-tab"):
                tracked = build_track_tab(visitors)
            with gr.Tab("起案支援", id="draft-tab"):
                drafted, own_town = build_draft_tab(visitors)
            with gr.Tab("体系", id="hierarchy-tab"):
                arranged = build_hierarchy_tab(visitors)
            with gr.Tab("資料", id="upload-tab"):
                build_upload_tab(blocks, engines.library, limits_from(os.environ), visitors)
        opening = Opening(blocks=blocks, visitors=visitors, masthead=masthead, tabs=tabs)
        follow_library(opening, search, [compared, listed, tracked, drafted, arranged], own_town)
    return blocks


def _search_tab(visitors: Visitors) -> SearchPart:
    """Box, filters, results and the source beside them."""
    with gr.Row(elem_id="search", equal_height=True):
        box = gr.Textbox(
            label="調べたいこと",
            placeholder="例: 多文化共生の取組",
            max_lines=1,
            max_length=4_000,
            autofocus=True,
            elem_id="question",
            scale=8,
        )
        go = gr.Button("検索", variant="primary", elem_id="go", scale=1, min_width=120)
    filters, widen = _filters(FilterChoices())
    look: dict[str, Any] = {"js_on_load": SCRIPT, "apply_default_css": False}
    with gr.Row(elem_id="found", elem_classes="found"):
        result = gr.HTML("", elem_id="result", elem_classes="result", **look)
        viewer = gr.HTML("", elem_id="viewer", elem_classes="viewer", **look)
    _connect(visitors, box, go, filters, widen, result, viewer)
    return SearchPart(box=box, filters=filters, result=result)


def _filters(choices: FilterChoices) -> tuple[list[gr.Dropdown], gr.Checkbox]:
    """The filters, folded away: one for each field that a chip can stand for, and the use of other words."""
    with gr.Accordion("条件で絞り込む（自治体・年度・部署・種別）", open=False, elem_id="filters"):
        with gr.Row():
            fields: list[gr.Dropdown] = [
                open_choice(
                    choices=list(getattr(choices, field)),
                    value=[],
                    multiselect=True,
                    label=title,
                    min_width=220,
                    elem_id=f"filter-{field}",
                )
                for field, title in FIELDS.items()
            ]
        return fields, gr.Checkbox(value=True, label="言い換えた言葉でも探す", elem_id="widen")


def _connect(
    visitors: Visitors,
    box: gr.Textbox,
    go: gr.Button,
    filters: list[gr.Dropdown],
    widen: gr.Checkbox,
    result: gr.HTML,
    viewer: gr.HTML,
) -> None:
    def search(request: gr.Request, typed: str, *values: Any) -> Iterator[tuple[str, str]]:
        visitors.note(request, Act.SEARCH, query=typed)
        yield searching_html(), ""
        yield visitors.page(request).search(typed, words_of(values)), ""

    def pressed(request: gr.Request, event: gr.EventData, typed: str, *values: Any) -> Iterator[list[Any]]:
        question, words = after_press(event._data, typed, words_of(values))
        visitors.note(request, Act.SEARCH, query=question)
        shown = [question, *(list(getattr(words, field)) for field in FIELDS), list(words.without)]
        yield [*shown, searching_html(), ""]
        yield [*shown, visitors.page(request).search(question, words), ""]

    def opened(request: gr.Request, event: gr.EventData) -> str:
        return visitors.source(request, _text(event._data, "value"))

    # The expansions that were taken away by their chips, until they are given back. No gr.State: with one,
    # each page keeps a connection open for as long as it is shown.
    unwanted = gr.JSON([], visible=False)
    asked = [box, *filters, widen, unwanted]
    gr.on([box.submit, go.click], search, asked, [result, viewer], concurrency_id="search", **QUIET)
    changed = [*(one.input for one in filters), widen.input]
    gr.on(changed, search, asked, [result, viewer], concurrency_id="search", **QUIET)
    result.submit(pressed, asked, [box, *filters, unwanted, result, viewer], concurrency_id="search", **QUIET)
    gr.on([result.select, viewer.select], opened, None, viewer, concurrency_id="source", **QUIET)


def words_of(values: tuple[Any, ...]) -> FilterWords:
    """The filters from the drop-downs, in the order of ``FIELDS``, the check box, the unwanted expansions."""
    chosen = {field: tuple(value or ()) for field, value in zip(FIELDS, values, strict=False)}
    widen, unwanted = values[len(FIELDS) :]
    return FilterWords(**chosen, widen=widen is not False, without=tuple(unwanted or ()))


def after_press(event: Event, typed: str, words: FilterWords) -> tuple[str, FilterWords]:
    """The question and the filters after one of our buttons: an example asked, or a chip dropped."""
    act, value = _text(event, "act"), _text(event, "value")
    if act == "ask":
        return value, words
    if act == "drop":
        return without(value, typed, words)
    return typed, words


def _text(event: Event, key: str) -> str:
    """A value that the browser sent, empty unless it is text."""
    value = event.get(key, "") if isinstance(event, dict) else ""
    return value if isinstance(value, str) else ""
