"""The library for other programs: search, ask, compare and indicators as HTTP endpoints, described.

It is off unless a setting turns it on. Each request carries a token that was made for an account
(``shirube users token``) and sees what that account may see; the gate has read it before anything here runs.
The answers are those of the commands' ``--json``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.responses import JSONResponse
from starlette.routing import Mount, Route

from corpus.errors import InputError, ShirubeError
from qa.engine import Engine
from qa.engines import Engines
from qa.filter_words import FilterWords
from qa.indicators import list_indicators
from ui import compare_form, indicator_form, json_form
from ui.audit import Act, AuditLog
from ui.page_work import worked
from ui.settings import SettingError
from ui.viewer import viewer_of
from ui.visitor_notes import note_request

SETTING = "SHIRUBE_API"
LONGEST = 4_000
Made = Callable[[Engine], Mapping[str, Any]]
Words = Annotated[list[str] | None, Query(description="Alternatives; several fields limit together.")]
Asked = Annotated[
    str, Query(min_length=1, max_length=LONGEST, description="The question, as a person types it.")
]


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
    )

    def answered(request: Request, what: str, query: str, make: Made) -> Mapping[str, Any]:
        engine = engines.of(viewer_of(request.scope).audience)
        note_request(audit, request, Act.PROGRAM, query=query, what=what)
        return worked(lambda: make(engine))

    @api.exception_handler(ShirubeError)
    def told(_: Request, exc: Exception) -> JSONResponse:
        return JSONResponse({"detail": str(exc)}, status_code=422 if isinstance(exc, InputError) else 503)

    @api.get("/search", summary="Passages, best first")
    def search(
        request: Request,
        q: Asked,
        limit: Annotated[int, Query(ge=1, le=100)] = 10,
        municipality: Words = None,
        fiscal_year: Words = None,
        department: Words = None,
        kind: Words = None,
        section: Words = None,
    ) -> Mapping[str, Any]:
        words = words_of(municipality, fiscal_year, department, kind, section)
        return answered(
            request, "search", q, lambda engine: json_form.search_json(engine.search(q, words, limit), limit)
        )

    @api.get("/ask", summary="A cited answer, or a refusal that says what was searched")
    def ask(
        request: Request,
        q: Asked,
        limit: Annotated[int, Query(ge=1, le=100)] = 10,
        municipality: Words = None,
        fiscal_year: Words = None,
        department: Words = None,
        kind: Words = None,
        section: Words = None,
    ) -> Mapping[str, Any]:
        words = words_of(municipality, fiscal_year, department, kind, section)
        return answered(
            request, "ask", q, lambda engine: json_form.ask_json(engine.ask(q, words, limit), limit)
        )

    @api.get("/compare", summary="A municipality by aspect matrix of a theme")
    def compare(
        request: Request, q: Asked, municipality: Words = None, kind: Words = None
    ) -> Mapping[str, Any]:
        words = words_of(municipality, None, None, kind, None)
        return answered(
            request, "compare", q, lambda engine: compare_form.compare_json(engine.compare(q, words))
        )

    @api.get("/indicators", summary="Figures with role, year, unit and place")
    def indicators(
        request: Request,
        q: Annotated[str, Query(max_length=LONGEST)] = "",
        municipality: Words = None,
        fiscal_year: Words = None,
        department: Words = None,
        kind: Words = None,
    ) -> Mapping[str, Any]:
        words = words_of(municipality, fiscal_year, department, kind, None)
        return answered(request, "indicators", q, lambda engine: figures(engine, engines, q, words))

    return api


def figures(engine: Engine, engines: Engines, query: str, words: FilterWords) -> Mapping[str, Any]:
    """The form of ``indicators``."""
    with engine.steady():
        found = list_indicators(
            *(engine.store, engine.facets, engines.table, engine.analyzer, query, words),
            expander=engine.expander,
            today=engine.today,
        )
    return indicator_form.indicators_json(found)


def words_of(
    municipality: list[str] | None,
    fiscal_year: list[str] | None,
    department: list[str] | None,
    kind: list[str] | None,
    section: list[str] | None,
) -> FilterWords:
    """The filters of a request."""
    return FilterWords(
        municipalities=tuple(municipality or ()),
        fiscal_years=tuple(fiscal_year or ()),
        departments=tuple(department or ()),
        document_kinds=tuple(kind or ()),
        sections=tuple(section or ()),
    )
