"""How a word is said: as done, as to be done, denied, or only considered.

「設置を検討する」, 「設置する」, 「設置した」 and 「設置していない」 share their words and say four things. A
sentence in other words must say its words in a form that the quotation gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.terms import Term, TermKind

_DENIED_AFTER = re.compile(
    r"[ぁ-ん]{0,6}?(?:ない|なかっ|なく|なけれ|ません|ず(?=[、にと]|$))|(?:は|が|も)?(?:無い|無く)"
)
_DENIED_BEFORE = re.compile(r"[未不非無]$")
_PAST = re.compile(
    r"(?:し|さ|い|っ|き|り|み|え|れ|せ|け|め|ん|でき|られ|まし){0,6}(?:た|(?<=[んい])だ)(?![いくらり])"
)
_LASTING = re.compile(r"[しさいっきりみえれせけめん]{0,4}[てで](?:い|お)(?!く|き)")
# Words of intent: to last is no more than to be intended (検討する, 検討している).
_INTENT = frozenset({"検討", "予定", "目指し", "調査", "準備", "協議"})
_TO_DO = re.compile(r"(?:し|さ|せ|れ|られ)*(?:する|します|ます|る|うとす|[うくすつぬぶむぐ](?![ぁ-ん]))")
_HEDGE = re.compile(
    r"[ぁ-ん、]{0,4}(?P<hedge>検討|予定|目指|めざ|調査|準備|協議|要望|見込|可能性|必要|課題|困難|中止|廃止|見送)"
)


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a text says a word."""

    denied: bool
    done: bool
    to_do: bool
    hedge: str


def forms_in(text: str, terms: Iterable[Term]) -> Mapping[str, frozenset[Form]]:
    """The forms of each word of a folded text, by the word's key."""
    found: dict[str, set[Form]] = {}
    for term in terms:
        if term.kind is not TermKind.NUMBER:
            found.setdefault(term.text, set()).add(_form(text, term))
    return {key: frozenset(forms) for key, forms in found.items()}


def same_sense(said: Mapping[str, frozenset[Form]], quoted: Mapping[str, frozenset[Form]], text: str) -> bool:
    """Whether a sentence says every word of the quotations in a form that they have.

    Args:
        said: the sentence's forms.
        quoted: those of the quotations.
        text: the sentence.
    """
    return all(
        any(_agree(form, other, text) for other in quoted[key])
        for key, forms in said.items()
        if key in quoted
        for form in forms
    )


def _agree(said: Form, quoted: Form, text: str) -> bool:
    if said.denied != quoted.denied or (said.done and not quoted.done):
        return False
    if said.to_do and quoted.done and not quoted.to_do:
        return False
    return not quoted.hedge or quoted.hedge in text


def _form(text: str, term: Term) -> Form:
    hedge = _HEDGE.match(text, term.end)
    lasts = bool(_LASTING.match(text, term.end))
    is_intent = term.text in _INTENT
    return Form(
        denied=bool(_DENIED_AFTER.match(text, term.end) or _DENIED_BEFORE.search(text[: term.start])),
        done=bool(_PAST.match(text, term.end)) or (lasts and not is_intent),
        to_do=bool(_TO_DO.match(text, term.end)) or (lasts and is_intent),
        hedge=hedge["hedge"] if hedge else "",
    )
