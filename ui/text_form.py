"""What search, ask and documents say in a terminal."""

from __future__ import annotations

from typing import Any

from corpus.citation import Citation
from corpus.fiscal_year import era_label, format_fiscal_year
from corpus.locator import OCR_NOTE, is_ocr
from qa.hits import Hit
from qa.results import AskResult, SearchResult
from ui.readings import readings_text

NOTHING = "見つかりませんでした。"
GENERATED = "AIが言い換えた文です。引用は原文のままです"
"""Stands over sentences that a language model worded."""


def search_text(result: SearchResult, limit: int) -> str:
    """Passages in rank order, each under what stands over it, then the coverage line."""
    blocks = [*readings_text(result.understood), *result.notices]
    blocks += [_hit_text(hit) for hit in result.hits[:limit]] or [NOTHING]
    return "\n\n".join([*blocks, result.searched.sentence()])


def ask_text(result: AskResult) -> str:
    """The answer's lines with their sources, or the refusal, then the coverage line."""
    answer, search = result.answer, result.search
    read = readings_text(search.understood)
    if answer.abstained:
        return "\n".join([*read, *search.notices, f"お答えできません。{answer.reason}", *_nearest(search)])
    lines = [*read, *search.notices]
    if answer.short:
        lines.append(f"→ {answer.short}")
    if answer.notice:
        lines.append(answer.notice)
    if answer.generated:
        lines += [GENERATED, *(statement.text for statement in answer.statements), "", "引用:"]
    lines += [line.text for line in answer.lines]
    lines += ["", "出典:"]
    lines += [source_line(line.citation, _hit_of(search, line.citation)) for line in answer.lines]
    if any(is_ocr(_hit_of(search, line.citation).passage.locators) for line in answer.lines):
        lines += ["", OCR_NOTE]
    return "\n".join([*lines, "", search.searched.sentence()])


def source_line(citation: Citation, hit: Hit) -> str:
    """「[1] 大泉町「令和6年度 方針書」 企画部 中間レビュー ⑧、12行目（000.txt）」."""
    parts = [hit.department, *hit.passage.section_path, hit.passage.item]
    path = " ".join(dict.fromkeys(part for part in parts if part))
    document = hit.document
    return (
        f"[{citation.n}] {document.municipality}「{document.title}」{path}、"
        f"{citation.locator.label()}（{citation.source}）"
    )


def documents_text(held: list[dict[str, Any]]) -> str:
    """One line a document."""
    if not held:
        return "文書はまだありません。「shirube ingest フォルダー」で取り込んでください。"
    return "\n".join(
        f"{row['document_id']}  {row['municipality']}  {row['title']}"
        f"（{row['document_kind']}、{_year(row['fiscal_year'])}）"
        f"  {row['sheets']}シート・{row['passages']}か所  {row['source']}"
        for row in held
    )


def _year(fiscal_year: int | None) -> str:
    return "年度なし" if fiscal_year is None else era_label(fiscal_year)


def _hit_text(hit: Hit) -> str:
    year = format_fiscal_year(hit.fiscal_year) if hit.fiscal_year is not None else ""
    head = f"{hit.rank}. {hit.document.municipality} {year} {hit.context}".replace("  ", " ")
    place = f"（{hit.document.source}、{hit.locator.label()}）"
    below = [place, OCR_NOTE] if is_ocr(hit.passage.locators) else [place]
    return "\n".join([head, *(f"   {line}" for line in (*hit.passage.text.splitlines(), *below))])


def _nearest(search: SearchResult) -> list[str]:
    """The nearest that exists, so that a person can judge the refusal."""
    if not search.hits:
        return []
    return ["", "近い記述（答えではありません）:", *(_hit_text(hit) for hit in search.hits[:3])]


def _hit_of(search: SearchResult, citation: Citation) -> Hit:
    return next(hit for hit in search.hits if hit.passage.passage_id == citation.passage_id)
