"""Blocks: lines, bullets and tables with the place of every character."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.span import Span
from ingest.blocks import Blank, Table, TextLine, blocks_of

TEXT = "みなと町計画\n\n- 港を守る\n項目\t 値 \n\t5件\n\n\n 終わり "


def test_blocks_of_reads_lines_bullets_and_tables() -> None:
    title, blank, bullet, table, gap, end = blocks_of(TEXT)
    assert isinstance(title, TextLine)
    assert (title.text, title.line, title.bullet) == ("みなと町計画", 1, False)
    assert blank == gap == Blank()
    assert isinstance(bullet, TextLine)
    assert (bullet.text, bullet.bullet, bullet.span.of(TEXT)) == ("港を守る", True, "港を守る")
    assert isinstance(table, Table)
    assert [row.texts for row in table.rows] == [("項目", "値"), ("", "5件")]
    assert [row.line for row in table.rows] == [4, 5]
    assert isinstance(end, TextLine)
    assert end.span.of(TEXT) == "終わり"


def test_blocks_of_gives_an_empty_span_to_an_empty_cell() -> None:
    (table,) = blocks_of("年度\t\tR6")
    assert isinstance(table, Table)
    assert table.rows[0].cells[1].span == Span(3, 3)
    assert [cell.text for cell in table.rows[0].filled] == ["年度", "R6"]


@given(st.text(alphabet="あ年\t\n -①", max_size=60))
def test_blocks_of_keeps_every_character_that_is_not_blank(text: str) -> None:
    spans = []
    for block in blocks_of(text):
        if isinstance(block, TextLine):
            spans.append(block.span)
            assert block.span.of(text) == block.text
        elif isinstance(block, Table):
            spans.extend(cell.span for row in block.rows for cell in row.cells)
    kept = "".join(span.of(text) for span in spans)
    assert [c for c in kept if c in "あ年①"] == [c for c in text if c in "あ年①"]
    assert all(a.end <= b.start for a, b in pairwise(spans))
