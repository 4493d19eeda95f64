"""What the tabs that take a theme share in Gradio: box and button, result, and the source beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import gradio as gr

from qa.filter_words import FilterWords
from ui.choice import open_choice
from ui.visitors import Visitors

SCRIPT = (Path(__file__).parent / "page.js").read_text(encoding="utf-8")
AT_ONCE = 4
LIMITS = {
    "municipalities": "自治体（選ばなければすべて）",
    "prefectures": "都道府県",
    "fiscal_years": "年度",
    "document_kinds": "種別",
}
"""The fields of ``FilterWords`` that every tab with a theme is limited by."""

QUIET: dict[str, Any] = {
    "show_progress": "hidden",
    "api_visibility": "private",
    "concurrency_limit": AT_ONCE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeBox:
    """The box for a theme, the button behind it, what to limit to (as ``LIMITS``), and measures."""

    theme: gr.Textbox
    go: gr.Button
    limits: tuple[gr.Dropdown, ...]
    measures: gr.Dropdown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TabPart:
    """What the page needs of a tab to offer the library's values in it, and to reopen a view.

    Attributes:
        tab: its id.
        theme: its box, None for a tab without one.
        limits: in the order of ``LIMITS``, or the first of them.
        result: where the result is shown.
        show: the request, a theme, the limits and the extras in, the result out.
        extras: further components that a link sets, by parameter.
        offered: what such a component lets one choose from, by its parameter and those of the link; None
            where anything may be typed.
    """

    tab: str
    theme: gr.Textbox | None
    limits: tuple[gr.Dropdown, ...]
    result: gr.HTML
    show: Callable[[gr.Request, str, FilterWords, Mapping[str, str]], str]
    extras: Mapping[str, Any] = field(default_factory=dict)
    offered: Callable[[str, Mapping[str, str]], Sequence[str] | None] = lambda *_: None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """A result and the viewer beside it."""

    result: gr.HTML
    viewer: gr.HTML


def theme_box(
    key: str, verb: str, placeholder: str, label: str = "テーマ", *, with_measures: bool = False
) -> ThemeBox:
    """The inputs at the top of a tab; ``key`` begins their ids. What to choose from comes with the page."""
    with gr.Row(elem_classes="asking-row", equal_height=True):
        theme = gr.Textbox(
            label=label,
            placeholder=placeholder,
            max_lines=1,
            max_length=4_000,
            elem_id=f"{key}-theme",
            elem_classes="big-box",
            scale=8,
        )
        go = gr.Button(
            verb, variant="primary", elem_id=f"{key}-go", elem_classes="big-go", scale=1, min_width=120
        )
    with gr.Row(elem_classes="limits-row"):
        towns = towns_box(key)
        measures = _measures_box(key) if with_measures else None
    with (
        gr.Accordion("都道府県・年度・種別で絞り込む", open=False, elem_classes="more-limits"),
        gr.Row(elem_classes="limits-row"),
    ):
        more = [_limit(key, name) for name in list(LIMITS)[1:]]
    return ThemeBox(theme=theme, go=go, limits=(towns, *more), measures=measures)


def towns_box(key: str, **look: Any) -> gr.Dropdown:
    """The choice of municipalities, still empty."""
    return _limit(key, "municipalities", elem_classes="towns-box", **look)


def _measures_box(key: str) -> gr.Dropdown:
    """The choice of a theme among the plans' own measures, still empty."""
    return open_choice(
        choices=[],
        value=None,
        label="計画の施策から選ぶ",
        min_width=220,
        elem_id=f"{key}-measure",
        elem_classes="towns-box",
    )


def _limit(key: str, name: str, **look: Any) -> gr.Dropdown:
    title = LIMITS[name]
    part = "towns" if name == "municipalities" else name
    return open_choice(
        choices=[], value=[], multiselect=True, label=title, min_width=220, elem_id=f"{key}-{part}", **look
    )


def limit_words(values: Sequence[Any]) -> FilterWords:
    """The limits from the drop-downs, in the order of ``LIMITS``."""
    given: dict[str, Any] = {name: tuple(value or ()) for name, value in zip(LIMITS, values, strict=False)}
    return replace(FilterWords(), **given)


def found_row(key: str, start: str, visitors: Visitors, script: str = "") -> FoundRow:
    """A result with its viewer, whose 出典 buttons work.

    Args:
        key: begins the ids of the tab.
        start: the result before the first question.
        visitors: whoever opens the sources.
        script: what the browser does in the result beside ``page.js``.
    """
    with gr.Row(elem_classes="found"):
        result, viewer = html_part(f"{key}-result", start, script), viewer_part(key)
    open_sources(key, [result], viewer, visitors)
    return FoundRow(result=result, viewer=viewer)


def html_part(part: str, html: str, script: str = "") -> gr.HTML:
    """A part of the page that is ours; ``script`` is what the browser does beside ``page.js``."""
    return gr.HTML(
        html, elem_id=part, elem_classes="result", js_on_load=SCRIPT + script, apply_default_css=False
    )


def viewer_part(key: str) -> gr.HTML:
    """The viewer of a tab, still empty."""
    return gr.HTML(
        "", elem_id=f"{key}-viewer", elem_classes="viewer", js_on_load=SCRIPT, apply_default_css=False
    )


def open_sources(key: str, parts: Sequence[gr.HTML], viewer: gr.HTML, visitors: Visitors) -> None:
    """Let the 出典 buttons of the parts, and those of the viewer itself, fill the viewer."""

    def opened(request: gr.Request, event: gr.EventData) -> str:
        return visitors.source(request, sent_text(event, "value"), f"{key}-source")

    asking = [one.select for one in (*parts, viewer)]
    gr.on(asking, opened, None, viewer, concurrency_id="source", **QUIET)


def sent_text(event: gr.EventData, key: str) -> str:
    """A value that the browser sent, empty unless it is text."""
    sent = event._data
    value = sent.get(key, "") if isinstance(sent, dict) else ""
    return value if isinstance(value, str) else ""
