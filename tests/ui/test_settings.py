"""The optional language model as staff meet it: by setting, in a terminal, as JSON and on the page."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from qa.engine import Engine
from qa.filter_words import FilterWords
from qa.openai_generator import OpenAIConfig
from qa.results import AskResult
from tests.ui.small_library import small_engine
from ui.json_form import ask_json
from ui.library import open_engine
from ui.search_page import SearchPage
from ui.settings import DEFAULT_TIMEOUT, SettingError, llm_config
from ui.text_form import GENERATED, ask_text

QUESTION = "大泉町のやさしい日本語の講座"
SAID = "大泉町は、やさしい日本語の講座を3回開催しました。"
URL = "http://127.0.0.1:11434/v1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("worded")
    small_engine(made)
    return made


@pytest.fixture(scope="module")
def server() -> Iterator[HTTPServer]:
    with HTTPServer(host="127.0.0.1", threaded=True) as running:
        yield running


@pytest.fixture
def endpoint(server: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> HTTPServer:
    server.clear()
    monkeypatch.setenv("SHIRUBE_LLM_URL", server.url_for("/v1"))
    monkeypatch.setenv("SHIRUBE_LLM_MODEL", "small")
    return server


def says(server: HTTPServer, content: str) -> None:
    server.expect_request("/v1/chat/completions").respond_with_json(
        {"choices": [{"message": {"content": content}}]}
    )


def answered(result: AskResult) -> dict[str, Any]:
    answer: dict[str, Any] = ask_json(result, 10)["answer"]
    return answer


def test_sentences_are_shown_as_generated_with_the_quotations_below(
    endpoint: HTTPServer, folder: Path, small: Engine
) -> None:
    says(endpoint, f"{SAID}[1]")
    engine = open_engine(folder)
    worded, plain = engine.ask(QUESTION), small.ask(QUESTION)
    given, before = answered(worded), answered(plain)
    assert (given["generated"], before["generated"]) == (True, False)
    assert given["text"].startswith(f"{SAID}[1]")
    assert given["citations"] == before["citations"]
    assert given["short"] == before["short"]
    assert not {"notice"} & (given.keys() | before.keys())
    shown = ask_text(worded).split("\n")
    assert shown[:4] == [GENERATED, f"{SAID}[1]", "", "引用:"]
    assert shown[4:] == ask_text(plain).split("\n")
    page = SearchPage(engine).search(QUESTION, FilterWords())
    assert f'<p class="hint generated">{GENERATED}</p>' in page
    assert SAID in page
    assert GENERATED not in SearchPage(small).search(QUESTION, FilterWords())


def test_markup_of_a_model_reaches_no_page(endpoint: HTTPServer, folder: Path) -> None:
    says(endpoint, f"<script>alert(1)</script>{SAID}[1]")
    page = SearchPage(open_engine(folder)).search(QUESTION, FilterWords())
    assert "alert(1)" not in page
    assert "AIによる言い換えは使えませんでした（引用で確かめられない文でした）。" in page


def test_a_failing_endpoint_leaves_the_answer_and_a_notice(
    endpoint: HTTPServer, folder: Path, small: Engine
) -> None:
    endpoint.expect_request("/v1/chat/completions").respond_with_data("busy", 429)
    worded = open_engine(folder).ask(QUESTION)
    given, before = answered(worded), answered(small.ask(QUESTION))
    notice = given.pop("notice")
    assert given == before
    assert notice == (
        "AIによる言い換えは使えませんでした（接続先が HTTP 429 を返しました）。原文の引用をそのまま示します。"
    )
    assert ask_text(worded).startswith(notice)


def test_a_refusal_contacts_nobody(endpoint: HTTPServer, folder: Path) -> None:
    says(endpoint, f"{SAID}[1]")
    engine = open_engine(folder)
    assert engine.ask("高崎市のやさしい日本語").answer.abstained
    engine.search(QUESTION)
    assert endpoint.log == []


def test_without_the_setting_nothing_of_it_is_imported(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHIRUBE_LLM_URL", raising=False)
    program = (
        "import sys, json; from pathlib import Path; from ui.library import open_engine\n"
        f"open_engine(Path({str(folder)!r})).ask({QUESTION!r})\n"
        "print(json.dumps([name for name in ('openai', 'httpx2') if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


READ = [
    ({}, None),
    ({"SHIRUBE_LLM_URL": " "}, None),
    ({"SHIRUBE_LLM_MODEL": "small"}, None),
    (
        {"SHIRUBE_LLM_URL": URL, "SHIRUBE_LLM_MODEL": "small"},
        OpenAIConfig(url=URL, model="small", key="", timeout=DEFAULT_TIMEOUT),
    ),
    (
        {
            "SHIRUBE_LLM_URL": f" {URL} ",
            "SHIRUBE_LLM_MODEL": "small",
            "SHIRUBE_LLM_KEY": "k",
            "SHIRUBE_LLM_TIMEOUT": "2.5",
        },
        OpenAIConfig(url=URL, model="small", key="k", timeout=2.5),
    ),
]


@pytest.mark.parametrize(("environment", "expected"), READ)
def test_the_setting_is_read(environment: dict[str, str], expected: OpenAIConfig | None) -> None:
    assert llm_config(environment) == expected


REFUSED = [
    ({"SHIRUBE_LLM_URL": URL}, "SHIRUBE_LLM_MODEL"),
    *(
        ({"SHIRUBE_LLM_URL": url, "SHIRUBE_LLM_MODEL": "m"}, "SHIRUBE_LLM_URL")
        for url in ("127.0.0.1:8080", "file:///etc", "http://", "http://[", "http://h:99999/", "http://a b/")
    ),
    *(
        ({"SHIRUBE_LLM_URL": URL, "SHIRUBE_LLM_MODEL": "m", "SHIRUBE_LLM_TIMEOUT": seconds}, "TIMEOUT")
        for seconds in ("0", "-1", "nan", "inf", "601", "十")
    ),
]


@pytest.mark.parametrize(("environment", "named"), REFUSED)
def test_a_setting_that_cannot_be_read_says_which(environment: dict[str, str], named: str) -> None:
    with pytest.raises(SettingError, match=named):
        llm_config(environment)
