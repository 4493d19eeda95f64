"""What the page shows whoever opens it, with and without a link to a view, through Gradio's own event."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import gradio as gr
from starlette.requests import Request

from qa.engines import Engines
from ui.page import build_page
from ui.view_link import ViewLink
from ui.viewer import KEY, Viewer

TABS = ("search-tab", "compare-tab", "indicator-tab", "track-tab", "draft-tab", "hierarchy-tab")


def links(engines: Engines, viewer: Viewer, query: str) -> Iterator[tuple[str, str]]:
    """What the page is set to when it is opened plainly, and by a link to a query in each tab."""
    yield "link none", _opened(engines, viewer, "?")
    for tab in TABS:
        address = ViewLink(tab=tab, text=query, extras={"form": "方針書"}).written()
        yield f"link {tab}", _opened(engines, viewer, address)


def _opened(engines: Engines, viewer: Viewer, address: str) -> str:
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "headers": [],
        "query_string": address.removeprefix("?").encode(),
        KEY: viewer,
    }
    (opened,) = (
        one.fn
        for one in _page(engines).fns.values()
        if getattr(one.fn, "__name__", "") == "opened"
        and "follow_library" in getattr(one.fn, "__qualname__", "")
    )
    values = opened(gr.Request(request=Request(scope)))  # type: ignore[misc]
    return json.dumps([_told(one) for one in values], ensure_ascii=False, sort_keys=True, default=str)


@lru_cache(maxsize=2)
def _page(engines: Engines) -> gr.Blocks:
    """The page, built within an event loop: without one Gradio makes four, and closes none of them."""

    async def built() -> gr.Blocks:
        return build_page(engines)

    return asyncio.run(built())


def _told(value: Any) -> Any:
    """A value, or what a component is set to."""
    return value.constructor_args if isinstance(value, gr.components.Component | gr.Tabs) else value
