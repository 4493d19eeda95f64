"""What the 比較 tab asks beside Gradio: the library's municipalities of like size, by a table sent along."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from corpus.errors import InputError
from qa.engines import Engines
from ui.export_routes import refused
from ui.page_work import guarded
from ui.peers_file import peers_in
from ui.sent_words import body_of
from ui.viewer import viewer_of
from ui.web_message import web_message

LARGEST = 1_000_000
TOO_LARGE = "人口の表が大きすぎます。自治体と人口の列だけを残した CSV を選んでください。"


def peers_routes(engines: Engines) -> list[Route]:
    """The route over a library; only municipalities of documents that the viewer may see are named."""

    async def asked(request: Request) -> Response:
        town = request.query_params.get("town", "").strip()
        try:
            data = await body_of(request, TOO_LARGE, LARGEST)
            within = share_of(request.query_params.get("within", ""))
        except InputError as exc:
            return refused(web_message(exc))

        def make() -> Response:
            if not town:
                raise InputError("もとにする自治体を入力してください（例: 大泉町）。")
            held = engines.of(viewer_of(request.scope).audience).facets.municipalities
            peers = [one for one in peers_in(data, "選んだファイル", town, within) if one.code in held]
            if not peers:
                raise InputError(
                    f"{town}と人口の近い自治体の資料が、このライブラリにありません。"
                    "人口の差の割合を大きくしてください。"
                )
            names = [f"{one.name}（{one.population:,}人）" for one in peers]
            return JSONResponse({"codes": [one.code for one in peers], "names": names})

        return await run_in_threadpool(guarded, make, refused)

    return [Route("/peers/near", asked, methods=["POST"])]


def share_of(percent: str) -> float:
    """A share from a percentage as typed, 30 % where nothing was.

    Raises:
        InputError: it is no number from 0 to 1000.
    """
    try:
        value = float(percent or "30")
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1_000:
        raise InputError(f"人口の差の割合を読めません: {percent}。30 のように、%の数で入力してください。")
    return value / 100
