"""Lines that are rows of figures without a table: 「・農業産出額　18.4億円（R4）→ 20.0億円（R10）」.

Plans list their indicators so below a heading (重要業績評価指標). A line is one where its name is followed by
two values and each has its year or its role beside it, or an entry of a list with one value and its year;
anything else is running text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.span import Span
from ingest.blocks import TextLine
from ingest.tables import column_year
from ingest.values import figure_of

_VALUE = r"[△▲+＋-]?[0-9０-９][0-9０-９,，.．]*\s*[^\s0-9０-９（(）)→⇒:：、。]{0,6}"
_YEAR = r"(?:令和|平成|[RHＲＨ])\s*(?:元|[0-9０-９]{1,2})(?:年度?)?末?|(?:19|20)[0-9]{2}(?:年度?)?"
_ARROW = r"\s*(?:→|⇒|➡|～(?=\s))\s*"
_NAME = r"[・○●◇◆*-]?\s*(?P<name>[^。、→⇒]{2,60}?)[\s:：]+"
_ROLE = r"(?:現状|現況|基準|中間|目標|実績|最終)(?:値|年)?"
# Two values, the year behind each in brackets.
_BEHIND = re.compile(
    rf"{_NAME}(?P<a>{_VALUE})[（(](?P<ya>{_YEAR})[）)]{_ARROW}(?P<b>{_VALUE})[（(](?P<yb>{_YEAR})[）)]"
)
# Two values, the year before each.
_BEFORE = re.compile(
    rf"{_NAME}(?P<ya>{_YEAR})\s*[:：]?\s*(?P<a>{_VALUE}){_ARROW}(?P<yb>{_YEAR})\s*[:：]?\s*(?P<b>{_VALUE})"
)
# Two values, the role before each, perhaps the year in brackets behind it.
_BY_ROLE = re.compile(
    rf"{_NAME}(?P<ya>{_ROLE})\s*[:：]?\s*(?P<a>{_VALUE})(?:[（(](?P<na>{_YEAR})[）)])?[\s、,，→⇒／/]+"
    rf"(?P<yb>{_ROLE})\s*[:：]?\s*(?P<b>{_VALUE})(?:[（(](?P<nb>{_YEAR})[）)])?"
)
# One value is a row of figures only as an entry of a list, with its year in brackets of its own.
_ENTRY = re.compile(
    rf"[・○●◇◆*-]\s*(?P<name>[^。、→⇒:：]{{2,40}}?)(?:[:：]|\s)\s*(?P<a>{_VALUE})[（(](?P<ya>{_YEAR})[）)]"
)
# What each of these has in it: most lines have none, and need no closer look.
_MAY_HOLD = re.compile(r"[→⇒➡]|目標|[)）]$")
_LONGEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFigure:
    """A value of such a line: where it stands, what heads it in the source's words, and its year."""

    span: Span
    header: str
    fiscal_year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """A line's name with its values, left to right."""

    name: str
    name_span: Span
    figures: tuple[LineFigure, ...]


def figures_in_line(line: TextLine) -> FigureLine | None:
    """What such a line says, None for any other line."""
    text = line.text
    if len(text) > _LONGEST or not _MAY_HOLD.search(text):
        return None
    for pattern in (_BEHIND, _BEFORE, _BY_ROLE, _ENTRY):
        found = pattern.fullmatch(text)
        if found is not None and all(figure_of(found[key]).value is not None for key in _keys(found)):
            return _figure_line(line, found)
    return None


def _keys(found: re.Match[str]) -> tuple[str, ...]:
    return ("a", "b") if "b" in found.groupdict() else ("a",)


def _figure_line(line: TextLine, found: re.Match[str]) -> FigureLine:
    start = line.span.start
    figures = []
    for key in _keys(found):
        header = found[f"y{key}"].strip()
        note = found.groupdict().get(f"n{key}") or header
        value = found[key].rstrip()
        at = start + found.start(key)
        figures.append(
            LineFigure(span=Span(at, at + len(value)), header=header, fiscal_year=column_year(note))
        )
    name = found["name"].strip()
    at = start + found.start("name") + len(found["name"]) - len(found["name"].lstrip())
    return FigureLine(name=name, name_span=Span(at, at + len(name)), figures=tuple(figures))
