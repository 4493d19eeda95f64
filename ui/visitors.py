"""Whoever asks through the page: for each request the engine and the page that see what they may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import gradio as gr

from qa.engine import Engine
from qa.engines import Engines
from ui.audit import Act, AuditLog
from ui.original_view import OriginalView
from ui.search_page import SearchPage
from ui.viewer import Viewer, viewer_of


class Visitors:
    """The only way from a request to an engine."""

    def __init__(self, engines: Engines, audit: AuditLog) -> None:
        self._engines = engines
        self.audit = audit
        self._originals = OriginalView(engines.library)

    def viewer(self, request: gr.Request) -> Viewer:
        """Who it is. Errors as ``ui.viewer.viewer_of``."""
        return viewer_of(scope_of(request))

    def engine(self, request: gr.Request) -> Engine:
        """The engine that sees what they may see."""
        return self._engines.of(self.viewer(request).audience)

    def page(self, request: gr.Request) -> SearchPage:
        """The search page over that engine."""
        return SearchPage(self.engine(request), self._originals)

    def source(self, request: gr.Request, value: str, place: str = "source") -> str:
        """The viewer for what they press, noted if it shows them anything; see ``SearchPage.source``."""
        return self.page(request).source(value, place, lambda: self.note(request, Act.OPEN, what=value))

    def note(self, request: gr.Request, act: Act, *, query: str = "", what: str = "") -> None:
        """Write down what they did; of a machine without accounts there is nobody to write it of."""
        viewer = self.viewer(request)
        if viewer.name:
            self.audit.note(viewer.name, act, query=query, what=what)


def scope_of(request: gr.Request) -> Mapping[str, Any]:
    """What the gate left of who it is; empty where no request is behind a call."""
    inner = request.request
    return inner.scope if inner is not None else {}
