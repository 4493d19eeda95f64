"""What the 経年 tab asks beside Gradio: to keep what a person decided of two measures."""

from __future__ import annotations

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from corpus.errors import InputError
from corpus.track_links import TrackLinks
from ui.audit import Act, AuditLog
from ui.export_routes import refused
from ui.page_work import guarded
from ui.sent_words import body_of, words_sent
from ui.viewer import viewer_of
from ui.visitor_notes import note_request
from ui.web_message import web_message

ANSWERS = {"1": True, "0": False, "": None}
TOLD = {
    "1": "同じ取組としてつなぎました。",
    "0": "別の取組として分けました。",
    "": "自動の判断に戻しました。",
}
READERS = "つながりを直せるのは、登録か管理の役割の利用者です。管理の人に頼んでください。"
UNREADABLE = "つながりの直しを読み取れませんでした。画面を開き直してください。"


def track_routes(library: Path, audit: AuditLog) -> list[Route]:
    """The route over a library's folder.

    A decision counts for everybody, so that it is for those who look after the documents.
    """
    links = TrackLinks(library)

    async def linked(request: Request) -> Response:
        try:
            body = await body_of(request, UNREADABLE)
            sent = words_sent(request, body, ("earlier", "later", "same"), UNREADABLE)
            if sent["same"] not in ANSWERS:
                raise InputError(UNREADABLE)
        except InputError as exc:
            return refused(web_message(exc))
        if not viewer_of(request.scope).may_add:
            return refused(READERS)

        def make() -> Response:
            note_request(audit, request, Act.LINK, what=" ".join((sent["earlier"], sent["later"])))
            links.decide(sent["earlier"], sent["later"], ANSWERS[sent["same"]])
            return PlainTextResponse(TOLD[sent["same"]], headers={"cache-control": "no-store"})

        return await run_in_threadpool(guarded, make, refused)

    return [Route("/track/link", linked, methods=["POST"])]
