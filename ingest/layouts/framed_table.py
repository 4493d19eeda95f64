"""Tables of figures among the forms of a special layout: an overview of indicators, effects by year."""

from __future__ import annotations

from ingest.blocks import Table, TextLine
from ingest.cells import is_figure
from ingest.headers import header_of
from ingest.indicator_roles import role_word
from ingest.layouts.drafting import Draft, Place
from ingest.layouts.plain_table import PlainTable
from ingest.layouts.unit_caption import caption_span


def is_framed(table: Table) -> bool:
    """Whether a table gives figures below years or roles."""
    header, height = header_of(table.rows)
    heads = any(c.fiscal_year is not None or role_word(c.header) is not None for c in header)
    return heads and any(is_figure(cell.text) for row in table.rows[height:] for cell in row.filled[1:])


def read_framed(draft: Draft, place: Place, table: Table, caption: TextLine | None) -> None:
    """Read such a table.

    Args:
        draft: what is written into.
        place: where the table stands.
        table: see ``is_framed``.
        caption: the line above that gives its unit, if one does.
    """
    reader = PlainTable(draft, place, unit=caption_span(caption) if caption is not None else None)
    reader.read(table)
    if caption is None:
        return
    if reader.used_unit:
        draft.account.carry(caption.span)
    else:
        draft.prose(place, (caption.span,))
