"""The numbers and bullets that Word puts before paragraphs: they stand in no text and are counted here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from ingest.list_marks import list_mark
from ingest.ooxml_xml import attribute, child, children, value_of

_PLACE = re.compile(r"%([1-9])")
_SYMBOLS = "●○■□◆◇▼▽▲△◎※★☆"
_LEVELS = 9
_DEEPEST = 20  # styles that are based on one another


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    suffix: str = "tab"
    is_legal: bool = False
    style: str = ""


@dataclass(slots=True)
class Numbering:
    """The lists of a document with where each stands.

    Attributes:
        levels: of each list (``numId``), its levels.
        shared: of each list, the definition whose count it shares.
        restarts: the levels at which a list begins anew.
        styles: of each paragraph style, its list and level.
    """

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, set[int]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def mark(self, paragraph: Element) -> str:
        """What stands before a paragraph, with the space after it; empty for one of no list.

        A bullet that says nothing of depth is a dash, as in plain text.
        """
        number, level = self._list_of(child(paragraph, "pPr"))
        one = self.levels.get(number, {}).get(level)
        if one is None:
            return ""
        if one.form == "bullet":
            return f"{one.text} " if one.text and one.text in _SYMBOLS else "- "
        counts = self._count(number, level)
        text = _PLACE.sub(lambda found: self._figure(number, int(found[1]) - 1, counts, one), one.text)
        return text + ("" if one.suffix == "nothing" or not text else " ")

    def _list_of(self, properties: Element | None) -> tuple[str, int]:
        own = child(properties, "numPr")
        style = self.styles.get(value_of(child(properties, "pStyle")), ("", 0))
        if own is None:
            return style
        number = value_of(child(own, "numId")) or style[0]
        level = value_of(child(own, "ilvl"))
        return number, int(level) if level.isdigit() else style[1]

    def _count(self, number: str, level: int) -> dict[int, int]:
        counts = self._counts.setdefault(self.shared.get(number, number), {})
        if number not in self._begun:
            self._begun.add(number)
            for restarted in self.restarts.get(number, ()):
                counts.pop(restarted, None)
        levels = self.levels[number]
        for outer in range(level):
            counts.setdefault(outer, levels.get(outer, _Level()).start)
        counts[level] = counts[level] + 1 if level in counts else levels[level].start
        for inner in range(level + 1, _LEVELS):
            counts.pop(inner, None)
        return counts

    def _figure(self, number: str, level: int, counts: dict[int, int], own: _Level) -> str:
        form = self.levels[number].get(level, _Level()).form
        return list_mark(counts.get(level, 1), "decimal" if own.is_legal else form)


def numbering_of(definitions: Element | None, styles: Element | None) -> Numbering:
    """The lists of ``word/numbering.xml`` and the styles that use them."""
    found = Numbering()
    abstract = {attribute(one, "abstractNumId"): one for one in children(definitions, "abstractNum")}
    linked = {
        value_of(child(one, "styleLink")): one
        for one in abstract.values()
        if child(one, "styleLink") is not None
    }
    for one in children(definitions, "num"):
        number = attribute(one, "numId")
        name = value_of(child(one, "abstractNumId"))
        definition = abstract.get(name)
        link = value_of(child(definition, "numStyleLink"))
        levels = dict(_levels(linked.get(link, definition)))
        for override in children(one, "lvlOverride"):
            level = int(attribute(override, "ilvl") or 0)
            levels.update(_levels(override))
            start = value_of(child(override, "startOverride"))
            if start.isdigit():
                levels[level] = replace(levels.get(level, _Level()), start=int(start))
                found.restarts.setdefault(number, set()).add(level)
        found.levels[number] = levels
        found.shared[number] = name
    found.styles.update(_styles(styles, found))
    return found


def _levels(definition: Element | None) -> Iterator[tuple[int, _Level]]:
    for one in children(definition, "lvl"):
        start = value_of(child(one, "start"))
        yield (
            int(attribute(one, "ilvl") or 0),
            _Level(
                form=_form(one),
                text=attribute(child(one, "lvlText"), "val"),
                start=int(start) if start.isdigit() else 1,
                suffix=value_of(child(one, "suff")) or "tab",
                is_legal=child(one, "isLgl") is not None,
                style=value_of(child(one, "pStyle")),
            ),
        )


def _form(level: Element) -> str:
    """A level's form; one that Word knows by an example (``custom``) is told as figures."""
    return next((value_of(one) for one in level.iter() if one.tag.endswith("}numFmt")), "decimal")


def _styles(styles: Element | None, numbering: Numbering) -> dict[str, tuple[str, int]]:
    """Each paragraph style's list and level, its own or that of the style it is based on."""
    own: dict[str, Element] = {attribute(one, "styleId"): one for one in children(styles, "style")}
    found = {}
    for name in own:
        number, level = "", -1
        at: str = name
        for _ in range(_DEEPEST):
            if at not in own:
                break
            properties = child(child(own[at], "pPr"), "numPr")
            number = number or value_of(child(properties, "numId"))
            told = value_of(child(properties, "ilvl"))
            level = int(told) if level < 0 and told.isdigit() else level
            at = value_of(child(own[at], "basedOn"))
        if number and level < 0:
            levels = numbering.levels.get(number, {})
            level = next((index for index, one in levels.items() if one.style == name), 0)
        if number:
            found[name] = (number, level)
    return found
