from corpus.span import Span
from ingest.block_text import Piece, TextBuilder, clean
from ingest.blocks import Blank, Table, TextLine


def test_lines_and_rows_become_blocks() -> None:
    builder: TextBuilder[int] = TextBuilder()
    builder.blank()
    builder.line(Piece("表題"))
    builder.blank()
    builder.blank()
    builder.row([[Piece("項目")], [], [Piece("値")]])
    builder.row([[], [Piece(" ")], []])
    builder.row([[], [Piece("あ")], [Piece("い")]])
    assert builder.text == "表題\n\n項目\t\t値\n\tあ\tい\n"
    assert [type(block) for block in builder.blocks()] == [TextLine, Blank, Table, Blank]


def test_origins_are_those_of_the_characters_asked_for() -> None:
    builder: TextBuilder[str] = TextBuilder()
    builder.row([[Piece("項目", "A1")], [Piece("値", "B1"), Piece("です", "C1")]])
    builder.line(Piece("文", "A2"))
    assert builder.text == "項目\t値です\n文\n"
    assert list(builder.origins([Span(1, 5)])) == [(Span(1, 2), "A1"), (Span(3, 4), "B1"), (Span(4, 5), "C1")]
    assert list(builder.origins([Span(0, 1), Span(7, 8)])) == [(Span(0, 1), "A1"), (Span(7, 8), "A2")]
    assert list(builder.origins([Span(2, 3)])) == []


def test_cell_brings_neither_tab_nor_line_break() -> None:
    assert clean("一\r\n二\t三\u2028四\x00\ufeff") == "一 二 三 四"
