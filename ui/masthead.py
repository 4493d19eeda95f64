"""The head of the page: what it is, and who is signed in."""

from __future__ import annotations

from ui.markup import esc
from ui.viewer import Viewer


def masthead_html(viewer: Viewer | None) -> str:
    """The head; without an account there is nobody to name and nothing to sign out of."""
    return (
        '<header class="masthead"><h1>しるべ</h1>'
        "<p>自治体の計画・方針書を、原文の引用つきで検索します</p>"
        '<button type="button" class="btn basket-open" data-basket="open">資料かご'
        f'（<span class="basket-count">0</span>件）</button>{_account(viewer)}</header>'
    )


def _account(viewer: Viewer | None) -> str:
    if viewer is None or not viewer.name:
        return ""
    groups = f"・{'、'.join(viewer.groups)}" if viewer.groups else ""
    return (
        '<form class="account" method="post" action="logout">'
        f"<span>{esc(viewer.name)}（{esc(viewer.role.value)}{esc(groups)}）</span>"
        '<button type="submit" class="btn">ログアウト</button></form>'
    )
