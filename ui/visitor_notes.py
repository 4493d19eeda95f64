"""Writing down what was asked for beside the page: files and programs' requests."""

from __future__ import annotations

from starlette.requests import Request

from ui.audit import Act, AuditLog
from ui.viewer import viewer_of


def note_request(audit: AuditLog, request: Request, act: Act, *, query: str = "", what: str = "") -> None:
    """Write a request down; of a machine without accounts there is nobody to write it of."""
    name = viewer_of(request.scope).name
    if name:
        audit.note(name, act, query=query, what=what)
