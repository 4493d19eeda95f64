"""What a workbook's package tells beside its cells: text in shapes, formulas that were never calculated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ingest.cell_lines import one_line
from ingest.grid import GridCell
from ingest.ooxml_package import Package
from ingest.ooxml_xml import local

_WORKBOOK = "xl/workbook.xml"
# A cell whose formula has no value; an empty text (t="str") is a value.
_UNCALCULATED = re.compile(
    rb"<(?:\w+:)?c\b(?P<named>[^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_REFERENCE = re.compile(rb'\br="([A-Z]+[0-9]+)"')
_FALLBACK = "Fallback"
_ANCHORS = ("twoCellAnchor", "oneCellAnchor")


def worksheet_parts(package: Package) -> dict[str, str]:
    """The part of each worksheet, by its name."""
    tree = package.tree(_WORKBOOK)
    related = package.related(_WORKBOOK)
    found = {}
    for element in tree.iter() if tree is not None else ():
        if local(element) == "sheet":
            ids = [value for key, value in element.items() if key.endswith("}id")]
            found[element.get("name", "")] = related.get(ids[0] if ids else "", "")
    return found


def uncalculated(package: Package, part: str) -> tuple[str, ...]:
    """The cells of a worksheet that hold a formula without its result."""
    found = []
    for match in _UNCALCULATED.finditer(package.parts.get(part, b"")):
        reference = _REFERENCE.search(match["named"])
        if reference and b't="str"' not in match["named"]:
            found.append(reference[1].decode())
    return tuple(found)


def shapes_of(package: Package, name: str, part: str) -> tuple[GridCell, ...]:
    """The paragraphs in a worksheet's text boxes and shapes, from top to bottom, each with its cells."""
    found: list[GridCell] = []
    for target in package.related(part).values() if part else ():
        tree = package.tree(target) if "/drawings/drawing" in target else None
        for anchor in tree if tree is not None else ():
            if local(anchor) in _ANCHORS:
                found.extend(_anchored(name, anchor))
    return tuple(sorted(found, key=lambda cell: (cell.row, cell.column)))


def _anchored(name: str, anchor: Element) -> Iterator[GridCell]:
    places = {local(child): child for child in anchor}
    start = _place(places["from"])
    end = _place(places["to"]) if "to" in places else start
    bodies = (element for element in _without_fallback(anchor) if local(element) == "txBody")
    for paragraph in (paragraph for body in bodies for paragraph in body):
        text = one_line("".join(_texts(paragraph)))
        if text:
            yield GridCell(text, *start, *end, name)


def _texts(paragraph: Element) -> Iterator[str]:
    for element in paragraph.iter():
        if local(element) == "t":
            yield element.text or ""
        elif local(element) == "br":
            yield "\n"


def _place(marker: Element) -> tuple[int, int]:
    """Row and column of an anchor, from 1; the file counts from 0."""
    told = {local(child): int(child.text or 0) for child in marker}
    return told.get("row", 0) + 1, told.get("col", 0) + 1


def _without_fallback(element: Element) -> Iterator[Element]:
    """The elements below one, without what is only for older programs."""
    for child in element:
        if local(child) != _FALLBACK:
            yield child
            yield from _without_fallback(child)
