"""Who a request is from: the name, the role and what may be seen; nothing answers without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from corpus.access import NOBODY, OPERATOR, Audience
from corpus.errors import AccessError

KEY = "shirube.viewer"
"""Where ``ui.gate`` leaves the viewer in a request's scope."""


class Role(StrEnum):
    """What an account may do; each may do what the one before it may."""

    READER = "閲覧"
    EDITOR = "登録"
    ADMIN = "管理"


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Whoever a request is from.

    Attributes:
        name: of the account; empty for the one person at a machine without accounts.
        role: see ``Role``.
        audience: which documents are open.
        groups: the account's groups, in order.
    """

    name: str
    role: Role
    audience: Audience
    groups: tuple[str, ...] = ()

    @property
    def may_add(self) -> bool:
        """Whether documents may be added, removed and opened to others."""
        return self.role is not Role.READER

    @property
    def may_manage(self) -> bool:
        """Whether accounts and everybody's uploads may be looked at and changed."""
        return self.role is Role.ADMIN


LOCAL = Viewer(name="", role=Role.ADMIN, audience=OPERATOR)
"""The one person at a machine whose library has no accounts."""


STRANGER = Viewer(name="", role=Role.READER, audience=NOBODY)
"""Nobody that is known."""


def viewer_of(scope: Mapping[str, Any]) -> Viewer:
    """The viewer of a request.

    Raises:
        AccessError: nobody has said who it is; that is a fault of the program, and nothing is shown.
    """
    found = scope.get(KEY)
    if not isinstance(found, Viewer):
        raise AccessError("利用者を確かめられませんでした。画面を開き直してください。")
    return found
