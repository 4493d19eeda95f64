"""All that a person can be shown of a library, by the path on which it is shown, as text."""

from __future__ import annotations

import io
import json
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.testclient import TestClient

from corpus.errors import InputError
from qa.engines import Engines
from qa.filter_words import FilterWords
from qa.hierarchy import hierarchy_of
from qa.indicators import list_indicators
from qa.sheets import list_sheets
from tests.ui.every_link import links
from tests.ui.make_access import TOWNS, Made
from tests.ui.seen import seen_by
from tests.ui.test_own_form import FORM, word, workbook
from ui import (
    compare_form,
    hierarchy_form,
    indicator_form,
    json_form,
    precedents_form,
    sheet_form,
    track_form,
)
from ui.audit import AuditLog
from ui.basket_routes import basket_routes
from ui.basket_store import BasketStore
from ui.compare_page import ComparePage
from ui.draft_page import Asked, Draft, DraftPage
from ui.draft_routes import draft_routes
from ui.export_routes import export_routes
from ui.hierarchy_tab import HierarchyPage
from ui.indicator_page import IndicatorPage, IndicatorsAsked
from ui.original_routes import original_routes
from ui.peers_routes import peers_routes
from ui.search_page import SearchPage
from ui.track_page import TrackPage
from ui.upload_desk import UploadDesk, UploadRoom
from ui.viewer import Viewer

Shown = Iterator[tuple[str, str]]
_TEXT = "様式（案）\n\n■ 現状と課題\n・案[1]\n"
DRAFTS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("plain", "docx", {"text": "案[1]"}),
    ("laid out", "docx", {"text": _TEXT, "form": "方針書", "layout": "form"}),
    ("workbook", "xlsx", {"text": _TEXT, "form": "方針書"}),
    *(
        (f"own {kind}", kind, {"text": _TEXT, "file": f"様式.{kind}", "data": b64encode(made).decode()})
        for kind, made in (("xlsx", workbook(FORM)), ("docx", word(FORM)))
    ),
)
"""By name, the format and what is sent of a draft."""


def shown(
    engines: Engines, viewer: Viewer, query: str, every: Sequence[Made], folder: Path
) -> dict[str, str]:
    """What a person is shown who asks for a query, and by its id for each document, theirs or not.

    Args:
        engines: of the library.
        viewer: the person.
        query: what they type.
        every: documents whose ids, passages and originals are asked for.
        folder: the library's; its name is left out of what is given.
    """
    parts = [_programs, _pages, _routes]
    found = dict(pair for part in parts for pair in part(engines, viewer, query, every))
    found.update(links(engines, viewer, query))
    return {path: text.replace(str(folder), "FOLDER") for path, text in found.items()}


def _told(make: Callable[[], Any]) -> str:
    """As JSON, or the message of the error that a person is told."""
    try:
        return json.dumps(make(), ensure_ascii=False, sort_keys=True, default=str)
    except InputError as exc:
        return f"{type(exc).__name__}: {exc}"


def _programs(engines: Engines, viewer: Viewer, query: str, every: Sequence[Made]) -> Shown:
    engine = engines.of(viewer.audience)
    store = engine.store
    words = FilterWords(departments=(every[0].department,), sections=(f"取組方針{every[-1].mark}",))
    yield "search", _told(lambda: json_form.search_json(engine.search(query), 50))
    yield "search limited", _told(lambda: json_form.search_json(engine.search(query, words), 50))
    yield "ask", _told(lambda: json_form.ask_json(engine.ask(query), 50))
    yield "compare", _told(lambda: compare_form.compare_json(engine.compare(query)))
    yield "track", _told(lambda: track_form.track_json(engine.track(query)))
    yield "precedents", _told(lambda: precedents_form.precedents_json(engine.precedents(query)))
    yield (
        "indicators",
        _told(
            lambda: indicator_form.indicators_json(
                list_indicators(
                    *(store, engine.facets, engine.table, engine.analyzer, query),
                    expander=engine.expander,
                    today=engine.today,
                )
            )
        ),
    )
    yield (
        "sheets",
        _told(lambda: sheet_form.sheets_json(list_sheets(store, engine.facets, engine.table, FilterWords()))),
    )
    yield (
        "hierarchy",
        _told(lambda: hierarchy_form.hierarchy_json(hierarchy_of(store, engine.facets, engine.table))),
    )
    yield "documents", _told(lambda: [json_form.document_json(one, store) for one in store.documents()])
    yield "facets", _told(lambda: repr(engine.facets))
    yield "unread", _told(store.unread_files)
    yield "glossary", _told(lambda: [repr(one) for one in store.glossary()])
    yield "rows", _told(lambda: [repr(one) for _, one in store.passages()])
    yield "wordings", _told(lambda: [repr(one) for _, one in store.wordings()])
    yield "departments", _told(store.record_departments)


def _pages(engines: Engines, viewer: Viewer, query: str, every: Sequence[Made]) -> Shown:
    engine = engines.of(viewer.audience)
    page, drafts = SearchPage(engine), DraftPage(engine)
    yield "page start", page.start()
    yield "page search", page.search(query, FilterWords())
    yield "page choices", repr(page.choices())
    yield "page compare", ComparePage(engine).compare(query, FilterWords())
    yield "page measures", repr(ComparePage(engine).measures(FilterWords()))
    yield "page track", TrackPage(engine).track(query, FilterWords())
    yield "page hierarchy", HierarchyPage(engine).tree(FilterWords())
    for text in ("", query):
        html, units = IndicatorPage(engine).show(IndicatorsAsked(text=text))
        yield f"page indicators {'named' if text else 'all'}", f"{html} {units}"
    form = "方針書"
    yield "page precedents", drafts.precedents(Asked(theme=query, form=form, heading="すべて"))
    for one in every:
        passage = f"{one.document.document_id}/0002"
        yield f"source {one.mark}", page.source(passage)
        draft = Draft(text="下書き[1]", sources=(_place(one),))
        yield f"draft {one.mark}", drafts.check(draft, "")
    room = UploadRoom(engines.library, engine.table, engines.library)
    yield "page documents", UploadDesk(room, viewer).documents()


def _routes(engines: Engines, viewer: Viewer, query: str, every: Sequence[Made]) -> Shown:
    audit = AuditLog(engines.library)
    routes = [
        *original_routes(engines, audit),
        *export_routes(engines, audit),
        *draft_routes(engines, audit),
        *basket_routes(engines),
        *peers_routes(engines),
    ]
    client = TestClient(seen_by(viewer, Starlette(routes=routes)))
    for name in ("compare", "indicators"):
        for kind in ("csv", "xlsx"):
            sent = client.get(f"/export/{name}.{kind}", params={"theme": query})
            yield f"export {name} {kind}", f"{sent.status_code} {_unpacked(sent.content)}"
    yield from _baskets(engines, viewer, client, every)
    for one in every:
        name = one.document.document_id
        for place in (f"/original/{name}", f"/view/{name}/page/1.png"):
            sent = client.get(place)
            yield (
                f"{place.split('/')[1]} {one.mark}",
                f"{sent.status_code} {sent.headers.get('etag')} {sent.text}",
            )
        for way, kind, draft in DRAFTS:
            drafted = client.post(f"/export/draft.{kind}", json={**draft, "sources": [_place(one)]})
            yield f"export draft {way} {one.mark}", f"{drafted.status_code} {_unpacked(drafted.content)}"
    for name, data in (("様式.xlsx", workbook(FORM)), ("様式.docx", word(FORM))):
        read = client.post("/form/read", params={"name": name}, content=data)
        yield f"form read {name}", f"{read.status_code} {read.text}"
    table = "自治体,人口\n" + "".join(f"{town},{10_000 + len(town)}\n" for town in TOWNS.values())
    for town in sorted({one.town for one in every}):
        near = client.post(
            "/peers/near", params={"town": TOWNS[town], "within": "100"}, content=table.encode()
        )
        yield f"peers near {town}", f"{near.status_code} {near.text}"


def _baskets(engines: Engines, viewer: Viewer, client: TestClient, every: Sequence[Made]) -> Shown:
    """A basket of the person's own with every document, as if they had once been allowed to see them all."""
    store, basket_id = BasketStore(engines.library), ""
    for one in every:
        basket_id = store.add(basket_id, _place(one), viewer).basket_id
    store.remove(basket_id, _place(every[-1]), viewer)
    seen = client.post("/basket/see", json={"basket": basket_id})
    yield "basket", f"{seen.status_code} {seen.text}".replace(basket_id, "BASKET")
    for kind in ("csv", "xlsx", "docx"):
        sent = client.get(f"/export/basket.{kind}", params={"basket": basket_id})
        yield f"export basket {kind}", f"{sent.status_code} {_unpacked(sent.content)}"


def _place(made: Made) -> str:
    """Where a document's second passage stands, as a button of the page carries it."""
    passage = made.record.passages[1]
    return f"{passage.passage_id}|{passage.segments[0].start}|{passage.segments[0].end}"


def _unpacked(data: bytes) -> str:
    """A file's bytes as text; of a workbook or document what is in it, without the time of its making."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = sorted(name for name in archive.namelist() if not name.startswith("docProps/"))
        return "\n".join(f"{name} {archive.read(name).decode('utf-8', 'replace')}" for name in names)
