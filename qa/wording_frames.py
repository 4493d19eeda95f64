"""The frame of a sentence 「書きぶり」: what is left of its end when the topic is taken away.

「統廃合を進める必要がある」 and 「訓練を行う必要があります」 are alike: 「〜する必要がある」. A frame is the
last particle with its verb, in the plain form, or a whole phrase of administrative prose. What says the same
more politely is one frame.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.folding import match_key

PHRASES: tuple[tuple[str, str], ...] = (
    (r"(?:が|も)?必要(?:が|性が)(?:ある|生じ|高ま)[^、。]{0,10}", "〜する必要がある"),
    (
        r"(?:が|は|も)?必要(?:である|だ|です|となる|とな[^、。]{0,8}|と考え[^、。]{0,8}|不可欠[^、。]{0,8})?",
        "〜が必要である",
    ),
    (r"(?:が|は|も)?(?:必要)?不可欠[^、。]{0,10}", "〜が不可欠である"),
    (r"(?:が|は|も)?求められ[^、。]{0,10}", "〜が求められている"),
    (
        r"(?:が|は|も)?(?:大きな|新たな|喫緊の|今後の|重要な)?課題(?:と|で|だ|が|に)[^、。]{0,10}",
        "〜が課題となっている",
    ),
    (r"(?:が|は|も)?懸念(?:され|が|して)[^、。]{0,10}", "〜が懸念される"),
    (r"(?:が|は|も)?(?:困難|難し)[^、。]{0,10}", "〜が困難である"),
    (r"(?:が|は|も)?重要(?:である|だ|です|とな|性が|と考え)[^、。]{0,10}", "〜が重要である"),
    (r"(?:することを|を|も)?目指(?:す|し)[^、。]{0,10}", "〜を目指す"),
    (
        r"(?:て|で)(?:いく|いきます|いくこと[^、。]{0,8}|まいります|参ります|いきたい[^、。]{0,8}|いかなければ[^、。]{0,8})",
        "〜していく",
    ),
    (r"(?:こととする|こととします|こととした|こととしている)", "〜することとする"),
    (r"(?:ことができた|ことができました|が図られた|が図れた|が図られました)", "〜ができた"),
    (r"につながった|につなが(?:って|りました)[^、。]{0,10}", "〜につながった"),
)
"""Ends that are frames as they stand, with their names; the first that fits counts."""

_PHRASES = tuple((re.compile(rf"(?:{pattern})$"), name) for pattern, name in PHRASES)
_POLITE: tuple[tuple[str, str], ...] = (
    (r"ていました$", "ていた"),
    (r"ています$|ております$|ておりました$", "ている"),
    (r"しました$", "した"),
    (r"行きました$", "行った"),
    (r"[きぎ]ました$", "いた"),
    (r"[びみに]ました$", "んだ"),
    (r"(?<=[一-鿿])りました$|[ちりい]ました$", "った"),
    (r"します$", "する"),
    (r"ました$", "た"),
    (r"きます$", "く"),
    (r"ぎます$", "ぐ"),
    (r"ちます$", "つ"),
    (r"びます$", "ぶ"),
    (r"みます$", "む"),
    (r"ります$", "る"),
    (r"います$", "う"),
    (r"(?<=[えけせてねべめれげぜで])ます$", "る"),
    (r"です$", "である"),
    (r"でした$", "であった"),
)
_POLITE_PATTERNS = tuple((re.compile(pattern), plain) for pattern, plain in _POLITE)
_TAIL = re.compile(r"[。.、，\s」）)】]+$")
_LAST = re.compile(r"(?P<particle>を|に|が|と|へ|も|は|で)(?P<verb>[^をにがへもは、。「」()（）]{1,12})$")
_DONE = re.compile(r"(?:た|だ)$")
_NOUN_END = re.compile(r"(?:の|を)?(?P<noun>[一-鿿ァ-ヴー]{2,6})$")
_KANA_END = re.compile(r"[ぁ-ゖ]$")
_KNOWN = re.compile(
    r"〜(?:を(?:推進|実施|検討|促進|強化|支援|継続|活用|整備|充実|開催|提供|導入|実現)(?:する|した)"
    r"|を(?:図る|図った|進める|進めた|行う|行った|目指す|高める|設ける|深める)"
    r"|に(?:努める|努めた|取り組む|取り組んだ|取組む|向ける|つながった))"
)
"""Frames of administrative prose that are shown by their own name however few they are."""
LIST_NOUNS = frozenset(
    """
    実施 推進 開催 充実 強化 促進 整備 支援 提供 検討 活用 導入 作成 見直し 周知 連携 確保 向上 育成 継続
    拡充 配布 設置 構築 発信 改善 運用 管理 検証 策定 把握 徹底 研究 啓発 拡大 更新 維持 参加 派遣 普及
    """.split()  # noqa: SIM905 (a table to read)
)
"""Nouns with which an item of a list ends: 「相談窓口の充実」."""


@lru_cache(maxsize=10_000)
def frame_of(sentence: str) -> str:
    """The name of a sentence's frame, 「〜」 with its end in the plain form; empty where it has no end."""
    text = plain(sentence)
    for pattern, name in _PHRASES:
        if pattern.search(text):
            return name
    last = _LAST.search(text)
    if last is not None and _KANA_END.search(text):
        verb = last["verb"]
        shown = verb if len(verb) <= 8 else ("する" if verb.endswith("する") else "")
        if shown:
            return f"〜{last['particle']}{shown}"
    if _DONE.search(text):
        return "〜した"
    if text.endswith(("する", "う", "く", "す", "つ", "む", "る")):
        return "〜している" if text.endswith("ている") else "〜する"
    noun = _NOUN_END.search(text)
    if noun is not None and noun["noun"] in LIST_NOUNS | {word for word in LIST_NOUNS if text.endswith(word)}:
        return f"〜の{noun['noun']}"
    ending = next((word for word in sorted(LIST_NOUNS) if text.endswith(word)), "")
    return f"〜の{ending}" if ending else ("〜（体言止め）" if text else "")


def plain(sentence: str) -> str:
    """A sentence's key in the plain form, without its full stop."""
    text = _TAIL.sub("", match_key(sentence))
    for pattern, end in _POLITE_PATTERNS:
        changed = pattern.sub(end, text)
        if changed != text:
            return changed
    return text


def is_known(frame: str) -> bool:
    """Whether a frame is one of administrative prose, which keeps its name even where it stands alone."""
    return frame in {name for _, name in PHRASES} or _KNOWN.fullmatch(frame) is not None


def family_of(frame: str) -> str:
    """The wider frame that a rare one belongs to: its tense, or that it is an item of a list."""
    if frame.startswith("〜の") or frame == "〜（体言止め）":
        return "〜の推進・実施（体言止め）"
    if frame.endswith("ている"):
        return "〜している"
    if _DONE.search(frame):
        return "〜した"
    return "〜する"
