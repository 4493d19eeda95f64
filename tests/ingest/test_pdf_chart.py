"""Charts of shares are tables where their figures add up to 100; where that is in doubt they stay lines."""

from tests.ingest.pdf_drawing import Drawing

_NAMES = ("満足", "やや満足", "どちらでもない", "不満")
_ROWS = (
    ("10歳代", ("40.0", "30.0", "20.0", "10.0")),
    ("20歳代", ("5.5", "44.5", "30.0", "20.0")),
    ("30歳代", ("61.3", "9.6", "14.7", "14.5")),  # rounded, as printed: 100.1 in all
)


def _chart(rows: tuple[tuple[str, tuple[str, ...]], ...], *, is_above: bool = False) -> Drawing:
    """Bars from x = 150 on, each figure in the middle of its part, and the legend below or above them."""
    drawing = Drawing()
    for index, step in enumerate(("0%", "25%", "50%", "75%", "100%")):
        drawing.text(150 + 90 * index, 100, step, 8)
    for index, (name, shares) in enumerate(rows):
        drawing.text(60, 130 + 28 * index, name, 9)
        x = 150.0
        for share in shares:
            width = 3.6 * float(share)
            drawing.text(x + width / 2 - 8, 130 + 28 * index, share, 9)
            x += width
    for index, name in enumerate(_NAMES):
        drawing.text(150 + 80 * index, 114 if is_above else 130 + 28 * len(rows), name, 9)
    return drawing


def _rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.split("\n") if "\t" in line]


def test_chart_is_a_table_under_the_names_of_its_legend() -> None:
    expected = [["", *_NAMES], *([name, *shares] for name, shares in _ROWS)]
    assert _rows(_chart(_ROWS).read().text) == expected
    assert _rows(_chart(_ROWS, is_above=True).read().text) == expected


def test_row_whose_figures_are_not_the_whole_stays_a_line() -> None:
    rows = (*_ROWS, ("40歳代", ("30.0", "30.0", "20.0", "10.0")))
    text = _chart(rows).read().text
    assert [row[0] for row in _rows(text)] == ["", "10歳代", "20歳代", "30歳代"]
    assert "40歳代 30.0 30.0 20.0 10.0" in text


def test_figure_that_had_no_room_on_its_line_is_taken_where_it_can_be_only_one() -> None:
    rows = (*_ROWS[:2], ("30歳代", ("60.0", "20.0", "15.0")))
    beside = _chart(rows).text(515, 193, "5.0", 9).read().text
    assert _rows(beside)[-1] == ["30歳代", "60.0", "20.0", "15.0", "5.0"]
    assert beside.count("5.0") == 2, "the figure stands once in the text, and once within 15.0"
    below = _chart(rows).text(472, 193, "5.0", 9).read().text
    assert ["30歳代", "60.0", "20.0", "15.0", "5.0"] not in _rows(below), "whose figure it is cannot be told"
    assert "30歳代 60.0 20.0 15.0" in below


def test_words_over_the_names_of_bars_are_heads_of_columns() -> None:
    drawing = _chart(
        tuple((f"道の整備 {at} ({97 - at}.0%)", shares) for at, (_, shares) in enumerate(_ROWS, 1))
    )
    text = drawing.text(60, 116, "施策", 8).text(92, 116, "順位", 8).text(115, 116, "満足度", 8).read().text
    assert _rows(text)[:2] == [
        ["施策", "順位", "満足度", *_NAMES],
        ["道の整備", "1", "(96.0%)", *_ROWS[0][1]],
    ]


def test_table_of_shares_with_its_own_header_stays_what_it_is() -> None:
    drawing = Drawing()
    for index, row in enumerate(
        (("区分", *_NAMES[:3]), ("市", "50.0", "30.0", "20.0"), ("町", "10.0", "60.0", "30.0"))
    ):
        for at, text in enumerate(row):
            drawing.text(60 + 110 * at, 100 + 22 * index, text, 10)
    assert _rows(drawing.read().text) == [
        ["区分", *_NAMES[:3]],
        ["市", "50.0", "30.0", "20.0"],
        ["町", "10.0", "60.0", "30.0"],
    ]
