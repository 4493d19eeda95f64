"""The user's own thesaurus: what is refused and how it is told, and which file is in force."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.own_thesaurus import FILE_NAME, KEPT_NAME, OwnThesaurus, checked_groups, load_own, stamp_of
from index.thesaurus import Group, ThesaurusError

GOOD = "# わが町の言葉\nあいのり号|デマンドバス\t=\tデマンド交通\t1.0\n車\t>\t公用車\t0.4\n"
GROUPS = (
    Group(left=("あいのり号", "デマンドバス"), right=("デマンド交通",), mutual=True, weight=1.0),
    Group(left=("車",), right=("公用車",), mutual=False, weight=0.4),
)

FAULTS = [
    ("甲\t=\t乙\n", "1行目: 列が3つ"),
    ("甲\t=\t乙\t1\n甲,=,丙,1\n", "2行目: 列が1つ"),
    ("甲\t=\t乙\t1\t余り\n", "1行目: 列が5つ"),
    ("甲\t<\t乙\t1\n", "1行目"),
    ("甲\t=\t乙\t強\n", "1行目"),
    ("甲\t=\t乙|甲\t1\n", "1行目: 「甲」が左右の両方"),
    ("甲\t>\t乙\t1\n\n丙|甲\t>\t乙\t0.5\n", "1行目と3行目: 「甲」→「乙」が2回"),
    ("甲\t=\t乙\t1\n乙\t>\t甲\t0.5\n", "1行目と2行目: 「乙」→「甲」が2回"),
    ("甲\t>\t乙\t1\n乙\t>\t丙\t1\n丙\t>\t甲\t1\n", "1行目と2行目と3行目: .*一回りしています"),
    ("甲\t=\n" * 7, "5行目.*ほかに2か所"),
]


def test_a_good_file_gives_its_groups() -> None:
    assert checked_groups(GOOD.encode("utf-8-sig"), "own.tsv") == GROUPS
    assert checked_groups(b"", "own.tsv") == ()


@pytest.mark.parametrize(("text", "message"), FAULTS)
def test_a_fault_is_told_with_its_lines(text: str, message: str) -> None:
    with pytest.raises(ThesaurusError, match=message):
        checked_groups(text.encode(), "own.tsv")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("甲\t=\t乙\t1\n".encode("cp932"), 1),
        (b"# a\n\n" + "甲".encode("cp932"), 3),
        (GOOD.encode("utf-16"), 1),
    ],
)
def test_another_encoding_is_told_with_its_line(data: bytes, line: int) -> None:
    with pytest.raises(ThesaurusError, match=rf"{line}行目が UTF-8 ではありません"):
        checked_groups(data, "own.tsv")


def test_a_file_too_long_is_refused() -> None:
    with pytest.raises(ThesaurusError, match="20,000行まで"):
        checked_groups(b"#\n" * 20_001, "own.tsv")


def test_without_a_file_nothing_is_in_force(tmp_path: Path) -> None:
    assert load_own(tmp_path) == OwnThesaurus()
    assert list(tmp_path.iterdir()) == []


def test_the_last_good_file_stays_in_force(tmp_path: Path) -> None:
    own = tmp_path / FILE_NAME
    own.write_text(GOOD, "utf-8")
    assert load_own(tmp_path).groups == GROUPS
    assert (tmp_path / KEPT_NAME).read_text("utf-8") == GOOD
    own.write_text(GOOD + "甲\t=\n", "utf-8")
    found = load_own(tmp_path)
    assert found.groups == GROUPS
    assert "4行目" in found.fault
    assert "前回読めた表" in found.notice
    assert sorted(path.name for path in tmp_path.iterdir()) == [KEPT_NAME, FILE_NAME]
    own.unlink()
    assert load_own(tmp_path) == OwnThesaurus()


def test_a_bad_file_without_a_good_one_before_gives_nothing(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("甲\t=\n", "utf-8")
    found = load_own(tmp_path)
    assert found.groups == ()
    assert "もとからある言い換えだけ" in found.notice
    assert not (tmp_path / KEPT_NAME).exists()


def test_a_named_file_wins_and_is_missed_where_it_is_gone(tmp_path: Path) -> None:
    library, named = tmp_path / "library", tmp_path / "shared.tsv"
    library.mkdir()
    (library / FILE_NAME).write_text("甲\t=\t乙\t1\n", "utf-8")
    named.write_text(GOOD, "utf-8")
    assert load_own(library, named).groups == GROUPS
    named.unlink()
    found = load_own(library, named)
    assert found.groups == GROUPS
    assert str(named) in found.fault


def test_a_damaged_copy_is_not_used(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("甲\t=\n", "utf-8")
    (tmp_path / KEPT_NAME).write_bytes(b"\xff\xfe\x00")
    assert load_own(tmp_path).groups == ()


def test_a_change_is_seen(tmp_path: Path) -> None:
    assert stamp_of(tmp_path, None) is None
    own = tmp_path / FILE_NAME
    own.write_text(GOOD, "utf-8")
    first = stamp_of(tmp_path, None)
    own.write_text(f"{GOOD}# もう1行\n", "utf-8")
    assert first is not None
    assert stamp_of(tmp_path, None) != first
