"""A tab before its first question: what it is for, and examples to press."""

from __future__ import annotations

from collections.abc import Sequence

from ui.markup import button, esc


def tab_start_html(title: str, lines: Sequence[str], examples: Sequence[str] = ()) -> str:
    """The empty state of a tab.

    Args:
        title: what the tab does.
        lines: how, sentence by sentence.
        examples: themes, each a button.
    """
    items = "".join(f"<li>{esc(line)}</li>" for line in lines)
    buttons = "".join(button(text, "ask", text, css="example") for text in examples)
    shown = f'<div class="examples"><p>例</p><div>{buttons}</div></div>' if buttons else ""
    return f'<section class="start"><h2>{esc(title)}</h2>{shown}<ul class="guide">{items}</ul></section>'


NO_DOCUMENTS = tab_start_html(
    "資料がまだありません",
    ("上の「資料」を開き、計画や方針書のファイルを置くと、ここで使えるようになります。",),
)
