"""How a question is worded: everyday words or a plan's own, and which words tell nothing of the topic.

A question in everyday words (「ハンコをつく紙を減らした取組」) hardly shares a word with the plan that
answers it, so its typed words are weak evidence; one in a plan's own words is judged by them.
"""

from __future__ import annotations

import re
from enum import StrEnum

EVERYDAY_SHARE = 0.3
EVERYDAY_LENGTH = 16

_REQUEST_END = re.compile(
    r"(?:について)?(?:を|が)?(?:教えて|知りた|示して|調べて|探して|挙げて)[ぁ-ん]*[。?？]*$|(?:でしょうか|ですか|ますか|ましたか)[。?？]*$"
)
_HIRAGANA = re.compile("[ぁ-ん]")
_BROAD = re.compile(
    r"前例|先例|事例|好例|実例|先行例|書きぶり|書き方|書き振り|参考に|見本|他市|他町|他の(?:市|町|自治体)"
    r"|よその(?:市|町|自治体)|比べ|比較|違い|違う|共通|どちら|どの(?:市|町|自治体|まち)|どこの(?:市|町|自治体)"
    r"|どこと(?:どこ)|(?:自治体|市町村?|まち)は(?:どこ|ある)|例(?:は|を|が|$)"
)

GENERIC_WORDS = frozenset(
    """
    頻度 理由 経緯 原因 背景 要因 影響 当初 予定 結果 名称 詳細 概要 目的 内訳 中身 程度 時期 手順 方法
    手法 流れ 特徴 工夫 意義 狙い 条件 要件 推移 動向 傾向 比率 割合 人数 回数 個数 数量 数値 総数 最新
    現在 今 将来 過去 見込み 案内 開始 終了 起き 出し 出る 置き 行き 使い 開き 付き いく 多い 少ない
    高い 低い 良い 点 為 事 時 中 上 下 内 外 前 後 間 方 件 月 日 年 回 人 度 書 表 分 問題 関係 具体
    主 主な 主要 全体 各 同 届き 対応 実践 所管 所属 担当 所管課 担当課 記載 有無 年間 毎年 願い 回り 集
    冊 最近 直近 昨年 去年 今年 全部 最大 最小 合計 総計 年額 月額 年月 月日 日付 期日 日程 記号 一番
    おおよそ 相手 上限 下限 総 辺り 当たり 箇年 事情
    """.split()  # noqa: SIM905 - a word list is easier to read and to extend as text
)
"""Words of questions about any topic: a passage that answers need not hold them."""


class Wording(StrEnum):
    """How much a question's typed words may be held against it."""

    PLAIN = "plain"
    BROAD = "broad"
    EVERYDAY = "everyday"


def wording_of(question: str) -> Wording:
    """Whether a question is in a plan's own words, asks for precedents or comparison, or is everyday talk."""
    if _BROAD.search(question):
        return Wording.BROAD
    asked = _REQUEST_END.sub("", question)
    share = len(_HIRAGANA.findall(asked)) / max(1, len(asked))
    everyday = share >= EVERYDAY_SHARE and len(asked) >= EVERYDAY_LENGTH
    return Wording.EVERYDAY if everyday else Wording.PLAIN


def is_name(word: str) -> bool:
    """Whether a term is written as nouns and names are: kanji, katakana or Latin letters, two or more."""
    return re.fullmatch(r"[一-鿿々ヶァ-ヴーa-z]{2,}", word) is not None
