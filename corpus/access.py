"""Who may see a document 「公開範囲」, and who is looking 「見る人」.

A document is 公開 (whoever is let in), 庁内 (the town hall's own staff) or limited to named groups. What a
person may see is an ``Audience``: it is made by the outermost layer, once for each request, and handed down
to the store and the index, which give nothing else. There is no default: a call that does not say who is
looking does not type-check.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from corpus.errors import AccessError

LONGEST_GROUP = 40
# What people write between names of groups.
_DIVIDERS = re.compile(r"[、,，;；|｜\n]+")
_PREFIX = "groups:"


class AccessKind(StrEnum):
    """How far a document is open; the value is what the store keeps."""

    PUBLIC = "public"
    INTERNAL = "internal"
    GROUPS = "groups"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How far one document is open.

    Attributes:
        kind: see ``AccessKind``.
        groups: names, in order, each once; only where the kind is ``GROUPS``, and then at least one.
    """

    kind: AccessKind
    groups: tuple[str, ...] = ()

    @classmethod
    def limited_to(cls, groups: Iterable[str]) -> Access:
        """Limited to groups, any of which may see it.

        Raises:
            AccessError: there is none, or a name cannot be one.
        """
        names = tuple(sorted({group_name(one) for one in groups}))
        if not names:
            raise AccessError("グループを1つ以上指定してください（例: 人事課）。")
        return cls(kind=AccessKind.GROUPS, groups=names)

    @classmethod
    def of_words(cls, words: str) -> Access:
        """What a person writes: 公開, 庁内, or names of groups divided by 「、」.

        Raises:
            AccessError: it is neither.
        """
        typed = unicodedata.normalize("NFKC", words).strip()
        if typed in (PUBLIC_WORD, AccessKind.PUBLIC.value):
            return PUBLIC
        if typed in (INTERNAL_WORD, AccessKind.INTERNAL.value):
            return INTERNAL
        return cls.limited_to(one for one in _DIVIDERS.split(typed) if one.strip())

    @classmethod
    def of_key(cls, key: str) -> Access:
        """What ``key`` wrote.

        Raises:
            AccessError: the key is none; whoever reads it must show nothing.
        """
        for one in (PUBLIC, INTERNAL):
            if key == one.kind.value:
                return one
        try:
            names = json.loads(key.removeprefix(_PREFIX)) if key.startswith(_PREFIX) else None
            made = cls.limited_to(names) if isinstance(names, list) else None
        except (ValueError, TypeError, AttributeError) as exc:
            raise AccessError(f"公開範囲の記録を読めません: {key[:80]!r}。") from exc
        if made is None or made.key != key:
            raise AccessError(f"公開範囲の記録を読めません: {key[:80]!r}。")
        return made

    @property
    def key(self) -> str:
        """The form in which it is stored; equal for equal accesses."""
        if self.kind is not AccessKind.GROUPS:
            return self.kind.value
        return _PREFIX + json.dumps(self.groups, ensure_ascii=False, separators=(",", ":"))

    @property
    def label(self) -> str:
        """What a person reads; ``of_words`` reads it back."""
        if self.kind is AccessKind.PUBLIC:
            return PUBLIC_WORD
        return INTERNAL_WORD if self.kind is AccessKind.INTERNAL else "、".join(self.groups)


PUBLIC_WORD, INTERNAL_WORD = "公開", "庁内"
PUBLIC = Access(kind=AccessKind.PUBLIC)
INTERNAL = Access(kind=AccessKind.INTERNAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who is looking, as far as documents are concerned.

    Attributes:
        sees_all: whether nothing is hidden; all else is without meaning then.
        sees_public: whether 公開 is open.
        is_inside: whether 庁内 is open.
        groups: whose documents are open.
    """

    sees_all: bool
    sees_public: bool
    is_inside: bool
    groups: frozenset[str]

    def may_see(self, access: Access) -> bool:
        """Whether a document of this access is open."""
        if self.sees_all:
            return True
        if access.kind is AccessKind.PUBLIC:
            return self.sees_public
        if access.kind is AccessKind.INTERNAL:
            return self.is_inside
        return not self.groups.isdisjoint(access.groups)

    def may_see_key(self, key: str) -> bool:
        """The same of a stored key; one that cannot be read is open to nobody who does not see all."""
        try:
            return self.may_see(Access.of_key(key))
        except AccessError:
            return self.sees_all


OPERATOR = Audience(sees_all=True, sees_public=True, is_inside=True, groups=frozenset())
"""Who runs commands on the library's folder: the files themselves are open to them."""

NOBODY = Audience(sees_all=False, sees_public=False, is_inside=False, groups=frozenset())
"""Who is not known."""


def member(*, is_inside: bool, groups: Iterable[str]) -> Audience:
    """Somebody who is let in: 公開 is open to them, 庁内 if they are staff, and what their groups have."""
    return Audience(sees_all=False, sees_public=True, is_inside=is_inside, groups=frozenset(groups))


def group_name(typed: str) -> str:
    """A group's name in its one form.

    Raises:
        AccessError: it is empty, too long, or cannot be told from what else an access may say.
    """
    name = unicodedata.normalize("NFKC", typed).strip()
    is_word = name in (PUBLIC_WORD, INTERNAL_WORD, *(one.value for one in AccessKind))
    if not name or len(name) > LONGEST_GROUP or not name.isprintable() or _DIVIDERS.search(name) or is_word:
        raise AccessError(
            f"グループの名前にできません: 「{name[:LONGEST_GROUP]}」。"
            f"{LONGEST_GROUP}字までの、「、」や「公開」「庁内」を使わない名前にしてください。"
        )
    return name
