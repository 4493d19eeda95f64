"""What the page serves beside itself: pictures of pages, and the originals.

A request names a document by its id and a page by its number. Both are looked up in the store; nothing of a
request becomes part of a path on disk. An original is sent as what it was read as, never as a web page, so
that nothing in it runs here.
"""

from __future__ import annotations

import html
import logging
import re
import sqlite3
from collections.abc import Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from corpus.document import Document
from corpus.errors import InputError, ShirubeError
from corpus.originals import Original, Originals
from qa.engines import Engines
from ui.audit import Act, AuditLog
from ui.page_image import PageImages
from ui.result_view import UNEXPECTED
from ui.viewer import viewer_of
from ui.visitor_notes import note_request
from ui.web_message import web_message

logger = logging.getLogger(__name__)

_DOCUMENT_ID = re.compile(r"[0-9]{6}-[0-9a-f]{12}")
_PAGE = re.compile(r"[1-9][0-9]{0,4}")
_PRIVATE = "private, no-cache"
_CLOSED = "default-src 'none'; frame-ancestors 'self'"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_MEDIA = {
    ".pdf": "application/pdf",
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet",
    ".docx": f"{_OFFICE}wordprocessingml.document",
    ".pptx": f"{_OFFICE}presentationml.presentation",
    ".xls": "application/vnd.ms-excel",
    ".csv": "text/csv",
    ".txt": "text/plain",
}
_ANY = "application/octet-stream"
NOT_HELD = (
    "この資料は、今のライブラリにありません。取り除かれたか、入れ替わった可能性があります。"
    "検索の画面に戻り、もう一度検索してください。"
)
NOT_KEPT = (
    "この資料の原本は保存されていません。原本の保存を始める前に取り込まれた可能性があります。"
    "資料を取り込み直すと、ここから開けるようになります。"
)


def original_routes(engines: Engines, audit: AuditLog) -> list[Route]:
    """The routes over a library."""
    served = _Served(engines, audit)
    return [
        Route("/view/{document_id}/page/{page}.png", served.page),
        Route("/original/{document_id}", served.original),
    ]


class _Served:
    """Answers to requests; each is made in a thread of its own."""

    def __init__(self, engines: Engines, audit: AuditLog) -> None:
        self._engines = engines
        self._audit = audit
        self._originals = Originals(engines.library)
        self._images = PageImages()

    def page(self, request: Request) -> Response:
        """The picture of a page."""
        return _told(lambda: self._page(request))

    def original(self, request: Request) -> Response:
        """The original itself: a PDF to look at, anything else to save."""
        return _told(lambda: self._original(request))

    def _page(self, request: Request) -> Response:
        number = request.path_params["page"]
        if not _PAGE.fullmatch(number):
            raise InputError("そのようなページはありません。")
        document, original = self._find(request)
        headers = {"cache-control": _PRIVATE, "etag": f'"{original.sha256[:32]}-{int(number)}"'}
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(status_code=304, headers=headers)
        png = self._images.png(original, int(number))
        note_request(self._audit, request, Act.OPEN, what=f"{document.document_id} page {number}")
        return Response(png, media_type="image/png", headers=headers)

    def _original(self, request: Request) -> Response:
        document, original = self._find(request)
        if not original.path.is_file():
            raise InputError(NOT_KEPT)
        note_request(self._audit, request, Act.OPEN, what=document.document_id)
        shown = "inline" if original.extension == ".pdf" else "attachment"
        headers = {
            "cache-control": _PRIVATE,
            "content-disposition": disposition(shown, document.source, original.extension),
            "content-security-policy": _CLOSED,
            "etag": f'"{original.sha256[:32]}"',  # what it is, not when it was kept here
        }
        media = _MEDIA.get(original.extension, _ANY)
        response = FileResponse(original.path, headers=headers)
        response.headers["content-type"] = media
        return response

    def _find(self, request: Request) -> tuple[Document, Original]:
        document_id = request.path_params["document_id"]
        document = None
        if _DOCUMENT_ID.fullmatch(document_id):
            engine = self._engines.of(viewer_of(request.scope).audience)
            document = engine.store.document(document_id)
        if document is None:
            raise InputError(NOT_HELD)
        original = self._originals.find(document.sha256)
        if original is None:
            raise InputError(NOT_KEPT)
        return document, original


def disposition(shown: str, name: str, extension: str) -> str:
    """How a browser is to take a file, and its name: once in ASCII, once as RFC 5987 has it."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    if not re.search(r"[A-Za-z0-9]", plain.rpartition(".")[0]):
        plain = f"original{extension}"
    return f"{shown}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _told(make: Callable[[], Response]) -> Response:
    """A response; what stands in its way as a short page that a person can read."""
    try:
        return make()
    except InputError as exc:
        logger.info("%s", exc)
        return _refused(web_message(exc), 404)
    except (ShirubeError, sqlite3.Error, OSError) as exc:
        logger.exception("an original could not be served")
        return _refused(web_message(exc) if isinstance(exc, ShirubeError) else UNEXPECTED, 503)


def _refused(message: str, status: int) -> Response:
    return HTMLResponse(_page_of(message), status_code=status, headers={"cache-control": "no-store"})


def _page_of(message: str) -> str:
    return (
        '<!doctype html><html lang="ja"><head><meta charset="utf-8">'
        "<title>原本を表示できません — しるべ</title></head>"
        '<body style="font:17px/1.7 sans-serif;max-width:40em;margin:3em auto;padding:0 1em">'
        f'<h1 style="font-size:1.4em">原本を表示できません</h1><p>{html.escape(message)}</p></body></html>'
    )
