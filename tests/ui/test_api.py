"""The API and the MCP tools behind the gate: off by default, by token, with the rights of its account."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from corpus.access import INTERNAL, PUBLIC
from tests.ui.make_access import TOPICS, Builder, Made
from tests.ui.test_accounts import SECRET
from ui.accounts import Accounts
from ui.api import api_routes
from ui.audit import AuditLog
from ui.gate import Gate
from ui.gate_settings import GateSettings
from ui.mcp import TOOLS, mcp_routes
from ui.settings import SettingError
from ui.sign_in import SignIn
from ui.viewer import Role

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning:starlette")]
ON = {"SHIRUBE_API": "on"}
DOCUMENTS = [
    Made(mark="ZQAX", town="990019", topic=0, year=2024, kind=0, access=PUBLIC),
    Made(mark="ZQBX", town="990027", topic=0, year=2024, kind=0, access=INTERNAL),
]


class Programs:
    """A served library, with a token for somebody inside and one for somebody outside."""

    def __init__(self, library: Path) -> None:
        engines = Builder().library(library, DOCUMENTS)
        accounts, audit = Accounts(library), AuditLog(library)
        accounts.add("uchi", SECRET, Role.READER)
        accounts.add("soto", SECRET, Role.READER, is_inside=False)
        self.tokens = {name: SignIn(accounts).new_token(name, "tests") for name in ("uchi", "soto")}
        self.audit = audit
        routes = [*api_routes(engines, audit, ON), *mcp_routes(engines, audit, ON)]
        gate = Gate(Starlette(routes=routes), accounts, GateSettings(), 1_000, audit, is_local=True)
        self.client = TestClient(gate, base_url="http://127.0.0.1")
        self.engines = engines

    def get(self, who: str, path: str, **params: Any) -> Any:
        return self.client.get(path, params=params, headers=self.bearer(who))

    def call(self, who: str, method: str, **params: Any) -> Any:
        body = {"jsonrpc": "2.0", "id": 7, "method": method, "params": params}
        return self.client.post("/mcp", json=body, headers=self.bearer(who)).json()

    def bearer(self, who: str) -> Mapping[str, str]:
        return {"authorization": f"Bearer {self.tokens[who]}"}


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Programs:
    return Programs(tmp_path_factory.mktemp("api"))


@pytest.mark.parametrize("path", ["search", "ask", "compare", "indicators"])
def test_each_endpoint_sees_what_the_tokens_account_may_see(programs: Programs, path: str) -> None:
    query = TOPICS[0] if path != "indicators" else ""
    inside = programs.get("uchi", f"/api/{path}", q=query)
    outside = programs.get("soto", f"/api/{path}", q=query)
    assert (inside.status_code, outside.status_code) == (200, 200)
    assert "ZQAX" in inside.text
    assert "ZQBX" in inside.text
    assert "ZQAX" in outside.text
    assert "ZQBX" not in outside.text
    assert inside.json()["searched"]["documents"] == 2
    assert outside.json()["searched"]["documents"] == 1


@pytest.mark.parametrize("tool", sorted(TOOLS))
def test_each_tool_sees_what_the_tokens_account_may_see(programs: Programs, tool: str) -> None:
    arguments = {"query": TOPICS[0] if tool != "indicators" else "参加者数"}
    inside = programs.call("uchi", "tools/call", name=tool, arguments=arguments)["result"]
    outside = programs.call("soto", "tools/call", name=tool, arguments=arguments)["result"]
    assert not inside["isError"]
    assert "ZQBX" in inside["content"][0]["text"] or tool == "indicators"
    assert "ZQBX" not in json.dumps(outside, ensure_ascii=False)
    assert outside["structuredContent"]["searched"]["documents"] == 1
    assert json.loads(inside["content"][0]["text"]) == inside["structuredContent"]


def test_nothing_is_told_without_a_token(programs: Programs) -> None:
    for path in ("/api/search", "/api/openapi.json", "/mcp"):
        assert programs.client.get(path).status_code == 401
    listed = programs.client.post("/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
    assert listed.status_code == 401


def test_the_description_names_every_endpoint_and_loads_nothing(programs: Programs) -> None:
    described = programs.get("soto", "/api/openapi.json").json()
    assert set(described["paths"]) == {"/search", "/ask", "/compare", "/indicators"}
    assert programs.get("soto", "/api/docs").status_code == 404
    assert "ZQ" not in json.dumps(described)


@pytest.mark.parametrize(
    ("path", "params", "told"),
    [
        ("search", {}, "q がありません"),
        ("search", {"q": ""}, "q を読めません"),
        ("search", {"q": "空き家", "limit": "many"}, "limit を読めません"),
        ("ask", {"q": "空き家", "municipality": ""}, "municipality を読めません"),
        ("compare", {"q": "空き家", "kind": ["方針書"] * 101}, "kind を読めません"),
        ("indicators", {"municipality": "どこにもない市"}, "見つかりません"),
    ],
)
def test_a_refusal_is_one_sentence_whatever_it_refuses(
    programs: Programs, path: str, params: Mapping[str, Any], told: str
) -> None:
    refused = programs.get("soto", f"/api/{path}", **params)
    assert refused.status_code == 422
    assert told in refused.json()["detail"]


def test_the_description_tells_every_status_that_may_come(programs: Programs) -> None:
    described = programs.get("soto", "/api/openapi.json").json()
    for path in described["paths"].values():
        assert set(path["get"]["responses"]) == {"200", "401", "422", "429", "503"}


def test_what_cannot_be_read_is_told(programs: Programs) -> None:
    assert programs.get("soto", "/api/search").status_code == 422
    told = programs.get("soto", "/api/search", q="？")
    assert told.status_code == 422
    assert "質問" in told.json()["detail"]
    assert programs.get("soto", "/api/search", q="あ" * 5_000).status_code == 422
    failed = programs.call("soto", "tools/call", name="search", arguments={"query": "？"})
    assert failed["result"]["isError"]


def test_the_protocol_is_spoken(programs: Programs) -> None:
    begun = programs.call("soto", "initialize", protocolVersion="2025-03-26")["result"]
    assert begun["protocolVersion"] == "2025-03-26"
    assert begun["capabilities"] == {"tools": {}}
    assert (
        programs.call("soto", "initialize", protocolVersion="1999")["result"]["protocolVersion"]
        == "2025-06-18"
    )
    assert programs.call("soto", "ping")["result"] == {}
    tools = programs.call("soto", "tools/list")["result"]["tools"]
    assert [tool["name"] for tool in tools] == list(TOOLS)
    assert programs.call("soto", "no/such")["error"]["code"] == -32601
    for arguments in ({}, {"query": 1}, {"query": "a", "municipalities": "b"}, {"query": ""}):
        assert programs.call("soto", "tools/call", name="ask", arguments=arguments)["error"]["code"] == -32602
    told = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    sent = programs.client.post("/mcp", json=told, headers=programs.bearer("soto"))
    assert (sent.status_code, sent.content) == (202, b"")
    for body in (b"{", b"[]", b"1", b'{"id": 1}'):
        wrong = programs.client.post("/mcp", content=body, headers=programs.bearer("soto"))
        assert wrong.json()["error"]["code"] == -32600
    assert programs.client.get("/mcp", headers=programs.bearer("soto")).status_code == 405


@pytest.mark.parametrize(
    "body",
    [
        "[" * 100_000,
        '{"id": NaN, "method": "ping"}',
        '{"id": 1e999, "method": "ping"}',
        '{"id": "\\ud800", "method": "ping"}',
        '{"id": 1, "method": "\\ud800"}',
    ],
)
def test_a_body_that_no_answer_could_repeat_is_refused(programs: Programs, body: str) -> None:
    response = programs.client.post("/mcp", content=body, headers=programs.bearer("uchi"))
    assert response.status_code == 200
    assert response.json()["error"]["code"] == -32600


def test_it_is_off_by_default_and_noted_where_it_is_on(programs: Programs) -> None:
    for off in ({}, {"SHIRUBE_API": "off"}):
        assert api_routes(programs.engines, programs.audit, off) == []
        assert mcp_routes(programs.engines, programs.audit, off) == []
    with pytest.raises(SettingError):
        api_routes(programs.engines, programs.audit, {"SHIRUBE_API": "maybe"})
    programs.get("soto", "/api/ask", q="空き家")
    last = list(programs.audit.lines())[-1]
    assert (last["who"], last["act"], last["what"], last["query"]) == ("soto", "program", "ask", "空き家")
