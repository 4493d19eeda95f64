"""The bare value for a question of a figure: a cell of a table or a number in a sentence.

A cell is named by its row, its header and its year; a number in a sentence by the words close to it. Both are
scored on one scale, and what is asked for (件, 人, 円 …) must be what is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.fiscal_year_text import FiscalYearMention, find_fiscal_years
from corpus.folding import fold, match_key
from corpus.passage import Cell, Passage
from qa.question_kind import Asked
from qa.short_candidate import Candidate
from qa.short_closeness import closeness
from qa.short_figure_context import (
    TOTAL_ASKED,
    asks_for_change,
    is_change,
    label_cost,
    of_other_measure,
    part_cost,
    situation,
    unasked_cost,
    unasked_label_cost,
    whole_cost,
)
from qa.short_figure_roles import is_contrary, lacks_role, place_fit, role_fit, role_of_row
from qa.short_statements import Statement
from qa.short_topic import Topic
from qa.short_units import Figure, counts, figures_in, unit_fits

ASKED = re.compile(
    r"何(?:件|人|回|年|円|%|％|割|か所|箇所|台|戸|世帯|団体|km|ｋｍ|キロ|時間|トン)|いくら|いくつ|どれ(?:くらい|だけ)"
    r"|(?:件|人|回|団体|世帯|台|箇所|者|戸)数|金額|割合|率|基準値|目標値|実績値|指標|数値|の値|決算額|予算額|KPI|KGI"
)
_TOTAL_HEADER = re.compile(r"(?:合計|累計|総額|総計|(?<![設統会])計(?![画測])|年度?間計)$")
_TOTAL_ROW = re.compile(r"(?:合|総|小)?\s*計|総\s*額")
_WORDS = re.compile(r"[一-鿿々ァ-ヴー]{2,}")
NUMBER = re.compile(r"\d")
COUNT_ASKED = re.compile(r"何|いくつ|いくら")
UNIT_IN_HEADER = re.compile(r"[(（](?:単位[:：]?)?([^()（）]{1,6})[)）]")
UNIT_WORD = re.compile(
    r"(?:千|百万|万|億)?円|%|％|人|名|件|回|km|㎞|m|t|トン|台|ha|歳|戸|か所|箇所|ヶ所|世帯|団体|日|時間|枚|冊|kg|g|校|棟|社|千人|ポイント|人工|人日|頭|羽|便|歳|点|事業所|言語|か国|種類|m2|㎡|ヘクタール|キロ|%pt"
)
COUNTED = re.compile(
    r"(件|人|回|箇所|か所|団体|世帯|校|台|戸|棟|冊|社|枚|店|口|組|点|便|言語)の?数"
    r"|(?<![一-鿿])(?:会|団|参加|利用|来場|受講|登録)?(員|者)の?数"
)
CIRCLED = frozenset(chr(code) for code in range(0x2460, 0x2474))
STATEMENTS_READ = 14
CLOSE = 0.3
NAMED = 0.6
"""From this score on a cell is fully named by its row and header, as a number is by words close to it."""

VALUE_COST = 0.15
FIT = 0.2
BARE = 0.7
"""How well a number without a unit fits that counts what the question speaks of."""

OWN_YEAR = 0.25
NEAR = 12
OTHER_YEAR = 0.2
TOTAL = 0.2
LEAST = 0.25
LEAST_STATED = 0.1
LONGEST_UNIT = 8


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
    cells = [one for one in cells if one.score >= LEAST_STATED]
    sentences = [one for one in sentences if one.score >= LEAST_STATED]
    headers = {(one.hit.document.document_id, fold(one.cell.header).text) for one in cells if one.cell}
    sums = {_column(one) for one in cells if _is_sum(one)} if TOTAL_ASKED.search(text) else set()
    for one in cells[: 3 * STATEMENTS_READ]:
        if one.cell is not None and _beside_role(text, one, one.cell, headers):
            continue
        if _column(one) in sums and _is_part(text, one):
            continue
        cell = _cell_candidate(text, asked, one, topic)
        if cell is not None:
            candidates.append(cell)
    for one in sentences[:STATEMENTS_READ]:
        candidates.extend(_number_candidates(text, asked, one, topic))
    return sorted((one for one in candidates if one.score >= LEAST), key=lambda one: -one.score)


def _cell_candidate(question: str, asked: Asked, one: Statement, topic: Topic) -> Candidate | None:
    """The value of a cell of figures; None where its unit is none that was asked for."""
    cell = one.cell
    if cell is None:
        return None
    value = with_unit(cell, one.hit.passage, asked.units)
    figure = next(iter(figures_in(fold(value).text)), None)
    fit = unit_fits(figure.unit if figure else "", asked.units)
    if asked.units and re.search(rf"\d ?{re.escape(asked.units[0])}", value):
        fit = 1.0
    # A target may be words: 県平均以下.
    counted = asked.units if asked.words or "目標" not in question else ()
    if (counted or COUNT_ASKED.search(asked.words)) and not NUMBER.search(value):
        return None
    bare = figure is None or not figure.unit
    if not bare and fit == 0.0:
        return None
    header = fold(cell.header).text
    role = role_of_row(fold(one.hit.passage.item).text)
    if is_contrary(question, f"{role} {header}") or (
        not asks_for_change(question) and _of_another_year(one, topic)
    ):
        return None
    score = one.score + CLOSE * min(1.0, one.score / NAMED) + FIT * (0.5 if bare else fit)
    score -= unasked_label_cost(one.keyed, topic)
    total = [bool(_TOTAL_HEADER.search(header)), _is_sum(one)]
    if TOTAL_ASKED.search(question):
        score += TOTAL * sum(total) if any(total) else -TOTAL
    elif total[0]:
        score -= TOTAL
    if topic.years and one.year is not None and one.year not in topic.years:
        score -= OTHER_YEAR
    score += role_fit(question, fold(f"{one.hit.passage.item} {role} {cell.header}").text) - (
        VALUE_COST if asks_for_change(question) else 0.0
    )
    return Candidate(text=value, hit=one.hit, score=score + _recency(one.year), year=one.year)


def _beside_role(question: str, one: Statement, cell: Cell, headers: set[tuple[str, str]]) -> bool:
    """Whether the table has a column for the role that is asked for (目標値), and this cell is of no role."""
    document = one.hit.document.document_id
    columns = {header for of, header in headers if of == document}
    return lacks_role(question, f"{one.place} {fold(cell.header).text}", columns)


def _column(one: Statement) -> tuple[str, tuple[str, ...], str]:
    """The column of a table that a cell stands in: document, headings and header."""
    header = one.cell.header if one.cell is not None else ""
    return one.hit.document.document_id, one.hit.passage.section_path, header


def _is_sum(one: Statement) -> bool:
    """Whether a cell's row adds up others: 合計, 小計."""
    row = one.hit.passage.row_of(one.cell) if one.cell is not None else ()
    return any(
        _TOTAL_ROW.fullmatch(label.strip()) for label in (one.hit.passage.item, *(c.text for c in row))
    )


def _is_part(question: str, one: Statement) -> bool:
    """Whether a cell's row is one of those added up, and no word of its name stands in the question."""
    item = fold(one.hit.passage.item).text
    named = any(pair in question for word in _WORDS.findall(item) for pair in map("".join, pairwise(word)))
    return not named and not _is_sum(one)


def _of_another_year(one: Statement, topic: Topic) -> bool:
    """Whether a cell is of a year that was not asked for, in a row that states the one that was."""
    if not topic.years or one.year is None or one.year in topic.years:
        return False
    return any(cell.fiscal_year in topic.years for cell in one.hit.passage.cells)


def _recency(year: int | None) -> float:
    return 0.0 if year is None else (year - 2020) * 0.004


def _number_candidates(question: str, asked: Asked, one: Statement, topic: Topic) -> Iterator[Candidate]:
    figures = figures_in(one.text)
    mentions = find_fiscal_years(one.source)
    label = 0
    for figure in figures:
        before_this, label = label, figure.end
        if one.said(figure.start, figure.end)[:1] in CIRCLED or _numbers_heading(one.text, figure):
            continue
        fit = BARE if counts(one.text, figure, question) else unit_fits(figure.unit, asked.units)
        if asked.units and fit == 0.0:
            continue
        score = one.score + FIT * fit + CLOSE * closeness(one, figure.start, figure.end, topic, before_this)
        score += situation(question, one.text, figure, figures) - unasked_cost(
            one, topic, before_this, figure
        )
        score += place_fit(question, one.place) - part_cost(one, topic, before_this, figure, figures)
        score -= label_cost(one, topic, figure, figures) + whole_cost(one, topic, figure, figures)
        start, end = one.folded.source_span(figure.start, figure.end)
        year = one.year
        behind = [m for m in mentions if _in_brackets(one.source, end, m)]
        before = behind or [m for m in mentions if m.end <= start and start - m.end <= 25]
        if before:
            year = before[-1].fiscal_year
            scoped = bool(behind) or (
                one.source[before[-1].start - 1 : before[-1].start] in ("(", "（")
                and start - before[-1].end <= 2
            )
            if topic.years and (scoped or len({m.fiscal_year for m in mentions}) > 1):
                near = bool(behind) or start - before[-1].end <= NEAR
                share = (1.0 if near else 0.3) if year in topic.years else (-1.4 if near else -0.7)
                score += OWN_YEAR * share
        yield Candidate(
            text=one.said(figure.start, figure.end),
            hit=one.hit,
            score=score + _recency(year),
            year=year,
            change=is_change(one.text, figure),
            of_other=of_other_measure(one, topic, figure),
        )


def _in_brackets(source: str, end: int, mention: FiscalYearMention) -> bool:
    """Whether a year stands alone in brackets right behind a figure, which it dates: 「38.5%(R3)」."""
    opened = source[end : mention.start].strip() in ("(", "（")
    return end < mention.start and opened and source[mention.end :].lstrip()[:1] in (")", "）")


def _numbers_heading(text: str, figure: Figure) -> bool:
    """Whether a bare number opens a heading or an entry: 「2 給付費の見込み」, 「(4)経営の改善」."""
    if figure.start == 1 and text[0] == "(" and text.startswith(")", figure.end):
        return True
    return figure.start == 0 and not figure.unit and bool(re.match(r"[ .、]\D", text[figure.end :]))


def with_unit(cell: Cell, passage: Passage, asked: tuple[str, ...] = ()) -> str:
    """A cell's value with its unit: its own, the header's, what the row counts, or the one asked for."""
    value = " ".join(cell.text.split())
    if not re.fullmatch(r"[\d,.\-△▲]+", match_key(value)):
        return value
    row = passage.row_of(cell)
    columns = [one.text for one in row if match_key(one.header) == "単位"]
    labels = [one.text for one in row if not one.fiscal_year and one.text not in columns]
    unit = (
        _unit_in((cell.header, *labels, passage.item))  # the row's own before the one that a caption gives
        or next((column for one in columns if (column := _column_unit(one))), "")
        or _unit_in(tuple(reversed(passage.section_path)))
    )
    if unit:
        return value + unit
    names = "".join(labels) + passage.item
    counted = COUNTED.search(names)
    if counted:
        return value + (counted[1] or "人")
    return value + asked[0] if asked and asked[0] in match_key(names + cell.header) else value


def _unit_in(places: Sequence[str]) -> str:
    """The first unit that stands in brackets in some labels, or empty."""
    units = (str(unit) for place in places for unit in UNIT_IN_HEADER.findall(place))
    return next((unit for unit in units if not NUMBER.search(unit) and UNIT_WORD.fullmatch(unit)), "")


def _column_unit(text: str) -> str:
    """What a cell of a column of units gives: 「人」, 「（単位：千円）」; empty where it is none."""
    unit = re.sub(r"[()（）\s]|単位[:：]?", "", text)
    return unit if len(unit) <= LONGEST_UNIT and not NUMBER.search(unit) else ""
