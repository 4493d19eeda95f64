"""What merged cells at the left of a table say of each row: groups beside a number, units of two rows."""

from ingest.blocks import Table, blocks_of
from ingest.headers import header_of
from ingest.layouts.label_columns import filled_labels, label_columns, row_names


def filled(text: str) -> list[tuple[str, ...]]:
    table = next(block for block in blocks_of(text) if isinstance(block, Table))
    header, height = header_of(table.rows)
    rows = table.rows[height:]
    return [row.texts for row in filled_labels(header, rows, label_columns(header, rows))]


def test_groups_beside_numbers_hold_for_all_their_rows() -> None:
    text = (
        "No.\t政策\t施策\t事業名\t令和5年度予算\n"
        "1\t海\t港\t桟橋の修理\t410\n2\t\t\t灯台の点検\t52\n3\t\t浜\t砂の補充\t77\n4\t山\t沢\t橋の架替え\t90\n"
    )
    assert [row[:3] for row in filled(text)] == [
        ("1", "海", "港"),
        ("2", "海", "港"),
        ("3", "海", "浜"),
        ("4", "山", "沢"),
    ]


def test_number_that_spans_rows_is_merged_itself() -> None:
    text = (
        "番号\t事業名\t担当課\t令和5年度予算\n1\t桟橋\t港湾課\t410\n\t灯台\t水産課\t52\n2\t砂浜\t観光課\t77\n"
    )
    assert [row[0] for row in filled(text)] == ["1", "1", "2"]


def test_unit_of_an_indicator_holds_for_its_actual_and_for_no_rate() -> None:
    text = (
        "指標名\t単位\t区分\tR4\tR5\n"
        "渡し船の便数\t便\t計画\t300\t310\n\t\t実績\t298\t312\n\t\t達成率\t99.3%\t100.6%\n"
        "待ち時間\t\t計画\t12\t10\n\t\t実績\t14\t11\n"
    )
    assert [row[1:3] for row in filled(text)] == [
        ("便", "計画"),
        ("便", "実績"),
        ("", "達成率"),
        ("", "計画"),
        ("", "実績"),
    ]


def test_total_below_merged_groups_does_not_end_them() -> None:
    text = (
        "大分類\t中分類\t業務名\t令和5年度予算\n"
        "海\t港\t桟橋の修理\t410\n\t\t灯台の点検\t52\n\t浜\t砂の補充\t77\n合計\t\t\t539\n"
    )
    assert [row[:3] for row in filled(text)] == [
        ("海", "港", "桟橋の修理"),
        ("海", "港", "灯台の点検"),
        ("海", "浜", "砂の補充"),
        ("合計", "", ""),
    ]


def test_rows_of_one_name_are_told_apart_by_a_name_with_its_unit() -> None:
    table = next(
        block
        for block in blocks_of(
            "事業名\t指標（単位）\tR4実績\tR5実績\n渡し船\t便数（便）\t6\t8\n\t待合客（人）\t41\t18\n砂浜\t清掃（回）\t1\t2\n"
        )
        if isinstance(block, Table)
    )
    header, height = header_of(table.rows)
    labels = label_columns(header, table.rows[height:])
    rows = filled_labels(header, table.rows[height:], labels)
    assert row_names(header, [row.cells for row in rows], labels) == [
        "渡し船 便数（便）",
        "渡し船 待合客（人）",
        "砂浜",
    ]
