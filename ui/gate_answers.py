"""What the gate itself answers, and what it adds to the answers of others."""

from __future__ import annotations

import json
from http.cookies import CookieError, SimpleCookie

from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from ui.gate_request import Asked
from ui.gate_rules import JOIN
from ui.page_work import BUSY
from ui.shell import Message, Send
from ui.sign_in import LONGEST_SECONDS
from ui.sign_in_page import POLICY

COOKIE = "shirube_session"
NOT_HERE = "このページはありません。"
NOT_LOCAL = (
    "この画面は、このパソコンの中だけで使う設定です。ほかのパソコンから使うには、"
    "このシステムの管理者が「shirube users add」で利用者を登録してください。"
)
NOT_YOURS = "あなたの利用者の登録がありません。このシステムの管理者に、登録を依頼してください。"
FOREIGN = "ほかのサイトからの操作は受け付けません。画面を開き直してください。"
SIGN_IN_FIRST = "ログインしてください。時間がたつと、ログインは終わります。画面を開き直してください。"
TOO_LARGE = "送られた内容が大きすぎます。分けて送ってください。"
UNREADABLE = "送られた内容を読み取れませんでした。画面を開き直してください。"
READERS = "閲覧の役割では、資料を追加・変更できません。"
_HEADERS = (
    # Of what is no page nothing is ever loaded; pages say themselves what they need.
    (
        b"content-security-policy",
        b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


class Turned(Exception):  # noqa: N818 - it is an answer, and no error
    """A request that is not let through, with what is answered instead."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


def plain(message: str, status: int) -> Response:
    """A sentence."""
    return PlainTextResponse(message, status_code=status, headers={"cache-control": "no-store"})


def page(html: str, status: int) -> Response:
    """A page without scripts."""
    headers = {"cache-control": "no-store", "content-security-policy": POLICY}
    return HTMLResponse(html, status_code=status, headers=headers)


def cookie(secret: str, root_path: str, *, is_secure: bool) -> str:
    """The cookie of a session; an empty secret ends it. No script reads it, no foreign form sends it."""
    age = int(LONGEST_SECONDS) if secret else 0
    secure = "; Secure" if is_secure else ""
    return f"{COOKIE}={secret}; Max-Age={age}; Path={root_path or '/'}; HttpOnly; SameSite=Lax{secure}"


def session_in(asked: Asked) -> str:
    """What a request shows of its session, empty without one."""
    try:
        morsel = SimpleCookie(asked.headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return "" if morsel is None else morsel.value


def numbered(send: Send, number: str) -> Send:
    """A way out that adds the request's number and the usual headers."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name.lower() for name, _ in message["headers"]}
            more = [pair for pair in (*_HEADERS, (b"x-request-id", number.encode())) if pair[0] not in own]
            message["headers"] = [*message["headers"], *more]
        await send(message)

    return sending


def for_page(path: str, answer: Response) -> Response:
    """What the gate answers, in the form that Gradio's browser side shows.

    Of another form it says in English that it could not be read, and of a 503 that the application is busy.
    """
    if path.rstrip("/") != JOIN or isinstance(answer, JSONResponse):
        return answer
    status = 500 if answer.status_code == 503 else answer.status_code
    detail = bytes(answer.body).decode()
    return JSONResponse({"detail": detail}, status_code=status, headers={"cache-control": "no-store"})


def plain_when_full(path: str, send: Send) -> Send:
    """A way out that says in Japanese that Gradio's queue is full; as ``for_page`` not with a 503."""
    if path.rstrip("/") != JOIN:
        return send
    is_full = False

    async def sending(message: Message) -> None:
        nonlocal is_full
        if message["type"] == "http.response.start" and message["status"] == 503:
            is_full, message["status"] = True, 429
            body = json.dumps({"detail": BUSY}).encode()
            kept = [pair for pair in message["headers"] if pair[0].lower() != b"content-length"]
            message["headers"] = [*kept, (b"content-length", str(len(body)).encode())]
            await send(message)
            await send({"type": "http.response.body", "body": body})
        elif not is_full:
            await send(message)

    return sending
