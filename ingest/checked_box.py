"""The checked box among choices that a form prints: 「■達成　□未達成」, 「□A ☑B □C」, 「[レ]可 [　]否」.

The choice whose box is checked is the entry of its field; the others only tell what could have been chosen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.span import Span

_OPEN = r"□|☐|◻|▢|[\[［(（][\s　]*[\])］）]"
_CHECKED = r"■|☑|☒|✓|✔|✅|◼|▣|[\[［(（]\s*[レ✓✔☑■○〇×xX]\s*[\])］）]|(?<!\S)レ(?=[^\sァ-ヶー])"
# A box before a choice, as forms print and fill it in.
_BOX = re.compile(rf"(?P<checked>{_CHECKED})|(?P<open>{_OPEN})")
_LONGEST_CHOICE = 20
_LONGEST = 160
_FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxChoice:
    """Choices that are printed with a box before each.

    Attributes:
        choices: what can be chosen, in the order of the source.
        chosen: which of them is checked; None where no box is.
        span: where the checked one stands in the text, empty where none is.
    """

    choices: tuple[str, ...]
    chosen: str | None
    span: Span

    @property
    def legend(self) -> str:
        """All choices in one line, which says what the chosen one was chosen from."""
        return "・".join(self.choices)


def box_choice(text: str) -> BoxChoice | None:
    """The choices that a text is, from its first character; None for any other text, or two checked boxes."""
    return _box_choice(text) if 0 < len(text) <= _LONGEST and _BOX.match(text) else None


def labelled_choice(text: str) -> tuple[Span, Span] | None:
    """Where the label and the choices of a line stand, 「進捗状況：■順調 □遅れ」; None for any other line."""
    found = _BOX.search(text) if len(text) <= _LONGEST else None
    if found is None or not found.start():
        return None
    label = text[: found.start()].rstrip(" 　:：\t")
    if not 0 < len(label) <= _LONGEST_CHOICE or re.search(r"[。、]", label):
        return None
    choices = text[found.start() :].rstrip()
    if _box_choice(choices) is None:
        return None
    return Span(0, len(label)), Span(found.start(), found.start() + len(choices))


@lru_cache(maxsize=1 << 12)
def _box_choice(text: str) -> BoxChoice | None:
    boxes = list(_BOX.finditer(text))
    if len(boxes) < _FEWEST or not any(box["open"] for box in boxes):
        return None
    told: list[Span] = []
    for box, end in zip(boxes, [*(one.start() for one in boxes[1:]), len(text)], strict=True):
        words = text[box.end() : end]
        label = words.strip(" 　\t\n・/／、,，")
        if not 0 < len(label) <= _LONGEST_CHOICE or "。" in label:
            return None
        start = box.end() + words.index(label)
        told.append(Span(start, start + len(label)))
    checked = [span for box, span in zip(boxes, told, strict=True) if box["checked"]]
    if len(checked) > 1:
        return None
    choices = tuple(" ".join(span.of(text).split()) for span in told)
    if len(set(choices)) < len(choices):
        return None
    span = checked[0] if checked else Span(0, 0)
    return BoxChoice(choices=choices, chosen=choices[told.index(span)] if checked else None, span=span)
