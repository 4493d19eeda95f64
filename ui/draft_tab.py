"""The 起案支援 tab in Gradio: the components, and which of them tells which function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from ui.audit import Act
from ui.draft_forms import ALL_SECTIONS, FIRST_FORM, FORMS, FormSection, headings_of, section_of
from ui.draft_page import TAB, Asked, Draft, DraftPage, Pick, draft_start
from ui.draft_view import checked_html
from ui.own_form import LONGEST_LABEL, MOST_FIELDS
from ui.result_view import searching_html
from ui.theme_tab import (
    QUIET,
    FoundRow,
    TabPart,
    ThemeBox,
    html_part,
    limit_words,
    open_sources,
    sent_text,
    theme_box,
    viewer_part,
)
from ui.visitors import Visitors

DRAFT_SCRIPT = (Path(__file__).parent / "draft.js").read_text(encoding="utf-8")
LOOKING = "先例を探しています…"
LONGEST_DRAFT = 60_000
OWN_FORM = (
    '<div class="own-form"><label class="btn">自分の様式を使う（空の様式の Excel か Word）'
    '<input type="file" id="own-form-file" accept=".xlsx,.xlsm,.docx"></label><p class="hint" role="status">'
    "見出しの右か下に空欄のある表を読み取り、欄ごとに先例を示します。ファイルはライブラリに残しません。</p></div>"
)
Drafting = Callable[[gr.Request], DraftPage]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limits:
    """What the precedents are for."""

    form: gr.Dropdown
    heading: gr.Dropdown
    same_form: gr.Checkbox
    own_town: gr.Dropdown
    own_form: gr.JSON
    form_part: gr.HTML


@dataclass(frozen=True, slots=True, kw_only=True)
class _Editor:
    """The draft: its text, the places of its sources, and what is to be looked at in it."""

    text: gr.Textbox
    sources: gr.JSON
    checked: gr.HTML


def build_draft_tab(visitors: Visitors) -> tuple[TabPart, gr.Dropdown]:
    """Put the tab's content here; gives the choice of the writer's own town too, still empty."""

    def drafting(request: gr.Request) -> DraftPage:
        return DraftPage(visitors.engine(request))

    asks = theme_box("draft", "先例を探す", "例: 多文化共生")
    limits = _limits()
    with gr.Row(elem_classes="found"):
        with gr.Column():
            result = html_part("draft-result", draft_start(), DRAFT_SCRIPT)
            editor = _editor()
        viewer = viewer_part("draft")
    open_sources("draft", [result, editor.checked], viewer, visitors)
    _connect_precedents(visitors, drafting, asks, limits, FoundRow(result=result, viewer=viewer))
    _connect_draft(drafting, asks.theme, limits, editor, result)
    part = TabPart(
        tab=TAB,
        theme=asks.theme,
        limits=asks.limits,
        result=result,
        show=lambda request, theme, words, extras: drafting(request).precedents(
            Asked(
                theme=theme,
                form=extras.get("form") or FIRST_FORM,
                heading=extras.get("heading") or ALL_SECTIONS,
                words=words,
            )
        ),
        extras={"form": limits.form, "heading": limits.heading},
        offered=offered,
    )
    return part, limits.own_town


def offered(name: str, extras: Mapping[str, str]) -> Sequence[str]:
    """What a link may set a component of the tab to; see ``ui.theme_tab.TabPart``."""
    return list(FORMS) if name == "form" else headings_of(extras.get("form") or FIRST_FORM)


def _limits() -> _Limits:
    with gr.Row(elem_classes="limits-row"):
        form = gr.Dropdown(choices=list(FORMS), value=FIRST_FORM, label="様式", elem_id="draft-form")
        heading = gr.Dropdown(
            choices=headings_of(FIRST_FORM), value=ALL_SECTIONS, label="欄", elem_id="draft-heading"
        )
        own_town = gr.Dropdown(
            choices=[],
            value=None,
            allow_custom_value=True,
            label="起案する自治体（名前を入力）",
            elem_id="draft-own",
        )
    with gr.Row(elem_classes="limits-row"):
        gr.Textbox("", label="部署（様式に書く名前）", max_lines=1, max_length=60, elem_id="draft-department")
        gr.Textbox("", label="年度（例: 令和9年度）", max_lines=1, max_length=20, elem_id="draft-year")
    form_part = html_part("draft-own-form", OWN_FORM, DRAFT_SCRIPT)
    same_form = gr.Checkbox(value=False, label="選んだ様式の資料だけから探す", elem_id="draft-same")
    return _Limits(
        form=form,
        heading=heading,
        same_form=same_form,
        own_town=own_town,
        own_form=gr.JSON([], visible=False),
        form_part=form_part,
    )


def _editor() -> _Editor:
    text = gr.Textbox(
        "",
        label="下書き（自由に編集できます。[1] などの番号は、保存すると脚注になります）",
        lines=12,
        max_lines=30,
        max_length=LONGEST_DRAFT,
        elem_id="draft-text",
    )
    checked = html_part("draft-checked", checked_html("", (), [], [], ""), DRAFT_SCRIPT)
    return _Editor(text=text, sources=gr.JSON([], visible=False), checked=checked)


def _connect_precedents(
    visitors: Visitors, drafting: Drafting, asks: ThemeBox, limits: _Limits, found: FoundRow
) -> None:
    theme, shown = asks.theme, [found.result, found.viewer]

    def asked(theme: str, form: str, heading: str, same_form: bool, own: Any, *given: Any) -> Asked:
        return Asked(
            theme=theme,
            form=form,
            heading=heading,
            words=limit_words(given),
            same_form=bool(same_form),
            own=sections_of(own),
        )

    def look(request: gr.Request, *values: Any) -> Iterator[tuple[str, str]]:
        visitors.note(request, Act.SEARCH, query=str(values[0]))
        yield searching_html(LOOKING), ""
        yield drafting(request).precedents(asked(*values)), ""

    def pressed(request: gr.Request, event: gr.EventData, *values: Any) -> Iterator[list[Any]]:
        typed = sent_text(event, "value")
        visitors.note(request, Act.SEARCH, query=typed)
        yield [typed, searching_html(LOOKING), ""]
        yield [typed, drafting(request).precedents(asked(typed, *values)), ""]

    def formed(form: str, own: Any) -> gr.Dropdown:
        return gr.Dropdown(choices=headings_of(form, sections_of(own)), value=ALL_SECTIONS)

    def read(event: gr.EventData) -> list[Any]:
        name, own = sent_text(event, "name")[:80], list(headings_sent(event._data))
        return [
            own,
            gr.Dropdown(choices=[*FORMS, name], value=name),
            gr.Dropdown(choices=headings_of(name, sections_of(own)), value=ALL_SECTIONS),
        ]

    limits.form_part.edit(read, None, [limits.own_form, limits.form, limits.heading], **QUIET)
    rest = [limits.form, limits.heading, limits.same_form, limits.own_form, *asks.limits]
    limits.form.input(formed, [limits.form, limits.own_form], limits.heading, **QUIET)
    again = [theme.submit, asks.go.click, limits.heading.input, limits.same_form.input]
    again += [one.input for one in asks.limits]
    gr.on(again, look, [theme, *rest], shown, concurrency_id="search", **QUIET)
    limits.form.input(look, [theme, *rest], shown, concurrency_id="search", **QUIET)
    found.result.submit(pressed, rest, [theme, *shown], concurrency_id="search", **QUIET)


def _connect_draft(
    drafting: Drafting, theme: gr.Textbox, limits: _Limits, editor: _Editor, result: gr.HTML
) -> None:
    def taken(
        request: gr.Request,
        event: gr.EventData,
        theme: str,
        form: str,
        text: str,
        sources: list[str] | None,
        own: str | None,
    ) -> tuple[str, list[str], str]:
        title = f"{theme.strip()} {form}（案）"
        draft = drafting(request).take(_draft(text, sources), picks_of(event._data), title)
        return draft.text, list(draft.sources), drafting(request).check(draft, own or "")

    def check(request: gr.Request, text: str, sources: list[str] | None, own: str | None) -> str:
        return drafting(request).check(_draft(text, sources), own or "")

    held = [editor.text, editor.sources, limits.own_town]
    result.edit(
        taken,
        [theme, limits.form, *held],
        [editor.text, editor.sources, editor.checked],
        concurrency_id="draft",
        **QUIET,
    )
    gr.on(
        # Not its ``input``: Gradio leaves that out for the first key after the text was set from here.
        [editor.text.change, limits.own_town.change],
        check,
        held,
        editor.checked,
        trigger_mode="always_last",
        concurrency_id="draft",
        **QUIET,
    )


def headings_sent(sent: Any) -> Iterator[str]:
    """The headings of a form that was read from a file, as the browser sent them."""
    headings = sent.get("headings") if isinstance(sent, dict) else None
    for one in headings[:MOST_FIELDS] if isinstance(headings, list) else ():
        if isinstance(one, str) and one.strip():
            yield one[:LONGEST_LABEL]


def sections_of(own: Any) -> tuple[FormSection, ...]:
    """The parts of a form by their headings; what each tells is read from its heading."""
    headings = [one for one in own if isinstance(one, str)] if isinstance(own, list) else []
    return tuple(section_of(one) for one in headings)


def _draft(text: str, sources: list[str] | None) -> Draft:
    return Draft(text=text or "", sources=tuple(sources or ()))


def picks_of(sent: Any) -> list[Pick]:
    """The places and headings that the browser sent; what is not text is left out."""
    picks = sent.get("picks", []) if isinstance(sent, dict) else []
    pairs = (
        [one for one in picks if isinstance(one, list) and len(one) == 2] if isinstance(picks, list) else []
    )
    return [
        (place, heading[:40])
        for place, heading in pairs
        if isinstance(place, str) and isinstance(heading, str)
    ]
