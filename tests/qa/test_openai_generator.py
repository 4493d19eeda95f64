"""The generator over an OpenAI-compatible endpoint, against one that is played on this machine."""

from __future__ import annotations

import json
import socket
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from qa.generator import EvidenceLine, GeneratorError
from qa.openai_generator import (
    EMPTY,
    MISSING,
    MOST_BYTES,
    NOT_JSON,
    TIMED_OUT,
    TOO_LONG,
    UNREACHABLE,
    WRONG_FORM,
    OpenAIConfig,
    OpenAIGenerator,
)

PATH = "/v1/chat/completions"
EVIDENCE = [
    EvidenceLine(n=1, quote="窓口を3か所に置く。", municipality="大泉町", fiscal_year=2024, section="企画部")
]
Answered = Callable[[Request], Response]


@pytest.fixture(scope="module")
def server() -> Iterator[HTTPServer]:
    with HTTPServer(host="127.0.0.1", threaded=True) as running:
        yield running


@pytest.fixture
def endpoint(server: HTTPServer) -> HTTPServer:
    server.clear()
    return server


def asked(url: str, *, key: str = "", timeout: float = 5.0) -> str:
    generator = OpenAIGenerator(OpenAIConfig(url=url, model="small", key=key, timeout=timeout))
    try:
        return generator.generate("窓口は何か所か", EVIDENCE)
    finally:
        generator.close()


def completion(content: object) -> dict[str, Any]:
    return {"choices": [{"index": 0, "message": {"role": "assistant", "content": content}}]}


def as_json(value: object, status: int = 200) -> Response:
    return Response(json.dumps(value), status=status, content_type="application/json")


def says(content: object) -> Answered:
    return lambda request: as_json(completion(content))


def gives(body: str | bytes, content_type: str = "application/json", status: int = 200) -> Answered:
    return lambda request: Response(body, status=status, content_type=content_type)


def late(request: Request) -> Response:
    time.sleep(1.0)
    return as_json(completion("遅い。[1]"))


def dripping(request: Request) -> Response:
    def pieces() -> Iterator[bytes]:
        for _ in range(20):
            time.sleep(0.1)
            yield b" "

    return Response(pieces(), content_type="application/json")


GIVEN = [
    ("窓口は3か所です。[1]", "窓口は3か所です。[1]"),
    ("  \n窓口です。[1]\n", "窓口です。[1]"),
    ("<think>考える。[1]</think>\n\n窓口です。[1]", "窓口です。[1]"),
]


@pytest.mark.parametrize(("content", "expected"), GIVEN)
def test_the_first_choice_is_given_without_thoughts(
    endpoint: HTTPServer, content: str, expected: str
) -> None:
    endpoint.expect_request(PATH, method="POST").respond_with_handler(says(content))
    assert asked(endpoint.url_for("/v1")) == expected


FAILURES = [
    *((gives("{}", status=status), f"HTTP {status}") for status in (400, 401, 403, 404, 422, 429, 500, 503)),
    (gives("", status=302), "HTTP 302"),
    (gives("<html><body>ログイン</body></html>", "text/html"), NOT_JSON),
    (gives("窓口です。[1]", "text/plain"), NOT_JSON),
    (gives(""), NOT_JSON),
    (gives('{"choices": [{"message": {"content": "窓口'), NOT_JSON),
    (gives(b"\xff\xfe\x00"), NOT_JSON),
    (gives("[" * 100_000), NOT_JSON),
    (gives("[]"), WRONG_FORM),
    (gives("null"), WRONG_FORM),
    (gives('{"choices": []}'), WRONG_FORM),
    (gives('{"error": {"message": "no model"}}'), WRONG_FORM),
    (gives('{"choices": [{"text": "窓口です。[1]"}]}'), WRONG_FORM),
    (says(["窓口です。[1]"]), WRONG_FORM),
    (says(3), WRONG_FORM),
    (says(None), EMPTY),
    (says(""), EMPTY),
    (says(" \n "), EMPTY),
    (says("<think>考えた。</think>"), EMPTY),
    (says("窓" * MOST_BYTES), TOO_LONG),
    (late, TIMED_OUT),
    (dripping, TIMED_OUT),
]


@pytest.mark.parametrize(("answered", "reason"), FAILURES)
def test_a_failure_is_told_in_a_clause(endpoint: HTTPServer, answered: Answered, reason: str) -> None:
    endpoint.expect_request(PATH, method="POST").respond_with_handler(answered)
    timeout = 0.3 if reason == TIMED_OUT else 5.0
    with pytest.raises(GeneratorError, match=reason):
        asked(endpoint.url_for("/v1"), timeout=timeout)
    assert len(endpoint.log) <= 1


def test_a_redirect_is_not_followed(endpoint: HTTPServer) -> None:
    elsewhere = endpoint.url_for("/elsewhere")
    endpoint.expect_request(PATH).respond_with_data("", 307, headers={"Location": elsewhere})
    endpoint.expect_request("/elsewhere").respond_with_handler(says("窓口です。[1]"))
    with pytest.raises(GeneratorError, match="HTTP 307"):
        asked(endpoint.url_for("/v1"))
    assert "/elsewhere" not in [request.path for request, _ in endpoint.log]


def test_a_port_that_nobody_listens_on_is_told() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(GeneratorError, match=UNREACHABLE):
        asked(f"http://127.0.0.1:{port}/v1")


def test_a_connection_that_breaks_off_is_told() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        listener.settimeout(0.01)
        with pytest.raises(GeneratorError, match=TIMED_OUT):
            asked(url, timeout=0.3)


def test_the_request_holds_rules_and_data_apart_and_nothing_of_the_environment(
    endpoint: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "HTTP_PROXY", "http_proxy")
    for name in names:
        monkeypatch.setenv(name, "http://127.0.0.1:9/secret" if "proxy" in name.lower() else "of-environment")
    endpoint.expect_request(PATH, method="POST").respond_with_handler(says("窓口です。[1]"))
    asked(endpoint.url_for("/v1"))
    request = endpoint.log[0][0]
    assert request.headers["Authorization"] == "Bearer none"
    assert "of-environment" not in str(request.headers)
    sent = request.get_json()
    assert sent["model"] == "small"
    rules, data = sent["messages"]
    assert (rules["role"], data["role"]) == ("system", "user")
    assert "窓口を3か所に置く。" in data["content"]
    assert "窓口を3か所に置く。" not in rules["content"]


def test_a_key_is_sent_and_never_shown(endpoint: HTTPServer) -> None:
    endpoint.expect_request(PATH).respond_with_handler(says("窓口です。[1]"))
    asked(endpoint.url_for("/v1"), key="k-123")
    assert endpoint.log[0][0].headers["Authorization"] == "Bearer k-123"
    assert "k-123" not in repr(OpenAIConfig(url="http://x/v1", model="small", key="k-123"))


def test_without_the_package_the_message_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(GeneratorError, match=MISSING):
        asked("http://127.0.0.1:9/v1")
