"""Words that speak of the request and not of its topic: 「…の例を教えて」, 「どこが違うか」.

Beside them stand the words that nearly every plan uses of every topic: 「空き家対策の課題」 is about 空き家.
They are no stop words: in 「事例集」 or 「比較表の作成」 they are the topic. So they only weigh little beside
the other words of the question, and fully where nothing else was typed.
"""

from __future__ import annotations

REQUEST_WEIGHT = 0.15
FRAME_WEIGHT = 0.5

FRAME_WORDS = frozenset(
    """
    取り組み 課題 方針 成果 目標 対策 推進 実施 事業 施策 計画 現状 実績 効果 達成 達成度 取組状況
    取組成果 取組内容 進捗 進み 状況 活動 行政 強化 充実 向上 支援 促進 実現 今後 方向 考え方 見直し
    検討 年度 担当 自治体 市 町 村 指標 基準値 目標値 実績値 件数 値 数
    """.split()  # noqa: SIM905
)

REQUEST_WORDS = frozenset(
    """
    何 何れ 何処 何時 何曜 何曜日 何故 何人 何件 何回 何年 何割 誰 幾つ 幾ら どの どんな どう どれ どこ いつ
    なぜ いくら いくつ 教える 教え 知る 知り 調べる 調べ 探す 探し 見る 見 欲しい 書く 書き 書き振り 書ける
    述べる 述べ 挙げる 挙げ 示す 示し 載る 載り 記載 記述 内容 資料 文書 シート 例 先例 事例 先行 参考
    前例 他町 他市 他 比べる 比べ 比較 違う 違い 違 有無 分かる 分かり まとめる まとめ 一覧 様子 状況
    其々 どのよう 場合 所 名前 名称 物 起案 作る 作り 新しい 言う 言い 言っ
    """.split()  # noqa: SIM905 - a word list is easier to read and to extend as text
)
