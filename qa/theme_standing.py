"""How a statement stands to a theme: whether it says it itself, or stands where everything is about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.document import Document
from corpus.passage import Passage
from corpus.sheet import Sheet
from qa.aspects import is_label
from qa.theme import Theme

SAID = 3.0
TOPIC = 2.7
TITLE = 2.3
TOGETHER = 2.1
HEADING = 2.0
PLAN = 1.5
"""What it is worth that a statement says the theme; that its item is introduced by it; that its sheet is
called by it; that it says it together with what stands over it; that an outer heading does; that the whole
document or the department whose sheet it is, is called by it."""

LINKED = 1.9
"""What it is worth to carry the number of a topic (①) that says the theme in another section."""

LEAST = 1.4
"""Below this a statement is not about the theme."""

BEGINNING = 40
"""Within so many characters a statement says what it is about."""

_TOPIC = re.compile(
    r"^[^、。]{0,50}?(?:について(?:は|も)?|に関して(?:は|も)?|に係る[^、。]{0,15}は|の推進は)、?"
)
_DEPARTMENT = re.compile(r"(?:部|局|課|室|係|事務局|委員会)$")
_NUMBER = re.compile(r"^[\s\u3000]*[①-⑳\d(（)）.、]+[\s\u3000]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What of a passage's surroundings says the theme.

    Attributes:
        theme: the theme.
        base: the worth of every statement of the passage, by what stands over it; 0 where nothing says it.
        over: the topical headings, sheet title and item in one text.
    """

    theme: Theme
    base: float
    over: str

    def of(self, statement: str) -> float:
        """The worth of a statement, 0 where it is not about the theme."""
        own = self.theme.strength(statement)
        if own > 0:
            return max(SAID * own, self.base)
        if self.base > 0:
            return self.base
        if len(self.theme.units) > 1 and any(
            self.theme.says_some(unit, statement) for unit in self.theme.units
        ):
            return TOGETHER * self.theme.strength(f"{self.over}。{statement}")
        return 0.0

    def in_passing(self, statement: str) -> bool:
        """Whether a statement comes to the theme late, among other things, where nothing over it says it."""
        late = self.base == 0 and len(statement) > BEGINNING
        return late and self.theme.strength(statement[:BEGINNING]) == 0


def standing_of(theme: Theme, passage: Passage, document: Document, sheet: Sheet | None) -> Standing:
    """How a passage's statements stand to a theme."""
    topics = [heading for heading in passage.section_path if not is_label(heading)]
    item = "" if passage.topic_number else passage.item
    title = sheet.title if sheet else ""
    unit = sheet is not None and (title in sheet.departments or _DEPARTMENT.search(title) is not None)
    over = "。".join((*topics, title, item))
    base = max(
        TOPIC * (theme.strength(introduced_by(passage.text)) if len(passage.cells) < 2 else 0.0),
        TITLE * max(theme.strength(item), theme.strength(topics[-1] if topics else "")),
        (PLAN if unit else TITLE) * theme.strength(title),
        HEADING * max((theme.strength(heading) for heading in topics[:-1]), default=0.0),
        HEADING * (theme.strength(over) if len(theme.units) > 1 else 0.0),
        PLAN * (1.0 if theme.strength(document.title) == 1.0 else 0.0),
    )
    return Standing(theme=theme, base=base, over=over)


def introduced_by(text: str) -> str:
    """The words by which a passage introduces what it speaks of: 「ふるさと納税については」, or none."""
    found = _TOPIC.match(_NUMBER.sub("", text[:90], count=1))
    return found.group() if found and "。" not in found.group() else ""
