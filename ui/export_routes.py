"""The files that the page gives: each is made on demand in a folder that is gone before it is sent."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from corpus.errors import InputError
from qa.compare import Comparison
from qa.engines import Engines
from qa.filter_words import FilterWords
from ui.audit import Act, AuditLog
from ui.basket_items import items_of
from ui.basket_store import BasketStore
from ui.export_basket import TITLE, write_basket
from ui.export_indicators import write_indicators_csv, write_indicators_xlsx
from ui.export_names import export_name, towns_part
from ui.export_places import FOLDER
from ui.export_table import write_csv, write_xlsx
from ui.indicator_page import IndicatorPage, IndicatorsAsked
from ui.original_routes import disposition
from ui.page_work import guarded
from ui.view_link import words_from
from ui.viewer import viewer_of
from ui.visitor_notes import note_request

_OFFICE = "application/vnd.openxmlformats-officedocument."
_MEDIA = {
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "docx": f"{_OFFICE}wordprocessingml.document",
}
WRITERS: dict[str, Callable[[Comparison, Path], None]] = {"xlsx": write_xlsx, "csv": write_csv}


def export_routes(engines: Engines, audit: AuditLog) -> list[Route]:
    """The routes over a library."""

    def compared(request: Request) -> Response:
        engine = engines.of(viewer_of(request.scope).audience)
        theme, words = asked_of(request)
        kind = request.path_params["kind"]
        if kind not in WRITERS:
            return refused("その形式のファイルはありません。Excel か CSV を選んでください。")

        def make() -> Response:
            note_request(audit, request, Act.EXPORT, query=theme, what=f"compare.{kind}")
            found = engine.compare(theme, words)
            towns = towns_part([row.municipality for row in found.rows])
            name = export_name(["比較", theme, towns], engine.today)
            return file_response(lambda path: WRITERS[kind](found, path), name, kind)

        return guarded(make, refused)

    def listed(request: Request) -> Response:
        engine = engines.of(viewer_of(request.scope).audience)
        indicators = IndicatorPage(engine)
        text, words = asked_of(request)
        kind = request.path_params["kind"]
        if kind not in WRITERS:
            return refused("その形式のファイルはありません。Excel か CSV を選んでください。")

        def make() -> Response:
            note_request(audit, request, Act.EXPORT, query=text, what=f"indicators.{kind}")
            series, searched, _ = indicators.found(IndicatorsAsked.of(text, words, request.query_params))

            def write(path: Path) -> None:
                if kind == "csv":
                    write_indicators_csv(series, path)
                else:
                    write_indicators_xlsx(series, text, searched, path)

            towns = towns_part([one.municipality for one in series])
            return file_response(write, export_name(["指標", text, towns], engine.today), kind)

        return guarded(make, refused)

    baskets = BasketStore(engines.library)

    def kept(request: Request) -> Response:
        viewer = viewer_of(request.scope)
        kind = request.path_params["kind"]
        if kind not in _MEDIA:
            return refused("その形式のファイルはありません。Word、Excel か CSV を選んでください。")

        def make() -> Response:
            basket = baskets.read(request.query_params.get("basket", ""), viewer)
            engine = engines.of(viewer.audience)
            items = items_of(engine.store, basket.items)
            if not items:
                raise InputError("資料かごは空です。結果の「かごへ」を押すと集まります。")
            places = [one.kept.place for one in items if one.hit is not None]
            note_request(audit, request, Act.EXPORT, what=" ".join([f"basket.{kind}", *places]))
            name = export_name([TITLE, f"{len(items)}件"], engine.today)
            return file_response(lambda path: write_basket(items, kind, path), name, kind)

        return guarded(make, refused)

    return [
        Route(f"/{FOLDER}/compare.{{kind}}", compared),
        Route(f"/{FOLDER}/indicators.{{kind}}", listed),
        Route(f"/{FOLDER}/basket.{{kind}}", kept),
    ]


def asked_of(request: Request) -> tuple[str, FilterWords]:
    """The theme and the limits of an address that ``export_place`` made."""
    return request.query_params.get("theme", ""), words_from(request.query_params)


def file_response(write: Callable[[Path], None], name: str, kind: str) -> Response:
    """A file to save.

    Args:
        write: writes it to the path that it is given.
        name: of the file without its extension; see ``ui.export_names``.
        kind: its extension.
    """
    with tempfile.TemporaryDirectory(prefix="shirube-export-") as folder:
        path = Path(folder) / f"export.{kind}"
        write(path)
        content = path.read_bytes()
    headers = {
        "content-disposition": disposition("attachment", f"{name}.{kind}", f".{kind}"),
        "cache-control": "no-store",
    }
    return Response(content, media_type=_MEDIA[kind], headers=headers)


def refused(message: str) -> Response:
    """Why there is no file; the page shows it as it is."""
    return PlainTextResponse(message, status_code=422, headers={"cache-control": "no-store"})
