from __future__ import annotations

from pathlib import Path

import pytest

from index.expansion import Expander
from index.terms import TermAnalyzer
from index.thesaurus import (
    Group,
    ThesaurusError,
    pair_files,
    read_groups,
    read_pairs,
    thesaurus_files,
)
from index.training.pairs import phrase_files


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer()


def expander(folder: Path, analyzer: TermAnalyzer, text: str) -> Expander:
    own = folder / "own.tsv"
    own.write_text(text, "utf-8")
    return Expander(analyzer, [own], cache=folder)


def called(expander: Expander, text: str) -> dict[str, str]:
    """Called words of the test's own making, with the words that called them."""
    return {one.called: one.typed for one in expander.expand(text)}


def test_every_line_that_the_product_ships_can_be_read() -> None:
    groups = read_groups(thesaurus_files())
    assert len(groups) >= 3000
    assert all(group.left and group.right and 0 < group.weight <= 1 for group in groups)


def test_every_phrase_that_the_product_ships_can_be_read() -> None:
    pairs = read_pairs(pair_files())
    assert len(pairs) >= 3000
    assert all(left != right for left, right in pairs)


def test_what_is_for_training_alone_calls_nothing() -> None:
    trained, calling = set(read_pairs(phrase_files())), set(read_pairs(pair_files()))
    assert calling < trained
    assert len(trained - calling) >= 20_000
    assert all(left != right for left, right in trained)


@pytest.mark.parametrize("line", ["語", "語\t", "語\t語\t語"])
def test_a_bad_phrase_is_named_with_file_and_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "own_pairs.tsv"
    path.write_text(f"# 道路\n道の穴\t道路補修\n{line}\n", "utf-8")
    with pytest.raises(ThesaurusError, match=r"own_pairs\.tsv の3行目"):
        read_pairs([path])


def test_a_line_is_read_by_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(
        "# 道路\nカーブミラー|道の鏡\t=\t道路反射鏡\t1.0\n\n車\t>\t公用車|ＥＶ\t0.4\n", "utf-8-sig"
    )
    assert read_groups([path]) == (
        Group(left=("カーブミラー", "道の鏡"), right=("道路反射鏡",), mutual=True, weight=1.0),
        Group(left=("車",), right=("公用車", "ev"), mutual=False, weight=0.4),
    )


BAD = [
    "語\t=\t語彙",
    "語\t<\t語彙\t1",
    "語\t=\t語彙\t強い",
    "語\t=\t語彙\t1.5",
    "語\t=\t語彙\t0",
    "\t=\t語彙\t1",
    "|\t=\t語\t1",
]


@pytest.mark.parametrize("line", BAD)
def test_a_bad_line_is_named_with_file_and_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(f"良い\t=\t良好\t1\n{line}\n", "utf-8")
    with pytest.raises(ThesaurusError, match=r"own\.tsv の2行目"):
        read_groups([path])


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_bytes("語\t=\t語彙\t1".encode("cp932"))
    with pytest.raises(ThesaurusError, match="UTF-8"):
        read_groups([path])


def test_a_word_calls_whatever_its_inflection_and_order(tmp_path: Path, analyzer: TermAnalyzer) -> None:
    own = expander(tmp_path, analyzer, "ねじまき鳥が来る\t>\tねじまき鳥来訪\t0.8\n")
    for text in ("ねじまき鳥が来る", "来たのはねじまき鳥", "ねじまき鳥がまた来ました"):
        assert "ねじまき鳥来訪" in called(own, text), text
    assert "ねじまき鳥来訪" not in called(own, "ねじまき鳥が去る")


def test_only_mutual_groups_call_from_the_right(tmp_path: Path, analyzer: TermAnalyzer) -> None:
    text = "ねじまき鳥\t=\t発条鳥類\t1.0\nからくり猫\t>\t機械式猫類\t1.0\n"
    own = expander(tmp_path, analyzer, text)
    assert "ねじまき鳥" in called(own, "発条鳥類")
    assert "からくり猫" not in called(own, "機械式猫類")


def test_a_part_of_a_longer_word_counts_less(tmp_path: Path, analyzer: TermAnalyzer) -> None:
    text = "ねじまき\t>\t発条装置\t1.0\nねじまき鳥\t>\t発条鳥類\t1.0\n"
    found = {one.called: one.weight for one in expander(tmp_path, analyzer, text).expand("ねじまき鳥")}
    assert found["発条装置"] < found["発条鳥類"] == 1.0


def test_a_word_needs_what_of_it_is_no_term(tmp_path: Path, analyzer: TermAnalyzer) -> None:
    own = expander(tmp_path, analyzer, "ねじまき鳥ばかり\t>\t単一鳥類\t1.0\n")
    assert "単一鳥類" in called(own, "ねじまき鳥ばかりいる")
    assert "単一鳥類" not in called(own, "ねじまき鳥の巣")


def test_words_of_the_same_terms_call_as_one(tmp_path: Path, analyzer: TermAnalyzer) -> None:
    text = "ねじまき鳥\t>\t発条鳥類\t1.0\nねじまき鳥さん\t>\t時計鳥類\t1.0\n"
    found = called(expander(tmp_path, analyzer, text), "ねじまき鳥の巣")
    assert (found["発条鳥類"], found["時計鳥類"]) == ("ねじまき鳥", "ねじまき鳥")


def test_the_nearest_phrase_calls_its_heading(tmp_path: Path, analyzer: TermAnalyzer) -> None:
    groups = expander(tmp_path, analyzer, "")
    everyday, heading = read_pairs(pair_files())[0]
    (one,) = [one for one in groups.expand(everyday) if one.called == heading]
    assert one.weight == pytest.approx(1.0, abs=1e-3)
    assert one.typed in everyday
    assert set(one.typed_terms) <= set(analyzer.keys(everyday))
    assert heading not in called(groups, "雨もり")


def test_what_was_typed_is_not_called(tmp_path: Path, analyzer: TermAnalyzer) -> None:
    own = expander(tmp_path, analyzer, "ねじまき鳥\t=\t発条鳥類\t1.0\n")
    assert "発条鳥類" not in called(own, "ねじまき鳥と発条鳥類")


def test_the_kept_thesaurus_calls_the_same(tmp_path: Path, analyzer: TermAnalyzer) -> None:
    text = "ねじまき鳥\t=\t発条鳥類\t0.7\n"
    first = expander(tmp_path, analyzer, text).expand("ねじまき鳥の巣")
    (kept,) = tmp_path.glob("thesaurus-*.txt")
    assert expander(tmp_path, analyzer, text).expand("ねじまき鳥の巣") == first
    kept.write_text(kept.read_text("utf-8")[:-50], "utf-8")
    assert expander(tmp_path, analyzer, text).expand("ねじまき鳥の巣") == first


def test_a_changed_file_is_cut_anew(tmp_path: Path, analyzer: TermAnalyzer) -> None:
    expander(tmp_path, analyzer, "ねじまき鳥\t=\t発条鳥類\t0.7\n")
    changed = expander(tmp_path, analyzer, "ねじまき鳥\t=\t時計鳥類\t0.7\n")
    assert set(called(changed, "ねじまき鳥")) >= {"時計鳥類"}
    assert "発条鳥類" not in called(changed, "ねじまき鳥")
