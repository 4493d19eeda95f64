"""Passages as HTML: grouped by town in rank order, never without what stands over them.

A table row is shown as a table with its headers, never as bare values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.passage import Cell, Passage
from corpus.span import Span
from qa.hits import Hit
from ui.citation_text import item_label, quotation
from ui.cited_view import keep_button
from ui.markup import button, disclosure, esc, marked
from ui.matches import Matcher
from ui.year_words import years_label

SHOWN_A_TOWN = 3
NARROW = 5
"""Up to so many characters a cell may be as narrow as they are."""


def passages_html(
    hits: Sequence[Hit], matcher: Matcher, title: str, note: str = "", others: Sequence[Hit] = ()
) -> str:
    """Hits under a heading; of each town the first ones, the rest behind 「ほか…」.

    Args:
        hits: best first.
        matcher: marks what matched.
        title: the heading.
        note: said below it.
        others: hits that share no word with the question; folded away at the end.
    """
    towns: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        towns.setdefault((hit.document.municipality_code, hit.document.municipality), []).append(hit)
    groups = "".join(_town(name, group, matcher) for (_, name), group in towns.items())
    if others:
        inside = "".join(passage_html(hit, matcher) for hit in others)
        groups += disclosure(f"言葉は違いますが、内容の近い箇所（{len(others)}）", inside)
    hint = f'<p class="hint">{esc(note)}</p>' if note else ""
    return (
        '<section class="passages" aria-labelledby="passages-title">'
        f'<h2 id="passages-title">{esc(title)}</h2>'
        f"{hint}{groups}</section>"
    )


def _town(name: str, hits: Sequence[Hit], matcher: Matcher) -> str:
    shown = "".join(passage_html(hit, matcher) for hit in hits[:SHOWN_A_TOWN])
    rest = "".join(passage_html(hit, matcher) for hit in hits[SHOWN_A_TOWN:])
    more = disclosure(f"{name}のほか{len(hits) - SHOWN_A_TOWN}か所を表示", rest) if rest else ""
    count = f'<span class="count">{len(hits)}か所</span>'
    return f'<section class="town"><h3>{esc(name)}{count}</h3>{shown}{more}</section>'


def passage_html(hit: Hit, matcher: Matcher) -> str:
    """One passage: what stands over it, its words, its year and place, what can be done with it."""
    return (
        f'<article class="passage"><p class="context">{context_html(hit)}</p>'
        f'{body_html(hit, matcher)}<p class="meta">{meta_html(hit)}</p>'
        f'<div class="actions">{_actions(hit)}</div></article>'
    )


def context_html(hit: Hit) -> str:
    """Document › department › sheet › section › item; a row's headers stand in its table instead."""
    parts = [esc(part) for part in context_parts(hit)]
    return ' <span class="sep" aria-hidden="true">›</span> '.join(parts)


def context_parts(hit: Hit) -> list[str]:
    """What stands over a passage, outermost first; a heading that another one repeats is said once."""
    sheet = hit.sheet.title if hit.sheet else ""
    above = [hit.document.title, *hit.passage.departments, sheet, *hit.passage.section_path]
    distinct = list(dict.fromkeys(part for part in above if part))
    kept = [part for part in distinct if not any(part != other and part in other for other in distinct)]
    item = item_label(hit.passage)
    return [*kept, item] if item and item not in kept else kept


def body_html(hit: Hit, matcher: Matcher) -> str:
    """The passage's words with what matched marked."""
    if hit.passage.cells:
        return row_table(hit, matcher)
    text = hit.passage.text
    return f'<p class="text">{marked(text, matcher.spans(text))}</p>'


def row_table(hit: Hit, matcher: Matcher) -> str:
    """A row (or cell) of a table with its headers; rows under the same headers one below the other."""
    rows = _rows(hit.passage)
    heads = "".join(f'<th scope="col">{esc(cell.header) or "項目"}</th>' for cell in rows[0])
    values = "".join(f"<tr>{''.join(_cell(hit, cell, matcher) for cell in row)}</tr>" for row in rows)
    name = esc(f"{hit.document.municipality} {item_label(hit.passage) or hit.document.title} の表")
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{name}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{values}</tbody></table></div>"
    )


def _rows(passage: Passage) -> list[tuple[Cell, ...]]:
    """The cells of a passage row by row, where each row has the same headers; else in one row."""
    rows = [
        tuple(cell for cell in passage.cells if segment.contains(cell.span)) for segment in passage.segments
    ]
    rows = [row for row in rows if row]
    headers = {tuple(cell.header for cell in row) for row in rows}
    whole = sum(map(len, rows)) == len(passage.cells)
    return rows if whole and len(headers) == 1 else [passage.cells]


def _cell(hit: Hit, cell: Cell, matcher: Matcher) -> str:
    text = cell_text(hit, cell)
    css = ' class="words"' if len(text) > NARROW else ""
    return f"<td{css}>{marked(text, matcher.spans(text))}</td>"


def cell_text(hit: Hit, cell: Cell) -> str:
    """A cell's value, taken from the passage's own text."""
    at = 0
    for segment in hit.passage.segments:
        if segment.contains(cell.span):
            start = at + cell.span.start - segment.start
            return Span(start, start + len(cell.span)).of(hit.passage.text).strip()
        at += len(segment) + 1
    return ""


def row_words(hit: Hit) -> str:
    """A row in words, each value behind its header, for a quotation."""
    pairs = ((cell.header, " ".join(cell_text(hit, cell).split())) for cell in hit.passage.cells)
    return "／".join(f"{header}: {value}" if header else value for header, value in pairs if value)


def meta_html(hit: Hit) -> str:
    """Year, kind, file and place."""
    years: Iterable[int] = hit.passage.fiscal_years
    if not hit.passage.fiscal_years and hit.document.fiscal_year is not None:
        years = (hit.document.fiscal_year,)
    label = years_label(tuple(years)) or "年度の記載なし"
    if hit.also_years:
        label += f"（{years_label(hit.also_years)}も同じ記述）"
    parts = [label, hit.document.document_kind, hit.document.source, hit.locator.label()]
    return "".join(f"<span>{esc(part)}</span>" for part in parts if part)


def _actions(hit: Hit) -> str:
    words = row_words(hit) if hit.passage.cells else " ".join(hit.passage.text.split())
    whose = f"{hit.document.municipality} {hit.rank}件目"
    return (
        button("原文を開く", "open", hit.passage.passage_id, said=f"原文を開く（{whose}）")
        + button("引用をコピー", "copy", quotation(words, hit), said=f"引用をコピー（{whose}）")
        + keep_button(hit.passage.passage_id, whose)
        + _links(hit, whose)
    )


def _links(hit: Hit, whose: str) -> str:
    """A button for each other section of the sheet that carries the same circled number."""
    sections = {one.section_path[-1]: one for one in reversed(hit.linked) if one.section_path}
    return "".join(
        button(
            f"{one.topic_number} {section}",
            "open",
            one.passage_id,
            said=f"{one.topic_number} {section}を開く（{whose}と同じ項目）",
        )
        for section, one in reversed(sections.items())
    )
