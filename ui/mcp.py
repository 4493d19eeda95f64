"""The same for language-model programs: tools of the Model Context Protocol, over HTTP without a session.

The protocol is JSON-RPC 2.0 (specification 2025-06-18, "Streamable HTTP"). What is needed of it here is four
methods that each answer at once; nothing is sent unasked, so a request for a stream is refused as the
specification allows. Not even the list of tools is given without a token.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from corpus.errors import ShirubeError
from qa.engine import Engine
from qa.engines import Engines
from qa.filter_words import FilterWords
from ui import compare_form, indicator_form, json_form
from ui.api import LONGEST, is_on
from ui.audit import Act, AuditLog
from ui.page_work import worked
from ui.sent_json import parsed
from ui.viewer import viewer_of
from ui.visitor_notes import note_request
from ui.web_message import keep_in_log, web_message

logger = logging.getLogger(__name__)

PROTOCOLS = ("2025-06-18", "2025-03-26", "2024-11-05")
_INVALID, _NO_METHOD, _BAD_PARAMS = -32600, -32601, -32602
_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A tool: what it is for, and what it makes of a question and the municipalities to limit it to."""

    description: str
    make: Callable[[Engine, str, FilterWords], Mapping[str, Any]]


TOOLS: dict[str, Tool] = {
    "search": Tool(
        description="自治体の計画文書から、質問に合う箇所を原文のまま、出典とともに近い順に返します。",
        make=lambda engine, query, words: json_form.search_json(engine.search(query, words, _MOST), _MOST),
    ),
    "ask": Tool(
        description="質問に、計画文書からの引用と出典で答えます。答えられないときは、理由と検索した範囲を返します。",
        make=lambda engine, query, words: json_form.ask_json(engine.ask(query, words), _MOST),
    ),
    "compare": Tool(
        description="テーマについて、自治体ごとの課題・方針・取組・成果・指標を、出典とともに返します。",
        make=lambda engine, query, words: compare_form.compare_json(engine.compare(query, words)),
    ),
    "indicators": Tool(
        description="指標の値を、年度・単位・出典とともに返します。",
        make=lambda engine, query, words: indicator_form.indicators_json(engine.indicators(query, words)),
    ),
}
_INPUT = {
    "type": "object",
    "properties": {
        "query": {
            "type": "string",
            "minLength": 1,
            "maxLength": LONGEST,
            "description": "質問・言葉・テーマ",
        },
        "municipalities": {
            "type": "array",
            "items": {"type": "string"},
            "description": "自治体の名前かコード（省くとすべて）",
        },
    },
    "required": ["query"],
}


class _RpcError(Exception):
    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def mcp_routes(engines: Engines, audit: AuditLog, environment: Mapping[str, str]) -> list[Route]:
    """The route ``/mcp``; none while the API is off."""
    if not is_on(environment):
        return []

    async def asked(request: Request) -> Response:
        try:
            message = parsed(await request.body())
        except ValueError:
            return _answer(None, error=(_INVALID, "The body is no JSON."))
        if not isinstance(message, dict) or not isinstance(message.get("method"), str):
            return _answer(None, error=(_INVALID, "A single JSON-RPC request is expected."))
        if "id" not in message:  # a notification is heard and not answered
            return Response(status_code=202)
        params = message.get("params")
        given = params if isinstance(params, dict) else {}
        try:
            result = await run_in_threadpool(_result, request, message["method"], given, engines, audit)
        except _RpcError as exc:
            return _answer(message["id"], error=(exc.code, exc.message))
        return _answer(message["id"], result=result)

    return [Route("/mcp", asked, methods=["POST"])]


def _result(
    request: Request, method: str, params: Mapping[str, Any], engines: Engines, audit: AuditLog
) -> Mapping[str, Any]:
    if method == "initialize":
        wanted = params.get("protocolVersion")
        return {
            "protocolVersion": wanted if wanted in PROTOCOLS else PROTOCOLS[0],
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "shirube", "version": version("shirube")},
        }
    if method == "ping":
        return {}
    if method == "tools/list":
        return {
            "tools": [
                {"name": name, "description": tool.description, "inputSchema": _INPUT}
                for name, tool in TOOLS.items()
            ]
        }
    if method == "tools/call":
        return _called(request, params, engines, audit)
    raise _RpcError(_NO_METHOD, f"There is no method {method[:80]}.")


def _called(
    request: Request, params: Mapping[str, Any], engines: Engines, audit: AuditLog
) -> Mapping[str, Any]:
    tool, given = TOOLS.get(str(params.get("name"))), params.get("arguments")
    query = given.get("query") if isinstance(given, dict) else None
    towns = given.get("municipalities", []) if isinstance(given, dict) else []
    if tool is None or not isinstance(query, str) or not 0 < len(query) <= LONGEST:
        raise _RpcError(_BAD_PARAMS, "The tool or its query is unknown.")
    if not isinstance(towns, list) or not all(isinstance(one, str) for one in towns):
        raise _RpcError(_BAD_PARAMS, "municipalities is a list of names or codes.")
    engine = engines.of(viewer_of(request.scope).audience)
    note_request(audit, request, Act.PROGRAM, query=query, what=f"mcp {params['name']}")
    try:
        found = worked(lambda: tool.make(engine, query, FilterWords(municipalities=tuple(towns))))
    except ShirubeError as exc:
        keep_in_log(logger, exc)
        return {"content": [{"type": "text", "text": web_message(exc)}], "isError": True}
    text = json.dumps(found, ensure_ascii=False)
    return {"content": [{"type": "text", "text": text}], "structuredContent": found, "isError": False}


def _answer(
    number: Any, result: Mapping[str, Any] | None = None, error: tuple[int, str] | None = None
) -> Response:
    body: dict[str, Any] = {"jsonrpc": "2.0", "id": number}
    if error is None:
        return JSONResponse({**body, "result": result})
    return JSONResponse({**body, "error": {"code": error[0], "message": error[1]}})
