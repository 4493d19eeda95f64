"""Headings: marks, their order of depth, and lines that are none."""

import pytest

from ingest.headings import HeadingPath, heading_of

MARKED = [
    ("第1編 総論", "第1編", "総論"),
    ("第３章　港を守る", "第３章", "港を守る"),
    ("第2節 堤防", "第2節", "堤防"),
    ("Ⅲ 港と暮らし", "Ⅲ", "港と暮らし"),
    ("3 堤防の補修", "3", "堤防の補修"),
    ("(1) 北の堤防", "(1)", "北の堤防"),
    ("①点検", "①", "点検"),
    ("ア 目視", "ア", "目視"),
    ("■ 備考", "■", "備考"),
    ("【資料】", "【", "資料"),
]


@pytest.mark.parametrize(("line", "mark", "title"), MARKED)
def test_heading_of_reads_mark_and_title(line: str, mark: str, title: str) -> None:
    heading = heading_of(line)
    assert heading is not None
    assert (heading.mark, heading.title) == (mark, title)


def test_heading_ranks_follow_the_order_of_depth() -> None:
    ranks = [heading.rank for line, *_ in MARKED if (heading := heading_of(line))]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(MARKED)


@pytest.mark.parametrize(
    "line",
    [
        "港を守る",
        "1 堤防を直した。",
        "3月の水揚げ",
        "10",
        "Ⅲ1 港の振興",
        "",
        "① " + "長い" * 40,
        "2.5倍になった",
    ],
)
def test_heading_of_leaves_running_text_alone(line: str) -> None:
    assert heading_of(line) is None


@pytest.mark.parametrize(
    ("line", "label"), [("1.現状", "1 現状"), ("■ 備考", "備考"), ("Ⅲ", "Ⅲ"), ("【資料】", "資料")]
)
def test_heading_label_keeps_numbers_and_drops_symbols(line: str, label: str) -> None:
    heading = heading_of(line)
    assert heading is not None
    assert heading.label == label


def test_heading_path_closes_what_is_deeper() -> None:
    path = HeadingPath()
    for line in ("第1章 港", "1 堤防", "(1) 北", "2 灯台"):
        heading = heading_of(line)
        assert heading is not None
        path.enter(heading.rank, heading.label)
    assert path.labels == ("第1章 港", "2 灯台")
