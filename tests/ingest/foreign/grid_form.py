"""An evaluation sheet as a worksheet prints it: one block of merged cells over many narrow columns."""

import io

import xlsxwriter

Laid = tuple[str, int]
"""A text and how many columns it takes."""

WIDTH = 12
BELOW = "↑"
"""A cell that the one above reaches into."""

ROWS: tuple[tuple[Laid, ...], ...] = (
    (("令和６年度　事務事業評価シート", WIDTH),),
    (("事業名", 2), ("有害鳥獣対策事業", 4), ("担当課", 2), ("農林課", 4)),
    (("施策名", 2), ("農業の振興", 4), ("事業期間", 2), ("平成25年度～", 4)),
    (("事業の目的", 2), ("農作物の被害を減らす。", 10)),
    (
        *(("指標名", 3), ("単位", 1)),
        *(("令和４年度", 2), ("令和５年度", 2), ("令和６年度", 2), ("備考", 2)),
    ),
    (
        *((BELOW, 3), (BELOW, 1)),
        *(("目標", 1), ("実績", 1), ("目標", 1), ("実績", 1), ("目標", 1), ("実績", 1), (BELOW, 2)),
    ),
    (
        *(("柵の設置延長", 3), ("m", 1)),
        *(("1,500", 1), ("980", 1), ("1,500", 1), ("1,610", 1), ("1,500", 1), ("", 1), ("", 2)),
    ),
    (
        *(("被害額", 3), ("千円", 1)),
        *(("4,000", 1), ("4,105", 1), ("3,900", 1), ("4,377", 1), ("3,700", 1), ("", 1), ("猿による", 2)),
    ),
    (("事業費（千円）", 4), ("1,960", 2), ("3,220", 2), ("3,000", 2), ("", 2)),
    (("総合評価", 2), ("Ｃ", 2), ("今後の方向性", 3), ("改善して継続", 5)),
    (("評価の理由", 2), ("設置した地区の外へ被害が移った。", 10)),
)


def grid_form() -> bytes:
    """The workbook."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.set_column(0, WIDTH - 1, 3)
    style = book.add_format({"border": 1, "text_wrap": True})
    for row, cells in enumerate(ROWS):
        column = 0
        for text, width in cells:
            if text != BELOW:
                reaches = row + 1 < len(ROWS) and _has_below(ROWS[row + 1], column)
                _write(sheet, (row, column, row + reaches, column + width - 1), text, style)
            column += width
    book.close()
    return buffer.getvalue()


def _has_below(cells: tuple[Laid, ...], column: int) -> bool:
    at = 0
    for text, width in cells:
        if at == column:
            return text == BELOW
        at += width
    return False


def _write(
    sheet: xlsxwriter.worksheet.Worksheet, place: tuple[int, int, int, int], text: str, style: object
) -> None:
    row, column, last_row, last_column = place
    if (row, column) == (last_row, last_column):
        sheet.write(row, column, text, style)
    else:
        sheet.merge_range(row, column, last_row, last_column, text, style)
