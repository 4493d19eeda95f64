"""The library for other programs: search, ask, compare and indicators as HTTP endpoints, described.

It is off unless a setting turns it on. Each request carries a token that was made for an account
(``shirube users token``) and sees what that account may see; the gate has read it before anything here runs.
The answers are those of the commands' ``--json``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, StringConstraints
from starlette.routing import Mount, Route

from corpus.errors import InputError, ShirubeError
from qa.engine import Engine
from qa.engines import Engines
from qa.filter_words import FilterWords
from ui import compare_form, indicator_form, json_form
from ui.audit import Act, AuditLog
from ui.page_work import worked
from ui.settings import SettingError
from ui.viewer import viewer_of
from ui.visitor_notes import note_request
from ui.web_message import keep_in_log, web_message

logger = logging.getLogger(__name__)

SETTING = "SHIRUBE_API"
LONGEST = 4_000
Made = Callable[[Engine], Mapping[str, Any]]
MOST_WORDS, LONGEST_WORD = 100, 200
Word = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_WORD)]
Words = Annotated[
    list[Word],
    Query(
        default_factory=list,
        max_length=MOST_WORDS,
        description="Alternatives; several fields limit together.",
    ),
]
Asked = Annotated[
    str, Query(min_length=1, max_length=LONGEST, description="The question, as a person types it.")
]


class Refusal(BaseModel):
    """Why there is no answer, and what to do, in Japanese."""

    detail: str


REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"description": "No token that holds", "content": {"text/plain": {}}},
    422: {"description": "A question or limit that cannot be read", "model": Refusal},
    429: {"description": "Too many requests in a short time", "content": {"text/plain": {}}},
    503: {
        "description": "Busy, or the library cannot be used now",
        "model": Refusal,
        "content": {"text/plain": {}},
    },
}


def is_on(environment: Mapping[str, str]) -> bool:
    """Whether the API and the MCP tools are offered.

    Raises:
        SettingError: the setting is neither on nor off.
    """
    written = environment.get(SETTING, "off").strip().lower()
    if written not in ("on", "off", ""):
        raise SettingError(f"{SETTING} を読めません: {written}。on か off を設定してください。")
    return written == "on"


def api_routes(engines: Engines, audit: AuditLog, environment: Mapping[str, str]) -> list[Mount | Route]:
    """The routes below ``/api``; none while it is off."""
    return [Mount("/api", build_api(engines, audit))] if is_on(environment) else []


def build_api(engines: Engines, audit: AuditLog) -> FastAPI:
    """The application; its pages of documentation are left out, since they load scripts from elsewhere."""
    api = FastAPI(
        title="Shirube",
        version="1",
        description="Search and cited answers over municipal plan documents.",
        docs_url=None,
        redoc_url=None,
        responses=REFUSALS,
    )

    def answered(request: Request, what: str, query: str, make: Made) -> Mapping[str, Any]:
        engine = engines.of(viewer_of(request.scope).audience)
        note_request(audit, request, Act.PROGRAM, query=query, what=what)
        return worked(lambda: make(engine))

    @api.exception_handler(ShirubeError)
    def told(_: Request, exc: Exception) -> JSONResponse:
        keep_in_log(logger, exc)
        return JSONResponse(
            {"detail": web_message(exc)}, status_code=422 if isinstance(exc, InputError) else 503
        )

    @api.exception_handler(RequestValidationError)
    def misread(_: Request, exc: Exception) -> JSONResponse:
        return JSONResponse({"detail": _misread(exc)}, status_code=422)

    @api.get("/search", summary="Passages, best first")
    def search(
        request: Request,
        q: Asked,
        municipality: Words,
        fiscal_year: Words,
        department: Words,
        kind: Words,
        section: Words,
        limit: Annotated[int, Query(ge=1, le=100)] = 10,
    ) -> Mapping[str, Any]:
        words = words_of(municipality, fiscal_year, department, kind, section)
        return answered(
            request, "search", q, lambda engine: json_form.search_json(engine.search(q, words, limit), limit)
        )

    @api.get("/ask", summary="A cited answer, or a refusal that says what was searched")
    def ask(
        request: Request,
        q: Asked,
        municipality: Words,
        fiscal_year: Words,
        department: Words,
        kind: Words,
        section: Words,
        limit: Annotated[int, Query(ge=1, le=100)] = 10,
    ) -> Mapping[str, Any]:
        words = words_of(municipality, fiscal_year, department, kind, section)
        return answered(
            request, "ask", q, lambda engine: json_form.ask_json(engine.ask(q, words, limit), limit)
        )

    @api.get("/compare", summary="A municipality by aspect matrix of a theme")
    def compare(request: Request, q: Asked, municipality: Words, kind: Words) -> Mapping[str, Any]:
        words = words_of(municipality, kind=kind)
        return answered(
            request, "compare", q, lambda engine: compare_form.compare_json(engine.compare(q, words))
        )

    @api.get("/indicators", summary="Figures with role, year, unit and place")
    def indicators(
        request: Request,
        municipality: Words,
        fiscal_year: Words,
        department: Words,
        kind: Words,
        q: Annotated[str, Query(max_length=LONGEST)] = "",
    ) -> Mapping[str, Any]:
        words = words_of(municipality, fiscal_year, department, kind)
        return answered(
            request,
            "indicators",
            q,
            lambda engine: indicator_form.indicators_json(engine.indicators(q, words)),
        )

    return api


def _misread(exc: Exception) -> str:
    """A sentence on the first parameter that is not as the description has it."""
    found = exc.errors()[0] if isinstance(exc, RequestValidationError) and exc.errors() else {}
    name = next((str(one) for one in found.get("loc", ())[1:2]), "")
    if found.get("type") == "missing":
        return f"{name} がありません。{name} を指定してください。"
    return f"{name} を読めません。/api/openapi.json の説明のとおりに指定してください。"


def words_of(
    municipality: Sequence[str] = (),
    fiscal_year: Sequence[str] = (),
    department: Sequence[str] = (),
    kind: Sequence[str] = (),
    section: Sequence[str] = (),
) -> FilterWords:
    """The filters of a request."""
    return FilterWords(
        municipalities=tuple(municipality),
        fiscal_years=tuple(fiscal_year),
        departments=tuple(department),
        document_kinds=tuple(kind),
        sections=tuple(section),
    )
