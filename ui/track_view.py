"""Measures over fiscal years as HTML: marks and their meaning, figures, turns, the words of each year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.fiscal_year import format_fiscal_year
from qa.track import Track
from qa.track_match import Certainty
from qa.track_points import Measure, Point
from ui.cited_view import keep_button, on_one_line, place_value, source_button, spans
from ui.library_view import coverage_html
from ui.markup import disclosure, esc
from ui.result_view import SIDEWAYS, notices_html, status_html
from ui.track_links_view import links_html
from ui.track_values import values_html

SHOWN = 10
CERTAINTY = {
    Certainty.CONFIRMED: "年度をまたぐつながりは、利用者が確認したものです。",
    Certainty.SURE: "",
    Certainty.LIKELY: "年度をまたいで同じ取組とみられます。名前が一部変わっています。",
    Certainty.CHECK: "年度をまたいで同じ取組かどうか、原文で確かめてください。",
}


def track_html(found: Track) -> str:
    """All measures of a theme, those nearest to it first, and what was searched."""
    measures = found.measures
    drawn = [(one, measure_html(one, number, measures)) for number, one in enumerate(measures, start=1)]
    told = [html for one, html in drawn if _tells_a_course(one)]
    single = [html for one, html in drawn if not _tells_a_course(one)]
    said = f"{len(told)}件の取組・指標の推移を示します。" if told else "推移は見つかりませんでした。"
    theme = f'<span hidden data-theme="{esc(found.theme)}"></span>'
    rest = _folded(f"ほか{len(told) - SHOWN}件の取組・指標", told[SHOWN:])
    rest += _folded(f"1つの年度の記述だけがある取組（{len(single)}件）", single)
    hint = SIDEWAYS if measures else ""
    return (
        f"{status_html(said)}{theme}{notices_html(found.notices)}{hint}{''.join(told[:SHOWN])}{rest}"
        f"{coverage_html(found.searched)}"
    )


def _tells_a_course(one: Measure) -> bool:
    """Whether a measure has several years, a mark or a figure: the words of one year alone tell no course."""
    return len(one.points) > 1 or any(point.mark or point.values for point in one.points)


def _folded(title: str, measures: Sequence[str]) -> str:
    return disclosure(title, "".join(measures)) if measures else ""


def measure_html(one: Measure, number: int, measures: Sequence[Measure] = ()) -> str:
    """One measure; ``number`` tells it from the others of the page, with which it could be joined."""
    title = f"measure-{number}"
    years = f"{format_fiscal_year(one.points[0].fiscal_year)}"
    if len(one.points) > 1:
        years += f"〜{format_fiscal_year(one.points[-1].fiscal_year)}"
    facts = "".join(f"<span>{esc(fact)}</span>" for fact in (one.department, years) if fact)
    return (
        f'<section class="measure" aria-labelledby="{title}"><h2 id="{title}">'
        f'<span class="over">{esc(one.municipality)}</span>{esc(one.title)}</h2><p class="meta">{facts}</p>'
        f"{_standing(one)}{_turns(one)}{_marks(one)}{values_html(one)}{_texts(one)}"
        f"{links_html(one, measures, number)}</section>"
    )


def _standing(one: Measure) -> str:
    told = [f"以前の名前: {'、'.join(one.former_titles)}"] if one.former_titles else []
    if CERTAINTY[one.certainty]:
        told.append(f"つながり: {one.certainty.value}。{CERTAINTY[one.certainty]}")
    return "".join(f'<p class="hint">{esc(line)}</p>' for line in told)


def _turns(one: Measure) -> str:
    """Where the course turned, said before the figures."""
    if not one.reversals:
        return ""
    items = "".join(
        f"<li><strong>{esc(format_fiscal_year(turn.fiscal_year))}</strong> {esc(on_one_line(turn.text))}</li>"
        for turn in one.reversals
    )
    return f'<div class="turns"><h3>流れが変わった年度</h3><ul>{items}</ul></div>'


def _marks(one: Measure) -> str:
    marked = [point for point in one.points if point.mark]
    if not marked:
        return ""
    rows = "".join(_mark_row(one, point) for point in marked)
    legend = "".join(f"<li><strong>{esc(mark)}</strong> {esc(meaning)}</li>" for mark, meaning in one.legend)
    shown = f'<div class="legend"><p>達成度の凡例（資料の記載）</p><ul>{legend}</ul></div>' if legend else ""
    return (
        f'<h3>達成度</h3><div class="scroll"><table><thead><tr><th scope="col">年度</th>'
        '<th scope="col">達成度と意味</th><th scope="col">出典</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{shown}"
    )


def _mark_row(one: Measure, point: Point) -> str:
    year = format_fiscal_year(point.fiscal_year)
    cited = point.mark_citation
    opener = "—"
    if cited:
        whose = f"{one.title} {year} 達成度"
        buttons = source_button(cited, whose) + keep_button(place_value(cited), whose)
        opener = f'<div class="actions">{buttons}</div>'
    meaning = point.meaning or "資料に凡例がありません"
    return (
        f'<tr><th scope="row">{esc(year)}</th><td><span class="mark-sign">{esc(point.mark)}</span>'
        f"{esc(meaning)}</td><td>{opener}</td></tr>"
    )


def _texts(one: Measure) -> str:
    told = [point for point in one.points if point.citation or point.change.text]
    if not any(point.citation for point in told):
        return ""
    rows = "".join(_text_row(one, point) for point in told)
    return disclosure(f"年度ごとの記述（{len(told)}）", f'<ol class="years">{rows}</ol>')


def _text_row(one: Measure, point: Point) -> str:
    year = format_fiscal_year(point.fiscal_year)
    return f"<li><h4>{esc(year)}</h4>{''.join(_told(one, point, year))}</li>"


def _told(one: Measure, point: Point, year: str) -> Iterator[str]:
    if point.citation:
        aspect, cited = point.aspect.value if point.aspect else "記述", point.citation
        facts = spans((aspect, cited.source, cited.locator.label()))
        whose = f"{one.title} {year} {aspect}"
        opener = source_button(cited, whose) + keep_button(place_value(cited), whose)
        yield (
            f'<div class="quoted"><q>{esc(on_one_line(point.text))}</q><p class="meta">{facts}</p>'
            f'<div class="actions">{opener}</div></div>'
        )
    if point.change.text:
        yield f'<p class="change">前の年度から: {esc(on_one_line(point.change.text))}</p>'
    yield _statements("加わった文", point.change.added)
    yield _statements("なくなった文", point.change.removed)


def _statements(title: str, texts: Sequence[str]) -> str:
    if not texts:
        return ""
    items = "".join(f"<li>{esc(on_one_line(text))}</li>" for text in texts)
    return f'<div class="changed"><p>{title}</p><ul>{items}</ul></div>'
