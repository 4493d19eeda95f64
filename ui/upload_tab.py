"""The 資料 tab in Gradio: the components, and which of them tells which function."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder

from corpus.document import content_hash
from ingest.limits import MEGABYTE, IngestLimits
from ui.library import municipality_table
from ui.upload_desk import UploadDesk, UploadRoom
from ui.upload_view import drop_html, lists_html
from ui.visitors import Visitors

SCRIPT = (Path(__file__).parent / "upload.js").read_text(encoding="utf-8")
_SECONDS = 1.0


def build_upload_tab(
    blocks: gr.Blocks, library: Path, limits: IngestLimits, visitors: Visitors
) -> UploadRoom:
    """Put the tab's content here; gives the room whose jobs have been started."""
    table = municipality_table()
    room = UploadRoom(library, table, Path(get_upload_folder()))
    look: dict[str, Any] = {"apply_default_css": False, "js_on_load": SCRIPT}
    drop = gr.HTML(drop_html(limits.file_bytes // MEGABYTE), elem_id="upload-drop", **look)
    asking = gr.HTML("", elem_id="upload-asking", **look)
    running = gr.HTML("", elem_id="upload-running", **look)
    documents = gr.HTML("", elem_id="upload-documents", **look)
    gr.HTML(lists_html(table), apply_default_css=False, js_on_load=None)
    timer = gr.Timer(_SECONDS)
    # What the browser has, in short; a gr.State would keep a connection open for as long as the page is.
    shown = gr.Textbox("", visible=False)

    def seen(request: gr.Request, last: str) -> list[Any]:
        """The parts that are not as the browser has them, and whether to look again soon."""
        desk = UploadDesk(room, visitors.viewer(request))
        parts = (desk.asking(), desk.running(), desk.documents())
        now = _marks(parts)
        was = last.split() if last else [""] * len(parts)
        drawn = [gr.skip() if mark in was else part for part, mark in zip(parts, now, strict=True)]
        return [*drawn, " ".join(now), gr.Timer(active=desk.is_live())]

    def acted(request: gr.Request, event: gr.EventData, last: str) -> list[Any]:
        desk = UploadDesk(room, visitors.viewer(request))
        sent = event._data
        deed = desk.act(sent)
        if deed is not None:
            act, told = deed
            for what in told:
                visitors.note(request, act, what=what)
        if isinstance(sent, dict) and sent.get("act") == "edit":
            # What was typed stands in the browser already; drawing it anew would take the cursor away.
            return [gr.skip()] * 3 + [" ".join([*_marks([desk.asking()]), *last.split()[1:]]), gr.skip()]
        return seen(request, last)

    outputs = [asking, running, documents, shown, timer]
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    gr.on(
        [part.submit for part in (drop, asking, running, documents)],
        acted,
        shown,
        outputs,
        # One after another: leaving a field and pressing a button are two events at once.
        trigger_mode="multiple",
        concurrency_id="upload",
        concurrency_limit=1,
        **quiet,
    )
    looks: dict[str, Any] = {"concurrency_id": "upload-looks", "concurrency_limit": 4, **quiet}
    timer.tick(seen, shown, outputs, **looks)
    blocks.load(seen, shown, outputs, **looks)
    room.start()
    return room


def _marks(parts: Sequence[str]) -> list[str]:
    """A short mark of each part by its place and content."""
    return [f"{at}{content_hash(part.encode())[:16]}" for at, part in enumerate(parts)]
