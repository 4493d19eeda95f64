"""The command that makes a library's present state available to other machines."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ui import console
from ui.cli_options import library_folder


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        short_help="ライブラリの今の状態を、ほかのサーバーのために公開します。",
        help="ライブラリの今の状態を、ほかのサーバーが読むフォルダーか、"
        "Milvus（SHIRUBE_MILVUS_URI）に公開し、切り替えます。",
    )(publish)


def warn_of_published(library: Path) -> None:
    """Tell of what is still published although the library does not open it to all any more."""
    from ui.published_places import still_shown

    for one in still_shown(library):
        console.warn(one.line)


def publish(
    folder: Annotated[
        Path | None,
        typer.Argument(help="公開先のフォルダー。指定がなければ Milvus に入れます。", show_default=False),
    ] = None,
) -> None:
    """Publish into a folder, or load the index into Milvus."""
    if folder is not None:
        from ui.published_folder import publish_to_folder

        done = publish_to_folder(library_folder(), folder)
        console.say(
            f"{done.passages:,}か所を公開しました。サーバーには --data {done.library} を指定してください。"
        )
        if done.left_out:
            console.warn(f"公開でない資料{done.left_out:,}件は、公開したものに入れていません。")
        if done.is_withdrawn:
            console.warn(
                "前の版には公開できない資料があったため、すぐに消しました。"
                "サーバーは、次の質問から新しい版で答えます。"
            )
        return
    from ui import ingest_report
    from ui.milvus_library import URI, milvus_address, publish_to_milvus
    from ui.settings import SettingError

    address = milvus_address(os.environ)
    if address is None:
        raise SettingError(
            f"公開する先がありません。フォルダーを指定するか、{URI} に Milvus のアドレス"
            "（http://127.0.0.1:19530 など）を設定してください。"
        )
    with ingest_report.progress() as told:
        name = publish_to_milvus(
            library_folder(), address, lambda done, total: told("Milvus へ", done, total)
        )
    console.say(f"{address.uri} に {name} を入れ、{address.name} を切り替えました。")
