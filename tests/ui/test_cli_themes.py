"""The commands that take a theme, from the command line to the files that they write."""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl  # type: ignore[import-untyped]
import pytest

from corpus.sample_corpus import SAMPLES
from ui import cli
from ui.intake import ingest

ASPECTS = ["課題", "方針", "取組", "成果", "指標"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("themes") / "ライブラリ"
    ingest(folder, [SAMPLES])
    return folder


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


def as_json(capsys: pytest.CaptureFixture[str], library: Path, *arguments: str) -> Any:
    code, out, err = run(capsys, library, *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_compare_json_holds_what_other_programs_rely_on(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    found = as_json(capsys, library, "compare", "やさしい日本語")
    assert set(found) >= {"theme", "searched", "aspects", "rows", "differences", "notices"}
    assert found["aspects"] == ASPECTS
    assert [row["municipality_code"] for row in found["rows"]] == ["990019", "990027", "990035", "990043"]
    for row in found["rows"]:
        assert list(row["cells"]) == ASPECTS
        for cell in row["cells"].values():
            assert cell["found"] is bool(cell["passages"] or cell["indicators"])
            assert bool(cell["note"]) is not cell["found"]
            for passage in cell["passages"]:
                source = (SAMPLES / passage["source"]).read_text("utf-8")
                quote = passage["quote"]
                assert source[quote["start"] : quote["end"]] == quote["quote"]
                assert passage["municipality"] == row["municipality"]


def test_compare_text_says_what_is_not_written(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    code, out, _ = run(capsys, library, "compare", "やさしい日本語", "--municipality", "鳴神沢町")
    assert code == 0
    assert "検索した範囲に記載なし（3文書・" in out
    assert "やさしい日本語で作成した町の知らせの数（累計）: 令和6年度 基準値 18件" in out
    assert "出典（鳴神沢町" in out


def test_compare_writes_a_workbook_and_a_table(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    book, table = tmp_path / "比較.xlsx", tmp_path / "比較.csv"
    code, _, err = run(capsys, library, "compare", "やさしい日本語", "--xlsx", str(book), "--csv", str(table))
    assert code == 0
    assert err.count("書き込みました") == 2
    workbook = openpyxl.load_workbook(book)
    assert workbook.sheetnames == ["比較表", "出典", "共通点と違い", "検索した範囲"]
    rows = list(workbook["比較表"].iter_rows(values_only=True))
    assert rows[0] == ("自治体", *ASPECTS)
    assert [row[0] for row in rows[1:]] == ["千鳥ヶ原市", "鳴神沢町", "月見浦市", "白樺野町"]
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"))))
    assert len(lines) == workbook["出典"].max_row - 1
    told = [line for line in lines if line["文書"]]
    assert told
    assert all(line["ファイル"] and line["所在"] and line["記述"] for line in told)


def test_compare_near_towns_of_like_size(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    peers = tmp_path / "人口.csv"
    peers.write_bytes("自治体,人口\n千鳥ヶ原市,58400\n月見浦市,43210\n白樺野町,9870\n".encode("cp932"))
    options = ("compare", "多文化共生", "--peers", str(peers), "--near", "千鳥ヶ原市", "--within", "0.3")
    found = as_json(capsys, library, *options)
    assert [row["municipality"] for row in found["rows"]] == ["千鳥ヶ原市", "月見浦市"]
    code, _, err = run(capsys, library, "compare", "多文化共生", "--near", "千鳥ヶ原市")
    assert code == 1
    assert "--peers" in err


def test_track_json_holds_what_other_programs_rely_on(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    found = as_json(capsys, library, "track", "外国につながる町民の相談体制の整備")
    assert set(found) >= {"theme", "searched", "measures"}
    first = found["measures"][0]
    assert set(first) >= {
        *("municipality", "municipality_code", "title", "department", "points", "legend", "reversals"),
        "certainty",
    }
    assert [(point["fiscal_year"], point["mark"]) for point in first["points"]] == [
        (2021, "△"),
        (2022, "○"),
        (2023, "○"),
    ]
    for point in first["points"]:
        assert set(point) >= {"fiscal_year", "mark", "meaning", "values", "text", "citation", "change"}
        source = (SAMPLES / point["citation"]["source"]).read_text("utf-8")
        assert source[point["citation"]["start"] : point["citation"]["end"]] == point["text"]


def test_track_text_shows_the_sequence_and_its_legend(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    code, out, _ = run(capsys, library, "track", "外国につながる町民の相談体制の整備")
    assert code == 0
    assert "達成度: 令和3年度 △ → 令和4年度 ○ → 令和5年度 ○" in out
    assert "凡例: ◎ 計画以上、○ 計画どおり、△ 計画を下回る、× 進捗なし" in out
    assert "達成度が上がりました（△→○）" in out


def test_precedents_json_holds_what_other_programs_rely_on(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    found = as_json(capsys, library, "precedents", "避難所", "--section", "現状と課題")
    assert set(found) >= {"theme", "section", "searched", "groups"}
    assert found["section"] == "現状と課題"
    for group in found["groups"]:
        assert group["pattern"].startswith("〜")
        for passage in group["passages"]:
            assert set(passage["outcome"]) == {"marks", "figures", "text"}
            assert passage["quote"]["quote"] in passage["text"]


def test_precedents_write_a_word_file_with_real_footnotes(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    path = tmp_path / "先例.docx"
    code, _, err = run(capsys, library, "precedents", "避難所", "--docx", str(path))
    assert code == 0
    assert "書き込みました" in err
    quoted = [one.text for one in docx.Document(str(path)).paragraphs if one.text.startswith("「")]
    with zipfile.ZipFile(path) as archive:
        notes = archive.read("word/footnotes.xml").decode("utf-8")
        body = archive.read("word/document.xml").decode("utf-8")
        types = archive.read("[Content_Types].xml").decode("utf-8")
    assert quoted
    assert notes.count("<w:footnoteRef/>") == body.count("<w:footnoteReference ") >= len(quoted)
    assert "出典（千鳥ヶ原市" in notes
    assert "footnotes+xml" in types


def test_hierarchy_counts_and_names_what_is_missing(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    found = as_json(capsys, library, "hierarchy", "--municipality", "白樺野町")
    report = next(plan for plan in found["plans"] if plan["document_kind"] == "取組結果報告書")
    assert report["counts"]["undertakings"] == 10
    assert {"measures_without_sheet", "sheets_without_measure"} <= set(found)
    code, out, _ = run(capsys, library, "hierarchy", "--municipality", "白樺野町")
    assert code == 0
    assert "(1) 多文化共生の推進" in out


@pytest.mark.parametrize("command", ["compare", "track", "precedents"])
def test_a_theme_without_a_word_is_an_error_in_one_line(
    capsys: pytest.CaptureFixture[str], library: Path, command: str
) -> None:
    code, out, err = run(capsys, library, command, "月見浦市")
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert "テーマの言葉がありません" in err


@pytest.mark.parametrize("command", ["compare", "track", "precedents"])
def test_a_theme_that_nothing_speaks_of_is_explained(
    capsys: pytest.CaptureFixture[str], library: Path, command: str
) -> None:
    code, out, _ = run(capsys, library, command, "宇宙港の建設")
    assert code == 0
    assert "見つかりませんでした" in out
    assert "12文書・4自治体" in out


def test_a_file_that_cannot_be_written_is_named(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    for option in ("--xlsx", "--csv"):
        code, _, err = run(capsys, library, "compare", "避難所", option, str(tmp_path / "無い" / "表"))
        assert code == 1
        assert "書き込めません" in err
    code, _, err = run(capsys, library, "precedents", "避難所", "--docx", str(tmp_path / "無い" / "文"))
    assert code == 1
    assert "書き込めません" in err
