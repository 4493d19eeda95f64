"""How well a phrase fills the place of the asking word: 「どこに移管するか」 wants 「…へ移管する」.

Apart from choosing names, because things, places and persons fill such a place alike.
"""

from __future__ import annotations

import re

from qa.question_kind import Asked
from qa.short_phrases import Phrase

PARTICLE_FIT = 0.12
VERB_FIT = 0.5
NEAR_VERB_FIT = 0.15
FOCUS_BESIDE_FIT = 0.5
ROLE_COST = 0.2

PARTICLES_ALIKE: dict[str, tuple[str, ...]] = {
    "に": ("に", "へ"),
    "へ": ("へ", "に"),
    "で": ("で", "において", "にて"),
    "から": ("から", "より"),
    "が": ("が", "は"),
}
"""Which particles stand for the one of the asking word."""

_MADE_OF = re.compile(r"(?:など|等)?(?:から(?:なる|成る)|による|で組織)")
_GENERAL_VERB = re.compile(r"[ぁ-ん]|行[いうっわ]|実施|ある|なる|する")
_VERB = re.compile(r"[一-鿿々]{1,2}|[ァ-ヴー]{2,}|[ぁ-ん]{2}")


def verb_of(asked: Asked) -> str:
    """How the word after the asking word begins (移管 in どこに移管するか); empty for する, ある."""
    if not asked.particle or _GENERAL_VERB.match(asked.after):
        return ""
    verb = _VERB.match(asked.after)
    return verb.group() if verb else ""


def slot_fit(text: str, phrase: Phrase, asked: Asked) -> float:
    """How well a phrase stands where the asking word stands: before the same particle and the same verb.

    Args:
        text: the folded sentence.
        phrase: one of its phrases.
        asked: what is asked for.
    """
    fit = 0.0
    same = bool(asked.particle) and phrase.particle in PARTICLES_ALIKE.get(asked.particle, (asked.particle,))
    if same:
        fit += PARTICLE_FIT
    verb = verb_of(asked)
    if verb:
        tail = re.split(r"[、。]", text[phrase.after :].lstrip("、 "), maxsplit=1)[0]
        at = _place_of(verb, tail)
        if at == 0 and same:
            fit += VERB_FIT
        elif 0 <= at < 20 and (same or len(verb) > 1):
            fit += NEAR_VERB_FIT
    if is_bracketed(text, phrase, verb):
        fit += PARTICLE_FIT + VERB_FIT
    if verb == "構成" and _MADE_OF.match(text, phrase.end):
        fit += PARTICLE_FIT + VERB_FIT
    if len(asked.focus) > 1 and is_beside(text, phrase, asked.focus):
        fit += FOCUS_BESIDE_FIT
    if phrase.particle == "として" and asked.particle != "として":
        fit -= ROLE_COST
    return fit


def is_bracketed(text: str, phrase: Phrase, verb: str) -> bool:
    """Whether a phrase fills the brackets behind a verb's noun: 「委託(社会福祉法人…)」 for どこに委託."""
    opened = len(verb) > 1 and text[: phrase.start].endswith((f"{verb}(", f"{verb}先("))
    return opened and text.startswith(")", phrase.end)


def _place_of(verb: str, tail: str) -> int:
    """Where a verb begins; a single kanji only where its kana follow (移し, never 移住)."""
    found = re.search(verb + (r"(?=[ぁ-ん])" if len(verb) == 1 else ""), tail)
    return found.start() if found else -1


def is_beside(text: str, phrase: Phrase, noun: str) -> bool:
    """Whether a sentence calls a phrase by a noun: 「防災をテーマとした」, 「テーマは防災」, 「三つの柱」."""
    name = rf"(?<![一-鿿ァ-ヴー]){re.escape(noun)}"
    after = re.match(
        rf"(?:等)?(?:(?:を|の|という|と)[^、。をはが\d]{{0,6}}?|で){name}(?![一-鿿])", text[phrase.end :]
    )
    before = re.search(
        rf"(?:{name}(?:は|:|として|には?)[、 ]?|\d{re.escape(noun)} ?[:はの(]? ?)$", text[: phrase.start]
    )
    return bool(after or before)
