"""The search page in Gradio: the components, and which of them tells which function."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from qa.engine import Engine
from qa.filter_words import FilterWords
from ui.chips import FIELDS, without
from ui.compare_page import TAB as COMPARE_TAB
from ui.compare_tab import build_compare_tab
from ui.draft_tab import build_draft_tab
from ui.hierarchy_tab import build_hierarchy_tab
from ui.indicator_page import TAB as INDICATOR_TAB
from ui.indicator_tab import build_indicator_tab
from ui.intake_limits import limits_from
from ui.page_opening import SEARCH_TAB, SearchPart, follow_library
from ui.result_view import searching_html
from ui.search_page import FilterChoices, SearchPage
from ui.theme_tab import QUIET, SCRIPT
from ui.track_tab import build_track_tab
from ui.upload_tab import build_upload_tab

TITLE = "しるべ — 自治体計画の検索"
HEADER = (
    '<header class="masthead"><h1>しるべ</h1>'
    "<p>自治体の計画・方針書を、原文の引用つきで検索します</p>"
    '<button type="button" class="btn basket-open" data-basket="open">資料かご'
    '（<span class="basket-count">0</span>件）</button></header>'
)
BASKET_SCRIPT = (Path(__file__).parent / "basket.js").read_text(encoding="utf-8")

Event = dict[str, Any]


def build_page(engine: Engine) -> gr.Blocks:
    """The page over an engine; nothing is served yet."""
    page = SearchPage(engine)
    blocks: gr.Blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with blocks:
        gr.HTML(HEADER, js_on_load=SCRIPT + BASKET_SCRIPT, apply_default_css=False)
        with gr.Tabs(elem_id="tabs") as tabs:
            with gr.Tab("検索・質問", id=SEARCH_TAB):
                search = _search_tab(page)
            with gr.Tab("比較", id=COMPARE_TAB) as tab:
                compared = build_compare_tab(engine, page, tabs, tab, search.result)
            with gr.Tab("指標", id=INDICATOR_TAB):
                listed = build_indicator_tab(engine, page)
            with gr.Tab("経年", id="track-tab"):
                tracked = build_track_tab(engine, page)
            with gr.Tab("起案支援", id="draft-tab"):
                drafted, own_town = build_draft_tab(engine, page)
            with gr.Tab("体系", id="hierarchy-tab"):
                arranged = build_hierarchy_tab(engine)
            with gr.Tab("資料", id="upload-tab"):
                build_upload_tab(blocks, engine.library, limits_from(os.environ))
        follow_library(blocks, tabs, page, search, [compared, listed, tracked, drafted, arranged], own_town)
    return blocks


def _search_tab(page: SearchPage) -> SearchPart:
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
    filters, widen = _filters(page.choices())
    look: dict[str, Any] = {"js_on_load": SCRIPT, "apply_default_css": False}
    with gr.Row(elem_id="found", elem_classes="found"):
        result = gr.HTML(page.start(), elem_id="result", elem_classes="result", **look)
        viewer = gr.HTML("", elem_id="viewer", elem_classes="viewer", **look)
    _connect(page, box, go, filters, widen, result, viewer)
    return SearchPart(box=box, filters=filters, result=result)


def _filters(choices: FilterChoices) -> tuple[list[gr.Dropdown], gr.Checkbox]:
    """The filters, folded away: one for each field that a chip can stand for, and the use of other words."""
    with gr.Accordion("条件で絞り込む（自治体・年度・部署・種別）", open=False, elem_id="filters"):
        with gr.Row():
            fields = [
                gr.Dropdown(
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
    page: SearchPage,
    box: gr.Textbox,
    go: gr.Button,
    filters: list[gr.Dropdown],
    widen: gr.Checkbox,
    result: gr.HTML,
    viewer: gr.HTML,
) -> None:
    def search(typed: str, *values: Any) -> Iterator[tuple[str, str]]:
        yield searching_html(), ""
        yield page.search(typed, words_of(values)), ""

    def pressed(event: gr.EventData, typed: str, *values: Any) -> Iterator[list[Any]]:
        question, words = after_press(event._data, typed, words_of(values))
        shown = [question, *(list(getattr(words, field)) for field in FIELDS), list(words.without)]
        yield [*shown, searching_html(), ""]
        yield [*shown, page.search(question, words), ""]

    def opened(event: gr.EventData) -> str:
        return page.source(_text(event._data, "value"))

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
