"""The gate before the page, the routes and the API: who is it, may they, and is it a request of ours at all.

Every request passes here and nowhere else. What comes through carries its viewer in its scope
(``ui.viewer``); nothing behind the gate asks who it is in any other way.
"""

from __future__ import annotations

import logging
import uuid
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from corpus.errors import AccessError, LibraryError
from ui import gate_rules as rules
from ui.accounts import Accounts
from ui.audit import Act, AuditLog
from ui.gate_answers import (
    FOREIGN,
    NOT_HERE,
    NOT_LOCAL,
    NOT_YOURS,
    READERS,
    SIGN_IN_FIRST,
    TOO_LARGE,
    UNREADABLE,
    Turned,
    cookie,
    for_page,
    numbered,
    page,
    plain,
    plain_when_full,
    session_in,
)
from ui.gate_body import BoundedBody, TooLargeError
from ui.gate_request import Asked, read
from ui.gate_settings import GateSettings
from ui.page_owners import PageOwners
from ui.page_work import BUSY
from ui.rate_limit import RateLimit
from ui.result_view import UNEXPECTED
from ui.sent_json import parsed
from ui.shell import AsgiApp, Message, Receive, Send
from ui.sign_in import SignIn, typed_name
from ui.sign_in_page import sign_in_html, told_html
from ui.viewer import KEY, LOCAL, STRANGER, Viewer
from ui.web_message import web_message

logger = logging.getLogger(__name__)


class Gate:
    """ASGI middleware before everything else. Where accounts were seen once, nobody gets in without one."""

    def __init__(
        self,
        app: AsgiApp,
        accounts: Accounts,
        settings: GateSettings,
        largest_file: int,
        audit: AuditLog,
        *,
        is_local: bool,
    ) -> None:
        """Guard an application.

        Args:
            app: what lies behind.
            accounts: of the library.
            settings: of the gate.
            largest_file: that may be uploaded, in bytes.
            audit: hears who signs in and out, and of programs' requests.
            is_local: whether it is served on an address of this machine alone.
        """
        self._app = app
        self._accounts = accounts
        self._sign_in = SignIn(accounts)
        self._settings = settings
        self._largest_file = largest_file
        self._audit = audit
        self._needs_account = not is_local
        self._attempts = RateLimit(most=10, a_second=0.1)
        self._requests = RateLimit(most=300, a_second=30)
        self._owners = PageOwners()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let a request through with its viewer, or say why not."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # the page opens no web socket
            await send({"type": "websocket.close", "code": 1008})
            return
        asked, number = read(scope, self._settings), uuid.uuid4().hex[:12]
        sending = numbered(send, number)
        body = BoundedBody(receive, rules.largest_body(asked.path, self._largest_file))
        answer: Response
        try:
            scope[KEY] = await self._let_in(asked, body)
            if self._settings.root_path:
                _put_below(scope, self._settings.root_path)
            await self._app(scope, body.receive, body.sending(plain_when_full(asked.path, sending)))
            return
        except Turned as turned:
            answer = turned.response
        except TooLargeError:
            answer = plain(TOO_LARGE, 413)
        except LibraryError as exc:
            logger.warning("%s %s", number, exc)
            answer = plain(web_message(exc), 503)
        except Exception:
            if body.has_answered:
                raise
            logger.exception("%s %r failed", number, asked.path)
            answer = plain(UNEXPECTED, 500)
        logger.info("%s %r: %d", number, asked.path, answer.status_code)
        if not body.has_answered:
            await for_page(asked.path, answer)(scope, receive, sending)

    async def _let_in(self, asked: Asked, body: BoundedBody) -> Viewer:
        """The viewer of a request that may pass.

        Raises:
            Turned: it may not, or the gate itself answers it.
        """
        if not rules.is_known(asked.path):
            raise Turned(plain(NOT_HERE, 404))
        if not rules.is_own_origin(asked.method, asked.headers, asked.hosts):
            raise Turned(plain(FOREIGN, 403))
        if not self._asks_for_account():
            return self._let_local_in(asked)
        viewer = self._known(asked)
        if asked.path == rules.SIGN_IN:
            raise Turned(await self._signing_in(asked, body))
        if viewer is None:
            if asked.path == rules.STARTED and rules.is_loopback(asked.address):
                return STRANGER
            if asked.path in rules.PUBLIC_PATHS:  # an icon, and what no robot is to look at
                return STRANGER
            home = f"{self._settings.root_path}{rules.SIGN_IN}"
            raise Turned(RedirectResponse(home, 303) if asked.is_page else plain(SIGN_IN_FIRST, 401))
        if not self._requests.takes(viewer.name):
            raise Turned(plain(BUSY, 429))
        if asked.path == rules.SIGN_OUT:
            raise Turned(self._signing_out(asked, viewer))
        await self._check_rights(asked, viewer, body)
        return viewer

    def _asks_for_account(self) -> bool:
        if not self._needs_account:
            self._needs_account = self._accounts.exist()
        return self._needs_account

    def _let_local_in(self, asked: Asked) -> Viewer:
        """Without accounts the page is for who sits at this machine.

        A proxy would bring others, and a name that a foreign site gives to this machine's address would bring
        its scripts.
        """
        if asked.is_forwarded or asked.is_proxied or not rules.is_loopback(asked.headers.get("host", "")):
            raise Turned(page(told_html("ほかのパソコンからは使えません", NOT_LOCAL), 403))
        if asked.path in (rules.SIGN_IN, rules.SIGN_OUT):
            raise Turned(RedirectResponse("./", 303))
        return LOCAL

    def _known(self, asked: Asked) -> Viewer | None:
        """Who it is, by token, by the proxy's word, or by session."""
        scheme, _, secret = asked.headers.get("authorization", "").partition(" ")
        if asked.path.startswith(("/api/", "/mcp")):
            return self._sign_in.viewer_of_token(secret.strip()) if scheme.lower() == "bearer" else None
        if asked.is_proxied and self._settings.user_header:
            name = asked.headers.get(self._settings.user_header, "")
            if name:
                account = self._accounts.get(name.encode("latin-1").decode("utf-8", "replace"))
                if account is None:
                    raise Turned(page(told_html("利用者が登録されていません", NOT_YOURS), 403))
                return account.viewer
        session = session_in(asked)
        return self._sign_in.viewer_of_session(session) if session else None

    async def _signing_in(self, asked: Asked, body: BoundedBody) -> Response:
        root = self._settings.root_path
        if asked.method in rules.SAFE_METHODS:
            return page(sign_in_html(root), 200)
        if not self._attempts.takes(asked.address):
            return page(sign_in_html(root, BUSY), 429)
        sent = parse_qs((await body.whole()).decode("utf-8", "replace"), max_num_fields=10)
        name, password = typed_name(sent.get("name", [""])[0]), sent.get("password", [""])[0]
        try:
            secret = await run_in_threadpool(self._sign_in.begin, name, password)
        except AccessError as exc:
            self._audit.note(name, Act.SIGN_IN_FAILED, address=asked.address)
            return page(sign_in_html(root, web_message(exc)), 401)
        self._attempts.gives_back(asked.address)  # a whole town hall may come from one address
        self._audit.note(name, Act.SIGN_IN, address=asked.address)
        answer = RedirectResponse(f"{root}/", 303)
        answer.headers["set-cookie"] = cookie(secret, root, is_secure=asked.is_secure)
        return answer

    def _signing_out(self, asked: Asked, viewer: Viewer) -> Response:
        if asked.method in rules.SAFE_METHODS:
            return plain(NOT_HERE, 404)
        self._sign_in.end(session_in(asked))
        self._audit.note(viewer.name, Act.SIGN_OUT, address=asked.address)
        answer = RedirectResponse(f"{self._settings.root_path}{rules.SIGN_IN}", 303)
        answer.headers["set-cookie"] = cookie("", self._settings.root_path, is_secure=asked.is_secure)
        return answer

    async def _check_rights(self, asked: Asked, viewer: Viewer, body: BoundedBody) -> None:
        """Refuse what the role does not allow, and what comes of a page that somebody else opened."""
        if asked.path.rstrip("/") == rules.UPLOAD and not viewer.may_add:
            raise Turned(plain(READERS, 403))
        opened: list[str] = []
        if asked.path.rstrip("/") in (rules.JOIN, rules.CANCEL):
            try:
                sent = parsed(await body.whole())
            except ValueError as exc:
                raise Turned(plain(UNREADABLE, 422)) from exc
            opened = [str(sent.get("session_hash") or "")] if isinstance(sent, dict) else []
        elif asked.path.rstrip("/") == rules.STREAM:
            opened = parse_qs(asked.query).get("session_hash", [])
        elif asked.path.startswith(rules.HEARTBEAT):
            opened = [asked.path.removeprefix(rules.HEARTBEAT)]
        # Of a name that is told twice Gradio takes one, and we cannot be sure which: each must be theirs.
        if not all(self._owners.belongs(one, viewer.name) for one in opened if one):
            raise Turned(plain(NOT_HERE, 404))


def _put_below(scope: Message, root_path: str) -> None:
    """Say in a request's scope that it came below a path that the proxy took away.

    The path holds the prefix too, as ASGI has it: parts that are mounted find their own paths by it.
    """
    scope["root_path"] = root_path
    scope["path"] = f"{root_path}{scope['path']}"
    if scope.get("raw_path"):
        scope["raw_path"] = root_path.encode("ascii") + scope["raw_path"]
