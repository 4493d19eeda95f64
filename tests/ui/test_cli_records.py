"""The commands that list records: indicators, sheets, and the account of what was read."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus.coverage import LeftOut, LeftOutReason
from corpus.sample_corpus import SAMPLES
from corpus.span import Span
from tests.corpus.make import a_document
from ui import cli
from ui.columns import aligned, width
from ui.coverage_form import account, coverage_json, coverage_text
from ui.intake import ingest

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
INDICATOR = {
    *("indicator_id", "municipality", "municipality_code", "document_id", "source", "department", "measure"),
    *("sheet", "name", "role", "fiscal_year", "value", "value_text", "unit", "direction", "achieved"),
    *("cumulative", "passage_id", "locator"),
}
SHEET = {
    *("sheet_id", "document_id", "source", "municipality", "fiscal_year", "department", "title"),
    *("identity", "sections", "empty_fields", "measures", "progress"),
}


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


def test_indicators_json_holds_what_other_programs_rely_on(
    capsys: pytest.CaptureFixture[str], samples: Path
) -> None:
    found = as_json(capsys, samples, "indicators", "ふるさと納税の件数", "--municipality", "月見浦市")
    assert set(found) == {"query", "searched", "indicators"}
    assert {frozenset(one) for one in found["indicators"]} == {frozenset(INDICATOR)}
    r3 = [one for one in found["indicators"] if one["source"] == "tsukimiura_r3_inventory.txt"][:5]
    assert [(one["fiscal_year"], one["value"], one["unit"]) for one in r3] == [
        (2016, 2310, "件"),
        (2017, 2874, "件"),
        (2018, 3105, "件"),
        (2019, 4412, "件"),
        (2020, 6987, "件"),
    ]
    first = r3[0]
    assert (first["role"], first["direction"], first["achieved"]) == ("actual", "up", True)
    assert (first["sheet"], first["measure"]) == ("移住定住・ふるさと納税", "03 ふるさと納税を推進する")
    line = (SAMPLES / first["source"]).read_text("utf-8").split("\n")[first["locator"]["start_line"] - 1]
    assert first["value_text"] in line.split("\t")


@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the real documents are not in {SEEDS}")
def test_the_real_figures_of_furusato_nozei_come_first(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    ingest(tmp_path, [SEEDS])
    found = as_json(capsys, tmp_path, "indicators", "ふるさと納税の件数", "--municipality", "館林市")
    assert [(one["fiscal_year"], one["value"]) for one in found["indicators"][:5]] == [
        (2016, 1244),
        (2017, 903),
        (2018, 636),
        (2019, 787),
        (2020, 1355),
    ]
    sheets = as_json(capsys, tmp_path, "sheets", "--municipality", "伊勢崎市")["sheets"]
    marks = [mark["mark"] for sheet in sheets for mark in sheet["progress"] if mark["fiscal_year"] == 2020]
    assert [marks.count(mark) for mark in ("◎", "○", "△", "×", "")] == [3, 47, 1, 0, 4]


def test_role_limits_and_a_role_that_is_none_is_a_usage_error(
    capsys: pytest.CaptureFixture[str], samples: Path
) -> None:
    found = as_json(capsys, samples, "indicators", "--role", "baseline", "--role", "target")
    assert {one["role"] for one in found["indicators"]} == {"baseline", "target"}
    assert run(capsys, samples, "indicators", "--role", "hope")[0] == 2


def test_indicators_text_is_a_table_with_years_units_and_source(
    capsys: pytest.CaptureFixture[str], samples: Path
) -> None:
    code, out, _ = run(capsys, samples, "indicators", "鳴神沢町 消防団員数")
    assert code == 0
    assert "令和6年度   基準値              172人" in out
    assert "令和11年度  目標値  条例定数の9割以上" in out
    assert "narukamizawa_master_plan.txt、" in out
    assert "を検索しました。" in out


@pytest.mark.parametrize("command", ["indicators", "sheets"])
@pytest.mark.parametrize("options", [["--municipality", "前橋市"], ["--department", "宇宙課"]])
def test_a_filter_that_nothing_meets_gives_an_empty_list_that_says_so(
    capsys: pytest.CaptureFixture[str], samples: Path, command: str, options: list[str]
) -> None:
    found = as_json(capsys, samples, command, *options)
    assert found[command] == []
    assert set(found["searched"]) >= {"documents", "municipalities", "fiscal_years", "unread_files"}
    code, out, _ = run(capsys, samples, command, *options)
    assert code == 0
    assert "ありません。" in out


def test_sheets_json_holds_what_other_programs_rely_on(
    capsys: pytest.CaptureFixture[str], samples: Path
) -> None:
    sheets = as_json(capsys, samples, "sheets", "--municipality", "白樺野町")["sheets"]
    assert {frozenset(sheet) for sheet in sheets} == {frozenset(SHEET)}
    one = next(sheet for sheet in sheets if sheet["title"] == "内部事務の電子化")
    assert (one["department"], one["fiscal_year"]) == ("総務課", 2023)
    assert one["progress"][:3] == [
        {"fiscal_year": 2021, "mark": "○", "meaning": "計画どおり"},
        {"fiscal_year": 2022, "mark": "△", "meaning": "計画を下回る"},
        {"fiscal_year": 2023, "mark": "○", "meaning": "計画どおり"},
    ]
    assert all(section["items"] > 0 and section["section_path"] for section in one["sections"])
    ids = [sheet["sheet_id"] for sheet in sheets]
    assert len(ids) == len(set(ids))


def test_sheets_text_shows_sections_and_marks(capsys: pytest.CaptureFixture[str], samples: Path) -> None:
    code, out, _ = run(capsys, samples, "sheets", "--municipality", "白樺野町")
    assert code == 0
    assert "達成度: 令和3年度 ○（計画どおり）、令和4年度 △（計画を下回る）" in out


def test_a_sheet_carries_the_fields_that_it_leaves_empty(
    capsys: pytest.CaptureFixture[str], samples: Path
) -> None:
    for one in as_json(capsys, samples, "sheets")["sheets"]:
        text = (SAMPLES / one["source"]).read_text("utf-8")
        for empty in one["empty_fields"]:
            label = "".join(text[empty["start"] : empty["end"]].split())
            told = "".join(empty["label"].split())
            assert "円" in label or any(label[at : at + 2] in told for at in range(len(label) - 1))
    _, out, _ = run(capsys, samples, "sheets")
    assert "\n  記入なし: " in out


def test_status_gives_the_account_of_every_character(
    capsys: pytest.CaptureFixture[str], samples: Path
) -> None:
    assert "coverage" not in as_json(capsys, samples, "status")
    coverage = as_json(capsys, samples, "status", "--coverage")["coverage"]
    assert len(coverage) == len(list(SAMPLES.glob("*.txt")))
    for one in coverage:
        text = (SAMPLES / one["source"]).read_text("utf-8")
        assert one["total"] == len(re.sub(r"\s", "", text))
        assert one["in_passages"] + one["carried"] + one["left_out"] == one["total"]
        assert (
            sum(part["characters"] for part in one["parts"])
            == one["words"]
            == one["total"] - one["markup"] - one["furniture"]
        )
        assert sum(part["share"] for part in one["parts"]) == pytest.approx(1, abs=1e-5)
        assert one["share"] == pytest.approx((one["in_passages"] + one["carried"]) / one["words"], abs=1e-6)
        for part in one["left_out_parts"]:
            assert text.count("\n", 0, part["start"]) + 1 == part["line"]
            assert part["reason"] in set(LeftOutReason)
    code, out, _ = run(capsys, samples, "status", "--coverage")
    assert code == 0
    assert out.count("収録率 ") == len(coverage)
    assert len(re.findall(r"^  合計 .*字  100\.00%$", out, re.MULTILINE)) == len(coverage)
    assert all(one["carried"] == one["headers"] + one["empty_fields"] for one in coverage)
    assert any(one["empty_fields"] for one in coverage)
    for one in coverage:
        assert (
            sum(len(re.sub(r"\s", "", part["text"])) for part in one["empty_field_parts"])
            == one["empty_fields"]
        )


def test_what_nothing_accounts_for_is_listed_as_not_read() -> None:
    text = "題名\n本文です。\t忘れた\n- 記号"
    told = LeftOut(span=Span(13, 14), reason=LeftOutReason.MARKUP)
    found = account(a_document(text), text, [Span(3, 8)], [Span(0, 2)], [told])
    assert [(one.reason, one.span.of(text)) for one in found.left_out] == [
        (LeftOutReason.UNREAD, "忘れた"),
        (LeftOutReason.MARKUP, "-"),
        (LeftOutReason.UNREAD, "記号"),
    ]
    counted = found.coverage
    assert (counted.total, counted.in_passages, counted.carried, counted.left_out) == (13, 5, 2, 6)
    assert (counted.markup, counted.words) == (1, 12)
    (form,) = coverage_json([found])
    assert [part["line"] for part in form["left_out_parts"]] == [2, 3, 3]
    assert "読み取れなかった部分「忘れた」" in coverage_text([form])


def test_the_label_of_an_empty_field_is_a_figure_of_its_own() -> None:
    text = "課題\n道が暗い。\n最終評価\n<p>\nまち\n凡例"
    told = [
        LeftOut(span=Span(9, 13), reason=LeftOutReason.EMPTY_FIELD),
        LeftOut(span=Span(14, 17), reason=LeftOutReason.MARKUP),
        LeftOut(span=Span(18, 20), reason=LeftOutReason.DEBRIS),
        LeftOut(span=Span(21, 23), reason=LeftOutReason.LEGEND_SAMPLE),
    ]
    (form,) = coverage_json([account(a_document(text), text, [Span(3, 8)], [Span(0, 2)], told)])
    assert (form["total"], form["markup"], form["furniture"], form["words"]) == (18, 3, 2, 13)
    assert (form["share"], form["recorded_share"]) == (round(11 / 13, 6), round(4 / 13, 6))
    assert (form["in_passages"], form["carried"], form["left_out"]) == (5, 6, 7)
    assert [part["text"] for part in form["empty_field_parts"]] == ["最終評価"]
    assert [part["text"] for part in form["left_out_parts"]] == ["<p>", "まち", "凡例"]
    assert [(part["name"], part["characters"]) for part in form["parts"]] == [
        ("検索単位", 5),
        ("検索単位に添える見出し", 2),
        ("個票に添える記入のない欄の見出し", 4),
        ("記入例・凡例", 2),
    ]
    lines = coverage_text([form]).split("\n")
    assert next(line for line in lines if "収録率 " in line).endswith(
        "収録率 84.62%（検索単位 38.46%、添えた字 46.15%、除いた字 15.38%）"
    )
    assert "  合計                              13字  100.00%" in lines
    around = "書式の記号が3字、図やアイコンの断片とページの柱が2字"
    assert f"  ほかに、文書の字に数えない{around}あります。" in lines


def test_an_empty_text_has_nothing_that_is_missing() -> None:
    (form,) = coverage_json([account(a_document(""), "", [], [], [])])
    assert (form["words"], form["share"], form["recorded_share"]) == (0, 1, 0)
    assert {part["share"] for part in form["parts"]} == {0}


def test_columns_stand_below_each_other() -> None:
    lines = aligned([("令和6年度", "12"), ("平成28年度", "1,355")], right=(1,))
    assert lines == ["令和6年度      12", "平成28年度  1,355"]
    assert [width(line) for line in lines] == [17, 17]
    assert aligned([]) == []


@pytest.mark.parametrize("command", ["indicators", "sheets"])
def test_the_commands_have_help(capsys: pytest.CaptureFixture[str], samples: Path, command: str) -> None:
    code, out, _ = run(capsys, samples, command, "--help")
    assert code == 0
    assert "絞り込み" in out or "--municipality" in out
