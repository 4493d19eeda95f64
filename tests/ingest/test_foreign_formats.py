"""Foreign documents give the same records as Word, Excel and PDF, and so does a sheet of merged cells."""

import pytest

from ingest.blocks import BlockDocument
from ingest.file_type import file_type
from ingest.layout import choose_layout
from ingest.readers import reader_of
from tests.ingest.foreign.all_documents import DOCUMENTS
from tests.ingest.foreign.expected import lines_of
from tests.ingest.foreign.grid_form import grid_form
from tests.ingest.foreign.grid_review import grid_review
from tests.ingest.foreign.grouped_heads import grouped_heads
from tests.ingest.foreign.nested_policy import nested_policy
from tests.ingest.foreign.told import figures_of, marks_of, paths_of, sheets_of
from tests.ingest.foreign.two_columns import two_columns
from tests.ingest.sample_formats import FORMATS
from tests.ingest.taken_in import Taken, taken

PRINTED = ("project_evaluation", "strategy", "action_plan", "care", "reform_results", "monitoring")
"""Those that are drawn as PDF too: it takes a second each."""

CASES = [(name, form) for name in sorted(DOCUMENTS) for form in ("docx", "xlsx")] + [
    (name, "pdf ruled") for name in PRINTED
]


def read_as(name: str, form: str) -> Taken:
    extension, write = FORMATS[form]
    return read_file(name + extension, write(DOCUMENTS[name].source), DOCUMENTS[name].fiscal_year)


def read_file(source: str, data: bytes, year: int | None) -> Taken:
    read = reader_of(file_type(source, data)).read(data)
    return taken(source, data, read, year)


def bare(lines: list[str]) -> list[str]:
    """Lines without white space, which paper breaks where text does not."""
    return ["".join(line.split()) for line in lines]


@pytest.mark.parametrize(("name", "form"), CASES)
def test_a_foreign_document_gives_its_records_in_each_format(name: str, form: str) -> None:
    one, told = read_as(name, form), DOCUMENTS[name]
    assert bare(figures_of(one)) == bare(lines_of(told.figures))
    assert bare(sheets_of(one)) == bare(lines_of(told.sheets))
    assert bare(marks_of(one)) == bare(lines_of(told.marks))


def test_a_worksheet_of_merged_cells_gives_fields_figures_and_marks() -> None:
    one = read_file("form.xlsx", grid_form(), None)
    assert sheets_of(one) == ["有害鳥獣対策事業|農林課"]
    assert figures_of(one) == lines_of(
        """
        柵の設置延長|target|2022|1,500|m
        柵の設置延長|actual|2022|980|m
        柵の設置延長|target|2023|1,500|m
        柵の設置延長|actual|2023|1,610|m
        柵の設置延長|target|2024|1,500|m
        被害額|target|2022|4,000|千円
        被害額|actual|2022|4,105|千円
        被害額|target|2023|3,900|千円
        被害額|actual|2023|4,377|千円
        被害額|target|2024|3,700|千円
        事業費（千円）|actual|2022|1,960|千円
        事業費（千円）|actual|2023|3,220|千円
        事業費（千円）|actual|2024|3,000|千円
        """
    )
    assert marks_of(one) == ["有害鳥獣対策事業|2024|Ｃ|"]


def test_tables_in_the_cells_of_a_form_are_tables() -> None:
    one = read_file("policy.docx", nested_policy(), None)
    assert figures_of(one) == lines_of(
        """
        ごみの総排出量|actual|2023|18,420|t
        ごみの総排出量|target|2025|17,600|t
        環境学校の開催回数|actual|2023|6|回
        環境学校の開催回数|target|2025|12|回
        人件費 当初予算|budget|2024|214|百万円
        人件費 当初予算|budget|2025|220|百万円
        事業費 当初予算|budget|2024|1,306|百万円
        事業費 当初予算|budget|2025|1,288|百万円
        """
    )
    assert paths_of(one, "18,420") == ["環境部 > 成果目標"]
    assert paths_of(one, "台所から始めます") == ["環境部"]


def test_columns_of_text_are_read_apart_above_and_below_a_table_across_both() -> None:
    one = read_file("two.pdf", two_columns(), 2024)
    assert [line for line in one.text.split("\n") if "補助" in line or "児童" in line] == [
        "種は小学校の授業でも育てており、児童百二十人が加わりました。",
        "ウニの駆除に補助を出します。対象は潜水による作業とし、上限を三十万円とします。",
        "住まいは空き家を町が借り上げ、家賃の半分を補助します。",
    ]
    order = [
        one.text.index(words) for words in ("児童百", "磯焼け", "藻場の面積\t", "■ 担い手", "■ 海の学習")
    ]
    assert order == sorted(order)
    assert paths_of(one, "釣り客") == ["第２章 海を生かす > 漁港の利用"]
    assert len(figures_of(one)) == 6


def test_heads_beside_labels_of_a_review_sheet_head_their_own_columns() -> None:
    one = read_file("review.xlsx", grid_review(), None)
    assert sheets_of(one) == ["高齢者の見守りネット|長寿課"]
    assert marks_of(one) == ["高齢者の見守りネット|2024|Ａ|"]
    assert figures_of(one) == lines_of(
        """
        見守り協力店の登録数|actual|2023|71|店
        見守り協力店の登録数|target|2024|80|店
        見守り協力店の登録数|actual|2024|84|店
        確認までの平均時間|actual|2023|48|分
        確認までの平均時間|target|2024|40|分
        確認までの平均時間|actual|2024|36|分
        コスト（千円） 決算|settlement|2023|3,120|千円
        コスト（千円） 決算|settlement|2024|3,480|千円
        コスト（千円） 予算|budget|2025|3,900|千円
        """
    )
    done = next(passage for passage in one.passages if passage.item == "実施状況")
    assert [(cell.header, cell.text) for cell in done.cells] == [
        ("協力店", "84店"),
        ("見守り訪問", "1,206回"),
        ("通報件数", "37件"),
        ("延べ相談", "412件"),
    ]


def test_the_last_section_of_a_form_left_empty_is_that_forms_and_told() -> None:
    form = (
        "施策番号　{n}　　施策名　{name}\n主管課　環境課　　施策の評価　Ｂ\n\n"
        "評価委員会の所見\n{said}\n次年度に向けた改善\n{plan}\n"
    )
    forms = [
        form.format(n=1, name="浜の清掃", said="人が増えた。", plan="朝の部を設ける。"),
        form.format(n=2, name="道づくり", said="灯りが足りない。", plan=""),
        form.format(n=3, name="川の学習", said="学校が加わった。", plan="秋にも開く。"),
        form.format(n=4, name="山の手入れ", said="木が育った。", plan="苗を植える。"),
    ]
    data = ("2023年度　施策評価書\n\n" + "\n".join(forms)).encode()
    read = reader_of(file_type("form.txt", data)).read(data)
    document = BlockDocument(text=read.text, blocks=read.blocks)
    parsed = choose_layout(document).parse(document)
    assert [sheet.title for sheet in parsed.sheets] == ["浜の清掃", "道づくり", "川の学習", "山の手入れ"]
    assert [(one.sheet, one.label) for one in parsed.absences] == [(1, "次年度に向けた改善")]


def test_heads_over_groups_of_columns_leave_amounts_to_the_project_and_figures_to_the_indicator() -> None:
    one = read_file("plan.xlsx", grouped_heads(), 2025)
    assert figures_of(one) == lines_of(
        """
        渡し船の運航 当初予算|budget|2024|8400|千円
        渡し船の運航 計画額|target|2025|9600|千円
        乗った人の数|baseline|2023|1,230人|人
        乗った人の数|target|2027|1,500人|人
        灯台の公開 計画額|target|2025|1200|千円
        公開した日数|baseline|2023|4日|日
        公開した日数|target|2027|30日|日
        """
    )
