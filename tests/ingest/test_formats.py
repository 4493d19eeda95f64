"""The sample corpus gives the same records as PDF, Word and Excel as it does as text."""

import pytest

from tests.ingest.format_agreement import KINDS, agreement, records, taken_as
from tests.ingest.sample_formats import FORMATS, Heading, Lines, Rows, made, parts_of, sample_names

EVERY = [(name, form) for name in sample_names() for form in FORMATS]


@pytest.mark.parametrize(("name", "form"), EVERY, ids=lambda one: one.removesuffix(".txt"))
def test_a_document_gives_the_same_records_in_each_format(name: str, form: str) -> None:
    assert taken_as(name, form).document.layout == taken_as(name, "txt").document.layout
    for kind in KINDS:
        found = agreement(name, form, kind)
        assert (found.lost, found.added) == ((), ()), kind


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_records_of_each_kind_to_compare(kind: str) -> None:
    assert sum(records(name, "txt", kind).total() for name in sample_names()) >= 50


def test_formats_differ_in_what_is_drawn() -> None:
    name = sample_names()[0]
    assert len({made(name, form) for form in FORMATS}) == len(FORMATS)


def test_a_text_is_laid_out_as_its_author_did() -> None:
    text = "1. 現状\n\n- ① 港が古い。\n- 直す。\n\n課名\t内容\t\n港湾課\t<p>① 直す</p> <p>② 塗る</p>\n"
    assert parts_of(text) == [
        Heading(text="1. 現状"),
        Lines(lines=("① 港が古い。", "- 直す。")),
        Rows(rows=(("課名", "内容", ""), ("港湾課", "① 直す\n② 塗る", ""))),
    ]
