from __future__ import annotations

import pytest

from corpus.locator import CellLocator, LineLocator, Locator, PageLocator, locator_from_json

LOCATORS: list[tuple[Locator, str]] = [
    (LineLocator(start_line=12, end_line=14), "12〜14行目"),
    (LineLocator(start_line=3, end_line=3), "3行目"),
    (PageLocator(page=3, boxes=((10.0, 20.0, 110.0, 32.5),)), "p.3"),
    (CellLocator(worksheet="R3", range="C12:F12"), "「R3」C12:F12"),
]


@pytest.mark.parametrize(("locator", "label"), LOCATORS)
def test_locator_survives_json_and_says_its_place(locator: Locator, label: str) -> None:
    assert locator_from_json(locator.to_json()) == locator
    assert locator.label() == label


def test_the_json_is_what_other_programs_rely_on() -> None:
    page = PageLocator(page=3, boxes=((1.0, 2.0, 3.0, 4.0),))
    assert page.to_json() == {"kind": "page", "page": 3, "boxes": [[1.0, 2.0, 3.0, 4.0]]}
    line = LineLocator(start_line=12, end_line=14)
    assert line.to_json() == {"kind": "line", "start_line": 12, "end_line": 14}


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown locator kind"):
        locator_from_json({"kind": "scroll"})
