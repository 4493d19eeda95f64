"""What our own scripts send to our routes: JSON objects of texts, which no other site's form can send."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.requests import Request

from corpus.errors import InputError
from ui.sent_json import parsed

LARGEST = 20_000


async def body_of(request: Request, refusal: str, most: int = LARGEST) -> bytes:
    """The body, up to a bound.

    Raises:
        InputError: it is larger; ``refusal`` says so.
    """
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise InputError(refusal)
    return body


def words_sent(request: Request, body: bytes, names: Iterable[str], refusal: str) -> dict[str, str]:
    """The texts of these names, empty where one was not sent.

    Raises:
        InputError: it is no JSON object of texts, or not said to be one; ``refusal`` says so.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        sent: Any = parsed(body) if media_type == "application/json" else None
    except ValueError as exc:
        raise InputError(refusal) from exc
    if not isinstance(sent, dict):
        raise InputError(refusal)
    words = {name: sent.get(name, "") for name in names}
    if not all(isinstance(one, str) for one in words.values()):
        raise InputError(refusal)
    return words
