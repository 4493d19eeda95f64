"""What stands above the fields of each form: its worksheet's name, a title and who made it."""

import pytest

from ingest.layouts.generic import Generic
from tests.ingest.documents import read, shown, under

TITLE = "令和6年度　事業評価票（令和5年度実施分）"
FORM = (
    "{name}\n\n" + TITLE + "\t葦原町\n\n"
    "事業名\t{name}の管理\t担当課\t港湾課\n\n１　評価\n\n総合評価\t{mark}\t理由\t使う人が増えた。\n\n"
)
FORMS = (
    FORM.format(name="桟橋", mark="A")
    + FORM.format(name="灯台", mark="C")
    + FORM.format(name="砂浜", mark="B")
)


def test_form_begins_at_its_own_name_and_title() -> None:
    parsed = read(Generic(), FORMS)
    assert [sheet.title for sheet in parsed.sheets] == ["桟橋の管理", "灯台の管理", "砂浜の管理"]
    starts = [sheet.span.start for sheet in parsed.sheets]
    assert starts == [FORMS.index("桟橋\n"), FORMS.index("灯台\n"), FORMS.index("砂浜\n")]
    assert len(under(parsed, "１ 評価")) == 3
    assert not any(TITLE in shown(one, FORMS) for one in parsed.passages)


def test_title_that_forms_repeat_is_that_of_a_document_that_begins_with_one() -> None:
    parsed = read(Generic(), FORMS)
    assert (parsed.title, parsed.fiscal_year) == ("令和6年度 事業評価票（令和5年度実施分）", 2024)
    assert [[one.mark for one in sheet.progress] for sheet in parsed.sheets] == [["A"], ["C"], ["B"]]


def test_title_of_the_document_stands_before_that_of_its_forms() -> None:
    assert read(
        Generic(), "葦原町の港湾の評価報告書\n\n１　評価の進め方\n\n毎年行います。\n\n" + FORMS
    ).title == ("葦原町の港湾の評価報告書")


@pytest.mark.parametrize("line", ["政策２　海を守る", "海を守ります。"])
def test_heading_of_a_group_and_a_sentence_are_no_top(line: str) -> None:
    text = FORMS.replace("灯台\n", f"{line}\n", 1)
    sheet = read(Generic(), text).sheets[1]
    assert sheet.span.start > text.index(line)
