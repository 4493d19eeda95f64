"""The address of a view: what is written is read again, and nothing that is typed breaks it."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.filter_words import FilterWords
from ui.view_link import LONGEST, ViewLink, view_html

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
VALUE = st.text(st.characters(codec="utf-8", exclude_characters="|"), min_size=1, max_size=10)


@given(TEXT, st.lists(VALUE, max_size=3), st.lists(VALUE, max_size=3))
def test_a_view_is_read_as_it_was_written(text: str, towns: list[str], kinds: list[str]) -> None:
    words = FilterWords(municipalities=tuple(towns), document_kinds=tuple(kinds))
    link = ViewLink(tab="draft-tab", text=text, words=words, extras={"form": "方針書"})
    params = dict(parse_qsl(link.written().removeprefix("?")))
    assert ViewLink.read(params) == link


@pytest.mark.parametrize("params", [{}, {"tab": ""}, {"municipality": "||"}])
def test_an_address_without_a_view_is_none(params: dict[str, str]) -> None:
    assert ViewLink.read(params) == ViewLink()


def test_what_is_too_long_is_cut_and_markup_is_text() -> None:
    assert len(ViewLink.read({"q": "あ" * 9_999}).text) == LONGEST
    html = view_html(ViewLink(tab='"><script>', text="<b>"))
    assert "<script" not in html
    assert "<b>" not in html
