"""A number format of Excel taken apart: its sections, and the tokens of each (ECMA-376 part 1, 18.8.31)."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<width>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/標準)|(?P<noon>AM/PM|A/P|午前/午後)|(?P<exponent>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|g+|e+|r+|a{3,}|b+)|(?P<digit>[0#?])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_COMPARE = {
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
    "<=": operator.le,
    ">=": operator.ge,
    "<>": operator.ne,
}
_FEWEST_FOR_TEXT = 4


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a section.

    Attributes:
        kind: ``literal``, ``general``, ``noon``, ``exponent``, ``date``, ``elapsed``, ``digit`` or ``sign``
            (one of ``. , % / @``).
        text: its characters; dates are lower case.
    """

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Section:
    """What holds for numbers of one sign, or of one condition; without slots, to keep what is asked often.

    Attributes:
        tokens: in order.
        condition: operator and number, None without one.
        locale: ``411`` or ``ja-jp-x-gannen`` of ``[$-411]``, lower case, empty without one.
        kanji: n of ``[DBNumn]``: 1 for 一, 2 for 壱, 3 for full width; 0 without one.
    """

    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None = None
    locale: str = ""
    kanji: int = 0

    @cached_property
    def is_date(self) -> bool:
        """Whether it shows a date or a time."""
        return any(token.kind in ("date", "elapsed") for token in self.tokens)

    @cached_property
    def is_general(self) -> bool:
        """Whether a number stands in it as it would without a format."""
        return any(token.kind == "general" or token.text == "@" for token in self.tokens)

    def holds(self, number: float) -> bool:
        """Whether its condition holds for a number."""
        return self.condition is not None and _COMPARE[self.condition[0]](number, self.condition[1])


@lru_cache(maxsize=1 << 10)
def _sections_of(code: str) -> tuple[Section, ...]:
    """The sections of a format, at least one."""
    parts = [""]
    for found in _TOKEN.finditer(code):
        if found["other"] == ";":
            parts.append("")
        else:
            parts[-1] += found.group()
    return tuple(_section(part) for part in parts)


def section_for(code: str, number: float) -> tuple[Section, bool]:
    """The section that shows a number, and whether the number's own sign is shown."""
    sections = _sections_of(code)
    if any(section.condition for section in sections):
        chosen = next((section for section in sections if section.holds(number)), None)
        others = [section for section in sections if section.condition is None]
        return chosen or (others or sections)[0], True
    if len(sections) == 1 or number > 0 or (number == 0 and len(sections) == 2):
        return sections[0], True
    return sections[1 if number < 0 else 2], False


@lru_cache(maxsize=1 << 10)
def text_section(code: str) -> Section | None:
    """The section that shows text, None where text stands as it is."""
    sections = _sections_of(code)
    last = sections[-1]
    told = any(token.text == "@" and token.kind == "sign" for token in last.tokens)
    return last if told or len(sections) >= _FEWEST_FOR_TEXT else None


def _section(part: str) -> Section:
    tokens: list[Token] = []
    condition = None
    locale = ""
    kanji = 0
    for found in _TOKEN.finditer(part):
        bracket = found["bracket"]
        if bracket is None:
            tokens.extend(_token(found))
        elif told := _CONDITION.fullmatch(bracket):
            condition = (told[1], float(told[2]))
        elif bracket.startswith("$"):
            sign, _, place = bracket[1:].partition("-")
            locale = place.lower() or locale
            tokens.append(Token("literal", sign))
        elif bracket.lower().startswith("dbnum"):
            kanji = int(bracket[5:6] or 0)
        elif _ELAPSED.fullmatch(bracket):
            tokens.append(Token("elapsed", bracket.lower()))
    return Section(tokens=tuple(tokens), condition=condition, locale=locale, kanji=kanji)


def _token(found: re.Match[str]) -> list[Token]:
    kind = found.lastgroup or "other"
    text = found[kind] or ""
    match kind:
        case "quoted" | "escaped":
            return [Token("literal", text)]
        case "width" | "fill":
            return []
        case "date":
            return [Token(kind, text.lower())]
        case "other":
            return [Token("sign" if text in ".,%/@" else "literal", text)]
    return [Token(kind, text)]
