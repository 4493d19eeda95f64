from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.postings_budget import PostingList, within_budget

PASSAGES = 1_000


def a_list(holders: int, weight: float = 1.0) -> PostingList:
    return PostingList(field="body", term=f"語{holders}", weight=weight, holders=holders)


LISTS = st.lists(st.builds(a_list, st.integers(1, PASSAGES), st.floats(0.01, 2.0)), max_size=30)


def test_all_lists_are_read_where_the_budget_allows() -> None:
    assert within_budget([a_list(600), a_list(400)], PASSAGES, 1_000) == [True, True]


def test_rare_terms_are_read_before_common_ones() -> None:
    assert within_budget([a_list(900), a_list(30), a_list(400)], PASSAGES, 500) == [False, True, True]


def test_of_two_alike_the_heavier_is_read() -> None:
    assert within_budget([a_list(300, 0.1), a_list(300, 0.9)], PASSAGES, 400) == [False, True]


@given(LISTS, st.integers(0, 5_000))
def test_no_more_is_read_than_the_budget(lists: list[PostingList], budget: int) -> None:
    kept = within_budget(lists, PASSAGES, budget)
    assert len(kept) == len(lists)
    assert sum(one.holders for one, read in zip(lists, kept, strict=True) if read) <= budget
    left_out = [one.holders for one, read in zip(lists, kept, strict=True) if not read]
    read = sum(one.holders for one, held in zip(lists, kept, strict=True) if held)
    assert all(read + holders > budget for holders in left_out)
