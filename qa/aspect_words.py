"""The words by which forms label their parts, by what the part tells; data for ``qa.aspects``."""

from __future__ import annotations

from enum import StrEnum


class Aspect(StrEnum):
    """The columns of a comparison."""

    ISSUE = "課題"
    POLICY = "方針"
    ACTION = "取組"
    OUTCOME = "成果"
    INDICATOR = "指標"


_WRITTEN = {
    Aspect.ISSUE: """
        課題 現状 現況 背景 問題点 問題 必要性 ニーズ 動向 きっかけ 現状分析 住民意見 町民意見 市民意見
        経緯 論点
    """,
    Aspect.POLICY: """
        方針 基本方針 目指す姿 めざす姿 将来像 あるべき姿 目標 目的 ねらい 方向性 方向 考え方 考え
        基本理念 理念 ビジョン 展望 今後の対応 対応方針 改善策 今後の予定 今後の取組 予定 改善案 視点
        対応策 施策目的 基本目標 期待される効果
    """,
    Aspect.ACTION: """
        取組 取り組み 取組み 取組内容 取り組み内容 事業内容 実施内容 活動内容 内容 取組事項 実施計画
        行動計画 取組工程 工程 取組状況 実施状況 活動状況 事業概要 概要 手段 行政活動 活動 具体策
        施策の展開 展開 主要事業 重点事業 取組項目 スケジュール 実施事業 実施方法 方策 業務内容 対策
        主な事業 具体的な事業 事業
    """,
    Aspect.OUTCOME: """
        成果 結果 実績 効果 評価 検証 総括 レビュー 中間レビュー 最終レビュー 達成度 達成状況 進捗状況
        進捗 振り返り ふりかえり 到達点 取組成果 取組結果 点検 反省 所見 効果額 財政効果額 自己評価
        内部評価 外部評価 達成
    """,
    Aspect.INDICATOR: """
        指標 kpi kgi 目標値 数値目標 基準値 現状値 実績値 指標名 成果指標 活動指標 評価指標 測定指標
        決算額 予算額 事業費 指標・目標値
    """,
}
LABELS: dict[str, Aspect] = {word: aspect for aspect, words in _WRITTEN.items() for word in words.split()}
"""What heads a column or a section of a form, and what it tells."""

BEFORE_LABELS = frozenset(
    """
    取組 取り組み 取組み 施策 事業 業務 活動 計画 基本 主な 主要な 主要 具体的な 具体的 今後 次年度 次期
    翌年度 以降 次年度以降 年度 今年度 本年度 当年度 前年度 昨年度 中間 最終 年度末 期末 上半期 下半期
    前期 後期 上期 下期 全体 重点 各 当面 当初 課 部 局 係 町 市 村 本町 本市 本村 任務 現在 これまで
    実施 推進 進捗 達成 改善 成果 評価 財政 数値 個別 将来 想定 行政活動 シート 総合 過去 目標 方針 年
    後まで か年
    """.split()  # noqa: SIM905 (a table to read)
)
"""Words of forms that may stand before a label without making it the name of a topic."""
