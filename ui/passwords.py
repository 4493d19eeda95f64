"""Passwords: hashed by argon2id, whose cost makes guessing slow even for who has the file."""

from __future__ import annotations

import unicodedata
from base64 import b64encode

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION

from corpus.errors import AccessError

SHORTEST, LONGEST = 10, 128
SALT_BYTES, HASH_BYTES = 16, 32
_HASHER = PasswordHasher(hash_len=HASH_BYTES, salt_len=SALT_BYTES)


def _of_nobody() -> str:
    """What is stored of an account, with a hash that no password has: to make a true one takes its time."""
    cost = f"m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    salt, digest = (b64encode(bytes(size)).decode().rstrip("=") for size in (SALT_BYTES, HASH_BYTES))
    return f"$argon2id$v={ARGON2_VERSION}${cost}${salt}${digest}"


NOBODYS = _of_nobody()


def hashed(password: str, name: str) -> str:
    """The hash to store.

    Raises:
        AccessError: the password is too short, too long, or the account's own name.
    """
    typed = _folded(password)
    if not SHORTEST <= len(typed) <= LONGEST:
        raise AccessError(f"パスワードは{SHORTEST}字から{LONGEST}字までにしてください。")
    if typed.casefold() == name.casefold() or len(set(typed)) < 4:
        raise AccessError("パスワードが推測しやすいものです。別のものにしてください。")
    return _HASHER.hash(typed)


def matches(stored: str | None, password: str) -> bool:
    """Whether a password is the stored one; takes as long where there is no account (None)."""
    try:
        _HASHER.verify(NOBODYS if stored is None else stored, _folded(password)[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def _folded(password: str) -> str:
    """The same keys give the same password, whichever form of it the keyboard sends."""
    return unicodedata.normalize("NFKC", password)
