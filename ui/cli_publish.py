"""The command that makes a library's present state available to other machines."""

from __future__ import annotations

import os

import typer

from ui import console
from ui.cli_options import library_folder


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(help="ライブラリの索引を Milvus（SHIRUBE_MILVUS_URI）に入れ、切り替えます。")(publish)


def publish() -> None:
    """Load the index into Milvus and turn the alias to it."""
    from ui import ingest_report
    from ui.milvus_library import URI, milvus_address, publish_to_milvus
    from ui.settings import SettingError

    address = milvus_address(os.environ)
    if address is None:
        raise SettingError(
            f"公開する先がありません。{URI} に Milvus のアドレスを設定してください"
            "（http://127.0.0.1:19530 など）。"
        )
    with ingest_report.progress() as told:
        name = publish_to_milvus(
            library_folder(), address, lambda done, total: told("Milvus へ", done, total)
        )
    console.say(f"{address.uri} に {name} を入れ、{address.name} を切り替えました。")
