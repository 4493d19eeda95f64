"""A comparison as HTML: a row a municipality, a column an aspect; on a narrow screen a card a municipality.

The roles are written out because a table that is laid out as cards is no table any more to a screen reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.listing import ListedIndicator
from qa.aspect_words import Aspect
from qa.compare import Comparison, Row
from qa.compare_cells import Cell
from ui.cited_view import quote_html, row_source
from ui.compare_form import MANY, NOT_WRITTEN, not_written, value_text
from ui.differences_view import differences_html
from ui.library_view import coverage_html
from ui.markup import button, disclosure, esc
from ui.result_view import notices_html, status_html

NO_DOCUMENT = "条件に合う資料なし"
ROWS_AT_ONCE = 50
"""How many rows are laid out at first, and with each press: a browser takes seconds over five hundred."""


def comparison_html(found: Comparison, exports: Sequence[tuple[str, str]]) -> str:
    """The matrix with what is common and what is not, and what was searched.

    Args:
        found: the comparison.
        exports: what a file is called on its button, and where it is fetched.
    """
    told = [row for row in found.rows if row.found]
    parts = [status_html(_told(found, told)), notices_html(found.notices)]
    if told:
        parts += [_head(found, exports), _matrix(found), differences_html(found.differences)]
    return "".join([*parts, coverage_html(found.searched)])


def _told(found: Comparison, told: Sequence[Row]) -> str:
    if not told:
        return "比べました。記載は見つかりませんでした。"
    return f"比べました。{len(found.rows)}自治体のうち{len(told)}自治体に記載があります。"


def _head(found: Comparison, exports: Sequence[tuple[str, str]]) -> str:
    files = "".join(button(label, "download", place) for label, place in exports)
    count = len(_shown_rows(found))
    steps = f"表は{ROWS_AT_ONCE}自治体ずつ示します。保存したファイルには{count}自治体すべてが入ります。"
    return (
        f'<div class="table-head"><h2 id="matrix-title">{esc(found.theme.label)}の比較表</h2>'
        f'<div class="actions">{files}</div></div>'
        '<p class="hint">資料の文をそのまま引用しています。「出典」を押すと原文が開きます。'
        f"{steps if count > ROWS_AT_ONCE else ''}</p>"
    )


def _matrix(found: Comparison) -> str:
    many, rows = len(found.rows) > MANY, _shown_rows(found)
    heads = "".join(f'<th scope="col" role="columnheader">{aspect.value}</th>' for aspect in Aspect)
    body = "".join(map(_row, rows[:ROWS_AT_ONCE]))
    silent = [row.municipality for row in found.rows if not row.found] if many else []
    return (
        '<div class="matrix scroll" tabindex="0" role="region" aria-labelledby="matrix-title">'
        '<table role="table" aria-labelledby="matrix-title"><thead role="rowgroup"><tr role="row">'
        f'<th scope="col" role="columnheader" class="first">自治体</th>{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>{_later(rows)}{_silent(silent)}'
    )


def _shown_rows(found: Comparison) -> list[Row]:
    """The rows of the table: those that write of the theme, then the others unless there are many."""
    silent = [row for row in found.rows if not row.found]
    told = [row for row in found.rows if row.found]
    return told if len(found.rows) > MANY else [*told, *silent]


def _later(rows: Sequence[Row]) -> str:
    """The further rows, in steps: each in a template that its button puts into the table."""
    steps: list[str] = []
    for start in range(ROWS_AT_ONCE, len(rows), ROWS_AT_ONCE):
        step = rows[start : start + ROWS_AT_ONCE]
        label = f"続きの{len(step)}自治体を表示（残り{len(rows) - start}自治体）"
        hidden = " hidden" if steps else ""
        steps.append(
            f'<div class="actions later-rows"{hidden}><template>{"".join(map(_row, step))}</template>'
            f"{button(label, 'more-rows', '')}</div>"
        )
    return "".join(steps)


def _silent(towns: Sequence[str]) -> str:
    if not towns:
        return ""
    return disclosure(f"{NOT_WRITTEN}の自治体（{len(towns)}）", f"<p>{esc('、'.join(towns))}</p>")


def _row(row: Row) -> str:
    searched = f"{row.documents}文書・{row.passages:,}か所" if row.documents else NO_DOCUMENT
    head = (
        f'<th scope="row" role="rowheader" class="first">{esc(row.municipality)}'
        f'<span class="meta">{searched}</span></th>'
    )
    if not row.found:
        said = esc(not_written(row))
        return f'<tr role="row">{head}<td role="cell" class="none" colspan="{len(Aspect)}">{said}</td></tr>'
    cells = "".join(_cell(row, aspect, cell) for aspect, cell in row.cells.items())
    return f'<tr role="row">{head}{cells}</tr>'


def _cell(row: Row, aspect: Aspect, cell: Cell) -> str:
    label = f'<span class="aspect" aria-hidden="true">{aspect.value}</span>'
    if not cell.found:
        return f'<td role="cell" class="none">{label}{esc(NOT_WRITTEN)}</td>'
    said = list(_said(row, aspect, cell))
    rest = disclosure(f"ほか{len(said) - 1}件", "".join(said[1:])) if len(said) > 1 else ""
    return f'<td role="cell">{label}{said[0]}{rest}</td>'


def _said(row: Row, aspect: Aspect, cell: Cell) -> Iterator[str]:
    whose = f"{row.municipality}の{aspect.value}"
    for number, one in enumerate(cell.passages, start=1):
        yield quote_html(one, f"{whose} {number}件目")
    for name, values in figure_groups(cell.indicators):
        figures = "".join(f"<li>{esc(value_text(one))}</li>" for one in values)
        source = row_source(values[0], f"{row.municipality}の{name}")
        yield f'<div class="quoted figures"><strong>{esc(name)}</strong><ul>{figures}</ul>{source}</div>'


def figure_groups(values: Sequence[ListedIndicator]) -> Iterator[tuple[str, list[ListedIndicator]]]:
    """Each row of figures with its name."""
    for _, row in groupby(values, key=lambda one: (one.labels.measure, one.labels.name)):
        held = list(row)
        yield held[0].labels.name, held
