"""What Gradio's own page and answers lack: the language of the page, and headers that keep it closed.

Gradio serves its page as English with links to its own sites in the metadata. The middleware here makes the
page Japanese before it leaves the server, and a Content-Security-Policy lets the browser load from and send
to this server alone, whatever a document's text may hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from ui.gate_rules import JOIN
from ui.page_mark import HEADER, OLD_PAGE

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Message, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)
FOREIGN_META = re.compile(rb'<meta\s+(?:property="og:|name="twitter:)[^>]*/>')
MANIFEST = re.compile(rb'<link\s+rel="manifest"[^>]*>')
"""Leads to a file that is not there, and out of the path below which a proxy may offer the page."""

ICON = b'<link rel="icon" href="favicon.ico">'
"""Without it a browser asks for one outside of that path."""


LANGUAGE = b"""<script>
Object.defineProperty(navigator, "language", { get: () => "ja" });
Object.defineProperty(navigator, "languages", { get: () => ["ja"] });
// Enter that only ends a kana-kanji conversion is not yet a question.
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation();
}, true);
</script>"""


CONNECTION = (Path(__file__).parent / "connection.js").read_text(encoding="utf-8")


class JapaneseShell:
    """ASGI middleware around Gradio's application."""

    def __init__(self, app: AsgiApp, mark: str) -> None:
        """Guard an application.

        Args:
            app: Gradio's.
            mark: of the page that it serves (``ui.page_mark``).
        """
        self._app = app
        self._mark = mark
        self._script = f"<script>{CONNECTION.replace('%PAGE%', mark)}</script>".encode()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on; of the page itself the body is rewritten, of all else only the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"] == f"{scope.get('root_path', '')}/":
            await self._app(scope, receive, _PageSend(send, self._script))
        elif self._is_of_another_page(scope):
            await _refuse(send)
        else:
            await self._app(scope, receive, _with_headers(send))

    def _is_of_another_page(self, scope: Message) -> bool:
        """Whether a page that another program served asks for something."""
        if scope["path"].removeprefix(scope.get("root_path", "")).rstrip("/") != JOIN:
            return False
        told = dict(scope["headers"]).get(HEADER.encode(), b"")
        return bool(told) and told != self._mark.encode()


def japanese(page: bytes, script: bytes = b"") -> bytes:
    """Gradio's page with ``lang="ja"``, without its own metadata, with our scripts before all others."""
    page = FOREIGN_META.sub(b"", page.replace(b'lang="en"', b'lang="ja"', 1))
    page = MANIFEST.sub(ICON, page)
    return page.replace(b"<head>", b"<head>" + LANGUAGE + script, 1)


async def _refuse(send: Send) -> None:
    body = json.dumps({"detail": OLD_PAGE}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 409, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name.lower() for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(pair for pair in HEADERS if pair[0] not in own)]
        await send(message)

    return sending


class _PageSend:
    """Holds a response until it is whole, then sends it rewritten."""

    def __init__(self, send: Send, script: bytes) -> None:
        self._send = send
        self._script = script
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = japanese(self._body, self._script)
        kept = [pair for pair in self._start["headers"] if pair[0].lower() != b"content-length"]
        self._start["headers"] = [*kept, (b"content-length", str(len(body)).encode()), *HEADERS]
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})
