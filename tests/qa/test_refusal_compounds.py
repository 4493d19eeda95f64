from __future__ import annotations

import re

import pytest

from index.terms import TermAnalyzer, TermKind
from qa.refusal_compounds import other_joints

SAID = [
    ("読書会参加率", "読書会の参加率は41％であった。", True),
    ("総貸出冊数", "1年の貸出冊数は8万冊である。", True),
    ("資源量", "資源の回収量を増やす。", True),
    ("読書会参加率", "参加率の高い読書会を選ぶ。", False),
    ("読書会参加率", "読書会を開いた。参加率は高い。", False),
    ("資源量", "資源となる紙を集める量", False),
]


@pytest.mark.parametrize(("compound", "said", "held"), SAID)
def test_a_compound_may_be_parted_by_no_or_a_noun(compound: str, said: str, held: bool) -> None:
    terms = TermAnalyzer().analyze(compound)
    whole = next(one for one in terms if one.kind is TermKind.COMPOUND)
    joints = other_joints(whole, terms, compound)
    assert joints
    assert (re.search(joints, said) is not None) is held


def test_a_compound_with_one_part_that_tells_has_no_other_joints() -> None:
    terms = TermAnalyzer().analyze("総件数")
    whole = next((one for one in terms if one.kind is TermKind.COMPOUND), terms[0])
    assert other_joints(whole, terms, "総件数") == ""
