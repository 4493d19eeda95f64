from __future__ import annotations

from dataclasses import replace

from index.facets import Facets
from index.filters import Filters
from index.static_encoder import StaticEncoder
from qa.every_town import with_every_town
from qa.meaning import Meaning
from qa.question import read_question
from qa.results import SearchResult
from qa.searched import Searched
from qa.understand import Understood
from tests.corpus.make import a_document
from tests.qa.make import a_hit, prose

FACETS = Facets(municipalities={"990019": 9, "990027": 5})
HERE = replace(a_hit(a_document("甲"), prose(a_document("甲"), "甲の窓口"), 1, ("窓口",)), score=2.0)
THERE_DOCUMENT = a_document("乙", code="990027")
THERE = replace(a_hit(THERE_DOCUMENT, prose(THERE_DOCUMENT, "乙の窓口"), 1, ("窓口",)), score=3.0, row_id=99)
SILENT = replace(THERE, matched=(), row_id=98)


def found(filters: Filters) -> SearchResult:
    understood = Understood(
        question=read_question("窓口"),
        filters=filters,
        read=Filters(),
        towns=(),
        fiscal_years=(),
        departments=(),
        topic="窓口",
        terms=(),
        topic_words=("窓口",),
        phrases=(),
    )
    searched = Searched(documents=2, passages=9, municipalities=(), fiscal_years=(), unread_files=())
    return SearchResult(
        understood=understood,
        searched=searched,
        hits=(HERE,),
        notices=(),
        weights={"窓口": 1.0},
        meaning=Meaning(StaticEncoder(), "窓口"),
    )


def test_a_town_that_the_list_lacks_is_asked_too() -> None:
    widened = with_every_town(found(Filters()), FACETS, lambda filters, limit: [SILENT, THERE])
    assert [(hit.rank, hit.document.municipality_code) for hit in widened.hits] == [
        (1, "990019"),
        (2, "990027"),
    ]
    assert widened.hits[1].score <= widened.hits[0].score


def test_a_town_that_says_less_stays_out_and_limits_are_kept() -> None:
    assert with_every_town(found(Filters()), FACETS, lambda filters, limit: [SILENT]).hits == (HERE,)
    limited = found(Filters(municipalities=("990019",)))
    assert with_every_town(limited, FACETS, lambda filters, limit: [THERE]) == limited
