"""Requests of somebody, for the tests of what lies behind the gate."""

from __future__ import annotations

from ui.shell import AsgiApp, Message, Receive, Send
from ui.viewer import KEY, Viewer


def seen_by(viewer: Viewer, app: AsgiApp) -> AsgiApp:
    """An application that is asked by one person alone."""

    async def asked(scope: Message, receive: Receive, send: Send) -> None:
        scope[KEY] = viewer
        await app(scope, receive, send)

    return asked
