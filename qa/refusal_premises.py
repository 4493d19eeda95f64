"""What a question takes for granted (「…を廃止した理由」) and no document says.

Only questions of why, how it came or when are looked at, and of deaths: the thing said to have been done must
stand in a passage about the topic, in one of the words by which plans say it.
"""

from __future__ import annotations

import re

ASKS_WHY = re.compile(r"理由|経緯|経過|なぜ|何故|どうして|原因|きっかけ|背景|事情|いつ|わけ(?:は|を)")
_DONE = r"(?:に|と|を)?(?:し|さ|決|な|た|っ|り|戻|切|変|転|改)|の?(?:理由|経緯|原因|背景)"
_STOPPED = "やめ 止め 中止 廃止 廃し なくし なくす 終了 打ち切 撤廃 見送 見合わせ"
_ACTS: tuple[tuple[str, str], ...] = (
    ("廃止 撤廃 取りやめ 取り止め とりやめ やめ 打ち切 打切 白紙", _STOPPED + " 閉 白紙"),
    ("中止", _STOPPED + " 休止 開けな 開催でき"),
    (
        "休止 休館 休業 運休 停止 中断",
        "休止 休館し 休館と 休業し 休業と 運休 停止 中断 休ん 休み 止め 見合わせ",
    ),
    ("閉鎖 閉館 閉校 閉所 閉園 閉店 廃校", "閉 廃校 廃止 終了"),
    ("撤退 撤収", "撤退 撤収 引き上げ 退い"),
    ("断念", "断念 あきらめ 諦め 見送 見合わせ やめ"),
    ("解散 解任", "解散 解任"),
    ("凍結", "凍結 停止 見合わせ"),
    ("撤回 取り消 取り下げ", "撤回 取り消 取消 取り下げ"),
    ("延期 先送り", "延期 先送り 延ば 遅ら 遅れ ずれ 見合わせ"),
    ("廃刊 休刊", "廃刊 休刊 やめ 廃止"),
    ("値下げ 引き下げ 引下げ 減額", "値下げ 引き下げ 引下げ 減額 下げ 安く 減免"),
    ("値上げ 引き上げ 引上げ 増額", "値上げ 引き上げ 引上げ 増額 改定 上げ 高く"),
    ("有料化", "有料 料金 使用料 手数料"),
    ("無料化 無償化", "無料 無償 全額"),
    ("民営化", "民営 民間 委託 指定管理"),
    ("新築", "新築 建て替え 建替え 新設 改築"),
    ("合併 統合 統廃合", "合併 統合 集約 統廃合 一つに 再編"),
    ("敗訴 提訴", "敗訴 提訴 訴訟 裁判"),
    ("逮捕 懲戒", "逮捕 懲戒 不祥事"),
    ("倒産 破綻", "倒産 破綻 破産"),
    ("脱退 離脱", "脱退 離脱 退会 抜け"),
    ("削減 縮小", "減 縮小 圧縮 短縮"),
    ("返上 辞退", "返上 辞退 返還"),
    ("売却", "売却 売り 売っ 譲渡 処分"),
    ("移転", "移転 移し 移る 移設"),
    ("減らし 減員", "減 縮小 絞"),
    ("増やし 増員", "増 拡大 拡充 広げ"),
    ("辞め 辞任 退職 退任 離職", "辞め 辞任 退職 退任 離職"),
    ("赤字", "赤字 損失 欠損"),
    ("事故", "事故"),
    ("不正アクセス 漏えい 漏洩 流出", "不正アクセス 漏えい 漏洩 漏れ 流出"),
    ("有料に", "有料 料金 使用料 受講料 負担金"),
    ("民間に委託 外部に委託 委託し", "委託 指定管理"),
)
"""What is said to have been done, and by which words a plan may say it; all by their beginnings."""

_DEATHS = "亡くな 死亡 死者 犠牲"


def premises_of(question: str) -> list[tuple[str, str]]:
    """What a folded question says was done, each with the words by which a plan may say it."""
    died = re.search("亡くなった|死亡した|死者|犠牲者", question)
    if died:
        return [(died[0], _DEATHS)]
    if not ASKS_WHY.search(question):
        return []
    found = []
    for acts, words in _ACTS:
        done = re.search(rf"(?P<act>{acts.replace(' ', '|')})(?:{_DONE})", question)
        if done:
            ended = re.compile(".{0,8}?た").match(question, done.start())
            found.append((ended[0] if ended else done["act"], words))
    return found
