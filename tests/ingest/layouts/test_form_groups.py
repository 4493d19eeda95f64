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


def test_chapter_after_the_forms_is_none_of_the_last() -> None:
    text = (
        f"実施計画\n\n1　計画の趣旨\n\n計画の趣旨を述べます。\n\n2　事業\n\n重点項目1　窓口\n\n"
        f"{form('予約')}{form('決済')}{form('電子申請')}重点項目2　財政\n\n{form('売却')}"
        "3　見送った事業\n\n次の事業は見送りました。\n"
    )
    document = read(Generic(), text)
    last = document.passages[-1]
    assert (last.sheet, last.departments, last.section_path) == (None, (), ("3 見送った事業",))
    assert [sheet.section_path[-1] for sheet in document.sheets] == ["重点項目1 窓口"] * 3 + [
        "重点項目2 財政"
    ]


CARDS = (
    "令和5年度 部長の約束\n\n港湾部\n部長　樫野 一郎\n【部の使命】船を待たせない。\n"
    "【組織】港湾課、航路課　職員12人\n"
    "重点目標1\t桟橋を直す\n現状と課題\t板が傷んでいる。\n期末報告（3月末）\t板を張り替えた。\t達成度\tA\n\n"
    "重点目標2\t便数を保つ\n現状と課題\t船員が足りない。\n期末報告（3月末）\t三便を減らした。\t達成度\tC\n\n"
    "【部長から一言】島の声を聞きます。\n\n水産部\n部長　汐見 さと\n【部の使命】浜を絶やさない。\n"
    "【組織】水産課　職員8人\n"
    "重点目標1\t稚魚を放す\n現状と課題\t漁獲が減った。\n期末報告（3月末）\t二万尾を放した。\t達成度\tB\n"
)


def test_numbered_aims_are_forms_of_the_department_above_them() -> None:
    document = read(Generic(), CARDS)
    assert [(sheet.title, sheet.departments, sheet.progress[0].mark) for sheet in document.sheets] == [
        ("桟橋を直す", ("港湾部",), "A"),
        ("便数を保つ", ("港湾部",), "C"),
        ("稚魚を放す", ("水産部",), "B"),
    ]


def test_lines_below_a_department_are_its_own_and_none_of_the_form_before() -> None:
    document = read(Generic(), CARDS)
    told = [p for p in document.passages if any("汐見" in CARDS[s.start : s.end] for s in p.segments)]
    assert [(p.sheet, p.departments, p.section_path) for p in told] == [(None, ("水産部",), ("水産部",))]
