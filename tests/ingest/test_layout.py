"""The choice of a layout: by properties of the form, with the generic one as the fallback."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.layout import LAYOUTS, choose_layout
from tests.ingest.documents import check_passages, document_of

POLICY = "部署名\t所属長\n港湾課\t北浜 千波\n\n1. 現状と課題\n\n- ① 港\n\n2. 取組方針\n\n- ① 直す\n"
PLAN = (
    "1 港\n\n現状と課題\n\n港は古い。\n\n施策の基本方針\n\n直す。\n\n"
    "KPI\n\n\t2024年度 基準値\t2029年度 目標値\n堤防\t1km\t2km\n"
)
INVENTORY = (
    "年度\tR3\nシート名\t港\n\n業務コード\t行政活動(手段)\t指標\tH30実績\tR元実績\n01\t直す\t数\t3\t4\n"
)
REPORT = (
    "No.\t①\t取組項目\t港\n担当部課\t\t\t港湾課\n\n"
    "\t令和3年度\t令和4年度\n取組状況\t直した。\t直した。\n取組達成度\t○\t◎\n"
)
PROMOTION = "取組項目\t\t港\n目指す姿\t\t直った港\n令和6年度\t目標\t直す\n\t実践課\t港湾課\n"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (POLICY, "policy_statement"),
        (PLAN, "comprehensive_plan"),
        (INVENTORY, "business_inventory"),
        (REPORT, "reform_report"),
        (PROMOTION, "promotion_plan"),
        ("海辺のお知らせ\n\n柵を直します。", "generic"),
        ("", "generic"),
    ],
)
def test_choose_layout_knows_the_form(text: str, name: str) -> None:
    assert choose_layout(document_of(text)).name == name


@pytest.mark.parametrize("text", [POLICY, PLAN, INVENTORY, REPORT, PROMOTION])
def test_no_form_is_known_by_two_layouts(text: str) -> None:
    scores = sorted((layout.score(document_of(text)) for layout in LAYOUTS), reverse=True)
    assert scores[0] >= 0.7
    assert scores[1] <= 0.3


def test_names_and_kinds_are_distinct() -> None:
    assert len({layout.name for layout in LAYOUTS}) == len(LAYOUTS)
    assert [layout.document_kind for layout in LAYOUTS if not layout.document_kind] == [""]


PIECES = st.sampled_from(
    [
        *POLICY.splitlines(),
        *PLAN.splitlines(),
        *INVENTORY.splitlines(),
        *REPORT.splitlines(),
        *PROMOTION.splitlines(),
        "第1章 海",
        "<p>① 甲</p>\t",
        "\t\t→",
        "※1 注",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14))
def test_every_layout_reads_any_order_of_lines(lines: list[str]) -> None:
    text = "\n".join(lines)
    document = document_of(text)
    for layout in LAYOUTS:
        assert 0.0 <= layout.score(document) <= 1.0
        check_passages(text, layout.parse(document))
