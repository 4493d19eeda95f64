"""Precedents to choose from, and what a draft made of them still holds of other towns, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.span import Span
from qa.compare_cells import CitedHit
from qa.draft_check import Finding
from qa.indicator_series import Series
from qa.precedents import Outcome, PatternGroup, Precedent, Precedents
from ui.citation_text import source_line
from ui.cited_view import on_one_line, place_value, quote_html, source_button
from ui.draft_indicators import indicators_to_consider_html
from ui.library_view import coverage_html
from ui.markup import disclosure, esc, marked
from ui.precedents_form import outcome_text
from ui.result_view import notices_html, status_html

SHOWN = 2
FRAMES = 3


def precedents_html(
    found: Precedents,
    sections: Sequence[tuple[str, Sequence[PatternGroup]]],
    indicators: Sequence[Series] = (),
) -> str:
    """The wordings below the form's headings, each with a check box.

    Args:
        found: what was found.
        sections: the heading of each part of the form with its groups.
        indicators: to consider, with other towns' baselines and targets.
    """
    count = sum(len(group.passages) for _, groups in sections for group in groups)
    told = f"{count}件の先例が見つかりました。" if count else "先例は見つかりませんでした。"
    notices = list(found.notices)
    if found.groups and not count:
        notices.append("この欄に当たる先例はありません。「すべての欄」でもう一度お試しください。")
    parts = [status_html(told), notices_html(notices)]
    if count:
        parts.append(
            '<p class="hint">使いたい文に印を付け、「選んだ文を下書きに入れる」を押してください。'
            "文は資料の原文のままです。</p>"
        )
        parts += [_section(heading, groups) for heading, groups in sections]
    parts.append(indicators_to_consider_html(indicators))
    if count or indicators:
        parts.append(_TAKE)
    return "".join([*parts, coverage_html(found.searched)])


_TAKE = (
    '<div class="take-over"><button type="button" class="btn primary" data-draft="take">'
    '選んだ文を下書きに入れる</button><span class="picked" role="status">選んだ文: 0件</span></div>'
)


def _section(heading: str, groups: Sequence[PatternGroup]) -> str:
    shown = "".join(_group(heading, group) for group in groups[:FRAMES])
    more = "".join(_group(heading, group) for group in groups[FRAMES:])
    names = "、".join(group.pattern for group in groups[FRAMES:])
    rest = disclosure(f"ほかの言い回し（{names}）", more) if more else ""
    return f'<section class="wordings"><h2>{esc(heading)}</h2>{shown}{rest}</section>'


def _group(heading: str, group: PatternGroup) -> str:
    count = f"{len(group.towns)}自治体・{len(group.passages)}件"
    items = [_precedent(heading, one, number) for number, one in enumerate(group.passages, start=1)]
    rest = disclosure(f"ほか{len(items) - SHOWN}件", "".join(items[SHOWN:])) if items[SHOWN:] else ""
    return (
        f'<section class="pattern"><h3>{esc(group.pattern)}<span class="count">{count}</span></h3>'
        f"{''.join(items[:SHOWN])}{rest}</section>"
    )


def _precedent(heading: str, one: Precedent, number: int) -> str:
    town = one.cited.hit.document.municipality
    whose = f"{town}の{heading} {number}件目"
    return (
        f'<div class="precedent"><label class="pick"><input type="checkbox" '
        f'value="{esc(place_value(one.cited.citation))}" data-heading="{esc(heading)}" '
        f'aria-label="{esc(whose)}を選ぶ"><span>選ぶ</span></label><div><strong>{esc(town)}</strong>'
        f"{quote_html(one.cited, whose)}{_after(one.outcome, whose)}</div></div>"
    )


def _after(outcome: Outcome, whose: str) -> str:
    """What became of a wording: marks and figures at once, a long report of it on request."""
    told = outcome_text(replace(outcome, text=None))
    after = f'<p class="after"><strong>その後</strong> {esc(told)}</p>' if told else ""
    if outcome.text:
        report = f"<p>「{esc(on_one_line(outcome.text.citation.quote))}」</p>"
        opener = source_button(outcome.text.citation, f"{whose} その後")
        after += disclosure("その後の成果の記述", f'{report}<div class="actions">{opener}</div>')
    return after


def checked_html(
    text: str, places: Sequence[str], cited: Sequence[CitedHit], findings: Sequence[Finding], fault: str = ""
) -> str:
    """What is to be looked at in a draft, its sources, and the button that saves it.

    Args:
        text: the draft.
        places: of all that was taken over, by number.
        cited: the sources that it still refers to.
        findings: what it holds of other towns, by place.
        fault: why the check could not be done as asked, empty if it could.
    """
    if not text.strip():
        return _fault(fault) + (
            '<p class="hint">先例を選んで「選んだ文を下書きに入れる」を押すと、上の欄に下書きができます。</p>'
        )
    return (
        f'<div class="checked" data-sources="{esc(",".join(places))}">'
        f"{_fault(fault)}{_findings(text, findings)}{_sources(cited)}"
        '<div class="actions"><button type="button" class="btn primary" data-draft="save">'
        'Word で保存（出典は脚注）</button><button type="button" class="btn" data-draft="save-form">'
        'Word で保存（様式の形）</button><button type="button" class="btn" data-draft="save-xlsx">'
        "Excel で保存（様式の形、出典はメモ）</button></div></div>"
    )


def _fault(message: str) -> str:
    return f'<p class="error" role="alert">{esc(message)}</p>' if message else ""


def _findings(text: str, findings: Sequence[Finding]) -> str:
    if not findings:
        return (
            '<p class="hint" role="status">写し残しは見つかりませんでした。'
            "事実と数値は原文で確かめてください。</p>"
        )
    spans: list[Span] = []
    for one in findings:
        if not spans or one.start >= spans[-1].end:
            spans.append(Span(one.start, one.end))
    items = "".join(f"<li>{esc(_at(text, one))}{esc(one.sentence)}</li>" for one in findings)
    return (
        '<div class="warned"><h3>そのままでよいか確かめてください'
        f'<span class="count" role="status">{len(findings)}か所</span></h3><ul>{items}</ul>'
        f"{disclosure('下書きの中で見る', f'<p class=proof>{marked(text, spans)}</p>')}</div>"
    )


def _at(text: str, one: Finding) -> str:
    return f"{text.count(chr(10), 0, one.start) + 1}行目: "


def _sources(cited: Sequence[CitedHit]) -> str:
    if not cited:
        return ""
    items = "".join(
        f'<li><span class="no">[{one.citation.n}]</span> {esc(source_line(one.hit, one.citation.locator))}'
        f"{source_button(one.citation, f'出典{one.citation.n}')}</li>"
        for one in cited
    )
    return f'<h3>出典</h3><ol class="sources">{items}</ol>'
