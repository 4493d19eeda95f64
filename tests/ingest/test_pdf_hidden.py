"""Letters below something that was drawn over them are not read and told; letters on it are."""

import pytest

from ingest.reader import ReadFile
from tests.ingest.pdf_drawing import Drawing

_SEEN = "港の案内板を三か国語で作る。"
_STRUCK = "担当者の電話番号は秘密です。"


def _drawn(**options: float) -> ReadFile:
    drawing = Drawing().text(60, 100, _SEEN).text(60, 140, _STRUCK)
    return drawing.box(55, 125, 300, 145, **options).read()


@pytest.mark.parametrize("options", [{"grey": 0.0}, {"grey": 1.0}, {"grey": 1.0, "radius": 5.0}])
def test_text_below_an_opaque_box_is_left_out_and_told(options: dict[str, float]) -> None:
    read = _drawn(**options)
    assert read.text.strip() == _SEEN
    assert read.warnings == (
        "1ページに、見えない文字（地と同じ色、透明、図形の下、ごく小さいなど）が14字あり、読み取りから除きました。",
    )


def test_text_below_a_marker_that_lets_it_be_seen_stays() -> None:
    read = _drawn(grey=0.5, alpha=0.4)
    assert read.text.split() == [_SEEN, _STRUCK]
    assert not read.warnings


def test_text_on_a_box_stays_and_what_it_corrects_goes() -> None:
    drawing = Drawing().text(60, 100, "件数は120件").box(55, 86, 200, 106).text(60, 100, "件数は154件")
    assert drawing.read().text.strip() == "件数は154件"


def test_text_below_a_picture_is_left_out_and_text_seen_through_it_is_not() -> None:
    below = Drawing().text(60, 300, _STRUCK).picture().text(60, 800, _SEEN).read()
    assert below.text.strip() == _SEEN
    beside = Drawing().text(60, 40, _STRUCK).picture().text(60, 800, _SEEN).read()
    assert beside.text.split() == [_STRUCK, _SEEN]
