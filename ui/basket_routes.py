"""What the browser asks of baskets: to see one, and to change one item of it at a time."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from corpus.errors import InputError
from qa.engine import Engine
from ui.basket_items import items_of
from ui.basket_store import Basket, BasketStore
from ui.basket_view import basket_html
from ui.export_routes import refused
from ui.page_work import guarded
from ui.sent_words import body_of, words_sent

FOLDER = "basket"
NAMES = ("basket", "place", "was", "note")
TOO_LONG = "メモが長すぎます。短くしてから、もう一度保存してください。"
UNREADABLE = "資料かごへの操作を読み取れませんでした。画面を開き直してください。"
Act = Callable[[BasketStore, dict[str, str]], tuple[Basket, str]]
ACTS: dict[str, Act] = {
    "see": lambda store, sent: (store.read(sent["basket"]), ""),
    "add": lambda store, sent: (store.add(sent["basket"], sent["place"]), "かごに入れました。"),
    "remove": lambda store, sent: (
        store.remove(sent["basket"], sent["place"]),
        "かごから外しました。「外したもの」から戻せます。",
    ),
    "note": lambda store, sent: _noted(store, sent),
}


def basket_routes(engine: Engine) -> list[Route]:
    """The route over the library of an engine."""
    store = BasketStore(engine.library)

    async def acted(request: Request) -> Response:
        try:
            sent = words_sent(request, await body_of(request, TOO_LONG), NAMES, UNREADABLE)
        except InputError as exc:
            return refused(str(exc))
        act = ACTS.get(request.path_params["act"])

        def make() -> Response:
            if act is None:
                raise InputError(UNREADABLE)
            basket, said = act(store, sent)
            reader = engine.store
            html = basket_html(
                basket.basket_id, items_of(reader, basket.items), items_of(reader, basket.removed)
            )
            told = {"basket": basket.basket_id, "count": len(basket.items), "html": html, "said": said}
            return JSONResponse(told, headers={"cache-control": "no-store"})

        return await run_in_threadpool(guarded, make, refused)

    return [Route(f"/{FOLDER}/{{act}}", acted, methods=["POST"])]


def _noted(store: BasketStore, sent: dict[str, str]) -> tuple[Basket, str]:
    basket, told = store.note(sent["basket"], sent["place"], sent["was"], sent["note"])
    return basket, told or "メモを保存しました。"
