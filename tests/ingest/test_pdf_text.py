"""Text of PDFs that are hard to read: at most one letter in a thousand is wrong; boxes hold their text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.pdf_reader import PdfReader
from tests.ingest.boxes_held import pdf_passages, share_held
from tests.ingest.character_errors import character_errors
from tests.ingest.fictional_prose import PARAGRAPHS
from tests.ingest.hard_pdfs import CASES, name_of
from tests.ingest.pdf_drawing import typeset

_SURVEY = Path("../shared/originals/takamatsu_r6_satisfaction_survey.pdf")
_TABLE = "施策名\t令和5年度\t令和6年度\n相談\t120件\t154件\n教室\t36回\t\n通訳\t未定\t実施"


@pytest.mark.parametrize("make", CASES, ids=name_of)
def test_text_has_at_most_one_wrong_letter_in_a_thousand(make: Callable[[], tuple[bytes, str]]) -> None:
    data, written = make()
    read = PdfReader().read(data).text.replace("\n", "")
    assert character_errors(written, read) <= 0.1, read
    assert read.count(" ") == written.count(" "), read


def _share(data: bytes) -> float:
    return share_held(pdf_passages(data))


@pytest.mark.parametrize("make", CASES, ids=name_of)
def test_boxes_of_passages_hold_their_text(make: Callable[[], tuple[bytes, str]]) -> None:
    assert _share(make()[0]) == 1.0


def test_boxes_of_passages_in_tables_hold_their_text() -> None:
    data = typeset(f"第1章 多文化共生\n\n{PARAGRAPHS[0]}\n\n{_TABLE}\n\n{PARAGRAPHS[1]}\n\n{_TABLE}")
    assert _share(data) == 1.0


@pytest.mark.skipif(not _SURVEY.is_file(), reason="no published files beside the project")
def test_boxes_of_passages_of_a_published_survey_hold_their_text() -> None:
    assert _share(_SURVEY.read_bytes()) >= 0.99
