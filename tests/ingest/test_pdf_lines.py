"""Letters over and beside one another: rings, labels that touch, what is drawn twice, labels downwards."""

import pytest

from tests.ingest.pdf_drawing import Drawing


@pytest.mark.parametrize(("letter", "ringed"), [("ア", "㋐"), ("3", "③"), ("A", "Ⓐ")])
def test_letter_in_a_ring_is_one_sign(letter: str, ringed: str) -> None:
    inner = 66.6 if letter == "ア" else 68
    drawing = Drawing().text(65, 100, "○", 12).text(inner, 99, letter, 9 if letter == "ア" else 8)
    assert drawing.text(80, 100, "全体の傾向", 12).read().text.strip() == f"{ringed}全体の傾向"


def test_labels_that_touch_are_read_one_after_the_other() -> None:
    drawing = Drawing().text(60, 100, "市の割合", 10).text(160, 100, "2.7%", 10).text(168, 97, "4.8%", 10)
    text = drawing.read().text
    assert "2.7%" in text
    assert "4.8%" in text


def test_text_drawn_twice_to_look_bold_is_read_once() -> None:
    drawing = Drawing().text(60, 100, "計画の目標").text(60.4, 100, "計画の目標")
    assert drawing.text(60, 140, "本文です。").read().text.split() == ["計画の目標", "本文です。"]


def test_label_written_downwards_beside_lines_is_one_word() -> None:
    drawing = Drawing()
    for index, letter in enumerate("居住年数"):
        drawing.text(60, 100 + 11 * index, letter, 10)
    for index, name in enumerate(("3年未満", "10年未満", "20年以上")):
        drawing.text(90, 100 + 20 * index, name, 10).text(
            200 + 7 * index, 100 + 20 * index, f"{9 - index}.5%", 10
        )
    text = drawing.read().text
    assert "居住年数" in text
    assert [word for word in text.split() if word.endswith(("未満", "以上"))] == [
        "3年未満",
        "10年未満",
        "20年以上",
    ]


def test_days_in_a_column_stay_below_one_another() -> None:
    drawing = Drawing()
    for index, day in enumerate("月火水木"):
        drawing.text(60, 100 + 22 * index, day, 10).text(120, 100 + 22 * index, f"{index + 1}件", 10)
    assert [line for line in drawing.read().text.split("\n") if line.strip()] == [
        "月\t1件",
        "火\t2件",
        "水\t3件",
        "木\t4件",
    ]
