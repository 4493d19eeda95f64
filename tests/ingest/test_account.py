"""Nothing is lost: passages, carried headers and what is left out make up every character of a source."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.coverage import LeftOutReason
from corpus.folding import match_key
from corpus.span import Span
from ingest.layout import LAYOUTS, choose_layout
from ingest.parsed import ParsedDocument
from tests.ingest.documents import account_of, check_passages, document_of
from tests.ingest.made_up_documents import MADE_UP

ROOT = Path(__file__).resolve().parents[2]
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
SAMPLES = sorted((ROOT / "corpus" / "samples").glob("*.txt"))
TEXTS = {path.stem: path for path in (*SEEDS, *SAMPLES)}
LEFT_OUT_OF_SEEDS = {
    "000": {LeftOutReason.MARKUP: 237, LeftOutReason.EMPTY_FIELD: 55},
    "001": {LeftOutReason.MARKUP: 40, LeftOutReason.DEBRIS: 89},
    "002": {LeftOutReason.EMPTY_FIELD: 40},
    "003": {LeftOutReason.MARKUP: 3737, LeftOutReason.LEGEND_SAMPLE: 25},
    "004": {LeftOutReason.MARKUP: 256, LeftOutReason.EMPTY_FIELD: 1116},
}
"""In characters that are no white space; empty fields are carried, markup and icons are no words."""
LEAST_SHARE = 0.995


def parse(text: str) -> ParsedDocument:
    document = document_of(text)
    return choose_layout(document).parse(document)


def check_account(text: str, parsed: ParsedDocument) -> None:
    """Every character that is no white space lies in exactly one of the three parts."""
    segments = [segment for passage in parsed.passages for segment in passage.segments]
    spans = sorted([*segments, *parsed.carried, *(one.span for one in parsed.left_out)])
    assert all(a.end <= b.start for a, b in pairwise(spans)), "the parts overlap"
    position = 0
    for span in [*spans, Span(len(text), len(text))]:
        assert not text[position : span.start].strip(), "characters in no part"
        assert span.start == span.end or span.of(text).strip() == span.of(text)
        position = span.end
    coverage = account_of(parsed, text)
    assert coverage.in_passages + coverage.carried + coverage.left_out == coverage.total
    assert coverage.total == sum(not character.isspace() for character in text)


@pytest.mark.parametrize("name", [*TEXTS, *MADE_UP])
def test_every_character_is_accounted_for_once(name: str) -> None:
    text = TEXTS[name].read_text(encoding="utf-8") if name in TEXTS else MADE_UP[name]
    parsed = parse(text)
    check_passages(text, parsed)
    check_account(text, parsed)
    assert not any(one.reason is LeftOutReason.UNREAD for one in parsed.left_out)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_what_the_real_documents_leave_out_is_icons_and_a_sample_legend(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    parsed = parse(text)
    coverage = account_of(parsed, text)
    assert coverage.share >= LEAST_SHARE
    counted: dict[LeftOutReason, int] = {}
    for one in parsed.left_out:
        counted[one.reason] = counted.get(one.reason, 0) + len("".join(one.span.of(text).split()))
    assert counted == LEFT_OUT_OF_SEEDS[path.stem[:3]] == coverage.by_reason


@pytest.mark.parametrize("name", [*TEXTS, *MADE_UP])
def test_a_label_left_out_as_of_an_empty_field_stands_in_a_sheet_that_records_one(name: str) -> None:
    parsed = parse(TEXTS[name].read_text(encoding="utf-8") if name in TEXTS else MADE_UP[name])
    recorded = {absence.sheet for absence in parsed.absences}
    for one in parsed.left_out:
        if one.reason is LeftOutReason.EMPTY_FIELD:
            sheets = [i for i, sheet in enumerate(parsed.sheets) if sheet.span.contains(one.span)]
            assert recorded.issuperset(sheets)
            assert parsed.absences


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_each_label_of_an_empty_field_is_at_a_recorded_absence(path: Path) -> None:
    """It is the absence's own label, or beside one: 進捗状況 of 「進捗状況 前期」."""
    text = path.read_text(encoding="utf-8")
    parsed = parse(text)
    places = [absence.span.start for absence in parsed.absences]
    labels = "".join(match_key(absence.label) for absence in parsed.absences)
    for one in parsed.left_out:
        if one.reason is LeftOutReason.EMPTY_FIELD:
            is_named = match_key(one.span.of(text)) in labels
            assert is_named or min(abs(one.span.start - place) for place in places) <= 40


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("name", [*TEXTS, *MADE_UP])
def test_a_layout_that_does_not_fit_loses_nothing_either(name: str, layout: object) -> None:
    text = TEXTS[name].read_text(encoding="utf-8") if name in TEXTS else MADE_UP[name]
    chosen = next(one for one in LAYOUTS if one is layout)
    document = document_of(text)
    if chosen.score(document) > 0:
        check_account(text, chosen.parse(document))


LINES = st.sampled_from([line for text in MADE_UP.values() for line in text.split("\n")])
SAMPLE_LINES = st.sampled_from(
    [line for path in SAMPLES for line in path.read_text(encoding="utf-8").split("\n")]
)
CHARACTERS = "\t\n 　-12①（）※。、令和6年度課題評価事業名<p>○△×■ABＡ,，…／港は海"
FRAGMENTS = st.text(st.sampled_from(CHARACTERS), max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES | SAMPLE_LINES | FRAGMENTS, max_size=40).map("\n".join))
def test_any_text_is_accounted_for_once(text: str) -> None:
    parsed = parse(text)
    check_passages(text, parsed)
    check_account(text, parsed)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([*MADE_UP.values(), *(p.read_text(encoding="utf-8") for p in SAMPLES)]), st.data())
def test_a_damaged_document_is_accounted_for_once(text: str, data: st.DataObject) -> None:
    lines = text.split("\n")
    first = data.draw(st.integers(0, len(lines)))
    last = data.draw(st.integers(first, min(first + 12, len(lines))))
    moved = data.draw(st.integers(0, len(lines)))
    rest = [*lines[:first], *lines[last:]]
    damaged = "\n".join([*rest[:moved], *lines[first:last], *rest[moved:], data.draw(FRAGMENTS)])
    for layout in LAYOUTS:
        document = document_of(damaged)
        if layout.score(document) > 0:
            check_account(damaged, layout.parse(document))
