"""Words that speak of the request and not of its topic: 「…の例を教えて」, 「どこが違うか」.

They are no stop words: in 「事例集」 or 「比較表の作成」 they are the topic. So they only weigh little beside the
other words of the question, and fully where nothing else was typed.
"""

from __future__ import annotations

REQUEST_WEIGHT = 0.15

REQUEST_WORDS = frozenset(
    """
    何 何れ 何処 何時 何故 何人 何件 何回 何年 何割 誰 幾つ 幾ら どの どんな どう どれ どこ いつ なぜ いくら いくつ
    教える 教え 知る 知り 調べる 調べ 探す 探し 見る 見 欲しい 書く 書き 書き振り 書ける 述べる 述べ 挙げる 挙げ
    示す 示し 載る 載り 記載 記述 内容 資料 文書 シート 例 先例 事例 先行 参考 前例 他町 他市 他 比べる 比べ 比較
    違う 違い 違 有無 分かる 分かり まとめる まとめ 一覧 様子 状況 どのよう 場合 所 名前 名称 物 起案 作る 作り 新しい
    """.split()  # noqa: SIM905 - a word list is easier to read and to extend as text
)
