"""Words by which staff name their own municipality: 本市, 当町, わが町, うちの村.

They are read only where they stand as a word of their own: 松本市, 本町通り, 本町2丁目 and わがまちづくり are
none of them. Which municipality is meant is for ``qa.understand`` to decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.municipality import Level, Municipality

_SUFFIXES = "市区町村県"
_AFTER = r"(?=[のはがにをもとへや、。?\s]|で(?![きす])|から|より|$|独自|全体|全域|職員)"
_OWN_TOWN = re.compile(
    rf"(?<![一-鿿々ァ-ヴーa-z0-9])(?:"
    rf"[本当](?P<suffix>[{_SUFFIXES}])"
    r"|[本当](?:自治体|団体)"
    r"|(?:わが|我が|うちの|私たちの|私達の|われわれの|我々の)(?:(?P<said>[市区村県])|町|まち|自治体|役所|役場))"
    rf"{_AFTER}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTown:
    """Such a word.

    Attributes:
        start: its first code point in the text given.
        end: one past the last.
        words: as typed, folded.
        suffix: 市, 区, 町, 村 or 県 where it says which; empty for うちの町, which is said of cities too.
    """

    start: int
    end: int
    words: str
    suffix: str

    def may_be(self, town: Municipality) -> bool:
        """Whether the word may stand for a municipality: 本町 is no city, but a street in many."""
        end = "県" if town.level is Level.PREFECTURE else town.name[-1]
        return self.suffix in ("", end)


def own_towns(folded: str) -> list[OwnTown]:
    """Such words of a folded text, in order."""
    return [
        OwnTown(
            start=match.start(),
            end=match.end(),
            words=match.group(),
            suffix=match["suffix"] or match["said"] or "",
        )
        for match in _OWN_TOWN.finditer(folded)
    ]
