"""A review sheet of narrow merged cells: heads beside labels, marks by turns, a choice, an empty field."""

import io

import xlsxwriter

Laid = tuple[str, int]

ROWS: tuple[tuple[Laid, ...], ...] = (
    (("事業評価調書（令和６年度実施分）", 30),),
    (("整理番号", 4), ("205", 4), ("事業の名称", 5), ("高齢者の見守りネット", 17)),
    (("所管課", 4), ("長寿課", 4), ("開始年度", 5), ("平成28年度", 6), ("終了予定", 4), ("", 7)),
    (("目的", 4), ("一人で暮らす高齢者の孤立を防ぐ。", 26)),
    (("実施状況", 4), ("協力店", 5), ("見守り訪問", 7), ("通報件数", 7), ("延べ相談", 7)),
    (("", 4), ("84店", 5), ("1,206回", 7), ("37件", 7), ("412件", 7)),
    (("指標", 4), ("名称", 10), ("単位", 3), ("R5実績", 4), ("R6目標", 4), ("R6実績", 5)),
    (("", 4), ("見守り協力店の登録数", 10), ("店", 3), ("71", 4), ("80", 4), ("84", 5)),
    (("", 4), ("確認までの平均時間", 10), ("分", 3), ("48", 4), ("40", 4), ("36", 5)),
    (("コスト（千円）", 4), ("R5決算", 7), ("R6決算", 7), ("R7予算", 7), ("うち一般財源", 5)),
    (("", 4), ("3,120", 7), ("3,480", 7), ("3,900", 7), ("1,950", 5)),
    (
        *(("評価", 4), ("必要性", 4), ("Ａ", 2), ("有効性", 4), ("Ａ", 2)),
        *(("効率性", 4), ("Ｂ", 2), ("総合評価", 5), ("Ａ", 3)),
    ),
    (("今後の方向性", 4), ("■拡充　□継続　□縮小　□廃止", 26)),
    (("課題", 4), ("新聞の配達をやめる家が増え、気づく人が減っている。", 26)),
    (("外部委員の意見", 4), ("", 26)),
)


def grid_review() -> bytes:
    """The workbook."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.set_column(0, 29, 2)
    for row, cells in enumerate(ROWS):
        column = 0
        for text, width in cells:
            if text:
                sheet.merge_range(row, column, row, column + width - 1, text)
            column += width
    book.close()
    return buffer.getvalue()
