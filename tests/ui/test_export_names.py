"""Names of files: they say what is in them, differ where the files do, and Windows can keep them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.draft_routes import SentDraft, name_of
from ui.export_names import export_name, towns_part

DAY = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (["比較", "多文化/共生", "大泉町・館林市"], "比較_多文化-共生_大泉町・館林市_20260401"),
        (["指標", "", ""], "指標_20260401"),
        (["CON"], "しるべ_CON_20260401"),
        (["con.", "x"], "con_x_20260401"),
        (["nul.txt"], "しるべ_nul.txt_20260401"),
        (["..", "  "], "しるべ_20260401"),
        (["比較", 'a"b<c>|d?*e\\f:g\n'], "比較_a-b-c-d-e-f-g_20260401"),
        (["比較", "あ" * 30], f"比較_{'あ' * 23}…_20260401"),
        (["比較", "比較"], "比較_20260401"),
        (["\u202egnp.exe"], "gnp.exe_20260401"),
        (["a\ud800b"], "a-b_20260401"),
    ],
)
def test_a_name_holds_its_parts_and_the_day(parts: list[str], name: str) -> None:
    assert export_name(parts, DAY) == name


@given(st.lists(st.text(max_size=60), max_size=8))
def test_any_name_can_be_kept_by_windows(parts: list[str]) -> None:
    name = export_name(parts, DAY)
    assert name.endswith("_20260401")
    assert not re.search(r'[\\/:*?"<>|\x00-\x1f\x7f]', name)
    assert not re.match(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)", name)
    assert len(name) <= 110
    assert not name.startswith((" ", "."))


def test_few_towns_are_named_and_many_are_counted() -> None:
    assert towns_part(["大泉町", "館林市", "大泉町"]) == "大泉町・館林市"
    assert towns_part([f"{at}町" for at in range(50)]) == "50自治体"
    assert towns_part([]) == ""


def test_the_files_of_one_draft_differ_by_name() -> None:
    draft = SentDraft(
        text="表題\n本文", places=(), form="方針書", theme="空き家対策", department="企画課", year="令和9年度"
    )
    in_form = SentDraft(
        text="表題\n本文", places=(), form="方針書", theme="", department="", year="", laid_out=True
    )
    assert name_of(draft, "docx", DAY) == "方針書_空き家対策_企画課_令和9年度_案（文章）_20260401"
    assert name_of(in_form, "docx", DAY) == "方針書_表題_案（様式）_20260401"
    assert name_of(draft, "xlsx", DAY).endswith("_案（様式）_20260401")
