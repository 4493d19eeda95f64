"""A quotation in a table or list: its words, whose they are, and the button that opens the source."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.citation import Citation
from corpus.fiscal_year import era_label
from corpus.listing import ListedIndicator
from corpus.span import Span
from qa.compare_cells import CitedHit
from qa.hits import Hit
from ui.citation_text import names_only, quotation
from ui.markup import button, esc
from ui.source_request import SourceRequest

SOURCE = "出典"
KEEP = "かごへ"


def place_value(citation: Citation, cells: Sequence[int] = ()) -> str:
    """What a button carries that opens a citation; see ``ui.source_request.SourceRequest``.

    Args:
        citation: the quotation.
        cells: the numbers of the passage's cells that are shown of it, the one to look at first.
    """
    quote = Span(citation.start, citation.end)
    return SourceRequest(passage_id=citation.passage_id, quote=quote, cells=tuple(cells)).place()


def on_one_line(text: str) -> str:
    """A text without its line ends."""
    return " ".join(text.split())


def quote_html(one: CitedHit, whose: str) -> str:
    """A quotation with its source.

    Args:
        one: the passage and its quotation.
        whose: what a screen reader says of its buttons (「大泉町の課題 1件目」).
    """
    hit, citation = one.hit, one.citation
    copied = quotation(on_one_line(citation.quote), hit, citation.locator)
    return (
        f'<div class="quoted"><q>{esc(on_one_line(citation.quote))}</q>'
        f'<p class="meta">{_facts(hit, citation)}{_called(hit)}</p><div class="actions">'
        f"{button(SOURCE, 'open', place_value(citation), said=f'{whose}の出典を開く')}"
        f"{button('コピー', 'copy', copied, said=f'{whose}の引用をコピー')}"
        f"{keep_button(place_value(citation), whose)}</div></div>"
    )


def source_button(citation: Citation, whose: str) -> str:
    """The button alone."""
    return button(SOURCE, "open", place_value(citation), said=f"{whose}の出典を開く")


def keep_button(place: str, whose: str) -> str:
    """The button that puts what stands at a place into the basket 「資料かご」."""
    return button(KEEP, "keep", place, said=f"{whose}をかごへ入れる")


def row_source(listed: ListedIndicator, whose: str) -> str:
    """The title and place of a row of figures, with the button that opens it."""
    facts = spans((listed.title, listed.locators[0].label()))
    opener = button(SOURCE, "open", listed.indicator.passage_id, said=f"{whose}の出典を開く")
    kept = keep_button(listed.indicator.passage_id, whose)
    return f'<p class="meta">{facts}</p><div class="actions">{opener}{kept}</div>'


def spans(facts: tuple[str, ...]) -> str:
    """Facts one behind the other; the empty ones left out."""
    return "".join(f"<span>{esc(fact)}</span>" for fact in facts if fact)


def _facts(hit: Hit, citation: Citation) -> str:
    year = era_label(hit.fiscal_year) if hit.fiscal_year is not None else ""
    section = hit.passage.section_path[-1] if hit.passage.section_path else ""
    title = hit.document.title
    own = ("" if names_only(title, year) else year, hit.department, section)
    told = dict.fromkeys(part for part in own if part and part not in title)
    return spans((title, *told, citation.locator.label()))


def _called(hit: Hit) -> str:
    words = "、".join(f"{one.typed}→{one.called}" for one in hit.called)
    return f"<span>言い換え: {esc(words)}</span>" if words else ""
