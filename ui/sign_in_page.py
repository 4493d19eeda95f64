"""The page on which a person signs in: plain HTML without a script, so that it works before anything else."""

from __future__ import annotations

import html

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_STYLE = (
    "body{font:17px/1.7 'Noto Sans JP','Yu Gothic UI',Meiryo,sans-serif;max-width:26em;margin:4em auto;"
    "padding:0 1em;color:#1c2733;background:#fff}h1{font-size:1.5em}label{display:block;margin-top:1em}"
    "input{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.5em;border:1px solid #5b6b7b;"
    "border-radius:4px}button{font:inherit;margin-top:1.5em;padding:.6em 2em;border:0;border-radius:4px;"
    "background:#1d4f91;color:#fff}:focus-visible{outline:3px solid #b25c00;outline-offset:2px}"
    ".error{border-left:4px solid #b3261e;padding:.3em .8em;background:#fdf0ef}"
)


def sign_in_html(root_path: str, message: str = "") -> str:
    """The page; ``message`` says why an attempt was turned away."""
    told = f'<p class="error" role="alert">{html.escape(message)}</p>' if message else ""
    return _page(
        "ログイン",
        f'{told}<form method="post" action="{html.escape(root_path)}/login">'
        '<label for="name">利用者の名前</label>'
        '<input id="name" name="name" autocomplete="username" maxlength="64" required autofocus>'
        '<label for="password">パスワード</label>'
        '<input id="password" name="password" type="password" autocomplete="current-password" '
        'maxlength="128" required><button type="submit">ログイン</button></form>'
        "<p>名前やパスワードが分からないときは、このシステムの管理者にお尋ねください。</p>",
    )


def told_html(title: str, message: str) -> str:
    """A page that only says something."""
    return _page(title, f"<p>{html.escape(message)}</p>")


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="ja"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<link rel="icon" href="data:,">'  # a browser would look for one outside of our path
        f"<title>{html.escape(title)} — しるべ</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>しるべ {html.escape(title)}</h1>{body}</main></body></html>"
    )
