"""The files that the page gives: each is made on demand in a folder that is gone before it is sent."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from corpus.errors import InputError
from qa.compare import Comparison
from qa.engines import Engines
from qa.filter_words import FilterWords
from ui.audit import Act, AuditLog
from ui.draft_sources import precedents_at
from ui.export_draft import write_draft
from ui.export_places import FOLDER
from ui.export_table import write_csv, write_xlsx
from ui.original_routes import disposition
from ui.page_work import guarded
from ui.viewer import viewer_of
from ui.visitor_notes import note_request

_OFFICE = "application/vnd.openxmlformats-officedocument."
_MEDIA = {
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "docx": f"{_OFFICE}wordprocessingml.document",
}
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\x7f]+')
_LONGEST_NAME = 40
MOST_TOWNS = 2_000
LARGEST_BODY = 1_000_000
WRITERS: dict[str, Callable[[Comparison, Path], None]] = {"xlsx": write_xlsx, "csv": write_csv}


def export_routes(engines: Engines, audit: AuditLog) -> list[Route]:
    """The routes over a library."""

    def compared(request: Request) -> Response:
        engine = engines.of(viewer_of(request.scope).audience)
        theme = request.query_params.get("theme", "")
        towns = tuple(request.query_params.getlist("town")[:MOST_TOWNS])
        kind = request.path_params["kind"]
        if kind not in WRITERS:
            return refused("その形式のファイルはありません。Excel か CSV を選んでください。")

        def make() -> Response:
            note_request(audit, request, Act.EXPORT, query=theme, what=f"compare.{kind}")
            found = engine.compare(theme, FilterWords(municipalities=towns))
            return file_response(lambda path: WRITERS[kind](found, path), f"比較_{theme}", kind)

        return guarded(make, refused)

    async def drafted(request: Request) -> Response:
        engine = engines.of(viewer_of(request.scope).audience)
        try:
            text, places = draft_sent(await _body(request))
        except InputError as exc:
            return refused(str(exc))

        def make() -> Response:
            note_request(audit, request, Act.EXPORT, what=" ".join(["draft.docx", *places]))
            cited = precedents_at(engine.store, places)
            title = text.strip().partition("\n")[0]
            return file_response(lambda path: write_draft(text, cited, path), title, "docx")

        return await run_in_threadpool(guarded, make, refused)

    return [
        Route(f"/{FOLDER}/compare.{{kind}}", compared),
        Route(f"/{FOLDER}/draft.docx", drafted, methods=["POST"]),
    ]


async def _body(request: Request) -> bytes:
    """What was sent, up to a bound."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise InputError("下書きが長すぎます。いくつかに分けて保存してください。")
    return body


def draft_sent(body: bytes) -> tuple[str, list[str]]:
    """The text of a draft and the places of its sources.

    Raises:
        InputError: there is no draft, or it cannot be read.
    """
    try:
        sent = json.loads(body)
    except ValueError as exc:
        raise InputError("下書きを読み取れませんでした。画面を開き直してください。") from exc
    text = sent.get("text") if isinstance(sent, dict) else None
    places = sent.get("sources") if isinstance(sent, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise InputError("下書きが空です。先例を選ぶか、文を入力してください。")
    if not isinstance(places, list) or not all(isinstance(one, str) for one in places):
        raise InputError("出典を読み取れませんでした。画面を開き直してください。")
    return text, places


def file_response(write: Callable[[Path], None], name: str, kind: str) -> Response:
    """A file to save.

    Args:
        write: writes it to the path that it is given.
        name: of the file without its extension; what no file name may hold is replaced.
        kind: its extension.
    """
    with tempfile.TemporaryDirectory(prefix="shirube-export-") as folder:
        path = Path(folder) / f"export.{kind}"
        write(path)
        content = path.read_bytes()
    shown = _NOT_IN_NAMES.sub("_", name)[:_LONGEST_NAME].strip("_.")
    headers = {
        "content-disposition": disposition("attachment", f"{shown}.{kind}", f".{kind}"),
        "cache-control": "no-store",
    }
    return Response(content, media_type=_MEDIA[kind], headers=headers)


def refused(message: str) -> Response:
    """Why there is no file; the page shows it as it is."""
    return PlainTextResponse(message, status_code=422, headers={"cache-control": "no-store"})
