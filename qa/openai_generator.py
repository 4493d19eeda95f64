"""Sentences from an OpenAI-compatible endpoint (llama.cpp, Ollama, vLLM): the one module that touches openai.

The package is imported with the first request, so that without the setting nothing of it is loaded. The
endpoint is not trusted: its answer is read up to a size and a time, a redirect is not followed, and nothing
that openai would take from the environment (keys, organisation) is sent.
"""

from __future__ import annotations

import ipaddress
import json
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from qa.gen_prompt import Prompt, prompt
from qa.generator import EvidenceLine, GeneratorError

if TYPE_CHECKING:
    import openai

MOST_BYTES = 256 * 1024
MOST_TOKENS = 2_048
NO_KEY = "none"
THOUGHTS = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)

MISSING = "openai パッケージがありません。追加の llm を付けて導入し直してください"
TIMED_OUT = "時間内に応答がありませんでした"
UNREACHABLE = "接続できませんでした"
NOT_JSON = "応答が JSON ではありません"
WRONG_FORM = "応答の形式が違います"
EMPTY = "応答に文がありません"
TOO_LONG = "応答が長すぎます"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAIConfig:
    """Where the model is.

    Attributes:
        url: base of the endpoint, such as http://127.0.0.1:11434/v1.
        model: its name there.
        key: empty where the endpoint needs none.
        timeout: seconds for the whole of an answer.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = 30.0


class OpenAIGenerator:
    """A ``Generator`` over chat completions. Safe to share between threads."""

    def __init__(self, config: OpenAIConfig) -> None:
        self._config = config
        self._lock = threading.Lock()
        self._opened: openai.OpenAI | None = None

    @property
    def name(self) -> str:
        """The model's name."""
        return self._config.model

    def generate(self, question: str, evidence: Sequence[EvidenceLine]) -> str:
        """See ``Generator``."""
        content = _content(self._answered(prompt(question, evidence)))
        text = THOUGHTS.sub("", content).strip()
        if not text:
            raise GeneratorError(EMPTY)
        return text

    def close(self) -> None:
        """Let go of the connections."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def _answered(self, asked: Prompt) -> bytes:
        """The body of the endpoint's answer."""
        client = self._client()
        import httpx2
        import openai

        deadline = time.monotonic() + self._config.timeout
        body = bytearray()
        try:
            with client.chat.completions.with_streaming_response.create(
                model=self._config.model,
                messages=[
                    {"role": "system", "content": asked.rules},
                    {"role": "user", "content": asked.data},
                ],
                temperature=0,
                max_tokens=MOST_TOKENS,
            ) as response:
                for piece in response.iter_bytes():
                    body += piece
                    if len(body) > MOST_BYTES:
                        raise GeneratorError(TOO_LONG)
                    if time.monotonic() > deadline:
                        raise GeneratorError(TIMED_OUT)
        except (openai.APITimeoutError, httpx2.TimeoutException) as exc:
            raise GeneratorError(TIMED_OUT) from exc
        except openai.APIStatusError as exc:
            raise GeneratorError(f"接続先が HTTP {exc.status_code} を返しました") from exc
        except (openai.APIConnectionError, httpx2.TransportError) as exc:
            raise GeneratorError(UNREACHABLE) from exc
        except (openai.OpenAIError, httpx2.HTTPError) as exc:
            raise GeneratorError(WRONG_FORM) from exc
        return bytes(body)

    def _client(self) -> openai.OpenAI:
        with self._lock:
            if self._opened is None:
                self._opened = _open(self._config)
            return self._opened


def _open(config: OpenAIConfig) -> openai.OpenAI:
    try:
        import openai
    except ImportError as exc:
        raise GeneratorError(MISSING) from exc
    http = openai.DefaultHttpxClient(follow_redirects=False, trust_env=not _is_this_machine(config.url))
    client = openai.OpenAI(
        base_url=config.url,
        api_key=config.key or NO_KEY,  # without one openai would send the environment's
        timeout=config.timeout,
        max_retries=0,
        http_client=http,
    )
    client.organization = client.project = None
    return client


def _is_this_machine(url: str) -> bool:
    """Whether an address needs no proxy: those of the environment would see what is sent."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _content(body: bytes) -> str:
    """The text of the first choice."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as exc:
        raise GeneratorError(NOT_JSON) from exc
    try:
        content = answer["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError) as exc:
        raise GeneratorError(WRONG_FORM) from exc
    if content is None:
        raise GeneratorError(EMPTY)
    if not isinstance(content, str):
        raise GeneratorError(WRONG_FORM)
    return content
