"""A choice among what the library holds, whose values are told to the browser when the page is opened.

Gradio refuses a value that it does not remember to have offered to this very page. It forgets pages when the
server starts anew, and the oldest ones beyond a number; the people at them would only be told so in English.
What is chosen limits a search, and is read there like any other word that is sent.
"""

from __future__ import annotations

from typing import Any

import gradio as gr


def open_choice(**look: Any) -> gr.Dropdown:
    """A drop-down whose choices come with the page; ``look`` is what ``gr.Dropdown`` takes.

    It is no class of its own: for one Gradio would write a file of types beside this module.
    """
    made = gr.Dropdown(**look)
    made.preprocess = texts_sent  # type: ignore[method-assign]
    return made


def texts_sent(payload: Any) -> Any:
    """The values that a browser sent, as far as they are texts."""
    if isinstance(payload, list):
        return [one for one in payload if isinstance(one, str)]
    return payload if isinstance(payload, str) else None
