from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus.sample_corpus import SAMPLES
from index.generation import generations_folder
from ui import cli

ROOT = Path(__file__).parents[2]
QUESTION = "多文化共生の取組"


def run(capsys: pytest.CaptureFixture[str], library: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command, in this process."""
    before = sys.argv
    sys.argv = ["shirube", "--data", str(library), *arguments]
    try:
        cli.main()
    except SystemExit as exc:
        code = exc.code if isinstance(exc.code, int) else 0
    else:
        code = 0
    finally:
        sys.argv = before
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the sample corpus, built by the command itself."""
    folder = tmp_path_factory.mktemp("cli") / "ライブラリ"
    done = process(folder, "ingest", str(SAMPLES))
    assert done.returncode == 0, done.stderr
    return folder


def process(library: Path, *arguments: str, encoding: str = "utf-8") -> subprocess.CompletedProcess[str]:
    """A command as a process of its own, its console of the given encoding."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    return subprocess.run(
        [sys.executable, "-m", "ui", "--data", str(library), *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding=encoding,
        check=False,
        timeout=120,
    )


def as_json(capsys: pytest.CaptureFixture[str], library: Path, *arguments: str) -> Any:
    code, out, err = run(capsys, library, *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_a_second_ingest_changes_and_builds_nothing(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    found = as_json(capsys, library, "ingest", str(SAMPLES))
    assert {file["outcome"] for file in found["files"]} == {"unchanged"}
    assert found["index_built"] is False


def test_ask_gives_verbatim_citations_from_several_towns(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    found = as_json(capsys, library, "ask", QUESTION)
    answer = found["answer"]
    assert not answer["abstained"]
    assert len({citation["municipality"] for citation in answer["citations"]}) >= 3
    for citation in answer["citations"]:
        source = (SAMPLES / citation["source"]).read_text("utf-8")
        assert source[citation["start"] : citation["end"]] == citation["quote"]
    marks = [f"[{citation['n']}]" for citation in answer["citations"]]
    assert all(line.endswith(mark) for line, mark in zip(answer["text"].split("\n"), marks, strict=True))


def test_search_json_holds_what_other_programs_rely_on(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    found = as_json(capsys, library, "search", QUESTION, "-k", "3")
    assert set(found) >= {"query", "understood", "searched", "hits"}
    assert set(found["understood"]) == {"filters", "readings", "terms", "expansions", "phrases"}
    assert found["searched"]["documents"] >= 8
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]
    hit = found["hits"][0]
    assert set(hit) >= {
        "passage_id",
        "document_id",
        "source",
        "municipality",
        "municipality_code",
        "prefecture",
        "fiscal_year",
        "document_fiscal_year",
        "title",
        "document_kind",
        "department",
        "section_path",
        "item",
        "text",
        "context",
        "locator",
        "score",
        "matched",
    }
    assert hit["locator"]["kind"] == "line"


FILTERED = [
    (["--municipality", "白樺野町"], "municipality", {"白樺野町"}),
    (["--municipality", "990043"], "municipality", {"白樺野町"}),
    (["--prefecture", "みほん県"], "prefecture", {"みほん県"}),
    (["--kind", "総合計画"], "document_kind", {"総合計画"}),
]


@pytest.mark.parametrize(("options", "field", "values"), FILTERED)
def test_filters_limit_the_hits(
    capsys: pytest.CaptureFixture[str], library: Path, options: list[str], field: str, values: set[str]
) -> None:
    found = as_json(capsys, library, "search", QUESTION, *options)
    assert found["hits"]
    assert {hit[field] for hit in found["hits"]} == values


@pytest.mark.parametrize(
    "options",
    [
        ["--municipality", "前橋市"],
        ["--department", "宇宙課"],
        ["--fiscal-year", "1990"],
        ["--kind", "議事録"],
    ],
)
def test_a_filter_that_nothing_meets_gives_nothing_and_says_so(
    capsys: pytest.CaptureFixture[str], library: Path, options: list[str]
) -> None:
    assert as_json(capsys, library, "search", QUESTION, *options)["hits"] == []
    answer = as_json(capsys, library, "ask", QUESTION, *options)["answer"]
    assert answer["abstained"]
    assert answer["citations"] == []
    assert answer["reason"]


def test_words_can_be_looked_for_as_typed(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    question = "カーブミラーを増やす"
    assert as_json(capsys, library, "search", question)["understood"]["expansions"]
    assert as_json(capsys, library, "search", question, "--as-typed")["understood"]["expansions"] == []


def test_a_town_that_is_not_in_the_library_is_named_in_the_refusal(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    answer = as_json(capsys, library, "ask", "前橋市の多文化共生の取組")["answer"]
    assert answer["abstained"]
    assert "前橋市" in answer["reason"]
    assert "文書" in answer["reason"]


BAD_QUESTIONS = [
    ("", "言葉がありません"),
    ("\x00\x07", "言葉がありません"),
    ("、。", "言葉"),
    ("町" * 20_000, "長すぎ"),
]


@pytest.mark.parametrize(("question", "said"), BAD_QUESTIONS)
def test_a_question_that_cannot_be_asked_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], library: Path, question: str, said: str
) -> None:
    code, out, err = run(capsys, library, "ask", "--", question)
    assert (code, out) == (1, "")
    assert said in err
    assert err.count("\n") == 1


def test_control_characters_do_not_stop_a_question(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    found = as_json(capsys, library, "ask", "多文化共生\x07の\x00取組")
    assert not found["answer"]["abstained"]


def test_documents_status_and_remove(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    library = tmp_path / "library"
    assert run(capsys, library, "ingest", str(SAMPLES))[0] == 0
    held = as_json(capsys, library, "documents")["documents"]
    assert all(row["passages"] > 0 and row["sheets"] > 0 for row in held)
    gone = next(row for row in held if row["municipality"] == "白樺野町")
    assert run(capsys, library, "remove", gone["document_id"])[0] == 0
    assert gone["document_id"] not in {
        row["document_id"] for row in as_json(capsys, library, "documents")["documents"]
    }
    hits = as_json(capsys, library, "search", QUESTION, "-k", "100")["hits"]
    assert gone["document_id"] not in {hit["document_id"] for hit in hits}
    status = as_json(capsys, library, "status")
    assert status["documents"] == len(held) - 1
    assert status["index"]["fault"] == ""
    assert len(list(generations_folder(library).iterdir())) == 1
    code, _, err = run(capsys, library, "remove", "990043-000000000000")
    assert (code, err.count("\n")) == (1, 1)


def test_run_answers_a_file_of_queries(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    queries, out = tmp_path / "q.jsonl", tmp_path / "out.jsonl"
    rows = [{"id": "a", "query": QUESTION, "kind": "keyword"}, {"id": "b", "query": "前橋市の取組"}]
    queries.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert run(capsys, library, "run", str(queries), str(out))[0] == 0
    first, second = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert (first["id"], second["id"]) == ("a", "b")
    assert 0 < len(first["passages"]) <= 30
    assert set(first["passages"][0]) == {"source", "text"}
    assert second["answer"]["abstained"]
    queries.write_text('{"id": "a"}\n', "utf-8")
    code, _, err = run(capsys, library, "run", str(queries), str(out))
    assert code == 1
    assert "1行目" in err


def test_refused_files_give_exit_1_and_leave_the_library_usable(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder, library = tmp_path / "in", tmp_path / "library"
    folder.mkdir()
    (folder / "good.txt").write_text("月見浦市 指針\n\n外国人住民への情報提供を多言語で行う。\n", "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    code, out, _ = run(capsys, library, "ingest", str(folder))
    assert code == 1
    assert "追加: good.txt" in out
    assert "取り込めません: empty.txt" in out
    found = as_json(capsys, library, "ask", "外国人住民への情報提供")
    assert not found["answer"]["abstained"]
    assert [file["source"] for file in found["searched"]["unread_files"]] == ["empty.txt"]


LIBRARY_FAULTS = [
    ("vectors.faiss", "壊れています"),
    ("manifest.json", "目録が壊れています"),
]


@pytest.mark.parametrize(("name", "said"), LIBRARY_FAULTS)
def test_a_damaged_index_is_refused_and_an_ingest_mends_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, said: str
) -> None:
    library = tmp_path / "library"
    assert run(capsys, library, "ingest", str(SAMPLES / "tsukimiura_r3_inventory.txt"))[0] == 0
    (damaged,) = generations_folder(library).rglob(name)
    damaged.write_bytes(damaged.read_bytes()[:-9])
    code, out, err = run(capsys, library, "ask", QUESTION)
    assert (code, out) == (1, "")
    assert said in err
    assert "shirube ingest" in err
    assert run(capsys, library, "status")[0] == 1
    found = as_json(capsys, library, "ingest", str(SAMPLES / "tsukimiura_r3_inventory.txt"))
    assert found["index_built"] is True
    assert run(capsys, library, "ask", QUESTION)[0] == 0


def test_no_library_and_a_folder_that_cannot_be_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, _, err = run(capsys, tmp_path / "none", "ask", QUESTION)
    assert code == 1
    assert "shirube ingest" in err
    blocking = tmp_path / "file"
    blocking.write_text("", "utf-8")
    code, _, err = run(capsys, blocking / "library", "ingest", str(SAMPLES))
    assert code == 1
    assert "書き込めません" in err


def test_usage_errors_are_exit_2(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    assert run(capsys, library, "search")[0] == 2
    assert run(capsys, library, "nonsense")[0] == 2


def test_output_survives_a_cp932_console(library: Path) -> None:
    done = process(library, "ask", "多文化共生の取組 𠮷 ❤", encoding="cp932")
    assert done.returncode == 0, done.stderr
    assert "出典" in done.stdout
    as_utf8 = subprocess.run(
        [sys.executable, "-m", "ui", "--data", str(library), "ask", QUESTION, "--json"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "cp932", "PYTHONUTF8": "0"},
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert json.loads(as_utf8.stdout.decode("utf-8"))["answer"]["abstained"] is False


def test_a_query_on_the_built_in_model_imports_no_torch(library: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ui.library import open_engine;"
        f"open_engine(Path({str(library)!r})).ask('多文化共生');"
        "print([name for name in ('torch', 'transformers', 'sentence_transformers', 'gradio') "
        "if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.strip() == "[]"


COMMANDS = [
    *("ingest", "search", "ask", "run", "indicators", "sheets", "documents", "remove", "status", "serve"),
    *("compare", "track", "precedents", "hierarchy"),
    *("verify", "backup", "restore", "doctor", "audit", "publish"),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_stands_in_both_readmes(
    capsys: pytest.CaptureFixture[str], library: Path, command: str
) -> None:
    code, out, _ = run(capsys, library, command, "--help")
    assert code == 0
    assert "。" in out
    for name in ("README.md", "README.ja.md"):
        assert f"shirube {command}" in (ROOT / name).read_text("utf-8")


def test_no_command_is_there_that_the_readmes_do_not_name() -> None:
    named = [getattr(command.callback, "__name__", "") for command in cli.app.registered_commands]
    assert sorted(named) == sorted(COMMANDS)
