"""What a request must be to pass the gate, whoever it is from: its path, its origin, its host, its size."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from ingest.limits import MEGABYTE

SAFE_METHODS = frozenset({"GET", "HEAD"})
PUBLIC_PATHS = frozenset({"/login", "/favicon.ico", "/robots.txt"})
SIGN_IN, SIGN_OUT = "/login", "/logout"

# Gradio has many more routes than the page needs; some give any cached file to whoever knows its name.
_GRADIO = (
    "/gradio_api/queue/join",
    "/gradio_api/queue/data",
    "/gradio_api/upload",
    "/gradio_api/upload_progress",
    "/gradio_api/startup-events",
    "/gradio_api/app_id",
    "/gradio_api/info",
    "/gradio_api/cancel",
    "/gradio_api/reset",
    "/gradio_api/theme.css",
    "/config",
    "/theme.css",
)
_BELOW = (
    *("/assets/", "/static/", "/svelte/", "/gradio_api/heartbeat/", "/view/", "/original/"),
    *("/export/", "/basket/", "/api/", "/mcp/"),
)
_EXACT = frozenset(
    {
        "/",
        SIGN_OUT,
        "/mcp",
        "/form/read",
        "/track/link",
        "/peers/near",
        *PUBLIC_PATHS,
        *_GRADIO,
        *(f"{one}/" for one in _GRADIO),
    }
)
JOIN, UPLOAD, CANCEL = "/gradio_api/queue/join", "/gradio_api/upload", "/gradio_api/cancel"
STARTED = "/gradio_api/startup-events"
"""Gradio asks for it itself, without an account, when it starts; it tells nothing of the library."""

STREAM, HEARTBEAT = "/gradio_api/queue/data", "/gradio_api/heartbeat/"
_SMALL = 16_384


def is_known(path: str) -> bool:
    """Whether the page has anything at a path."""
    return path in _EXACT or path.startswith(_BELOW)


def largest_body(path: str, largest_file: int) -> int:
    """How many bytes a request to a path may carry.

    Args:
        path: of the request.
        largest_file: that may be uploaded, in bytes.
    """
    if path.rstrip("/") == UPLOAD:
        return largest_file + MEGABYTE
    if path in PUBLIC_PATHS or path == SIGN_OUT:
        return _SMALL
    return 4 * MEGABYTE


def is_own_origin(method: str, headers: Mapping[str, str], hosts: tuple[str, ...]) -> bool:
    """Whether a request that changes something comes from a page of ours, or from no page at all.

    Browsers say where a request comes from, and no page can make them say otherwise: by ``Sec-Fetch-Site``,
    or where the connection is not encrypted by ``Origin`` alone, which is why the pages do not forbid the
    referrer altogether. Where one says neither (an old browser, a program), the cookie is ``SameSite``.

    Args:
        method: of the request.
        headers: of the request, names in lower case.
        hosts: by which the page is reached.
    """
    if method in SAFE_METHODS:
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or _parts(origin).netloc in hosts


def is_loopback(host: str) -> bool:
    """Whether an address or a ``Host`` header means this machine alone."""
    for name in (host, _parts(f"//{host}").hostname or ""):
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            if name == "localhost":
                return True
    return False


def _parts(address: str) -> SplitResult:
    """An address in its parts, which are empty where it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")
