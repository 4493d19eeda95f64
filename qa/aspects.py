"""The aspect 「観点」 of a text: whether it tells an issue, a policy, an action, an outcome or a figure.

Plans say it by their headings, the columns of their forms included: a heading counts if it is a label
(現状と課題, 次年度以降の方針), which is a word of the table below alone, behind 「の」 or behind another word
of forms. 「行政評価」 or 「課題ごとに会議を開く」 name a topic and say nothing. Where headings say nothing,
or name two aspects at once (取組課題と次年度以降の方針), each sentence is judged by its own last words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.folding import match_key
from qa.aspect_words import BEFORE_LABELS, LABELS, Aspect

_LABEL = re.compile(
    rf"(?P<before>.*?)(?P<label>{'|'.join(sorted(map(re.escape, LABELS), key=len, reverse=True))})"
)
_GENERIC = re.compile(rf"(?:{'|'.join(sorted(BEFORE_LABELS, key=len, reverse=True))}|\d|令和|平成|元)*")
_ATTRIBUTE = re.compile(r".*(?:の|る|た|な|き|、|けた|的)")
_NUMBERING = re.compile(
    r"^(?:第[\d一二三四五六七八九十]+(?:章|節|項|編|部)|[(〔\[]?[\divxⅰ-ⅻァ-ヶ一二三四五六七八九十a-z]{1,3}[)〕\]]|"
    r"[\dⅰ-ⅻivx]+(?:[.\-・]\d+)*[.、:]?|[①-⑳■●◆◎○□◇▼▶※]|[一二三四五六七八九十][、.])+"
)
_BRACKETS = re.compile(r"[(〔\[【《〈][^()〔〕\[\]【】《》〈〉]*[)〕\]】》〉]")
_BOX = re.compile(r"^[【〔\[《〈](.+)[】〕\]》〉]$")
_TAIL = re.compile(r"(?:等|など|について|欄|一覧|表|前期|後期|上半期|下半期|上期|下期|[:：。])+$")
_YEAR = re.compile(
    r"(?:令和|平成|[rh])(?:元|\d{1,2})(?:[~\-](?:令和|平成|[rh])?\d{1,2})?(?:年度?)?|\d{2,4}年度?"
)
_AND = re.compile(r"と(?!も|り|く)|や(?=[一-鿿])|・|及び|並びに|および|ならびに|/")

CUES: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    (
        Aspect.ISSUE,
        re.compile(
            r"課題(?:です|である|だ|と(?:なっ|考え|し|な|いえ)|が(?:あ|残|生|見|多|山積|浮))|問題(?:です|である|と|が(?:あ|生))"
            r"|必要(?:が(?:あ|生)|です|である|と(?:な|考|し|さ)|不可欠)|求められ|不可欠|懸念|おそれ|恐れが|困難|難しい|難しく"
            r"|不足し|減少し|低下し|進んでいない|進まな|至っていない|至らな|できていない|できなかった|遅れ|余儀なく"
            r"|厳しい|低い(?:状況|水準)|少ない(?:状況|です|。|$)|伸び悩|足りな|ばらつき|繰り越すこと|重要(?:です|である|と)"
        ),
    ),
    (
        Aspect.POLICY,
        re.compile(
            r"(?:目指|めざ)(?:す|し(?:ます|て)|しま)|(?:して|進めて|図って|努めて|取り組んで|行って|続けて|つなげて|"
            r"広げて|深めて|高めて|応じて|きて)(?:いく|いき|参り|まいり)|(?:に|て)いきたい|たい(?:と考え|。|$)|"
            r"こととする|ことと(?:し|しま)|(?:検討|実施|推進|継続|周知|拡大|開催|活用|予定)(?:する|します|を予定|である)。?$|"
            r"予定(?:です|である|。|$|し)|(?:図|努め|進め|取り組|高め|広げ|行|続け|促し|設け|整え|開い|増やし|減らし)"
            r"(?:る|ります|ます|みます|む|う|います|きます)。?$"
        ),
    ),
    (
        Aspect.OUTCOME,
        re.compile(
            r"(?:た|ました|た。|ました。|ができた|が図られた|につながった|となった|を得た|済み?|完了|済)[。」）)]*$"
            r"|(?:つながってい|達成(?:し(?:た|て)|でき|され)|増加し(?:た|てい)|向上し(?:た|てい)|改善され)"
        ),
    ),
    (
        Aspect.ACTION,
        re.compile(
            r"(?:してい(?:る|ます)|ている|ています|おります|ほか)[。」）)]*$|の(?:実施|開催|推進|充実|活用|促進|整備|導入|"
            r"支援|提供|配布|作成|発行|設置|強化|拡充|派遣|検討|見直し|周知)$"
        ),
    ),
)
"""What a sentence's last clause tells where no heading does; the first that fits counts."""

_LAST_CLAUSE = re.compile(r"[^、。，]*[、，]?[^、。，]*[。」）)\s]*$")
SHORT_TAIL = 24


@lru_cache(maxsize=20_000)
def aspects_of_heading(heading: str) -> frozenset[Aspect]:
    """The aspects that a heading or a column's header names as a label; none for the name of a topic."""
    text = _bare(heading)
    whole = _label(text)
    if whole is not None and not _AND.search(text):
        return frozenset({whole})
    parts = [part for part in _AND.split(text) if part]
    found = [aspect for part in parts if (aspect := _label(part)) is not None]
    last = _label(parts[-1]) if parts else None
    if last is None:
        return frozenset()
    return frozenset(found) if len(found) == len(parts) else frozenset({last})


def _bare(heading: str) -> str:
    """A heading folded, without its numbering, brackets and years."""
    text = match_key(heading)
    boxed = _BOX.match(text)
    text = boxed.group(1) if boxed else text
    text = _TAIL.sub("", _BRACKETS.sub("", _NUMBERING.sub("", text)))
    return _TAIL.sub("", _YEAR.sub("", text)) or text


def _label(text: str, *, bare: bool = False) -> Aspect | None:
    """The aspect of a text that ends in a label, with but words of forms or an attribute before it.

    Args:
        text: folded, without numbering and brackets.
        bare: whether an attribute (空き家の) makes it the name of a topic.
    """
    for match in (_LABEL.match(text, at) for at in range(len(text))):
        if match is None or match.end() != len(text):
            continue
        before = text[: match.start("label")]
        if _GENERIC.fullmatch(before) or (not bare and _ATTRIBUTE.fullmatch(before)):
            return LABELS[match["label"]]
    return None


def aspects_over(section_path: Sequence[str]) -> frozenset[Aspect]:
    """The aspects that the innermost labelled heading names; none where no heading is a label."""
    for heading in reversed(section_path):
        found = aspects_of_heading(heading)
        if found:
            return found
    return frozenset()


@lru_cache(maxsize=20_000)
def is_label(heading: str) -> bool:
    """Whether a heading names a part of a form and no topic: 「空き家の課題」 names one beside its label."""
    parts = [part for part in _AND.split(_bare(heading)) if part]
    return bool(parts) and all(_label(part, bare=True) is not None for part in parts)


@lru_cache(maxsize=20_000)
def aspect_of_sentence(sentence: str) -> Aspect | None:
    """The aspect that a sentence's own words show, None where they show none.

    Its last clause decides; a short one (…が必要なため、検討する) together with the one before it.
    """
    text = match_key(sentence)
    last = _LAST_CLAUSE.search(text)
    tail = text[max(0, len(text) - SHORT_TAIL) :] if last is None else last.group()[-SHORT_TAIL:]
    return next((aspect for aspect, cue in CUES if cue.search(tail)), None)


def aspect_among(sentence: str, allowed: frozenset[Aspect]) -> Aspect:
    """Which of the aspects that a heading names a sentence under it tells.

    Where its words show none of them, the last of a form's order that is named: an issue is said as one.
    """
    if len(allowed) == 1:
        return next(iter(allowed))
    shown = aspect_of_sentence(sentence)
    if shown in allowed:
        return shown
    order = (Aspect.POLICY, Aspect.ACTION, Aspect.OUTCOME, Aspect.ISSUE, Aspect.INDICATOR)
    return next(aspect for aspect in order if aspect in allowed)
