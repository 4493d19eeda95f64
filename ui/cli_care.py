"""The commands that care for a library: verify it, back it up, put a backup back, look over the machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui import console
from ui.cli_options import Json, library_folder


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(help="ライブラリのすべてを読み直し、原文・索引・原本が取り込んだときのままかを確かめます。")(
        verify
    )
    app.command(help="ライブラリの控えを、1つのファイルに取ります（画面を開いたままでも取れます）。")(backup)
    app.command(help="控えのファイルから、ライブラリを戻します。")(restore)
    app.command(help="このパソコンで使えるかどうかを調べ、足りないものと直し方を示します。")(doctor)


def verify(as_json: Json = False) -> None:
    """Verify every hash, place and passage; exit 1 where one does not hold."""
    from ui import care_form, care_verify, ingest_report

    with ingest_report.progress() as told:
        found = care_verify.verify_all(library_folder(), told)
    if as_json:
        console.say_json(care_form.verification_json(library_folder(), found))
    else:
        console.say(care_form.verification_text(library_folder(), found))
    if not found.holds:
        raise typer.Exit(1)


def backup(
    file: Annotated[Path, typer.Argument(help="書き込む先（控え.zip など）")],
    force: Annotated[bool, typer.Option("--force", help="同じ名前のファイルを置き換えます。")] = False,
    as_json: Json = False,
) -> None:
    """Write the library into one file."""
    from ui import care_backup, care_form, ingest_report

    with ingest_report.progress() as told:
        done = care_backup.back_up(library_folder(), file, is_forced=force, told=told)
    if as_json:
        console.say_json(care_form.backup_json(done))
    else:
        console.say(care_form.backup_text(done))


def restore(
    file: Annotated[Path, typer.Argument(help="「shirube backup」の作った控え")],
    replace: Annotated[
        bool,
        typer.Option("--replace", help="今のライブラリと入れ替えます。今のものは名前を変えて残します。"),
    ] = False,
    as_json: Json = False,
) -> None:
    """Make the library what a backup holds."""
    from datetime import datetime

    from ui import care_form, care_restore, ingest_report

    now = datetime.now().astimezone()
    with ingest_report.progress() as told:
        done = care_restore.restore(file, library_folder(), may_replace=replace, now=now, told=told)
    if as_json:
        console.say_json(care_form.restore_json(done))
    else:
        console.say(care_form.restore_text(done))


def doctor(
    port: Annotated[int, typer.Option(help="画面に使うポート番号", min=1, max=65535)] = 7860,
    as_json: Json = False,
) -> None:
    """Look over the installation; exit 1 where something necessary is missing."""
    from ui import doctor as looking
    from ui import doctor_form

    found = looking.checks(library_folder(), port)
    if as_json:
        console.say_json(doctor_form.doctor_json(found))
    else:
        console.say(doctor_form.doctor_text(found))
    if doctor_form.is_faulty(found):
        raise typer.Exit(1)
