"""A library served from Milvus answers as one served from this machine, also when Milvus goes away."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.access import INTERNAL, OPERATOR, member
from corpus.errors import AccessError
from corpus.sample_corpus import SAMPLES
from corpus.store import Store
from index.milvus_connection import Field, MilvusAddress, MilvusConnection, MilvusError
from index.milvus_load import ABOUT, TERMS
from qa.engine import Engine
from tests.index.test_retriever_contract import LACKING
from ui import cli
from ui.intake import ingest, set_access
from ui.library import open_engine, open_engines
from ui.milvus_library import NAME, URI, milvus_address, publish_to_milvus
from ui.settings import SettingError

QUESTIONS = Path(__file__).parents[1] / "data" / "sample_questions.jsonl"

needs_lite = pytest.mark.skipif(
    not (importlib.util.find_spec("pymilvus") and importlib.util.find_spec("milvus_lite")), reason=LACKING
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("milvus") / "library"
    ingest(folder, [SAMPLES])
    return folder


def questions() -> list[str]:
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["query"] for line in lines][::12]


@needs_lite
def test_judged_questions_find_the_same_in_milvus(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    local = open_engine(library)
    monkeypatch.setenv(URI, str(tmp_path / "milvus.db"))
    monkeypatch.setattr("sys.argv", ["shirube", "--data", str(library), "publish"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert not ended.value.code
    assert "切り替えました" in capsys.readouterr().out
    there = open_engine(library)
    for question in questions():
        here, found = local.ask(question), there.ask(question)
        assert [hit.row_id for hit in found.search.hits] == [hit.row_id for hit in here.search.hits]
        assert found.answer.text == here.answer.text
        scores = [hit.score for hit in here.search.hits]
        assert [hit.score for hit in found.search.hits] == pytest.approx(scores, abs=1e-3)


@pytest.fixture
def published(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MilvusAddress:
    """The library in a milvus-lite of its own, which the environment names."""
    monkeypatch.setenv(URI, str(tmp_path / "milvus.db"))
    address = milvus_address(os.environ)
    assert address is not None
    publish_to_milvus(library, address)
    return address


def used(engine: Engine) -> str:
    """Which kind of index an engine searches in."""
    return type(engine._libraries.of(OPERATOR).retriever._current).__name__  # type: ignore[attr-defined]


@needs_lite
def test_a_call_that_fails_below_the_client_is_told_as_ours(
    library: Path, published: MilvusAddress, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import grpc

    class Refused(grpc.RpcError):  # type: ignore[misc]
        def details(self) -> str:
            return "auth check failure"

    def refusing(*_: object, **__: object) -> object:
        raise Refused

    expected = open_engine(library).ask(questions()[0]).answer.text
    engine = open_engine(library)
    assert used(engine) == "MilvusRetriever"
    monkeypatch.setattr("pymilvus.MilvusClient.query", refusing)
    monkeypatch.setattr("pymilvus.MilvusClient.search", refusing)
    assert engine.ask(questions()[0]).answer.text == expected
    assert "を使えません: auth check failure。" in caplog.text


@needs_lite
def test_no_request_waits_longer_than_is_set(
    library: Path, published: MilvusAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pymilvus import MilvusClient

    given: dict[str, float | None] = {}

    def noted(name: str) -> None:
        work = getattr(MilvusClient, name)

        def asked(self: MilvusClient, *rest: object, **options: Any) -> object:
            given[name] = options.get("timeout")
            return work(self, *rest, **options)

        monkeypatch.setattr(MilvusClient, name, asked)

    for name in ("get_server_version", "has_collection", "query", "search", "get_load_state"):
        noted(name)
    open_engine(library).ask(questions()[0])
    assert given == dict.fromkeys(given, published.timeout)
    assert len(given) == 5


@needs_lite
def test_milvus_is_gone_back_to_once_it_can_be_used(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(URI, str(tmp_path / "milvus.db"))
    monkeypatch.setattr("index.fallback_retriever.AGAIN", 0.0)
    engine = open_engine(library)
    engine.search("防災訓練")
    assert used(engine) == "LocalRetriever"
    address = milvus_address(os.environ)
    assert address is not None
    publish_to_milvus(library, address)
    for _ in range(100):
        engine.search("防災訓練")
        if used(engine) == "MilvusRetriever":
            break
        time.sleep(0.1)
    assert used(engine) == "MilvusRetriever"


@needs_lite
def test_publishing_again_mends_what_milvus_has_lost(library: Path, published: MilvusAddress) -> None:
    connection = MilvusConnection(published)
    name = publish_to_milvus(library, published)
    connection.delete(name, "row_id >= 0")
    assert publish_to_milvus(library, published) == name
    assert used(open_engine(library)) == "MilvusRetriever"
    released = connection._client.release_collection
    released(name)
    assert used(open_engine(library)) == "MilvusRetriever"
    connection.delete(name + TERMS, 'term == "\\tabout"')
    row = {"term": ABOUT, "number": 0, "holders": 0, "about": '{"means": {}}', "unused": [1.0, 0.0]}
    connection.insert(name + TERMS, [row])
    assert used(open_engine(library)) == "LocalRetriever"
    publish_to_milvus(library, published)
    assert used(open_engine(library)) == "MilvusRetriever"


@needs_lite
def test_another_library_whose_name_begins_alike_keeps_its_collections(
    library: Path, published: MilvusAddress
) -> None:
    other = replace(published, name=f"{published.name}_test")
    name = publish_to_milvus(library, other)
    connection = MilvusConnection(published)
    connection.create(
        f"{published.name}_notes", [Field(name="row_id", kind="key"), Field(name="v", kind="vector", size=2)]
    )
    publish_to_milvus(library, published)
    assert connection.exists(name)
    assert connection.exists(f"{published.name}_notes")
    assert connection.target_of(other.name) == name


@needs_lite
def test_an_answer_comes_although_milvus_fails_in_between(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    expected = open_engine(library).ask(questions()[0]).answer.text
    monkeypatch.setenv(URI, str(tmp_path / "milvus.db"))
    monkeypatch.setenv(NAME, "other")
    monkeypatch.setattr("sys.argv", ["shirube", "--data", str(library), "publish"])
    with pytest.raises(SystemExit):
        cli.main()
    engine = open_engine(library)
    engine.search("防災訓練")

    def broken(*_: object, **__: object) -> object:
        raise MilvusError("Milvus が答えません。")

    monkeypatch.setattr(MilvusConnection, "search", broken)
    assert engine.ask(questions()[0]).answer.text == expected
    assert "このパソコンの索引で続けます" in caplog.text


def test_a_library_answers_although_milvus_is_not_there(
    library: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    expected = open_engine(library).ask(questions()[0]).answer.text
    monkeypatch.setenv(URI, "http://127.0.0.1:9")
    assert open_engine(library).ask(questions()[0]).answer.text == expected
    assert "このパソコンの索引で続けます" in caplog.text


def test_a_milvus_that_is_too_old_is_named_and_the_library_answers(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    expected = open_engine(library).ask(questions()[0]).answer.text
    monkeypatch.setattr("pymilvus.MilvusClient.get_server_version", lambda *_, **__: "v2.3.5")
    monkeypatch.setenv(URI, str(tmp_path / "milvus.db"))
    assert open_engine(library).ask(questions()[0]).answer.text == expected
    assert "の版 v2.3.5 は古くて使えません。2.5以降に上げるか" in caplog.text


def test_settings_of_milvus_are_read() -> None:
    assert milvus_address({}) is None
    found = milvus_address({URI: " http://milvus:19530 ", NAME: "plans", "SHIRUBE_MILVUS_TOKEN": "root:x"})
    assert found is not None
    assert (found.uri, found.token, found.name) == ("http://milvus:19530", "root:x", "plans")
    with pytest.raises(SettingError, match=NAME):
        milvus_address({URI: "http://milvus:19530", NAME: "計画"})


def test_a_library_that_limits_documents_is_neither_loaded_nor_searched_there(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = shutil.copytree(library, tmp_path / "library")
    document = Store.open(own).reader.documents()[0]
    set_access(own, [document.document_id], INTERNAL, OPERATOR)
    address = milvus_address({URI: "http://127.0.0.1:1"})
    assert address is not None
    with pytest.raises(AccessError, match="公開でない資料が1件"):
        publish_to_milvus(own, address)

    def asked(*_: object, **__: object) -> object:
        raise AssertionError("Milvus was asked")

    monkeypatch.setattr("ui.milvus_library.open_milvus", asked)
    monkeypatch.setenv(URI, "http://127.0.0.1:1")
    member_of_none = member(is_inside=False, groups=())
    found = open_engines(own).of(member_of_none).search("多文化共生の取組", limit=50)
    assert found.hits
    assert document.document_id not in {hit.document.document_id for hit in found.hits}
