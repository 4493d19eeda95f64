"""The 指標 tab in Gradio: the components, and which of them tells which function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import gradio as gr

from qa.filter_words import FilterWords
from ui.audit import Act
from ui.indicator_page import (
    ALL,
    BY_TOPIC,
    ORDERS,
    ROLE_NAMES,
    TAB,
    IndicatorPage,
    IndicatorsAsked,
    indicator_start,
)
from ui.result_view import searching_html
from ui.theme_tab import QUIET, TabPart, found_row, limit_words, sent_text, theme_box
from ui.visitors import Visitors

LOOKING = "指標を集めています…"


def build_indicator_tab(visitors: Visitors) -> TabPart:
    """Put the tab's content here."""
    asks = theme_box(
        "indicator", "指標を探す", "例: ふるさと納税", label="指標・施策の言葉（空欄ならすべて）"
    )
    with gr.Row(elem_classes="limits-row"):
        role = gr.Dropdown(choices=[ALL, *ROLE_NAMES], value=ALL, label="区分", elem_id="indicator-role")
        unit = gr.Dropdown(
            choices=[ALL], value=ALL, allow_custom_value=True, label="単位", elem_id="indicator-unit"
        )
        order = gr.Dropdown(choices=list(ORDERS), value=BY_TOPIC, label="並べ替え", elem_id="indicator-order")
    found = found_row("indicator", indicator_start(), visitors)
    shown = [found.result, found.viewer, unit]

    def asked(text: str, role: str, unit: str, order: str, *limits: Any) -> IndicatorsAsked:
        extras = {"role": role, "unit": unit, "order": order}
        return IndicatorsAsked.of(text, limit_words(limits), extras)

    def showing(request: gr.Request) -> IndicatorPage:
        return IndicatorPage(visitors.engine(request))

    def look(request: gr.Request, *values: Any) -> Iterator[list[Any]]:
        visitors.note(request, Act.SEARCH, query=str(values[0]))
        yield [searching_html(LOOKING), "", gr.skip()]
        html, units = showing(request).show(asked(*values))
        yield [html, "", gr.Dropdown(choices=[ALL, *units])]

    def pressed(request: gr.Request, event: gr.EventData, *values: Any) -> Iterator[list[Any]]:
        text = sent_text(event, "value")
        for one in look(request, text, *values):
            yield [text, *one]

    def linked(request: gr.Request, text: str, words: FilterWords, extras: Mapping[str, str]) -> str:
        return showing(request).show(IndicatorsAsked.of(text, words, extras))[0]

    rest = [role, unit, order, *asks.limits]
    again = [asks.theme.submit, asks.go.click, *(one.input for one in rest)]
    gr.on(again, look, [asks.theme, *rest], shown, concurrency_id="search", **QUIET)
    found.result.submit(pressed, rest, [asks.theme, *shown], concurrency_id="search", **QUIET)
    return TabPart(
        tab=TAB,
        theme=asks.theme,
        limits=asks.limits,
        result=found.result,
        show=linked,
        extras={"role": role, "unit": unit, "order": order},
        offered=offered,
    )


def offered(name: str, _: Mapping[str, str]) -> Sequence[str] | None:
    """What a link may set a component of the tab to; see ``ui.theme_tab.TabPart``."""
    return {"role": [ALL, *ROLE_NAMES], "order": list(ORDERS)}.get(name)
