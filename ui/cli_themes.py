"""The commands that take a theme: compare municipalities, follow years, find wordings, show the tree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui import console
from ui.cli_options import (
    AsTyped,
    Departments,
    Json,
    Kinds,
    Prefectures,
    Sections,
    Towns,
    Years,
    filter_words,
    library_folder,
)

if TYPE_CHECKING:
    from qa.filter_words import FilterWords

PEERS = "近い規模の自治体"

Theme = Annotated[str, typer.Argument(help="テーマ（多文化共生、公共施設 など）")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(help="テーマについて、自治体の課題・方針・取組・成果・指標を表に並べます。")(compare)
    app.command(help="テーマの取組や指標を、年度を追って示します（△の取組 のような指定もできます）。")(track)
    app.command(help="テーマの先例を、書きぶりごとに出典を付けて示します。")(precedents)
    app.command(help="計画・施策・取組・指標のつながりを、数とともに示します。")(hierarchy)


def compare(
    theme: Theme,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Excel ファイルに書きます。")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="CSV ファイルに書きます。")] = None,
    peers: Annotated[
        Path | None,
        typer.Option("--peers", help="自治体と人口の表（CSV）", rich_help_panel=PEERS),
    ] = None,
    near: Annotated[
        str | None, typer.Option("--near", help="もとにする自治体", rich_help_panel=PEERS)
    ] = None,
    within: Annotated[
        float, typer.Option("--within", help="人口の差の割合（0.3 は3割）", rich_help_panel=PEERS)
    ] = 0.3,
    municipality: Towns = None,
    prefecture: Prefectures = None,
    fiscal_year: Years = None,
    department: Departments = None,
    kind: Kinds = None,
    section: Sections = None,
    as_typed: AsTyped = False,
    as_json: Json = False,
) -> None:
    """Put municipalities side by side."""
    from ui import compare_form
    from ui.library import open_engine

    words = filter_words(municipality, prefecture, fiscal_year, department, kind, section, widen=not as_typed)
    engine = open_engine(library_folder())
    if peers is not None or near is not None:
        words = _near(words, peers, near, within, tuple(engine.facets.municipalities))
    found = engine.compare(theme, words)
    if xlsx is not None or csv is not None:
        from ui import export_table

        if xlsx is not None:
            export_table.write_xlsx(found, xlsx)
        if csv is not None:
            export_table.write_csv(found, csv)
    if as_json:
        console.say_json(compare_form.compare_json(found))
    else:
        console.say(compare_form.compare_text(found))
    for path in (xlsx, csv):
        if path is not None:
            console.warn(f"書き込みました: {path}")


def track(
    theme: Theme,
    municipality: Towns = None,
    prefecture: Prefectures = None,
    fiscal_year: Years = None,
    department: Departments = None,
    kind: Kinds = None,
    section: Sections = None,
    as_typed: AsTyped = False,
    as_json: Json = False,
) -> None:
    """Follow measures over fiscal years."""
    from ui import track_form
    from ui.library import open_engine

    words = filter_words(municipality, prefecture, fiscal_year, department, kind, section, widen=not as_typed)
    found = open_engine(library_folder()).track(theme, words)
    if as_json:
        console.say_json(track_form.track_json(found))
    else:
        console.say(track_form.track_text(found))


def precedents(
    theme: Theme,
    docx: Annotated[
        Path | None, typer.Option("--docx", help="Word ファイルに、脚注の出典を付けて書きます。")
    ] = None,
    municipality: Towns = None,
    prefecture: Prefectures = None,
    fiscal_year: Years = None,
    department: Departments = None,
    kind: Kinds = None,
    section: Sections = None,
    as_typed: AsTyped = False,
    as_json: Json = False,
) -> None:
    """Show wordings to draft from."""
    from ui import precedents_form
    from ui.library import open_engine

    words = filter_words(municipality, prefecture, fiscal_year, department, kind, section, widen=not as_typed)
    found = open_engine(library_folder()).precedents(theme, words)
    if docx is not None:
        from ui import export_word

        export_word.write_docx(found, docx)
    if as_json:
        console.say_json(precedents_form.precedents_json(found))
    else:
        console.say(precedents_form.precedents_text(found))
    if docx is not None:
        console.warn(f"書き込みました: {docx}")


def hierarchy(
    municipality: Towns = None,
    prefecture: Prefectures = None,
    fiscal_year: Years = None,
    department: Departments = None,
    kind: Kinds = None,
    section: Sections = None,
    as_json: Json = False,
) -> None:
    """Show plans with their measures, sheets and indicators."""
    from qa.hierarchy import hierarchy_of
    from ui import hierarchy_form, library

    words = filter_words(municipality, prefecture, fiscal_year, department, kind, section)
    engine = library.open_engine(library_folder())
    found = hierarchy_of(engine.store, engine.facets, engine.table, words)
    if as_json:
        console.say_json(hierarchy_form.hierarchy_json(found))
    else:
        console.say(hierarchy_form.hierarchy_text(found))


def _near(
    words: FilterWords, peers: Path | None, near: str | None, within: float, held: tuple[str, ...]
) -> FilterWords:
    """The filters with the library's towns of like size."""
    from corpus.errors import InputError
    from ui.peers_file import peers_near

    if peers is None or near is None:
        raise InputError(
            "近い規模の自治体を選ぶには、--peers（人口の表）と --near（もとにする自治体）の"
            "両方を指定してください。"
        )
    codes = [one.code for one in peers_near(peers, near, within) if one.code in held]
    if not codes:
        raise InputError(
            f"{near}と人口の近い自治体の資料が、このライブラリにありません。--within を大きくしてください。"
        )
    return replace(words, municipalities=tuple(codes))
