"""The command line ``shirube``: each command reads its options, calls the library, says what came of it."""

from __future__ import annotations

import logging
import sqlite3
import sys
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import ShirubeError
from corpus.sqlite_denied import denied, is_denied
from ui import cli_access, cli_care, cli_cluster, cli_publish, cli_themes, console, usage
from ui.cli_options import (
    AsTyped,
    Departments,
    Json,
    Kinds,
    Prefectures,
    Roles,
    Sections,
    Settings,
    Towns,
    Without,
    Years,
    filter_words,
    library_folder,
)

app = typer.Typer(
    name="shirube",
    help="自治体の計画文書を探し、出典を付けて答えます。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def settings(
    data: Annotated[
        Path | None,
        typer.Option("--data", help="ライブラリのフォルダー（指定がなければ SHIRUBE_DATA か既定の場所）"),
    ] = None,
) -> None:
    """Keep the options that every command shares."""
    Settings.data = data


@app.command(help="資料を取り込みます。フォルダーの中の manifest.csv は自動で読みます。")
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="ファイルかフォルダー", show_default=False)],
    manifest: Annotated[Path | None, typer.Option(help="資料と別の場所にある目録")] = None,
    municipality: Annotated[str | None, typer.Option(help="自治体の名前かコード")] = None,
    fiscal_year: Annotated[str | None, typer.Option(help="文書の年度（令和6年度）")] = None,
    kind: Annotated[str | None, typer.Option(help="文書の種別（方針書 など）")] = None,
    model: Annotated[
        str | None,
        typer.Option(help="埋め込みモデル（built-in か、sentence-transformers の名前・フォルダー）"),
    ] = None,
    access: Annotated[
        str | None, typer.Option(help="公開範囲（公開、庁内、またはグループの名前。指定がなければ公開）")
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            help="Dask のスケジューラー（tcp://ホスト:8786）。読み取りと索引づくりをワーカーに任せます。"
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Take documents in; exit 1 if any file was refused."""
    from corpus.fiscal_year import parse_fiscal_year
    from ingest.identify import GivenFacts
    from ui import ingest_report, intake, library
    from ui.accounts import Accounts
    from ui.audit import Act
    from ui.cli_notes import note_documents

    table = library.municipality_table()
    given = GivenFacts(
        municipality=table.resolve(municipality) if municipality else None,
        fiscal_year=parse_fiscal_year(fiscal_year) if fiscal_year else None,
        document_kind=kind or "",
    )
    opened = Accounts(library_folder()).known_access(access) if access else None
    with cli_cluster.connected(scheduler) as cluster, ingest_report.progress() as told:
        result = intake.ingest(
            library_folder(),
            paths,
            given,
            manifest=manifest,
            model=model,
            access=opened,
            told=told,
            cluster=cluster,
        )
    note_documents(Act.ADD, ingest_report.taken_in(result))
    if as_json:
        console.say_json(ingest_report.as_json(result))
    else:
        for line in ingest_report.lines(result):
            console.say(line)
    cli_publish.warn_of_published(library_folder())
    if ingest_report.refused(result):
        raise typer.Exit(1)


@app.command(help="言葉に合う箇所を、近い順に示します。")
def search(
    query: Annotated[str, typer.Argument(help="探す言葉。「」で囲むと、そのままの形で探します。")],
    limit: Annotated[int, typer.Option("-k", help="示す数", min=1, max=100)] = 10,
    municipality: Towns = None,
    prefecture: Prefectures = None,
    fiscal_year: Years = None,
    department: Departments = None,
    kind: Kinds = None,
    section: Sections = None,
    as_typed: AsTyped = False,
    without_expansion: Without = None,
    as_json: Json = False,
) -> None:
    """Show passages, best first."""
    from ui import json_form, text_form
    from ui.library import open_engine

    words = filter_words(
        *(municipality, prefecture, fiscal_year, department, kind, section),
        widen=not as_typed,
        without=without_expansion,
    )
    result = open_engine(library_folder()).search(query, words, limit)
    if as_json:
        console.say_json(json_form.search_json(result, limit))
    else:
        console.say(text_form.search_text(result, limit))


@app.command(help="質問に、出典を付けて答えます。")
def ask(
    question: Annotated[str, typer.Argument(help="質問")],
    limit: Annotated[int, typer.Option("-k", help="JSON に含める箇所の数", min=1, max=100)] = 10,
    municipality: Towns = None,
    prefecture: Prefectures = None,
    fiscal_year: Years = None,
    department: Departments = None,
    kind: Kinds = None,
    section: Sections = None,
    as_typed: AsTyped = False,
    without_expansion: Without = None,
    as_json: Json = False,
) -> None:
    """Answer a question with citations, or refuse and say what was searched."""
    from ui import json_form, text_form
    from ui.library import open_engine

    words = filter_words(
        *(municipality, prefecture, fiscal_year, department, kind, section),
        widen=not as_typed,
        without=without_expansion,
    )
    result = open_engine(library_folder()).ask(question, words, limit)
    if as_json:
        console.say_json(json_form.ask_json(result, limit))
    else:
        console.say(text_form.ask_text(result))


@app.command(help="指標の値を、年度・単位・出典とともに一覧にします。")
def indicators(
    query: Annotated[str, typer.Argument(help="指標・施策・シートの言葉", show_default=False)] = "",
    role: Roles = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Excel ファイルに書きます。")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="CSV ファイルに書きます。")] = None,
    municipality: Towns = None,
    prefecture: Prefectures = None,
    fiscal_year: Years = None,
    department: Departments = None,
    kind: Kinds = None,
    section: Sections = None,
    as_json: Json = False,
) -> None:
    """List figures as rows: exact, with their source."""
    from ui import indicator_form, library

    words = filter_words(municipality, prefecture, fiscal_year, department, kind, section)
    engine = library.open_engine(library_folder())
    found = engine.indicators(query, words, tuple(role or ()))
    if xlsx is not None or csv is not None:
        from qa.indicator_series import series_of
        from ui import export_indicators

        series = series_of(found.indicators)
        if xlsx is not None:
            export_indicators.write_indicators_xlsx(series, query, found.searched, xlsx)
        if csv is not None:
            export_indicators.write_indicators_csv(series, csv)
    if as_json:
        console.say_json(indicator_form.indicators_json(found))
    else:
        console.say(indicator_form.indicators_text(found))
    for path in (xlsx, csv):
        if path is not None:
            console.warn(f"書き込みました: {path}")


@app.command(help="シート（個票）を、章節と達成度とともに一覧にします。")
def sheets(
    municipality: Towns = None,
    prefecture: Prefectures = None,
    fiscal_year: Years = None,
    department: Departments = None,
    kind: Kinds = None,
    section: Sections = None,
    as_json: Json = False,
) -> None:
    """List the sheets of the library."""
    from qa.sheets import list_sheets
    from ui import library, sheet_form

    words = filter_words(municipality, prefecture, fiscal_year, department, kind, section)
    engine = library.open_engine(library_folder())
    found = list_sheets(engine.store, engine.facets, engine.table, words)
    if as_json:
        console.say_json(sheet_form.sheets_json(found))
    else:
        console.say(sheet_form.sheets_text(found))


@app.command(help="質問のファイル（1行に1つの JSON）に答え、結果をファイルに書きます。")
def run(
    queries: Annotated[Path, typer.Argument(help="id と query を持つ JSON Lines")],
    out: Annotated[Path, typer.Argument(help="書き込む先")],
) -> None:
    """Answer a file of queries, one JSON object a line."""
    from ui import json_form, query_file
    from ui.library import open_engine

    engine = open_engine(library_folder())
    answered = [
        json_form.run_json(asked.query_id, query_file.answer(engine, asked), query_file.PASSAGES)
        for asked in query_file.read(queries)
    ]
    query_file.write(out, answered)
    console.warn(f"{len(answered)}件の質問に答えました: {out}")


@app.command(help="ライブラリの文書を一覧にします。")
def documents(as_json: Json = False) -> None:
    """List the documents with their counts."""
    from corpus.originals import Originals
    from ui import json_form, text_form
    from ui.library import open_store

    store, originals = open_store(library_folder()), Originals(library_folder())
    held = [
        {
            **json_form.document_json(document, store),
            "original": originals.find(document.sha256) is not None,
        }
        for document in store.documents()
    ]
    if as_json:
        console.say_json({"documents": held})
    else:
        console.say(text_form.documents_text(held))


@app.command(help="文書をライブラリから取り除きます。")
def remove(document_id: Annotated[str, typer.Argument(help="「shirube documents」の示す番号")]) -> None:
    """Remove a document from the store and the index."""
    from ui import intake
    from ui.audit import Act
    from ui.cli_notes import note_documents

    intake.remove(library_folder(), document_id)
    note_documents(Act.REMOVE, [document_id])
    console.say(f"取り除きました: {document_id}")
    cli_publish.warn_of_published(library_folder())


@app.command(help="ライブラリの中身と、索引が使えるかどうかを示します。")
def status(
    coverage: Annotated[
        bool, typer.Option("--coverage", help="資料の文字がすべて読み取られたかを、文書ごとに示します。")
    ] = False,
    as_json: Json = False,
) -> None:
    """Say what the library holds; exit 1 where its index cannot be used."""
    from ui import coverage_form, library, status_form

    folder = library_folder()
    store = library.open_store(folder)
    own = library.own_thesaurus(folder)
    found = status_form.status_json(folder, store, library.index_fault(folder), own)
    if coverage:
        found["coverage"] = coverage_form.coverage_json(coverage_form.accounts(store))
    if as_json:
        console.say_json(found)
    else:
        console.say(status_form.status_text(found))
    if found["index"]["fault"]:
        raise typer.Exit(1)


@app.command(help="ブラウザーで使う画面を開きます。")
def serve(
    host: Annotated[str, typer.Option(help="待ち受けるアドレス")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="ポート番号", min=1, max=65535)] = 7860,
) -> None:
    """Serve the page until interrupted."""
    from corpus.store import Store
    from ui import server
    from ui.library import open_engines

    server.check_accounts(library_folder(), host)
    Store.create(library_folder())  # an empty one is filled at the page
    server.serve(open_engines(library_folder()), host, port)


cli_themes.register(app)
cli_care.register(app)
cli_publish.register(app)
cli_access.register(app)


def main() -> None:
    """The console script: our errors are one line on standard error and exit code 1, wrong use 2."""
    console.prepare()
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s"
    )
    try:
        code = app(standalone_mode=False)
    except usage.UsageError as exc:
        console.warn(usage.tell(exc))
        raise SystemExit(2) from exc
    except typer.Abort as exc:
        console.warn("中止しました。")
        raise SystemExit(1) from exc
    except ShirubeError as exc:
        console.warn(str(exc))
        raise SystemExit(1) from exc
    except OSError as exc:
        console.warn(_refused(exc))
        raise SystemExit(1) from exc
    except sqlite3.DatabaseError as exc:
        if is_denied(exc):
            console.warn(denied(library_folder(), exc))
            raise SystemExit(1) from exc
        console.warn(
            f"ライブラリのファイルを読めません（{exc}）。"
            "「shirube verify」で、壊れた所と直し方を確かめてください。"
        )
        raise SystemExit(1) from exc
    raise SystemExit(code if isinstance(code, int) else 0)


def _refused(exc: OSError) -> str:
    """What the system refused, where nothing nearer to it has told it."""
    place = "" if exc.filename is None else f": {exc.filename}"
    return (
        f"ファイルかフォルダーを使えません{place}（{exc.strerror or exc}）。"
        "場所と、読み書きの権限と、空き容量を確かめて、もう一度お試しください。"
    )


if __name__ == "__main__":
    main()
