"""The answer as HTML: lines grouped by town, each a quotation with the mark that opens its source."""

from __future__ import annotations

from collections.abc import Mapping

from qa.answer import Answer, AnswerLine
from qa.hits import Hit
from ui.citation_text import quotation
from ui.cited_view import keep_button, place_value
from ui.markup import button, esc
from ui.text_form import GENERATED

FIGURE_LONGEST = 28
"""Up to so many characters a short answer is set in large type; a longer one is a clause to read."""


def answer_html(answer: Answer, hits: Mapping[str, Hit]) -> str:
    """An answer, not a refusal.

    Args:
        answer: with at least one line.
        hits: by passage id, those that the lines quote among them.
    """
    towns: dict[str, list[AnswerLine]] = {}
    for line in answer.lines:
        towns.setdefault(line.citation.municipality, []).append(line)
    groups = "".join(_town(town, lines, hits) for town, lines in towns.items())
    size = "figure clause" if len(answer.short) > FIGURE_LONGEST else "figure"
    figure = f'<p class="{size}">{esc(answer.short)}</p>' if answer.short else ""
    notice = f'<p class="hint">{esc(answer.notice)}</p>' if answer.notice else ""
    return (
        '<section class="answer" aria-labelledby="answer-title"><h2 id="answer-title">回答</h2>'
        f"{notice}{_statements(answer)}"
        '<p class="hint">資料の文をそのまま引用しています。番号を押すと原文が開きます。</p>'
        f"{figure}{groups}</section>"
    )


def _statements(answer: Answer) -> str:
    """The sentences in other words, under a label that says whose they are; empty without any."""
    if not answer.generated:
        return ""
    openers = {line.citation.n: _opener(line) for line in answer.lines}
    items = ""
    for statement in answer.statements:
        marks = "".join(openers[n] for n in statement.marks)
        items += f'<li><span class="said">{esc(statement.words)}{marks}</span></li>'
    return f'<p class="hint generated">{GENERATED}</p><ul class="generated">{items}</ul>'


def _town(town: str, lines: list[AnswerLine], hits: Mapping[str, Hit]) -> str:
    items = "".join(_line(line, hits.get(line.citation.passage_id)) for line in lines)
    return f"<h3>{esc(town)}</h3><ul>{items}</ul>"


def _line(line: AnswerLine, hit: Hit | None) -> str:
    citation = line.citation
    footnote = f"[{citation.n}] {citation.source} {citation.locator.label()}"
    copier = button("引用をコピー", "copy", quotation(line.said, hit, citation.locator)) if hit else ""
    keeper = keep_button(place_value(citation, line.cells), f"引用{citation.n}")
    acts = f'<span class="acts">{copier}{keeper}</span>'
    return (
        f'<li><span class="label">{esc(part_label(line))}</span>'
        f'<span class="said"><q>{esc(line.said)}</q>{_opener(line)}</span>{acts}'
        f'<span class="footnote">{esc(footnote)}</span></li>'
    )


def _opener(line: AnswerLine) -> str:
    """The mark that opens the source of a line."""
    citation = line.citation
    return button(
        f"[{citation.n}]",
        "open",
        place_value(citation, line.cells),
        css="cite",
        said=f"出典{citation.n} {citation.municipality} {part_label(line)} の原文を開く",
    )


def part_label(line: AnswerLine) -> str:
    """「令和6年度 企画部 中間レビュー」: the line's label without the town that stands over its group."""
    label = line.label.removeprefix(line.citation.municipality).strip().removesuffix(":")
    return label.removeprefix("（").removesuffix("）")
