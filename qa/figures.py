"""The bare value for a question of a figure: a cell of a table or a number in a sentence.

A cell is named by its row, its header and its year; a number in a sentence by the words close to it. Both are
scored on one scale, and what is asked for (件, 人, 円 …) must be what is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.fiscal_year import era_label
from corpus.fiscal_year_text import find_fiscal_years
from corpus.folding import fold, match_key
from corpus.passage import Cell, Passage
from qa.question_kind import Asked
from qa.short_candidate import Candidate
from qa.short_closeness import closeness
from qa.short_statements import Statement
from qa.short_topic import Topic
from qa.short_units import Figure, figures_in, unit_fits

ASKED = re.compile(
    r"何(?:件|人|回|年|円|%|％|割|か所|箇所|台|戸|世帯|団体|km|ｋｍ|キロ|時間|トン)|いくら|いくつ|どれ(?:くらい|だけ)"
    r"|(?:件|人|回|団体|世帯|台|箇所|者|戸)数|金額|割合|率|基準値|目標値|実績値|指標|数値|の値|決算額|予算額|KPI|KGI"
)
ROLES = {
    "基準": ("基準",),
    "目標": ("目標",),
    "実績": ("実績", "結果"),
    "決算": ("決算",),
    "予算": ("予算", "当初"),
    "見込": ("見込", "計画"),
    "中間": ("中間",),
    "歳入": ("歳入",),
    "歳出": ("歳出",),
}
PLANNED = re.compile(r"目標|予算|見込|計画値")
_FROM = re.compile(r"(?:何[^、。]{1,3}|いくら)から")
NUMBER = re.compile(r"\d")
UNIT_IN_HEADER = re.compile(r"[(（](?:単位[:：]?)?([^()（）]{1,6})[)）]")
UNIT_WORD = re.compile(
    r"(?:千|百万|万|億)?円|%|％|人|名|件|回|km|㎞|m|t|トン|台|ha|歳|戸|か所|箇所|ヶ所|世帯|団体|日|時間|枚|冊|kg|g|校|棟|社|千人|ポイント"
)
COUNTED = re.compile(
    r"(件|人|回|箇所|か所|団体|世帯|校|台|戸|棟|冊|社|枚|店|口|組|点|便|言語)数|(?<![一-鿿])(?:会|団|参加|利用|来場|受講|登録)?(員|者)数"
)
CIRCLED = frozenset(chr(code) for code in range(0x2460, 0x2474))
STATEMENTS_READ = 14
CLOSE = 0.3
FIT = 0.2
ROLE = 0.2
OWN_YEAR = 0.25
NEAR = 12
SAME_SCORE = 0.02
OTHER_YEARS = 0.15
OTHER_PLACE = 0.3
LEAST = 0.35


def asks_for_figure(question: str) -> bool:
    """Whether a question asks for a number rather than for what was written."""
    return ASKED.search(question) is not None


def figure_candidates(
    question: str, asked: Asked, found: Sequence[Statement], topic: Topic
) -> list[Candidate]:
    """The values that may answer, best first; ties in the order of the statements.

    Args:
        question: as typed.
        asked: what is asked for, with its units.
        found: the statements, best first.
        topic: the words of the question.
    """
    text = fold(question).text
    candidates: list[Candidate] = []
    cells = [one for one in found if one.cell is not None]
    sentences = [one for one in found if one.cell is None and NUMBER.search(one.text)]
    for one in cells[: 3 * STATEMENTS_READ]:
        if one.cell is not None:
            candidates.append(_cell_candidate(text, asked, one, one.cell))
    for one in sentences[:STATEMENTS_READ]:
        candidates.extend(_number_candidates(text, asked, one, topic))
    return sorted((one for one in candidates if one.score >= LEAST), key=lambda one: -one.score)


def chosen_figures(
    candidates: Sequence[Candidate], years: tuple[int, ...]
) -> tuple[str, tuple[Candidate, ...]]:
    """The text to show and what it rests on: a value for each year asked; both where two places disagree."""
    best = candidates[0]
    if len(years) > 1:
        by_year = {
            year: next((one for one in candidates if one.year == year and _may_join(one, best)), None)
            for year in years
        }
        kept = [(year, one) for year, one in by_year.items() if one is not None]
        if len(kept) > 1:
            return "、".join(f"{era_label(year)}{one.text}" for year, one in kept), tuple(
                one for _, one in kept
            )
    if not years:
        told = [one for one in candidates if best.score - one.score < OTHER_YEARS and _same_thing(one, best)]
        latest = max(told, key=lambda one: one.year or 0, default=best)
        if len({one.year for one in told}) > 1 and latest.year is not None:
            return f"{era_label(latest.year)} {latest.text}", (latest,)
    rivals = [
        one
        for one in candidates[1:]
        if best.score - one.score < SAME_SCORE
        and one.hit.document.document_id == best.hit.document.document_id
        and one.hit.passage.passage_id != best.hit.passage.passage_id
        and one.year == best.year
        and _unit(one.text) == _unit(best.text)
        and match_key(one.text) != match_key(best.text)
    ][:1]
    shown = (best, *rivals)
    return "、".join(one.text for one in shown), shown


def _beside(one: Candidate, best: Candidate) -> bool:
    """Whether a value of another year belongs to the same thing: the same row, or the same sheet."""
    same_sheet = one.hit.passage.sheet_ordinal == best.hit.passage.sheet_ordinal
    return one.hit.document.document_id == best.hit.document.document_id and same_sheet


def _may_join(one: Candidate, best: Candidate) -> bool:
    """Whether a value of another year may stand beside the best: of the same sheet, or nearly as fitting."""
    near = (
        best.score - one.score < OTHER_PLACE
        and one.hit.document.municipality == best.hit.document.municipality
    )
    return _beside(one, best) or (near and _unit(one.text) == _unit(best.text))


def _same_thing(one: Candidate, best: Candidate) -> bool:
    """Whether two values stand in one place of a sheet, under the same heading."""
    mine, other = one.hit.passage, best.hit.passage
    same = mine.section_path == other.section_path and mine.item == other.item
    return same and _beside(one, best) and one.year is not None and _unit(one.text) == _unit(best.text)


def _unit(text: str) -> str:
    return re.sub(r"[\d,.約延べ計 ]", "", text)


def _cell_candidate(question: str, asked: Asked, one: Statement, cell: Cell) -> Candidate:
    value = with_unit(cell, one.hit.passage, asked.units)
    figure = next(iter(figures_in(fold(value).text)), None)
    fit = unit_fits(figure.unit if figure else "", asked.units)
    bare = figure is None or not figure.unit
    score = one.score + CLOSE + FIT * (0.5 if bare else fit if fit > 0 else -1.5)
    score += _role_fit(question, fold(cell.header).text)
    return Candidate(text=value, hit=one.hit, score=score + _recency(one.year), year=one.year)


def _role_fit(question: str, header: str) -> float:
    """Whether the header names the role that the question names (目標, 実績 …), and no other one."""
    fit = 0.0
    for role, names in ROLES.items():
        wanted, given = role in question, any(name in header for name in names)
        if wanted and given:
            fit += ROLE
        elif wanted:
            fit -= ROLE / 2
    if PLANNED.search(header) and not PLANNED.search(question):
        fit -= ROLE / 2
    return fit


def _recency(year: int | None) -> float:
    return 0.0 if year is None else (year - 2020) * 0.004


def _number_candidates(question: str, asked: Asked, one: Statement, topic: Topic) -> Iterator[Candidate]:
    figures = figures_in(one.text)
    mentions = find_fiscal_years(one.source)
    label = 0
    for figure in figures:
        before_this, label = label, figure.end
        if one.said(figure.start, figure.end)[:1] in CIRCLED:
            continue
        fit = unit_fits(figure.unit, asked.units)
        if asked.units and fit == 0.0:
            continue
        score = one.score + FIT * fit + CLOSE * closeness(one, figure.start, figure.end, topic, before_this)
        score += _situation(question, one.text, figure, figures)
        start, _ = one.folded.source_span(figure.start, figure.end)
        year = one.year
        before = [m for m in mentions if m.end <= start and start - m.end <= 25]
        if before:
            year = before[-1].fiscal_year
            scoped = (
                one.source[before[-1].start - 1 : before[-1].start] in ("(", "（")
                and start - before[-1].end <= 2
            )
            if topic.years and (scoped or len({m.fiscal_year for m in mentions}) > 1):
                near = start - before[-1].end <= NEAR
                share = (1.0 if near else 0.3) if year in topic.years else (-1.4 if near else -0.7)
                score += OWN_YEAR * share
        yield Candidate(
            text=one.said(figure.start, figure.end), hit=one.hit, score=score + _recency(year), year=year
        )


def _situation(question: str, text: str, figure: Figure, figures: Sequence[Figure]) -> float:
    """What the words around a number make of it: a change, a target, the lower end of 「AからB」."""
    after, before = text[figure.end : figure.end + 8], text[max(0, figure.start - 8) : figure.start]
    score = 0.0
    if re.match(
        r"(?:の)?(?:増|減|上回|下回|不足|[^、。]{0,4}増加|[^、。]{0,4}減少)", after
    ) and not re.search(r"増|減|上回|下回|差|不足", question):
        score -= 0.15
    if re.search(r"目標[^、。]{0,4}$", before) and "目標" not in question:
        score -= 0.2
    if after.startswith("から") and any(0 < other.start - figure.end < 12 for other in figures):
        score -= 0.0 if _FROM.search(question) else 0.3
    if re.search(r"(?:うち|そのうち|内訳)[^、。]{0,6}$", before) and "うち" not in question:
        score -= 0.08
    if re.search(r"(?:外|他|ほか)$", before):  # 文化会館外10施設
        score -= 0.25
    opened = text.rfind("(", 0, figure.start) > text.rfind(")", 0, figure.start)
    return score - (0.05 if opened else 0.0)


def with_unit(cell: Cell, passage: Passage, asked: tuple[str, ...] = ()) -> str:
    """A cell's value with its unit: its own, the header's, what the row counts, or the one asked for."""
    value = " ".join(cell.text.split())
    if not re.fullmatch(r"[\d,.\-△▲]+", match_key(value)):
        return value
    labels = [label.text for label in passage.cells if not label.fiscal_year]
    for place in (cell.header, *labels, passage.item):
        for unit in UNIT_IN_HEADER.findall(place):
            if not NUMBER.search(unit) and UNIT_WORD.fullmatch(
                str(unit).removeprefix("単位:").removeprefix("単位：")
            ):
                return value + str(unit).removeprefix("単位:")
    names = "".join(labels) + passage.item
    counted = COUNTED.search(names)
    if counted:
        return value + (counted[1] or "人")
    return value + asked[0] if asked and asked[0] not in ("円", "%", "km", "ha") else value
