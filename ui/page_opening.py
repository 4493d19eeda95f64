"""When the page is opened: the library's values are offered, and the view that its address names is shown.

All tabs in one event: of several at once Gradio's browser side may leave a connection open for good.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from ui.audit import Act
from ui.chips import FIELDS
from ui.masthead import masthead_html
from ui.search_page import FilterChoices, SearchPage
from ui.theme_tab import LIMITS, QUIET, TabPart
from ui.view_link import ViewLink
from ui.visitors import Visitors

SEARCH_TAB = "search-tab"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPart:
    """The components of the search tab that opening the page sets."""

    box: gr.Textbox
    filters: Sequence[gr.Dropdown]
    result: gr.HTML


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The page that is opened, and who opens it."""

    blocks: gr.Blocks
    visitors: Visitors
    masthead: gr.HTML
    tabs: gr.Tabs


def follow_library(
    opening: Opening, search: SearchPart, parts: Sequence[TabPart], own_town: gr.Dropdown
) -> None:
    """Offer what the library holds for whoever opens the page, when they open it."""
    visitors = opening.visitors

    def opened(request: gr.Request) -> list[Any]:
        page = visitors.page(request)
        link, choices = ViewLink.read(_params(request)), page.choices()
        if link.text.strip():
            visitors.note(request, Act.SEARCH, query=link.text)
        set_to = [
            _search(page, search, choices, link),
            *(_part(request, one, choices, link) for one in parts),
        ]
        known = {SEARCH_TAB, *(one.tab for one in parts)}
        selected = gr.Tabs(selected=link.tab) if link.tab in known else gr.skip()
        values = [one for part in set_to for one in part]
        own = gr.Dropdown(choices=list(choices.towns))
        return [masthead_html(visitors.viewer(request)), selected, *values, own]

    told = [search.box, *search.filters, search.result, *(one for part in parts for one in _told(part))]
    opening.blocks.load(opened, None, [opening.masthead, opening.tabs, *told, own_town], **QUIET)


def _params(request: gr.Request) -> Mapping[str, str]:
    """The query string that the browser has; nothing where Gradio passes none on."""
    given = getattr(request, "query_params", None) or {}
    return {str(name): str(value) for name, value in dict(given).items()}


def _search(page: SearchPage, search: SearchPart, choices: FilterChoices, link: ViewLink) -> list[Any]:
    """Box, filters and result; a result already shown is not touched."""
    named = link.tab in ("", SEARCH_TAB) and bool(link.text.strip())
    fields = [_limit(choices, field, link if named else None) for field in FIELDS]
    if named:
        return [link.text, *fields, page.search(link.text, link.words)]
    now = page.start()
    return [gr.skip(), *fields, gr.skip() if now == search.result.value else now]


def _told(part: TabPart) -> list[Any]:
    theme = [part.theme] if part.theme is not None else []
    return [*theme, *part.limits, *part.extras.values(), part.result]


def _part(request: gr.Request, part: TabPart, choices: FilterChoices, link: ViewLink) -> list[Any]:
    """Theme, limits, extras and result of a tab; of one that the link does not name only what is offered."""
    named = link.tab == part.tab and bool(link.text.strip())
    shown = list(LIMITS)[: len(part.limits)]
    limits = [_limit(choices, field, link if named else None) for field in shown]
    theme = [link.text if named else gr.skip()] if part.theme is not None else []
    extras = extras_of(part, link) if named else [gr.skip() for _ in part.extras]
    result = part.show(request, link.text, link.words, link.extras) if named else gr.skip()
    return [*theme, *limits, *extras, result]


def extras_of(part: TabPart, link: ViewLink) -> list[Any]:
    """What a link sets a tab's own components to; what one of them does not offer would stop every search."""
    return [_extra(part, name, link) for name in part.extras]


def _extra(part: TabPart, name: str, link: ViewLink) -> Any:
    value, offered = link.extras.get(name, ""), part.offered(name, link.extras)
    if not value or (offered is not None and value not in offered):
        return gr.skip()
    return value if offered is None else gr.Dropdown(choices=list(offered), value=value)


def _limit(choices: FilterChoices, field: str, link: ViewLink | None) -> gr.Dropdown:
    """What a limit offers, and what a link sets it to."""
    offered = list(getattr(choices, field))
    if link is None:
        return gr.Dropdown(choices=offered)
    return gr.Dropdown(choices=offered, value=list(getattr(link.words, field)))
