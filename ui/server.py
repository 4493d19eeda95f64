"""Serving the page: one process, bound to the given address, silent towards the outside."""

from __future__ import annotations

import errno
import os
import signal
import socket
import threading
from pathlib import Path
from typing import Any

from corpus.errors import AccessError, InputError
from index.joined import drop_abandoned
from index.parts import SCRATCH
from ingest.workers_process import is_running
from qa.engines import Engines
from ui import console

# Before Gradio is imported: it reads these once, and would otherwise call out at start.
# And who forwarded a request is for the gate to judge, not for the web server, which believes any neighbour.
os.environ.update(
    FORWARDED_ALLOW_IPS="",
    GRADIO_ANALYTICS_ENABLED="False",
    HF_HUB_DISABLE_TELEMETRY="1",
    HF_HUB_OFFLINE="1",
    GRADIO_SHARE="False",
)

import gradio as gr
from starlette.middleware import Middleware

from ui.accounts import Accounts
from ui.api import api_routes
from ui.audit import audit_log
from ui.basket_routes import basket_routes
from ui.draft_routes import draft_routes
from ui.export_routes import export_routes
from ui.gate import Gate
from ui.gate_rules import is_loopback
from ui.gate_settings import gate_settings
from ui.heap import keep_for_ever
from ui.intake_limits import limits_from
from ui.mcp import mcp_routes
from ui.original_routes import original_routes
from ui.page import build_page
from ui.page_faults import tell_faults
from ui.page_mark import page_mark
from ui.peers_routes import peers_routes
from ui.shell import JapaneseShell
from ui.track_routes import track_routes

FONTS = ["Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", "Meiryo", "Hiragino Sans", "sans-serif"]
MONO = ["Noto Sans Mono CJK JP", "BIZ UDGothic", "MS Gothic", "monospace"]
CSS = [Path(__file__).parent / name for name in ("style.css", "themes.css")]
ICON = Path(__file__).parent / "favicon.svg"
PAGES_KEPT = 200
"""Of how many open pages Gradio keeps what they show, some 0.6 MB each; a page beyond them works on."""


class AddressError(InputError):
    """The page cannot be served at the address that was asked for."""


def serve(engines: Engines, host: str, port: int) -> None:
    """Serve the page until interrupted.

    Raises:
        AddressError: the port is taken or not allowed, or the host is not this machine's.
    """
    check_accounts(engines.library, host)
    check_address(host, port)
    drop_abandoned(engines.library / SCRATCH, is_running)
    # A server that a script starts in the background is born deaf to interrupts; it has to end all the same.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    app = start(build_app(engines), engines, host, port)
    keep_for_ever()
    console.say(f"画面を開けます: http://{_shown(host)}:{port}/ （終わるときは Ctrl + C を押してください）")
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        console.say("終了しました。")
    finally:
        app.close(verbose=False)


def build_app(engines: Engines) -> gr.Blocks:
    """The application, not yet served."""
    blocks = build_page(engines)
    tell_faults(blocks)
    blocks.queue(api_open=False, max_size=64)
    return blocks


def start(app: gr.Blocks, engines: Engines, host: str, port: int) -> gr.Blocks:
    """Serve an application in the background."""
    app.launch(
        server_name=host,
        server_port=port,
        prevent_thread_lock=True,
        **launch_settings(engines, host, page_mark(app.get_config_file())),
    )
    return app


def launch_settings(engines: Engines, host: str, mark: str) -> dict[str, Any]:
    """How Gradio is launched: closed, quiet, nothing from outside, nothing kept in the browser.

    Pictures and originals have routes of their own before Gradio's: its file cache gives to anybody.
    """
    settings, limits = gate_settings(os.environ), limits_from(os.environ)
    audit = audit_log(engines.library, os.environ)
    gate = Middleware(
        Gate,
        audit=audit,
        accounts=Accounts(engines.library),
        settings=settings,
        largest_file=limits.file_bytes,
        is_local=is_loopback(host),
    )
    return {
        "root_path": settings.root_path,
        "quiet": True,
        "share": False,
        "inbrowser": False,
        "show_error": False,
        "run_history": False,
        "state_session_capacity": PAGES_KEPT,
        "footer_links": [],
        "mcp_server": False,
        "pwa": False,
        "ssr_mode": False,
        "enable_monitoring": False,
        "max_file_size": limits.file_bytes,
        "theme": gr.themes.Base(font=FONTS, font_mono=MONO),
        "css_paths": CSS,
        "favicon_path": ICON,
        "app_kwargs": {
            "middleware": [gate, Middleware(JapaneseShell, mark=mark)],
            "routes": [
                *original_routes(engines, audit),
                *export_routes(engines, audit),
                *draft_routes(engines, audit),
                *track_routes(engines.library, audit),
                *peers_routes(engines),
                *basket_routes(engines),
                *api_routes(engines, audit, os.environ),
                *mcp_routes(engines, audit, os.environ),
            ],
        },
    }


def check_accounts(library: Path, host: str) -> None:
    """Refuse to serve others than this machine while nobody can sign in.

    Raises:
        AccessError: there are no accounts.
    """
    if not is_loopback(host) and not Accounts(library).exist():
        raise AccessError(
            f"アドレス {host} では、ほかのパソコンからも開けるため、ログインが必要です。"
            "先に「shirube users add 名前 --role 管理」で利用者を登録してください。"
            "このパソコンだけで使うなら、--host を指定せずに実行してください。"
        )


def check_address(host: str, port: int) -> None:
    """Bind the address once and let it go.

    Raises:
        AddressError: it cannot be bound; the message says why and what to do.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name != "nt":  # on Windows this option would let two programs share a port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as exc:
        raise AddressError(_why(exc, host, port)) from exc


def _why(exc: OSError, host: str, port: int) -> str:
    if exc.errno == errno.EADDRINUSE:
        return (
            f"ポート{port}は使用中です。ほかで動いている画面を閉じるか、--port で別の番号を指定してください。"
        )
    if exc.errno == errno.EACCES:
        return f"ポート{port}を使う権限がありません。--port で1024以上の番号を指定してください。"
    return (
        f"アドレス {host} では画面を開けません（{exc}）。--host にこのパソコンのアドレスを指定してください。"
    )


def _shown(host: str) -> str:
    """A host as a browser on this machine can open it."""
    if host in ("0.0.0.0", "::"):
        return "localhost"
    return f"[{host}]" if ":" in host else host
