"""The gate, with something behind it that says who came through."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router
from starlette.testclient import TestClient

from tests.ui.test_accounts import SECRET
from ui.accounts import Accounts
from ui.audit import AuditLog
from ui.gate import Gate
from ui.gate_answers import COOKIE, SIGN_IN_FIRST
from ui.gate_settings import GateSettings, gate_settings
from ui.page_work import BUSY
from ui.result_view import UNEXPECTED
from ui.settings import SettingError
from ui.sign_in import SignIn
from ui.viewer import Role, viewer_of

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning:starlette")]
HERE = "http://127.0.0.1:7860"
JOIN = "/gradio_api/queue/join"


def behind(request: Request) -> Response:
    return JSONResponse({"name": viewer_of(request.scope).name, "root": request.scope.get("root_path")})


def full(request: Request) -> Response:
    return JSONResponse({"detail": "Queue is full."}, status_code=503)


def page(
    library: Path,
    settings: GateSettings | None = None,
    *,
    is_local: bool = True,
    peer: str = "192.0.2.7",
) -> TestClient:
    async def upload(request: Request) -> Response:
        return JSONResponse(len(await request.body()))

    routes = [
        Route("/export/full", full),
        Route("/gradio_api/upload", upload, methods=["POST"]),
        Route("/{rest:path}", behind, methods=["GET", "POST"]),
    ]
    app = Gate(
        Starlette(routes=routes),
        Accounts(library),
        settings or GateSettings(),
        1_000,
        AuditLog(library),
        is_local=is_local,
    )
    return TestClient(app, base_url=HERE, follow_redirects=False, client=(peer, 5000))


@pytest.fixture
def library(tmp_path: Path) -> Path:
    accounts = Accounts(tmp_path)
    accounts.add("tanaka", SECRET, Role.EDITOR)
    accounts.add("sato", SECRET, Role.READER)
    return tmp_path


def signed_in(client: TestClient, name: str = "tanaka", password: str = SECRET) -> Any:
    """What signing in is answered."""
    return client.post("/login", data={"name": name, "password": password})


def test_without_accounts_this_machine_needs_none(tmp_path: Path) -> None:
    response = page(tmp_path).get("/")
    assert response.json() == {"name": "", "root": ""}
    assert len(response.headers["x-request-id"]) == 12
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "192.0.2.1:7860"},
        {"x-forwarded-for": "192.0.2.9"},
        {"forwarded": "for=192.0.2.9"},
    ],
)
def test_without_accounts_nobody_else_is_let_in(tmp_path: Path, headers: Mapping[str, str]) -> None:
    response = page(tmp_path).get("/", headers=dict(headers))
    assert response.status_code == 403
    assert "shirube users add" in response.text


def test_with_accounts_everybody_signs_in_also_here(library: Path) -> None:
    client = page(library)
    for path in ("/config", "/gradio_api/queue/data?session_hash=a", "/view/x/page/1.png", "/original/x"):
        assert client.get(path).status_code == 401, path
    sent = client.get("/", headers={"accept": "text/html"})
    assert (sent.status_code, sent.headers["location"]) == (303, "/login")
    assert "パスワード" in client.get("/login").text
    response = signed_in(client)
    assert (response.status_code, response.headers["location"]) == (303, "/")
    cookie = response.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert client.get("/").json()["name"] == "tanaka"
    assert client.get("/logout").status_code == 404
    assert client.post("/logout").status_code == 303
    assert client.get("/config").status_code == 401


def test_accounts_that_come_later_close_the_page_and_it_stays_closed(tmp_path: Path) -> None:
    client = page(tmp_path)
    assert client.get("/config").status_code == 200
    accounts = Accounts(tmp_path)
    accounts.add("tanaka", SECRET, Role.ADMIN)
    assert client.get("/config").status_code == 401
    accounts.remove("tanaka")
    assert client.get("/config").status_code == 401
    accounts.path.unlink()
    assert client.get("/config").status_code == 401


def test_beyond_this_machine_an_account_is_needed_even_without_any(tmp_path: Path) -> None:
    assert page(tmp_path, is_local=False).get("/config").status_code == 401


def test_a_damaged_file_of_accounts_closes_the_page(library: Path) -> None:
    (library / "accounts.sqlite3").write_bytes(b"x" * 10_000)
    assert page(library).get("/config").status_code == 503


def test_wrong_words_do_not_let_in_and_are_limited(library: Path) -> None:
    client = page(library)
    codes = [signed_in(client, f"name{number}", "wrong").status_code for number in range(14)]
    assert codes[:10] == [401] * 10
    assert 429 in codes[10:]
    assert COOKIE not in client.cookies
    assert "<script>" not in client.post("/login", data={"name": "<script>"}).text


def test_many_who_sign_in_rightly_from_one_address_are_not_limited(library: Path) -> None:
    client = page(library)
    assert [signed_in(client).status_code for _ in range(13)] == [303] * 13


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site", "origin": HERE}, 403),
        ({"origin": HERE, "sec-fetch-site": "same-origin"}, 200),
        ({}, 200),
    ],
)
def test_what_changes_something_comes_from_our_page(
    library: Path, headers: Mapping[str, str], code: int
) -> None:
    client = page(library)
    signed_in(client)
    assert client.post("/export/draft.docx", headers=dict(headers)).status_code == code


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file/x",
        "/gradio_api/proxy=http://192.0.2.1",
        "/gradio_api/run/predict",
        "/gradio_api/component_server",
        "/monitoring",
        "/gradio_api/vibe-edit",
        "/unknown",
        "/../etc/passwd",
    ],
)
def test_paths_that_the_page_does_not_need_are_closed(library: Path, path: str) -> None:
    client = page(library)
    signed_in(client)
    assert client.get(path).status_code == 404


def test_readers_upload_nothing_and_nobody_too_much(library: Path) -> None:
    client = page(library)
    signed_in(client, "sato")
    assert client.post("/gradio_api/upload", content=b"x").status_code == 403
    signed_in(client)
    assert client.post("/gradio_api/upload", content=b"x" * 1_000).json() == 1_000
    too_much = client.post("/gradio_api/upload", content=iter([b"x" * 600_000] * 3))
    assert too_much.status_code == 413
    assert "大きすぎ" in too_much.text


Pair = tuple[TestClient, TestClient]


@pytest.fixture
def two_accounts(library: Path) -> Pair:
    """An account with the page abc open, and another one of the same server."""
    one = page(library)
    signed_in(one)
    assert one.post(JOIN, json={"session_hash": "abc"}).status_code == 200
    other = TestClient(one.app, base_url=HERE, follow_redirects=False)
    signed_in(other, "sato")
    return one, other


def test_a_pages_results_go_to_the_account_that_opened_it(two_accounts: Pair) -> None:
    one, other = two_accounts
    assert other.get("/gradio_api/queue/data?session_hash=abc").status_code == 404
    assert other.post(JOIN, json={"session_hash": "abc"}).status_code == 404
    assert other.get("/gradio_api/heartbeat/abc").status_code == 404
    assert one.get("/gradio_api/queue/data?session_hash=abc").status_code == 200
    assert other.post(JOIN, json={"session_hash": "def"}).status_code == 200


def test_a_page_that_is_named_twice_opens_no_other_accounts(
    two_accounts: Pair,
) -> None:
    """Of a parameter that is sent twice Gradio takes the last one."""
    _, other = two_accounts
    for names in (("own", "abc"), ("abc", "own"), ("own", "", "abc")):
        query = "&".join(f"session_hash={name}" for name in names)
        assert other.get(f"/gradio_api/queue/data?{query}").status_code == 404, names
    assert other.get("/gradio_api/queue/data?session_hash=own&session_hash=own").status_code == 200


def test_nobody_ends_what_another_accounts_page_asked_for(
    two_accounts: Pair,
) -> None:
    one, other = two_accounts
    cancelled = {"session_hash": "abc", "fn_index": 0, "event_id": "x"}
    for path in ("/gradio_api/cancel", "/gradio_api/cancel/"):
        assert other.post(path, json=cancelled).status_code == 404
        assert one.post(path, json=cancelled).status_code == 200


@pytest.mark.parametrize(
    "body", ["[" * 100_000, '{"session_hash": "a", "data": ["\\ud800"]}', '{"data": NaN}', "{"]
)
def test_a_body_that_nothing_can_read_is_refused_and_no_fault(
    library: Path, body: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = page(library)
    signed_in(client)
    response = client.post(JOIN, content=body, headers={"content-type": "application/json"})
    assert response.status_code == 422
    assert "読み取れません" in response.json()["detail"]
    assert not caplog.records


def test_every_answer_says_what_a_browser_may_load(library: Path) -> None:
    client = page(library)
    answers = [
        client.get("/unknown"),
        client.get("/config"),
        client.get("/", headers={"accept": "text/html"}),
        client.get("/login"),
        client.post("/login", headers={"origin": "http://evil.example"}),
        client.post("/login", content=b"x" * 20_000),
        signed_in(client),
        client.get("/export/x"),
    ]
    assert [one.status_code for one in answers] == [404, 401, 303, 200, 403, 413, 303, 200]
    assert all("default-src 'none'" in one.headers["content-security-policy"] for one in answers)


@pytest.mark.parametrize("headers", [{"origin": "http://["}, {"host": "["}])
def test_an_address_that_is_none_is_refused_and_no_fault(
    tmp_path: Path, headers: Mapping[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    assert page(tmp_path).post("/export/draft.docx", headers=dict(headers)).status_code == 403
    assert not caplog.records


def test_a_full_queue_is_told_in_japanese(tmp_path: Path) -> None:
    app = Gate(
        Starlette(routes=[Route(JOIN, full, methods=["POST"])]),
        Accounts(tmp_path),
        GateSettings(),
        1_000,
        AuditLog(tmp_path),
        is_local=True,
    )
    response = TestClient(app, base_url=HERE).post(JOIN, json={})
    assert response.status_code == 429  # of a 503 Gradio says in English that it is busy, whatever it holds
    assert response.json() == {"detail": BUSY}


def test_a_fault_behind_the_gate_is_told_in_japanese_with_the_usual_headers(tmp_path: Path) -> None:
    def failing(_: Request) -> Response:
        raise KeyError("/srv/secret")

    app = Gate(
        Router(routes=[Route(JOIN, failing, methods=["POST"]), Route("/config", failing)]),
        Accounts(tmp_path),
        GateSettings(),
        1_000,
        AuditLog(tmp_path),
        is_local=True,
    )
    client = TestClient(app, base_url=HERE, raise_server_exceptions=False)
    plainly, shown = client.get("/config"), client.post(JOIN, json={})
    assert (plainly.text, shown.json()["detail"]) == (UNEXPECTED, UNEXPECTED)
    for response in (plainly, shown):
        assert response.status_code == 500
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["x-request-id"]


def test_a_path_forges_no_line_of_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def failing(_: Request) -> Response:
        raise KeyError("x")

    app = Gate(
        Router(routes=[Route("/view/{rest}", failing)]),
        Accounts(tmp_path),
        GateSettings(),
        1_000,
        AuditLog(tmp_path),
        is_local=True,
    )
    client = TestClient(app, base_url=HERE, raise_server_exceptions=False)
    assert client.get("/view/a%0AERROR forged%1B").status_code == 500
    assert [one.getMessage().count("\n") + one.getMessage().count("\x1b") for one in caplog.records] == [0]


def test_what_gradio_asks_for_is_refused_in_the_form_that_it_shows(library: Path) -> None:
    """Of any other it says in English that it could not be parsed."""
    refused = page(library).post(JOIN, json={})
    assert refused.status_code == 401
    assert refused.json() == {"detail": SIGN_IN_FIRST}
    (library / "accounts.sqlite3").write_bytes(b"x" * 10_000)
    damaged = page(library).post(JOIN, json={})
    assert damaged.status_code == 500
    assert "利用者のファイルを使えません" in damaged.json()["detail"]
    assert str(library) not in damaged.json()["detail"]


def test_tokens_open_the_api_alone_and_sessions_do_not(library: Path) -> None:
    client = page(library)
    token = SignIn(Accounts(library)).new_token("sato", "tests")
    bearer = {"authorization": f"Bearer {token}"}
    assert client.get("/api/search", headers=bearer).json()["name"] == "sato"
    assert client.get("/config", headers=bearer).status_code == 401
    for wrong in ({}, {"authorization": token}, {"authorization": f"Bearer {token}x"}):
        assert client.get("/api/search", headers=wrong).status_code == 401
    signed_in(client)
    assert client.get("/api/search").status_code == 401


PROXIED = gate_settings(
    {
        "SHIRUBE_TRUSTED_PROXIES": "192.0.2.0/29",
        "SHIRUBE_USER_HEADER": "X-Remote-User",
        "SHIRUBE_ROOT_PATH": "/s/",
    }
)


def test_a_named_proxy_says_who_it_is_and_nobody_else_does(library: Path) -> None:
    said = {"x-remote-user": "tanaka", "x-forwarded-proto": "https"}
    trusted, other = page(library, PROXIED), page(library, PROXIED, peer="192.0.2.8")
    assert trusted.get("/", headers=said).json() == {"name": "tanaka", "root": "/s"}
    assert trusted.get("/", headers={**said, "x-remote-user": "nobody"}).status_code == 403
    assert other.get("/", headers=said).status_code == 401
    assert page(library, peer="192.0.2.1").get("/", headers=said).status_code == 401
    response = trusted.post("/login", data={"name": "sato", "password": SECRET}, headers=said)
    assert response.headers["location"] == "/s/"
    assert "; Secure" in response.headers["set-cookie"]
    assert "Path=/s;" in response.headers["set-cookie"]


@pytest.mark.parametrize(
    "environment",
    [
        {"SHIRUBE_USER_HEADER": "X-Remote-User"},
        {"SHIRUBE_TRUSTED_PROXIES": "0.0.0.0/0"},
        {"SHIRUBE_TRUSTED_PROXIES": "proxy.example"},
        {"SHIRUBE_ROOT_PATH": "shirube"},
        {"SHIRUBE_ROOT_PATH": '/"onload'},
    ],
)
def test_settings_that_would_let_anybody_in_are_refused(environment: Mapping[str, str]) -> None:
    with pytest.raises(SettingError):
        gate_settings(environment)
