"""The choice of a layout: by properties of the form, with the generic one as the fallback."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.span import Span
from ingest.blocks import BlockDocument
from ingest.layout import LAYOUTS, UNREAD_FORM, choose_layout, parsed_by
from ingest.layouts.text_alone import TextAlone
from ingest.parsed import ParsedDocument
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
    assert len({layout.document_kind for layout in LAYOUTS}) == len(LAYOUTS)


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


class Fails:
    """A layout that is sure of every document and fails on it."""

    name = "fails"
    document_kind = ""

    def __init__(self, fault: Exception | None = None) -> None:
        self.fault = fault

    def score(self, document: BlockDocument) -> float:
        return 2.0

    def parse(self, document: BlockDocument) -> ParsedDocument:
        if self.fault is not None:
            raise self.fault
        parsed = TextAlone().parse(document)
        first, *rest = parsed.passages
        return replace(parsed, passages=(replace(first, segments=(Span(5, 3),)), *rest))


@pytest.mark.parametrize(
    "layout", [Fails(ValueError("a form nobody thought of")), Fails(IndexError()), Fails()]
)
def test_of_a_form_on_which_a_layout_fails_the_text_is_kept(
    layout: Fails, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.layout.LAYOUTS", (layout, *LAYOUTS))
    parsed = parsed_by(choose_layout(document_of(REPORT)), document_of(REPORT))
    assert parsed.layout == "text_alone"
    assert parsed.warnings[0] == UNREAD_FORM
    check_passages(REPORT, parsed)
    kept = "".join(span.of(REPORT) for passage in parsed.passages for span in passage.segments)
    assert all(word in kept for word in ("港湾課", "直した。", "◎"))


def test_a_layout_that_reads_is_not_second_guessed() -> None:
    assert parsed_by(choose_layout(document_of(REPORT)), document_of(REPORT)) == choose_layout(
        document_of(REPORT)
    ).parse(document_of(REPORT))
