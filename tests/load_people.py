"""People who use a served page, without a browser: over the requests that the page's own scripts make.

A person signs in as in the form, opens the page, and asks in its tabs over Gradio's queue and stream; their
programs ask over the API with a token. Each has an address of its own, as a reverse proxy passes it on.
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import httpx

_CONFIG = re.compile(r"window\.gradio_config = (\{.*?\});</script>", re.DOTALL)
LONGEST = 60.0
"""Seconds after which a person is said to have been left waiting."""


class Act(StrEnum):
    """What a person does."""

    SIGN_IN = "sign in"
    OPEN_PAGE = "open the page"
    PAGE_ASK = "ask at the page"
    PAGE_COMPARE = "compare at the page"
    PAGE_SOURCE = "open a source"
    API_ASK = "ask by program"
    API_SEARCH = "search by program"
    API_COMPARE = "compare by program"
    API_INDICATORS = "indicators by program"


_EVENTS = {
    Act.PAGE_ASK: ("question", "submit"),
    Act.PAGE_COMPARE: ("compare-theme", "submit"),
    Act.PAGE_SOURCE: ("result", "select"),
}
_PATHS = {
    Act.API_ASK: "api/ask",
    Act.API_SEARCH: "api/search",
    Act.API_COMPARE: "api/compare",
    Act.API_INDICATORS: "api/indicators",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One deed: what, and the question, theme or place that goes with it."""

    act: Act
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came of a deed.

    Attributes:
        wish: the deed.
        began: seconds, of the monotonic clock.
        seconds: until all of the answer was there.
        text: the answer, empty where there is none to compare.
        error: why there is none, empty where all went well.
    """

    wish: Wish
    began: float
    seconds: float
    text: str = ""
    error: str = ""


class UnservedError(Exception):
    """A request was not answered as it should have been."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Of an account: its name, password and token."""

    name: str
    password: str
    token: str


@dataclass(slots=True)
class Person:
    """One person at one page; use it as a context."""

    url: str
    address: str
    known_as: Credentials
    _page: dict[str, Any] = field(default_factory=dict)
    _session: str = ""
    _client: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        self._client = httpx.AsyncClient(
            base_url=self.url,
            headers={"x-forwarded-for": self.address, "x-forwarded-proto": "http"},
            timeout=LONGEST,
            verify=False,
        )

    async def __aenter__(self) -> Person:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def does(self, wish: Wish) -> Reply:
        """Do something; nothing that the server does wrong is raised, it is told in the reply."""
        began = time.monotonic()
        try:
            text = await asyncio.wait_for(self._done(wish), LONGEST)
        except (UnservedError, httpx.HTTPError, TimeoutError) as exc:
            took = time.monotonic() - began
            return Reply(wish=wish, began=began, seconds=took, error=f"{type(exc).__name__}: {exc}"[:300])
        return Reply(wish=wish, began=began, seconds=time.monotonic() - began, text=text)

    async def _done(self, wish: Wish) -> str:
        if wish.act is Act.SIGN_IN:
            return await self._sign_in()
        if wish.act is Act.OPEN_PAGE:
            return await self._open()
        if wish.act in _PATHS:
            return await self._asked_by_program(_PATHS[wish.act], wish.text)
        if wish.act is Act.PAGE_SOURCE:
            return await self._event(wish.act, {"value": wish.text})
        return await self._event(wish.act, None, wish.text)

    async def _sign_in(self) -> str:
        form = {"name": self.known_as.name, "password": self.known_as.password}
        reply = await self._client.post("login", data=form)
        _check(reply, 303)
        return ""

    async def _open(self) -> str:
        """The page with what its scripts read of it, its style, and the events that fill it."""
        page = await self._client.get("")
        _check(page)
        _check(await self._client.get("theme.css"))
        written = _CONFIG.search(page.text)
        if written is None:
            raise UnservedError("the page does not say what is on it")
        self._page, self._session = json.loads(written.group(1)), secrets.token_hex(6)
        loads = [
            one for one in self._page["dependencies"] if any(event == "load" for _, event in one["targets"])
        ]
        for one in loads:
            await self._sent(one, [self._value(number) for number in one["inputs"]], None)
        return ""

    async def _asked_by_program(self, path: str, text: str) -> str:
        params = {"q": text}
        reply = await self._client.get(
            path, params=params, headers={"authorization": f"Bearer {self.known_as.token}"}
        )
        _check(reply)
        return reply.text

    async def _event(self, act: Act, told: Mapping[str, Any] | None, *typed: str) -> str:
        """An event of the page; what is typed takes the place of the first inputs."""
        wanted = list(_EVENTS[act])
        ids = {one["props"].get("elem_id"): one["id"] for one in self._page["components"]}
        target = [ids[wanted[0]], wanted[1]]
        one = next(one for one in self._page["dependencies"] if target in one["targets"])
        values = [*typed, *(self._value(number) for number in one["inputs"][len(typed) :])]
        return await self._sent(one, values, told)

    def _value(self, number: int) -> Any:
        return next(one["props"].get("value") for one in self._page["components"] if one["id"] == number)

    async def _sent(self, event: Mapping[str, Any], values: list[Any], told: Mapping[str, Any] | None) -> str:
        """Send an event and wait for its end; returns the parts of the page that it fills."""
        session = self._session
        body = {"data": values, "fn_index": event["id"], "session_hash": session, "event_data": told}
        joined = await self._client.post("gradio_api/queue/join", json=body)
        _check(joined)
        async with self._client.stream(
            "GET", "gradio_api/queue/data", params={"session_hash": session}
        ) as stream:
            if stream.status_code != 200:
                raise UnservedError(f"{stream.status_code} of the stream")
            async for line in stream.aiter_lines():
                message = json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}
                if message.get("msg") == "process_completed":
                    return _filled(message)
        raise UnservedError("the stream ended before the answer")


def _filled(message: Mapping[str, Any]) -> str:
    """The texts of an event's end; one that tells of a failure is none."""
    if not message["success"]:
        raise UnservedError(str(message["output"].get("error")))
    text = json.dumps(message["output"]["data"], ensure_ascii=False)
    if 'class=\\"error\\"' in text:
        raise UnservedError(text)
    return text


def _check(reply: httpx.Response, status: int = 200) -> None:
    if reply.status_code != status:
        raise UnservedError(f"{reply.status_code} {reply.request.url.path}: {reply.text[:200]}")
