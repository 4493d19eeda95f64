"""Settings read from the environment: the optional language model, and the user's own thesaurus."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from corpus.errors import InputError
from qa.openai_generator import OpenAIConfig

URL, MODEL, KEY, TIMEOUT = "SHIRUBE_LLM_URL", "SHIRUBE_LLM_MODEL", "SHIRUBE_LLM_KEY", "SHIRUBE_LLM_TIMEOUT"
THESAURUS = "SHIRUBE_THESAURUS"
DEFAULT_TIMEOUT = 30.0
LONGEST_TIMEOUT = 600.0


class SettingError(InputError):
    """A setting in the environment cannot be used."""


def llm_config(environment: Mapping[str, str]) -> OpenAIConfig | None:
    """Where the language model is, None where none is set.

    Raises:
        SettingError: the address or the time-out cannot be read, or the model is not named.
    """
    url = environment.get(URL, "").strip()
    if not url:
        return None
    _check_address(url)
    model = environment.get(MODEL, "").strip()
    if not model:
        raise SettingError(
            f"言い換えに使うモデルの名前がありません。{MODEL} に設定するか、{URL} の設定を外してください。"
        )
    return OpenAIConfig(
        url=url,
        model=model,
        key=environment.get(KEY, "").strip(),
        timeout=_timeout(environment.get(TIMEOUT, "").strip()),
    )


def thesaurus_path(environment: Mapping[str, str]) -> Path | None:
    """The user's thesaurus that is named, None where only one in the library's folder counts."""
    named = environment.get(THESAURUS, "").strip()
    return Path(named).expanduser() if named else None


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not url.isprintable() or " " in url:
        raise SettingError(f"{URL} を読めません。http://127.0.0.1:11434/v1 のように設定してください。")


def _timeout(written: str) -> float:
    if not written:
        return DEFAULT_TIMEOUT
    try:
        seconds = float(written)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= LONGEST_TIMEOUT:
        raise SettingError(
            f"{TIMEOUT} を読めません: {written}。秒数（{LONGEST_TIMEOUT:.0f}まで）を設定してください。"
        )
    return seconds
