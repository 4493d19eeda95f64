"""A department's policy as Word prints it: a form whose cells hold tables of indicators and of money."""

import io

from docx import Document

Rows = tuple[tuple[str, ...], ...]

TARGETS: Rows = (
    ("指標", "単位", "令和５年度実績", "令和７年度目標"),
    ("ごみの総排出量", "ｔ", "18,420", "17,600"),
    ("環境学校の開催回数", "回", "6", "12"),
)
MONEY: Rows = (
    ("区分", "令和６年度当初予算", "令和７年度当初予算"),
    ("人件費", "214", "220"),
    ("事業費", "1,306", "1,288"),
)


def nested_policy() -> bytes:
    """The document: labels at the left, and tables in two of the cells at the right."""
    document = Document()
    document.add_heading("令和７年度　部局経営方針", 1)
    document.add_heading("環境部", 2)
    form = document.add_table(rows=5, cols=2)
    fields: tuple[tuple[str, str | Rows], ...] = (
        ("部長名", "小泉 かおる"),
        ("部の使命", "ごみを減らし、緑を残す。"),
        ("成果目標", TARGETS),
        ("予算（百万円）", MONEY),
        ("部長からの一言", "台所から始めます。"),
    )
    for index, (label, value) in enumerate(fields):
        form.cell(index, 0).text = label
        cell = form.cell(index, 1)
        if isinstance(value, str):
            cell.text = value
            continue
        inner = cell.add_table(rows=len(value), cols=len(value[0]))
        for row, texts in enumerate(value):
            for column, text in enumerate(texts):
                inner.cell(row, column).text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
