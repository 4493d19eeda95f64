"""What the browser asks of baskets: to see one, and to change one item of it at a time."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from corpus.errors import InputError
from qa.engines import Engines
from ui.basket_items import items_of
from ui.basket_store import Basket, BasketStore
from ui.basket_view import basket_html
from ui.export_routes import refused
from ui.page_work import guarded
from ui.sent_words import body_of, words_sent
from ui.viewer import Viewer, viewer_of
from ui.web_message import web_message

FOLDER = "basket"
NAMES = ("basket", "place", "was", "note")
TOO_LONG = "メモが長すぎます。短くしてから、もう一度保存してください。"
UNREADABLE = "資料かごへの操作を読み取れませんでした。画面を開き直してください。"
Act = Callable[[BasketStore, Viewer, dict[str, str]], tuple[Basket, str]]
ACTS: dict[str, Act] = {
    "see": lambda store, viewer, sent: (store.read(sent["basket"], viewer), ""),
    "add": lambda store, viewer, sent: (
        store.add(sent["basket"], sent["place"], viewer),
        "かごに入れました。",
    ),
    "remove": lambda store, viewer, sent: (
        store.remove(sent["basket"], sent["place"], viewer),
        "かごから外しました。「外したもの」から戻せます。",
    ),
    "note": lambda store, viewer, sent: _noted(store, viewer, sent),
    "adopt": lambda store, viewer, sent: _adopted(store, viewer, sent),
}


def basket_routes(engines: Engines) -> list[Route]:
    """The route over a library; what a basket shows is read as its viewer may see it."""
    store = BasketStore(engines.library)

    async def acted(request: Request) -> Response:
        viewer = viewer_of(request.scope)
        try:
            sent = words_sent(request, await body_of(request, TOO_LONG), NAMES, UNREADABLE)
        except InputError as exc:
            return refused(web_message(exc))
        act = ACTS.get(request.path_params["act"])

        def make() -> Response:
            if act is None:
                raise InputError(UNREADABLE)
            basket, said = act(store, viewer, sent)
            reader = engines.of(viewer.audience).store
            kept, gone = items_of(reader, basket.items), items_of(reader, basket.removed)
            html = basket_html(basket, kept, gone, is_personal=bool(viewer.name))
            told: dict[str, str | int] = {
                "basket": basket.basket_id,
                "count": len(basket.items),
                "html": html,
            }
            told["said"] = "" if basket.is_locked else said
            return JSONResponse(told, headers={"cache-control": "no-store"})

        return await run_in_threadpool(guarded, make, refused)

    return [Route(f"/{FOLDER}/{{act}}", acted, methods=["POST"])]


def _noted(store: BasketStore, viewer: Viewer, sent: dict[str, str]) -> tuple[Basket, str]:
    basket, told = store.note(sent["basket"], sent["place"], sent["was"], sent["note"], viewer)
    return basket, told or "メモを保存しました。"


def _adopted(store: BasketStore, viewer: Viewer, sent: dict[str, str]) -> tuple[Basket, str]:
    if not viewer.name or not viewer.may_manage:
        raise InputError(UNREADABLE)
    store.give(sent["basket"], viewer.name)
    return store.read(sent["basket"], viewer), "自分のかごにしました。"
