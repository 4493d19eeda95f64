"""推進プラン: forms told apart by title, 課 and aim; merged labels; what is not written yet."""

import pytest

from corpus.passage import PassageKind
from ingest.layouts.promotion_plan import PromotionPlan
from ingest.parsed import ParsedDocument
from tests.ingest.documents import document_of, found, read, shown, under, values

FORM = """取組項目\t\t① 港の開放 (1) 見学の受入れ\t
目指す姿\t\t{aim}\t
令和6年度\t目 標\t{target}\t
\t取組内容\t{content}\t
\t実 践 課\t{office}\t
\t進 捗 状 況\t前期 (4～9月)\t{progress}
\t\t後期 (10～3月)\t
\t目標の達成\t\t
評価・検証\t\t\t
"""
LONG = "・見学の時間を延ばし、案内する人を育て、船に乗れる日を増やして、子どもが海に親しむ場をつくる"
FIRST = FORM.format(
    aim="港を誰もが訪れる。", target="・年40回", content="・案内を置く", office="港湾課", progress=""
)
SECOND = FORM.format(
    aim="子どもが海に親しむ場として、学校と港が力を合わせ、見学と体験の機会を毎月つくり続けていく。",
    target=LONG,
    content=LONG,
    office="全課【総務課】",
    progress="12回受け入れた。",
)
TEXT = f"""港町推進プランR6

北浜町

3 計画の体系\t\t\t
基本項目\t推進項目\t取組項目\t実践課
Ⅰ 開かれた港\t1 見学\t①港の開放\t
\t\t(1)見学の受入れ\t港湾課 総務課
\t2 祭り\t①港祭り\t
\t\t(1)船の公開\t水産課

Ⅰ 開かれた港

1 見学

{FIRST}
{SECOND}"""


@pytest.fixture(scope="module")
def parsed() -> ParsedDocument:
    return read(PromotionPlan(), TEXT)


def test_forms_of_one_title_are_told_apart(parsed: ParsedDocument) -> None:
    assert [sheet.title for sheet in parsed.sheets] == ["見学の受入れ", "見学の受入れ"]
    assert len({sheet.identity for sheet in parsed.sheets}) == 2
    assert [sheet.departments for sheet in parsed.sheets] == [("港湾課",), ("全課【総務課】",)]
    assert parsed.sheets[0].section_path == ("Ⅰ 開かれた港", "1 見学", "① 港の開放", "(1) 見学の受入れ")
    assert parsed.sheets[0].fiscal_years == (2024,)


def test_short_neighbours_are_one_row_with_their_labels(parsed: ParsedDocument) -> None:
    row = found(parsed, lambda p: p.sheet == 0)
    assert row.kind is PassageKind.ROW
    assert values(row, TEXT) == [
        ("目指す姿", "港を誰もが訪れる。", None),
        ("目標", "・年40回", 2024),
        ("取組内容", "・案内を置く", 2024),
    ]


def test_long_values_are_passages_under_their_label(parsed: ParsedDocument) -> None:
    (target,) = under(parsed, "目標")
    assert (shown(target, TEXT), target.sheet) == (LONG, 1)


def test_progress_carries_its_half_of_the_year_and_empty_rows_give_nothing(parsed: ParsedDocument) -> None:
    progress = found(parsed, lambda p: "12回受け入れた。" in shown(p, TEXT))
    headers = progress.section_path + tuple(cell.header for cell in progress.cells)
    assert any("進捗状況" in header for header in headers)
    assert any("前期" in header for header in headers)
    assert not any("評価・検証" in p.section_path for p in parsed.passages)


def test_the_contents_tree_is_rebuilt_from_its_numbering(parsed: ParsedDocument) -> None:
    contents = [p for p in parsed.passages if p.kind is PassageKind.CONTENTS]
    assert [p.section_path for p in contents] == [
        (),
        ("3 計画の体系", "Ⅰ 開かれた港", "1 見学"),
        ("3 計画の体系", "Ⅰ 開かれた港", "2 祭り"),
    ]


def test_a_form_without_a_department_is_read_with_a_warning() -> None:
    text = TEXT.replace("\t実 践 課\t港湾課\t\n", "")
    parsed = read(PromotionPlan(), text)
    assert parsed.sheets[0].departments == ()
    assert len(parsed.warnings) == 1
    assert "実践課" in parsed.warnings[0]


def test_score_needs_the_three_labels() -> None:
    assert PromotionPlan().score(document_of(TEXT)) > 0.9
    assert PromotionPlan().score(document_of("取組項目\t港\n期間\t五年")) < 0.5
