"""What a document says that its marks mean, in a line or in a table."""

import pytest

from ingest.layouts.legend import explains_marks, legend_in


@pytest.mark.parametrize(
    ("text", "legend"),
    [
        ("◎：計画以上　○：計画どおり", {"◎": "計画以上", "○": "計画どおり"}),
        ("評価\t内容\n◎\t上回った\n△\t遅れている\n\n本文", {"◎": "上回った", "△": "遅れている"}),
        ("評価\t目安\nS\t上回った（120%以上）\nA\t達成\n", {"s": "上回った（120%以上）", "a": "達成"}),
        ("総合評価：A 適当　B 改善が必要　C 見直し", {"a": "適当", "b": "改善が必要", "c": "見直し"}),
        (
            "自己評価は、Ａ（達成）、Ｂ（おおむね達成）、Ｃ（未達成）の３段階です。",
            {"a": "達成", "b": "おおむね達成", "c": "未達成"},
        ),
        ("A（港湾課）、B（3件）、C（水産課）の順です。", {}),
        ("A 適当　B 改善が必要", {}),
        ("◎\t3項目\n○\t5項目\n", {}),
        ("◎\t上回った\n\n○\t計画どおり\n", {}),
        ("○ 防災訓練\n○ 備蓄\n○ 講習会\n", {}),
    ],
)
def test_legend_is_read_from_lines_and_tables(text: str, legend: dict[str, str]) -> None:
    assert legend_in(text) == legend


@pytest.mark.parametrize(
    ("line", "is_legend"),
    [
        ("総合評価：A 適当　B 改善が必要　C 見直し", True),
        ("○ 備蓄 ○ 訓練 ○ 講習", False),
        ("A 班は避難した。", False),
    ],
)
def test_line_of_spaced_marks_is_a_legend(line: str, is_legend: bool) -> None:
    assert explains_marks(line) is is_legend
