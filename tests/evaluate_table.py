"""The figures of quality as Markdown tables, in English and Japanese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.evaluate_metrics import Means

RANKED = ("nDCG@10", "R@10", "hit@1")
ANSWERED = ("quoted", "short", "refused rightly", "refused wrongly")
ANSWERED_JA = ("最初の引用", "短い答え", "正しく断った", "誤って断った")
KINDS_JA = {
    "all": "全体",
    "compare": "比較",
    "filter": "絞り込み",
    "keyword": "語句",
    "number": "数値",
    "paraphrase": "言い換え",
    "precedent": "前例",
    "question": "質問",
    "unanswerable": "答えのない質問",
}
SETS = {
    "sample": ("sample corpus, judged questions", "見本の資料、判定付き質問"),
    "judged": ("five published plans, judged questions", "公表された5つの計画、判定付き質問"),
    "mirai": ("mirai: policy heading → section", "mirai: 政策の見出し → 節"),
    "lawqa": ("lawqa: question → statute", "lawqa: 質問 → 法令"),
    "jsquad_valid": ("jsquad_valid: question → Wikipedia", "jsquad_valid: 質問 → Wikipedia"),
}


def set_lines(sets: Mapping[str, Any], *, japanese: bool) -> list[str]:
    """A line a set: both systems over all its questions, Shirube first and plain BM25 after the stroke."""
    head = ("資料", "質問", "箇所") if japanese else ("set", "questions", "passages")
    lines = [f"| {' | '.join((*head, *RANKED))} |", "|---|---:|---:" + "|---" * len(RANKED) + "|"]
    for name in (name for name in SETS if name in sets):
        found = sets[name]
        both = [f"{found['shirube']['all'][one]:.3f} / {found['plain']['all'][one]:.3f}" for one in RANKED]
        cells = (SETS[name][japanese], f"{found['questions']:,}", f"{found['passages']:,}", *both)
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def kind_lines(shirube: Means, plain: Means, *, japanese: bool) -> list[str]:
    """A line a kind of question over one set: search of both systems, and Shirube's answers."""
    heads = ("種類", "件数") if japanese else ("kind", "n")
    columns = (*heads, *RANKED, *(ANSWERED_JA if japanese else ANSWERED))
    lines = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    for kind, row in shirube.items():
        other = plain.get(kind, {})
        both = [f"{row[one]:.3f} / {other[one]:.3f}" if one in row else "" for one in RANKED]
        cells = [f"{row[one]:.3f}" if one in row else "" for one in ANSWERED]
        name = KINDS_JA.get(kind, kind) if japanese else kind
        lines.append(f"| {name} | {row['n']:.0f} | {' | '.join([*both, *cells])} |")
    return lines


def tables(report: Mapping[str, Any], *, japanese: bool) -> str:
    """What the README shows of ``docs/evaluation.json``."""
    sets = report["sets"]
    sample = sets["sample"]
    said = (
        "値は「しるべ / 素の BM25」。同じ箇所を同じ回に tantivy と MeCab の語彙素だけで引いたのが後者です。"
        if japanese
        else "Each pair is Shirube / plain BM25 (bare tantivy over MeCab lemmas), same passages, same run."
    )
    by_kind = (
        "見本の資料での種類別（最初の引用：回答の最初に引く箇所に判定済みの文がある割合。短い答え：期待する値を含む割合）："
        if japanese
        else "The sample corpus by kind of question (quoted: the passage that an answer quotes first holds a "
        "judged quote; short: the short answer holds the expected value):"
    )
    lines = [said, "", *set_lines(sets, japanese=japanese), "", by_kind, ""]
    lines += kind_lines(sample["shirube"], sample["plain"], japanese=japanese)
    return "\n".join(lines)
