"""What a link sets the components of a tab to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import gradio as gr
import pytest

from ui import draft_tab, indicator_tab
from ui.page_opening import extras_of
from ui.theme_tab import TabPart
from ui.view_link import ViewLink

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:starlette"),
]
Offered = Callable[[str, Mapping[str, str]], Sequence[str] | None]
TABS: dict[str, tuple[tuple[str, ...], Offered]] = {
    "indicator": (("role", "unit", "order"), indicator_tab.offered),
    "draft": (("form", "heading"), draft_tab.offered),
}


@pytest.mark.parametrize(
    ("tab", "params", "expected"),
    [
        (
            "indicator",
            {"role": "目標値", "unit": "人", "order": "自治体の順"},
            ["目標値", "人", "自治体の順"],
        ),
        ("indicator", {"role": "<b>目標値</b>", "order": "逆"}, [None, None, None]),
        ("draft", {"form": "業務棚卸表", "heading": "行政活動"}, ["業務棚卸表", "行政活動"]),
        ("draft", {"form": "業務棚卸表", "heading": "レビュー"}, ["業務棚卸表", None]),
        ("draft", {"form": "本市の様式.xlsx", "heading": "見出し"}, [None, None]),
    ],
)
def test_a_link_sets_what_is_offered_and_nothing_else(
    tab: str, params: dict[str, str], expected: list[str | None]
) -> None:
    names, offered = TABS[tab]
    part = TabPart(
        tab=f"{tab}-tab",
        theme=None,
        limits=(),
        result=gr.HTML(""),
        show=lambda *_: "",
        extras=dict.fromkeys(names),
        offered=offered,
    )
    link = ViewLink.read({"tab": tab, "q": "多文化共生", **params})
    assert [_value(one) for one in extras_of(part, link)] == expected


def _value(update: Any) -> str | None:
    """What a component is set to, None where it is left alone."""
    if isinstance(update, gr.Dropdown):
        assert update.value in [value for _, value in update.choices]
        return str(update.value)
    return None if isinstance(update, dict) else str(update)
