"""The result of one question as HTML: what was understood, answer or refusal, passages, coverage."""

from __future__ import annotations

from collections.abc import Sequence

from index.terms import TermAnalyzer
from qa.results import AskResult
from ui.answer_view import answer_html
from ui.chips import Chip, calls_html, chips_html
from ui.library_view import coverage_html, examples_html, unread_html
from ui.markup import button, esc
from ui.matches import Matcher
from ui.passage_view import passages_html
from ui.theme_asked import theme_asked

NEAR_SHOWN = 5
SIDEWAYS = '<p class="hint sideways">幅の広い表とグラフは、横に動かして見られます。</p>'
"""Shown on narrow screens alone."""

UNEXPECTED = (
    "思わぬ不具合が起きました。もう一度お試しください。"
    "続くときは、入力した言葉と時刻を添えて、このシステムの担当者にお知らせください（記録は残っています）。"
)


def result_html(result: AskResult, chips: Sequence[Chip], analyzer: TermAnalyzer) -> str:
    """All that a question gave."""
    parts = [
        status_html(_told(result)),
        f'<p class="footnote">質問: {esc(result.search.understood.question.text)}</p>',
        chips_html(chips),
        calls_html(result.search.understood),
        notices_html(result.search.notices),
        _refusal(result, chips) if result.answer.abstained else _answer(result, analyzer),
        _passages(result, analyzer),
        _coverage(result),
    ]
    return "".join(parts)


def _coverage(result: AskResult) -> str:
    """What was searched; of a refusal that tells it already only the files that could not be read."""
    searched = result.search.searched
    if searched.sentence() in result.answer.reason:
        return f'<div class="coverage">{unread_html(searched.unread_files)}</div>'
    return coverage_html(searched)


def status_html(text: str) -> str:
    """The line that a screen reader reads when it changes."""
    return f'<p class="status" role="status" aria-live="polite">{esc(text)}</p>'


def searching_html(told: str = "検索しています…") -> str:
    """While a search runs: earlier results are gone, so that they are not read as the new ones."""
    return status_html(told)


def error_html(message: str, title: str = "検索できませんでした") -> str:
    """A failure: what, where, what to do. Nothing else is shown: no old result seems to belong to it."""
    return (
        f'{status_html("")}<section class="error" role="alert"><h2>{esc(title)}</h2>'
        f"<p>{esc(message)}</p></section>"
    )


def notices_html(notices: Sequence[str]) -> str:
    """Sentences that a person should know of this result."""
    items = "".join(f"<li>{esc(notice)}</li>" for notice in notices)
    return f'<ul class="notices" aria-label="お知らせ">{items}</ul>' if items else ""


def _told(result: AskResult) -> str:
    if result.answer.abstained:
        return "検索しました。回答はありません。"
    lines = result.answer.lines
    towns = len({line.citation.municipality for line in lines})
    return f"検索しました。{towns}自治体から{len(lines)}件を引用しています。"


def _answer(result: AskResult, analyzer: TermAnalyzer) -> str:
    shown = answer_html(result.answer, {hit.passage.passage_id: hit for hit in result.search.hits})
    theme = theme_asked(result.search.understood, analyzer)
    further = button("この話題を自治体で比べる", "compare", theme) if theme else ""
    return f'{shown}<div class="actions further">{further}</div>'


def _refusal(result: AskResult, chips: Sequence[Chip]) -> str:
    advice = ["言葉を短くするか、別の言い方で探してください（例: 「空家」→「空き家の活用」）。"]
    if chips:
        advice.insert(0, "上の「読み取った条件」の × を押すと、その条件を外して探し直します。")
    items = "".join(f"<li>{esc(one)}</li>" for one in advice)
    return (
        '<section class="refusal" aria-labelledby="answer-title"><h2 id="answer-title">回答できません</h2>'
        f"<p>{esc(result.answer.reason)}</p><h3>探し方</h3><ul>{items}</ul>{examples_html()}</section>"
    )


def _passages(result: AskResult, analyzer: TermAnalyzer) -> str:
    hits = result.search.hits
    if not hits:
        return ""
    matcher, note = Matcher.of(result.search.understood, analyzer), ""
    phrases = result.search.understood.phrases
    if result.answer.abstained:
        note, hits = "ご質問への答えではありません。近い箇所を参考までに示します。", hits[:NEAR_SHOWN]
    title = "近い記述" if result.answer.abstained else "見つかった箇所"
    sharing = [hit for hit in hits if hit.matched or phrases]
    others = [hit for hit in hits if hit not in sharing]
    return passages_html(sharing, matcher, title, note, others=others)
