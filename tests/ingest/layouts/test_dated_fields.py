"""Rows of a form that give each value behind its year, and fields of that form left empty."""

from ingest.layouts.generic import Generic
from tests.ingest.documents import read

FORM = """港の事業の個票

整理番号\t7\t所管\t港湾課\t\t\t
事業名\t渡し船の運航\t\t\t\t\t
活動指標\t運航した日数\t\tR5実績\t243日\tR7計画\t294日
\t登録した人の数\t\tR5実績\t1,862人\tR7計画\t―
島の人口\t北の島\t\tR6\t214人\tR10推計\t187人
\t南の島\t\tR6\t31人\tR10推計\t19人
課題\t船長の平均の年は六十七歳です。\t\t\t\t\t
議会の意見\t\t\t\t\t\t
"""


def test_values_behind_their_years_are_figures_of_what_the_row_names() -> None:
    parsed = read(Generic(), FORM)
    rows = {
        passage.item: [(cell.header, cell.fiscal_year, cell.span.of(FORM)) for cell in passage.cells]
        for passage in parsed.passages
        if len(passage.fiscal_years) > 1
    }
    assert rows == {
        "運航した日数": [
            ("活動指標", None, "運航した日数"),
            ("R5実績", 2023, "243日"),
            ("R7計画", 2025, "294日"),
        ],
        "登録した人の数": [
            ("活動指標", None, "登録した人の数"),
            ("R5実績", 2023, "1,862人"),
            ("R7計画", 2025, "―"),
        ],
        "島の人口 北の島": [("島の人口", None, "北の島"), ("R6", 2024, "214人"), ("R10推計", 2028, "187人")],
        "島の人口 南の島": [("島の人口", None, "南の島"), ("R6", 2024, "31人"), ("R10推計", 2028, "19人")],
    }
    assert parsed.warnings == ()


def test_a_field_below_such_rows_is_known_to_be_empty() -> None:
    assert [absence.label for absence in read(Generic(), FORM).absences] == ["議会の意見"]
