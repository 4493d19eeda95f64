"""The JSON that other programs rely on: one function a command's form."""

from __future__ import annotations

from typing import Any

from corpus.citation import Citation
from corpus.document import Document
from corpus.locator import is_ocr
from corpus.store_reader import StoreReader
from index.filters import Filters
from qa.answer import Answer
from qa.hits import Hit
from qa.results import AskResult, SearchResult
from qa.searched import Searched
from ui.readings import readings_json

JsonObject = dict[str, Any]


def hit_json(hit: Hit) -> JsonObject:
    """A passage in a ranked list."""
    passage, document = hit.passage, hit.document
    places = [locator.to_json() for locator in passage.locators]
    data = {
        "rank": hit.rank,
        "passage_id": passage.passage_id,
        "document_id": document.document_id,
        "source": document.source,
        "municipality": document.municipality,
        "municipality_code": document.municipality_code,
        "prefecture": document.prefecture,
        "fiscal_year": hit.fiscal_year,
        "fiscal_years": list(passage.fiscal_years),
        "also_fiscal_years": list(hit.also_years),
        "document_fiscal_year": document.fiscal_year,
        "title": document.title,
        "document_kind": document.document_kind,
        "department": hit.department,
        "sheet": hit.sheet.title if hit.sheet else "",
        "section_path": list(passage.section_path),
        "item": passage.item,
        "text": passage.text,
        "context": hit.context,
        "locator": places[0],
        "linked": [
            {"passage_id": one.passage_id, "section_path": list(one.section_path), "item": one.item}
            for one in hit.linked
        ],
        "score": round(hit.score, 6),
        "matched": [*hit.matched, *(f"{one.typed}→{one.called}" for one in hit.called)],
    }
    if len(places) > 1:
        data["locators"] = places
    if is_ocr(passage.locators):
        data["ocr"] = True
    return data


def searched_json(searched: Searched) -> JsonObject:
    """What a search looked at."""
    return {
        "documents": searched.documents,
        "passages": searched.passages,
        "municipalities": list(searched.municipalities),
        "fiscal_years": list(searched.fiscal_years),
        "unread_files": [{"source": file.source, "reason": file.reason} for file in searched.unread_files],
    }


def filters_json(filters: Filters) -> JsonObject:
    """The limits in force; a field without a limit is absent."""
    values = {name: getattr(filters, name) for name in Filters.__slots__}
    return {name: list(value) for name, value in values.items() if value is not None}


def search_json(result: SearchResult, limit: int) -> JsonObject:
    """The form of ``search``."""
    understood = result.understood
    return {
        "query": understood.question.text,
        "understood": {
            "filters": filters_json(understood.filters),
            "terms": [term.text for term in understood.terms],
            "expansions": [
                {"typed": one.typed, "called": one.called, "weight": one.weight} for one in understood.called
            ],
            "phrases": list(understood.phrases),
            "readings": readings_json(understood),
        },
        "searched": searched_json(result.searched),
        "notices": list(result.notices),
        "hits": [hit_json(hit) for hit in result.hits[:limit]],
    }


def citation_json(citation: Citation) -> JsonObject:
    """A verified quote."""
    return {
        "n": citation.n,
        "passage_id": citation.passage_id,
        "source": citation.source,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "municipality": citation.municipality,
        "fiscal_year": citation.fiscal_year,
        "locator": citation.locator.to_json(),
    }


def answer_json(answer: Answer) -> JsonObject:
    """An answer or a refusal."""
    data: JsonObject = {
        "short": answer.short,
        "text": answer.text,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "citations": [citation_json(citation) for citation in answer.citations],
        "generated": answer.generated,
    }
    if answer.notice:
        data["notice"] = answer.notice
    return data


def ask_json(result: AskResult, limit: int) -> JsonObject:
    """The form of ``ask``."""
    return {**search_json(result.search, limit), "answer": answer_json(result.answer)}


def run_json(query_id: str, result: AskResult, limit: int) -> JsonObject:
    """One line of ``run``."""
    passages = [
        {"source": hit.document.source, "text": hit.passage.text} for hit in result.search.hits[:limit]
    ]
    return {"id": query_id, "passages": passages, "answer": answer_json(result.answer)}


def document_json(document: Document, store: StoreReader) -> JsonObject:
    """A document of the library."""
    return {
        "document_id": document.document_id,
        "source": document.source,
        "municipality": document.municipality,
        "municipality_code": document.municipality_code,
        "prefecture": document.prefecture,
        "fiscal_year": document.fiscal_year,
        "title": document.title,
        "document_kind": document.document_kind,
        "sha256": document.sha256,
        "layout": document.layout,
        **store.counts(document.document_id),
        "added_at": document.added_at,
        "warnings": list(document.warnings),
    }
