"""What one morpheme is for search: content or not, under which key, and what it may join.

Keys come by rule from unidic's lemmas: verbs take their nominal form (取り組む → 取り組み), so verb and noun
meet without a list. Apart from ``index.terms``, which decides what runs of tokens make.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from index.morphemes import COMPOUND_MARK, Morpheme
from index.numerals import numeral_key

FIGURES_KEPT = 20_000

_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞", "接尾辞"})
_NOUN_LIKE = frozenset({"名詞", "形状詞", "接頭辞", "接尾辞"})
# Words that nearly every sentence of a plan holds, and affixes that turn any word into another.
_STOPPED = frozenset(
    """
    為る 有る 居る 成る 行う 図る 出来る 因る つく 於く 対する 関する 言う 伴う 無い 良い
    御 第 各 本 当 同 等 的 達 様 共 毎 更に 特に 又 並びに 及び 等々 共に 既に 未だ 尚 約
    """.split()  # noqa: SIM905 (a table to read)
)
# Formal nouns and adverbs: stopped only when written in kana (所 in 所管 or 中 in 中間 stay).
_STOPPED_IN_KANA = frozenset(
    "事 物 為 所 通り 外 他 内 筈 訳 上 中 後 間 時 方 儘 際 程 位".split()  # noqa: SIM905
)
_KANA_ONLY = re.compile(r"[ぁ-ゖー]+")
_KATAKANA_ONLY = re.compile(r"[ァ-ヴー]+")
_KANJI = re.compile(r"[一-鿿々]")
_LONG_KATAKANA = re.compile(r"[ァ-ヴー]{3,}ー")
_NOMINAL_ENDING = dict(zip("うくぐすつぬぶむる", "いきぎしちにびみり", strict=True))


class Token(NamedTuple):
    """A morpheme as far as terms are concerned.

    Attributes:
        surface: as written.
        key: what is searched; empty where it is no content, and makes no term.
        is_numeral: a figure.
        joins: may be a member of a noun run.
        counts: may follow a figure as its unit.
        is_compound: a word of our own list.
    """

    surface: str
    key: str
    is_numeral: bool = False
    joins: bool = False
    counts: bool = False
    is_compound: bool = False


Plain = tuple[str, str, bool, bool, bool, bool]
"""A ``Token`` as a plain tuple, which Python takes apart in a third of the time."""


figure_key = lru_cache(maxsize=FIGURES_KEPT)(numeral_key)
"""The key of a figure as written, in digits or in kanji."""


def plain_token(morpheme: Morpheme) -> Plain:
    """What a morpheme is for search."""
    return (*_token(morpheme),)


def _token(morpheme: Morpheme) -> Token:
    pos1, pos2, pos3 = morpheme.part_of_speech
    if pos3 == COMPOUND_MARK:
        return Token(morpheme.surface, morpheme.surface, is_compound=True)
    if pos2 == "数詞":
        return Token(morpheme.surface, figure_key(morpheme.surface), is_numeral=True)
    key = _key(morpheme) if _is_content(morpheme) else ""
    is_stem = pos1 == "動詞" and morpheme.inflection_form.startswith("連用形-一般") and pos2 == "一般"
    return Token(
        morpheme.surface,
        key,
        joins=bool(key) and (pos1 in _NOUN_LIKE or is_stem),
        counts=pos1 == "接尾辞" or pos3 == "助数詞可能",
    )


def _is_content(morpheme: Morpheme) -> bool:
    pos1, pos2, _ = morpheme.part_of_speech
    if pos1 == "記号":
        return pos2 == "文字"
    if pos1 not in _CONTENT or morpheme.lemma in _STOPPED or pos2 == "助動詞語幹":
        return False
    if not _KANA_ONLY.fullmatch(morpheme.surface):
        return True
    return not (pos2 == "非自立可能" or pos1 in ("副詞", "接尾辞") or morpheme.lemma in _STOPPED_IN_KANA)


def _key(morpheme: Morpheme) -> str:
    lemma = morpheme.lemma.split("-", 1)[0]  # サービス-service
    if not lemma or (_KATAKANA_ONLY.fullmatch(lemma) and _KANJI.search(morpheme.surface)):
        lemma = (
            morpheme.surface
        )  # unknown words; and names, whose lemma is only their reading (大泉: オオイズミ)
    if morpheme.part_of_speech[0] == "動詞":
        return _nominal(lemma, morpheme.inflection_type)
    return lemma[:-1] if _LONG_KATAKANA.fullmatch(lemma) else lemma


def _nominal(lemma: str, inflection_type: str) -> str:
    """The form of a verb that serves as its noun (連用形): 取り組む → 取り組み, 支える → 支え."""
    if "一段" in inflection_type and lemma.endswith("る"):
        return lemma[:-1]
    if inflection_type.startswith("五段") or "一段" in inflection_type:  # 取り組める has the lemma 取り組む
        return lemma[:-1] + _NOMINAL_ENDING.get(lemma[-1], lemma[-1])
    return lemma
