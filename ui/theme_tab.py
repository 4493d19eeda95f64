"""What the tabs that take a theme share in Gradio: box and button, result, and the source beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from ui.audit import Act
from ui.visitors import Visitors

SCRIPT = (Path(__file__).parent / "page.js").read_text(encoding="utf-8")
AT_ONCE = 4
QUIET: dict[str, Any] = {
    "show_progress": "hidden",
    "api_visibility": "private",
    "concurrency_limit": AT_ONCE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeBox:
    """The box for a theme, the button behind it, and the towns to limit to."""

    theme: gr.Textbox
    go: gr.Button
    towns: gr.Dropdown


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """A result and the viewer beside it."""

    result: gr.HTML
    viewer: gr.HTML


def theme_box(key: str, verb: str, placeholder: str) -> ThemeBox:
    """The inputs at the top of a tab; ``key`` begins their ids. The towns come when the page opens."""
    with gr.Row(elem_classes="asking-row", equal_height=True):
        theme = gr.Textbox(
            label="テーマ",
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
    towns = gr.Dropdown(
        choices=[],
        value=[],
        multiselect=True,
        label="自治体（選ばなければすべて）",
        elem_id=f"{key}-towns",
        elem_classes="towns-box",
    )
    return ThemeBox(theme=theme, go=go, towns=towns)


def found_row(key: str, start: str, visitors: Visitors) -> FoundRow:
    """A result with its viewer, whose 出典 buttons work.

    Args:
        key: begins the ids of the tab.
        start: the result before the first question.
        visitors: whoever opens the sources.
    """
    with gr.Row(elem_classes="found"):
        result, viewer = html_part(f"{key}-result", start), viewer_part(key)
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
        value = sent_text(event, "value")
        visitors.note(request, Act.OPEN, what=value)
        return visitors.page(request).source(value, f"{key}-source")

    asking = [one.select for one in (*parts, viewer)]
    gr.on(asking, opened, None, viewer, concurrency_id="source", **QUIET)


def sent_text(event: gr.EventData, key: str) -> str:
    """A value that the browser sent, empty unless it is text."""
    sent = event._data
    value = sent.get(key, "") if isinstance(sent, dict) else ""
    return value if isinstance(value, str) else ""
