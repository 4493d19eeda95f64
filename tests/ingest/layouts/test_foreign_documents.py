"""Documents of towns that no layout was built for: what is read is what a careful clerk records."""

from functools import cache

import pytest

from corpus.coverage import LeftOutReason
from corpus.passage import PassageKind
from ingest.cells import is_figure
from ingest.layout import LAYOUTS, choose_layout
from ingest.text_reader import TextReader
from tests.ingest.documents import account_of, check_passages, document_of
from tests.ingest.foreign.all_documents import DOCUMENTS
from tests.ingest.foreign.expected import Expected, lines_of
from tests.ingest.foreign.told import figures_of, marks_of, paths_of, sheets_of
from tests.ingest.taken_in import Taken, taken

NAMES = sorted(DOCUMENTS)
OWN_FORM = {
    "reform_results": "reform_report",
    "report_variant": "reform_report",
    "policy_variant": "policy_statement",
    "inventory_variant": "business_inventory",
    "promotion_variant": "promotion_plan",
}
"""Documents that have the form of a special layout, in another town's words."""


@cache
def read(name: str) -> Taken:
    data = DOCUMENTS[name].source.encode()
    return taken(f"{name}.txt", data, TextReader().read(data))


def expected(name: str) -> Expected:
    return DOCUMENTS[name]


@pytest.mark.parametrize("name", NAMES)
def test_title_and_year_are_those_of_the_front(name: str) -> None:
    document = read(name).document
    assert (document.title, document.fiscal_year) == (expected(name).title, expected(name).fiscal_year)


@pytest.mark.parametrize("name", NAMES)
def test_sheets_have_their_names_and_departments(name: str) -> None:
    assert sheets_of(read(name)) == lines_of(expected(name).sheets)


@pytest.mark.parametrize("name", NAMES)
def test_figures_have_name_role_year_and_unit(name: str) -> None:
    assert figures_of(read(name)) == lines_of(expected(name).figures)


@pytest.mark.parametrize("name", NAMES)
def test_marks_have_the_words_of_the_documents_legend(name: str) -> None:
    assert marks_of(read(name)) == lines_of(expected(name).marks)


@pytest.mark.parametrize(("name", "words", "path"), [(n, w, p) for n in NAMES for w, p in DOCUMENTS[n].paths])
def test_passages_stand_under_their_headings(name: str, words: str, path: str) -> None:
    assert paths_of(read(name), words) == [path]


@pytest.mark.parametrize("name", NAMES)
def test_warnings_are_few_and_name_their_lines(name: str) -> None:
    told = (
        choose_layout(document_of(expected(name).source)).parse(document_of(expected(name).source)).warnings
    )
    starts = expected(name).warnings
    assert len(told) == len(starts), told
    assert all(line.startswith(start) for line, start in zip(told, starts, strict=True)), told


@pytest.mark.parametrize("name", NAMES)
def test_no_special_layout_takes_a_foreign_form(name: str) -> None:
    document = document_of(expected(name).source)
    scores = {layout.name: layout.score(document) for layout in LAYOUTS}
    own = OWN_FORM.get(name, "generic")
    assert choose_layout(document).name == own
    assert all(score <= 0.3 for layout, score in scores.items() if layout != own), scores


@pytest.mark.parametrize("name", NAMES)
def test_every_character_is_accounted_for(name: str) -> None:
    text = expected(name).source
    parsed = choose_layout(document_of(text)).parse(document_of(text))
    check_passages(text, parsed)
    account = account_of(parsed, text)
    numbers = account.by_reason.get(LeftOutReason.RUNNING_HEADER, 0) / account.words
    assert account.share + numbers >= 0.995


@pytest.mark.parametrize("name", [name for name in NAMES if name != "faulty"])
def test_no_figure_stands_without_its_header(name: str) -> None:
    for passage in read(name).passages:
        if passage.kind is PassageKind.ROW:
            bare = [cell.text for cell in passage.cells if is_figure(cell.text) and not cell.header]
            assert not bare, (passage.text, bare)


def test_there_are_documents_of_twenty_forms() -> None:
    assert len({expected(name).title for name in NAMES}) >= 20
    assert sum(len(lines_of(expected(name).figures)) for name in NAMES) >= 300
