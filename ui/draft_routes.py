"""What the 起案支援 tab asks beside Gradio: to read an empty form, and to make files of a draft.

Nothing that is sent here is kept: a form of one's own comes along with each request.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from corpus.errors import FiscalYearError, InputError
from corpus.fiscal_year import fiscal_year_of, parse_fiscal_year
from qa.compare_cells import CitedHit
from qa.engines import Engines
from ui.audit import Act, AuditLog
from ui.citation_text import source_line
from ui.draft_records import records_of
from ui.draft_sources import precedents_at
from ui.export_draft import write_draft
from ui.export_form import write_form
from ui.export_form_word import write_form_word
from ui.export_names import export_name
from ui.export_own_form import write_own_form
from ui.export_places import FOLDER
from ui.export_routes import file_response, refused
from ui.form_rows import Filling, rows_of
from ui.own_form import LARGEST, read_form
from ui.page_work import guarded
from ui.sent_json import parsed
from ui.viewer import viewer_of
from ui.visitor_notes import note_request
from ui.web_message import web_message

LARGEST_BODY = 2 * LARGEST
KINDS = ("docx", "xlsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class SentDraft:
    """A draft as the browser sends it.

    Attributes:
        text: see ``ui.draft_text``.
        places: of its sources, by number.
        form: the form's name.
        theme: what it is about.
        department: who writes it, empty where not told.
        year: as typed, empty where not told.
        file: the name of the form's own file, empty for a form of ours.
        data: that file.
        laid_out: whether a Word file is to have the form's layout, and not that of the text.
    """

    text: str
    places: tuple[str, ...]
    form: str = ""
    theme: str = ""
    department: str = ""
    year: str = ""
    file: str = ""
    data: bytes = b""
    laid_out: bool = False

    @property
    def title(self) -> str:
        """Its first line."""
        return self.text.strip().partition("\n")[0]

    def is_prose(self, kind: str) -> bool:
        """Whether a file of a kind is the text with its headings and footnotes, and not its form filled."""
        own = bool(self.data) and Path(self.file).suffix.lower() == ".docx"
        return kind == "docx" and not own and not self.laid_out


def draft_routes(engines: Engines, audit: AuditLog) -> list[Route]:
    """The routes over a library."""

    async def drafted(request: Request) -> Response:
        engine = engines.of(viewer_of(request.scope).audience)
        kind = request.path_params["kind"]
        try:
            sent = draft_sent(await _body(request, LARGEST_BODY))
            if kind not in KINDS:
                raise InputError("その形式のファイルはありません。Word か Excel を選んでください。")
        except InputError as exc:
            return refused(web_message(exc))

        def make() -> Response:
            cited = precedents_at(engine.store, sent.places)
            today = engine.today
            file = file_response(
                lambda path: write_sent(sent, kind, cited, today, path), name_of(sent, kind, today), kind
            )
            note_request(audit, request, Act.EXPORT, what=" ".join([f"draft.{kind}", *sent.places]))
            return file

        return await run_in_threadpool(guarded, make, refused)

    async def read(request: Request) -> Response:
        name = request.query_params.get("name", "")
        try:
            data = await _body(request, LARGEST)
        except InputError as exc:
            return refused(web_message(exc))

        def make() -> Response:
            form = read_form(name, data)
            return JSONResponse({"name": form.name, "headings": [one.heading for one in form.fields]})

        return await run_in_threadpool(guarded, make, refused)

    return [
        Route(f"/{FOLDER}/draft.{{kind}}", drafted, methods=["POST"]),
        Route("/form/read", read, methods=["POST"]),
    ]


def write_sent(sent: SentDraft, kind: str, cited: list[CitedHit], today: date, path: Path) -> None:
    """Write a draft as a file of the kind, in its form's layout.

    Raises:
        InputError: it cannot be written, or its own form not be read.
    """
    sources = {one.citation.n: source_line(one.hit, one.citation.locator) for one in cited}
    own = read_form(sent.file, sent.data) if sent.data else None
    if own is not None and own.kind == kind:
        write_own_form(own, sent.data, records_of(sent.text), sent.department, sources, path)
    elif sent.is_prose(kind):
        write_draft(sent.text, cited, path)
    else:
        filling = Filling(
            records=records_of(sent.text),
            theme=sent.theme or sent.title,
            department=sent.department,
            fiscal_year=year_of(sent.year, today),
        )
        write = write_form if kind == "xlsx" else write_form_word
        write(rows_of(sent.form, filling), sources, path)


def name_of(sent: SentDraft, kind: str, today: date) -> str:
    """The name of a draft's file: its form, theme, department and year as typed, and how it is laid out."""
    laid_out = "案（文章）" if sent.is_prose(kind) else "案（様式）"
    return export_name([sent.form, sent.theme or sent.title, sent.department, sent.year, laid_out], today)


def year_of(typed: str, today: date) -> int:
    """The fiscal year that was typed, the next one where none was.

    Raises:
        InputError: it cannot be read.
    """
    if not typed.strip():
        return fiscal_year_of(today) + 1
    try:
        return parse_fiscal_year(typed.strip())
    except FiscalYearError as exc:
        raise InputError(f"年度を読み取れません: {typed}。「令和9年度」のように入力してください。") from exc


def draft_sent(body: bytes) -> SentDraft:
    """What was sent.

    Raises:
        InputError: there is no draft, or it cannot be read.
    """
    try:
        sent: Any = parsed(body)
    except ValueError as exc:
        raise InputError("下書きを読み取れませんでした。画面を開き直してください。") from exc
    held = sent if isinstance(sent, dict) else {}
    text, places = held.get("text"), held.get("sources")
    if not isinstance(text, str) or not text.strip():
        raise InputError("下書きが空です。先例を選ぶか、文を入力してください。")
    if not isinstance(places, list) or not all(isinstance(one, str) for one in places):
        raise InputError("出典を読み取れませんでした。画面を開き直してください。")
    words = {name: held.get(name) or "" for name in ("form", "theme", "department", "year", "file", "data")}
    if not all(isinstance(one, str) for one in words.values()):
        raise InputError("様式の指定を読み取れませんでした。画面を開き直してください。")
    try:
        data = base64.b64decode(words.pop("data"), validate=True)
    except binascii.Error as exc:
        raise InputError("様式のファイルを読み取れませんでした。もう一度選んでください。") from exc
    laid_out = held.get("layout") == "form"
    return SentDraft(text=text, places=tuple(places), data=data, laid_out=laid_out, **words)


async def _body(request: Request, most: int) -> bytes:
    """What was sent, up to a bound."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise InputError("送られた内容が大きすぎます。下書きを分けるか、小さい様式を選んでください。")
    return body
