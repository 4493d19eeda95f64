"""A published survey of 73 pages with charts and free comments, read page by page against what is printed.

The file is not part of the repository. It is read from ``../shared/originals`` where that folder exists.
"""

from functools import cache
from pathlib import Path

import pytest

from corpus.locator import PageLocator
from ingest.blocks import Table, TextLine
from ingest.pdf_reader import PdfReader
from ingest.reader import ReadFile
from tests.ingest.taken_in import Taken, taken

_SURVEY = Path(__file__).parents[3] / "shared" / "originals" / "takamatsu_r6_satisfaction_survey.pdf"

pytestmark = pytest.mark.skipif(not _SURVEY.is_file(), reason="the published survey is not here")


@cache
def _read() -> ReadFile:
    return PdfReader().read(_SURVEY.read_bytes())


@cache
def _taken() -> Taken:
    return taken(_SURVEY.name, _SURVEY.read_bytes(), _read())


@cache
def _rows() -> dict[int, list[tuple[str, ...]]]:
    """The rows of tables by their page."""
    read = _read()
    rows: dict[int, list[tuple[str, ...]]] = {}
    for block in read.blocks:
        for row in block.rows if isinstance(block, Table) else ():
            spans = [cell.span for cell in row.cells if cell.text]
            place = read.locate(spans[:1])[0]
            assert isinstance(place, PageLocator)
            rows.setdefault(place.page, []).append(row.texts)
    return rows


@cache
def _lines() -> frozenset[str]:
    return frozenset(block.text for block in _read().blocks if isinstance(block, TextLine))


# Each was looked up by eye on the printed page.
_PRINTED = [
    (4, ("18歳～29歳", "1,158", "25.7%", "216", "8.6%")),
    (4, ("計", "4,500", "100.0%", "2,500", "100.0%")),
    (5, ("B票", "1,500", "430", "紙：", "168", "28.7%", "紙：", "11.2%")),
    (8, ("令和6年度", "52.2", "32.8", "9.6", "3.7", "1.6")),
    (8, ("３年未満", "20.9", "38.8", "17.9", "11.9", "10.4")),
    (10, ("令和5年度", "31.2", "37.6", "17.9", "9.7", "3.6")),
    (11, ("７０歳以上", "32.0", "40.9", "21.8", "3.9", "1.5")),
    (14, ("消防・救急体制の充実", "1", "(50.9％)", "13.4%", "37.5%", "41.2%", "5.5%", "2.4%")),
    (15, ("商工業の振興", "8", "<25.4％>", "2.8%", "16.9%", "54.8%", "18.1%", "7.3%")),
    (18, ("", "", "3", "景観形成の推進", "433")),
    (20, ("421", "消防・救急体制の充実", "3.539", "4.338")),
    (24, ("521", "地域交通ネットワークの充実", "2.602", "4.141")),
    (26, ("613", "離島の振興", "3.029", "3.448")),
    (28, ("4-3 暮らしを支える生活環境の向上", "62")),
    (62, ("農林水産業の振興", "38", "(18.1％)", "1.9%", "16.2%", "54.4%", "20.7%", "6.8%")),
]


@pytest.mark.parametrize(("page", "row"), _PRINTED)
def test_rows_of_the_survey_are_as_printed(page: int, row: tuple[str, ...]) -> None:
    pages = (page, page + 1) if page == 62 else (page,)
    assert any(row in _rows().get(one, []) for one in pages), _rows().get(page)


_FIGURES = [
    ("18歳～29歳 送付数", 2024, "1,158", 4),
    ("18歳～29歳 （参考） 送付数", 2023, "216", 4),
    ("70歳以上 割合", 2024, "19.9%", 4),
    ("計 送付数", 2024, "4,500", 4),
    ("感じる", 2024, "52.2", 8),
    ("やや感じる", 2023, "26.7", 8),
    ("ある", 2024, "25.8", 10),
    ("ない", 2023, "3.6", 10),
    ("自慢できる", 2024, "24.3", 11),
    ("あまり自慢できない", 2023, "7.4", 11),
]


@pytest.mark.parametrize(("name", "year", "value", "page"), _FIGURES)
def test_figures_of_the_survey_are_as_printed(name: str, year: int, value: str, page: int) -> None:
    found = [
        one.value_text
        for one in _taken().indicators
        if one.name == name and one.fiscal_year == year and _pages(_taken(), one.passage_id) == {page}
    ]
    assert found == [value]


def _pages(document: Taken, passage_id: str) -> set[int]:
    passage = next(one for one in document.passages if one.passage_id == passage_id)
    return {place.page for place in passage.locators if isinstance(place, PageLocator)}


def test_letters_below_boxes_are_out_and_paragraphs_are_whole() -> None:
    text = _read().text
    assert "全全体" not in text
    assert "11【2】" not in text
    assert any("を合わせた割合は、3.5％(＋1.2)。" in line for line in _lines())
    assert "㋐全体的な傾向" in _lines()
    assert "◆施策の傾向（この領域に分布する施策と主な取組事業）" in _lines()


def test_comments_are_one_row_each_under_their_policy() -> None:
    rows = [row for page in range(29, 61) for row in _rows().get(page, []) if len(row) == 2]
    assert sum(row[1].startswith("〇") for row in rows) == 503, "the survey counts 503 comments"


def test_contents_are_lines_and_the_survey_needs_few_warnings() -> None:
    assert not {1, 2, 3} & _rows().keys()
    assert len(_read().warnings) <= 3
