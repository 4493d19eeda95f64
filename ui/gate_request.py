"""A request as the gate reads it: what a proxy says of it is believed from named proxies alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ui.gate_rules import SAFE_METHODS
from ui.gate_settings import GateSettings
from ui.shell import Message

_FORWARDED = ("forwarded", "x-forwarded-", "x-real-ip")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request.

    Attributes:
        method: upper case.
        path: without the proxy's prefix.
        query: of the address, as sent.
        headers: names in lower case; without what an unknown proxy says.
        address: of the person, as far as it can be told.
        is_secure: whether the browser speaks TLS.
        is_proxied: whether a trusted proxy passed it on.
        is_forwarded: whether a proxy that is not trusted claims to have passed it on.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    address: str
    is_secure: bool
    is_proxied: bool
    is_forwarded: bool

    @property
    def is_page(self) -> bool:
        """Whether a person opens it in a browser."""
        return self.method in SAFE_METHODS and "text/html" in self.headers.get("accept", "")

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names by which the page was reached."""
        told = (self.headers.get("host", ""), self.headers.get("x-forwarded-host", ""))
        return tuple(one for one in told if one)


def read(scope: Message, settings: GateSettings) -> Asked:
    """Read a request; the scope keeps nothing that an unknown proxy says."""
    peer = str((scope.get("client") or ("",))[0])
    is_proxied = settings.is_trusted(peer)
    pairs = [(name.lower(), value) for name, value in scope["headers"]]
    claims = [name for name, _ in pairs if name.decode("latin-1").startswith(_FORWARDED)]
    if not is_proxied:
        pairs = [pair for pair in pairs if pair[0] not in claims]
    scope["headers"] = pairs
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in pairs}
    return Asked(
        method=str(scope["method"]).upper(),
        path=str(scope["path"]),
        query=scope.get("query_string", b"").decode("latin-1"),
        headers=headers,
        address=headers.get("x-forwarded-for", peer).rpartition(",")[2].strip() or peer,
        is_secure=headers.get("x-forwarded-proto", str(scope.get("scheme", "http"))) == "https",
        is_proxied=is_proxied,
        is_forwarded=bool(claims) and not is_proxied,
    )
