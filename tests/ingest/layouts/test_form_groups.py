"""Headings over groups of forms hold for each form of the group."""

from ingest.layouts.generic import Generic
from tests.ingest.documents import read


def form(name: str) -> str:
    return f"実施項目\t{name}\t担当課\t総務課\n取組内容\t{name}を進める。\n\n"


def test_heading_of_a_group_holds_for_the_forms_after_its_first() -> None:
    text = (
        f"進捗状況報告書\n\n1　項目別の状況\n\n重点項目1　窓口\n\n{form('予約')}{form('電子申請')}"
        f"{form('決済')}重点項目2　財政\n\n{form('売却')}{form('広告')}"
    )
    assert [(sheet.title, sheet.section_path[-1]) for sheet in read(Generic(), text).sheets] == [
        ("予約", "重点項目1 窓口"),
        ("電子申請", "重点項目1 窓口"),
        ("決済", "重点項目1 窓口"),
        ("売却", "重点項目2 財政"),
        ("広告", "重点項目2 財政"),
    ]


def test_heading_that_each_form_has_is_its_own() -> None:
    text = f"報告書\n\n重点項目1　窓口\n\n{form('予約')}重点項目2　財政\n\n{form('売却')}{form('広告')}"
    assert read(Generic(), text).sheets[-1].section_path == ()
