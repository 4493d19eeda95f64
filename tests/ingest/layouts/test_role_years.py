"""Years of columns headed by a role alone, where a sentence of the document tells them."""

import pytest

from ingest.layouts.generic import Generic
from ingest.layouts.role_years import role_years_in
from tests.ingest.documents import read

PLAN = """港の計画（2024年度～2030年度）

１　この計画の読み方
指標の現状値は断りのない限り2022年度の実績、中間値は2026年度、目標値は2030年度の値です。

２　指標
指標名\t現状値\t中間値\t目標値
渡し船に乗った人の数\t840人\t900人\t―
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("現状値は令和4年度、目標値は令和11年度の値です。", {"現状値": 2022, "目標値": 2029}),
        ("基準値は令和4年度から令和5年度まで、目標値は令和11年度です。", {}),
        ("目標値は令和11年度です。\n現状値は下がりました。", {}),
        ("目標値は、令和4年度の実績値を超えました。", {}),
    ],
)
def test_a_sentence_tells_the_years_of_several_roles(text: str, expected: dict[str, int]) -> None:
    assert role_years_in(text) == expected


def test_columns_of_roles_have_the_years_that_the_document_tells() -> None:
    cells = [cell for passage in read(Generic(), PLAN).passages for cell in passage.cells]
    assert [(cell.header, cell.fiscal_year) for cell in cells] == [
        ("指標名", None),
        ("現状値", 2022),
        ("中間値", 2026),
        ("目標値", 2030),
    ]
