"""A worksheet of a three-year plan whose heads stand in two rows, the upper one over groups of columns."""

import io

import xlsxwriter

HEADS = (
    "番号",
    "事業名",
    "担当課",
    "新規・継続",
    "R6当初予算",
    "R7計画額",
    "３か年計",
    "財源内訳（R7）",
    "指標",
    "現状値（R5）",
    "目標値（R9）",
)
ROWS = (
    (
        "11",
        "渡し船の運航",
        "港湾課",
        "継続",
        8400,
        9600,
        28800,
        "国県 3,200／一財 6,400",
        "乗った人の数",
        "1,230人",
        "1,500人",
    ),
    ("12", "灯台の公開", "観光課", "新規", None, 1200, 3600, "一財 1,200", "公開した日数", "4日", "30日"),
)


def grouped_heads() -> bytes:
    """Only the lower row of heads is ruled; the unit stands in the title."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    sheet, ruled = book.add_worksheet("港"), book.add_format({"border": 1})
    sheet.merge_range(0, 0, 0, 10, "実施計画　港　（単位：千円）")
    sheet.merge_range(1, 4, 1, 6, "事業費")
    sheet.merge_range(1, 8, 1, 10, "重要業績評価指標")
    for at, row in enumerate((HEADS, *ROWS), start=2):
        for column, value in enumerate(row):
            sheet.write(at, column, value, ruled)
    book.close()
    return data.getvalue()
