"""Charts and diagrams of office files: the figures and words that the package keeps for them.

A chart keeps the figures that it draws, so it is a table: a row for each category, a column for each series.
A diagram (SmartArt) keeps its words as a tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ingest.cell_lines import one_line
from ingest.number_format import printed
from ingest.ooxml_xml import attribute, child, children, local

_MOST_CATEGORIES = 500
_PARENT = ("", "parOf")
_CACHES = ("numCache", "numLit", "strCache", "strLit", "lvl")

Rows = list[list[str]]


def chart_title(tree: Element) -> str:
    """A chart's own title, empty without one."""
    title = child(child(tree, "chart"), "title")
    return one_line(_words(title)) if title is not None else ""


def chart_rows(tree: Element) -> Rows:
    """A chart's figures as they are printed: the header with the names of the series, then the categories.

    Charts whose figures are no function of a category (scattered points) give none.
    """
    series = [one for one in tree.iter() if local(one) == "ser"]
    names = [_first(child(one, "tx")) or f"系列{number}" for number, one in enumerate(series, start=1)]
    categories: dict[int, str] = {}
    for one in series:
        for index, text in _points(child(one, "cat")):
            categories[index] = categories.get(index, text)
    columns = [dict(_points(child(one, "val"))) for one in series]
    if not categories or len(categories) > _MOST_CATEGORIES or not any(columns):
        return []
    rows = [
        [categories[index], *(column.get(index, "") for column in columns)] for index in sorted(categories)
    ]
    return [["", *names], *rows]


def diagram_lines(tree: Element) -> Iterator[tuple[int, str]]:
    """The words of a diagram (SmartArt) with how deep they stand, 0 for the first level."""
    texts = {
        attribute(one, "modelId"): one_line(_words(child(one, "t")))
        for one in children(child(tree, "ptLst"), "pt")
        if attribute(one, "type") in ("", "node", "asst")
    }
    below: dict[str, list[tuple[int, str]]] = {}
    for one in children(child(tree, "cxnLst"), "cxn"):
        if attribute(one, "type") in _PARENT:
            order = attribute(one, "srcOrd")
            place = (int(order) if order.isdigit() else 0, attribute(one, "destId"))
            below.setdefault(attribute(one, "srcId"), []).append(place)
    held = {name for found in below.values() for _, name in found}
    waiting = [(0, name) for source in below if source not in held for _, name in sorted(below[source])][::-1]
    told: set[str] = set()
    while waiting:
        depth, name = waiting.pop()
        if name in told:
            continue
        told.add(name)
        if texts.get(name):
            yield depth, texts[name]
        waiting.extend((depth + 1, one) for _, one in sorted(below.get(name, ()), reverse=True))


def _points(data: Element | None) -> Iterator[tuple[int, str]]:
    """The points that a chart keeps of its categories or values, by their number."""
    if data is None:
        return
    for cache in (one for one in data.iter() if local(one) in _CACHES):
        is_figure = local(cache).startswith("num")
        code = "".join(_texts(child(cache, "formatCode"))) or "General"
        for point in children(cache, "pt"):
            index, text = attribute(point, "idx"), "".join(_texts(child(point, "v")))
            if index.isdigit() and text:
                yield int(index), _figure(text, code) if is_figure else text


def _figure(text: str, code: str) -> str:
    try:
        number = float(text)
    except ValueError:
        return text
    return printed(int(number) if number.is_integer() else number, code)


def _first(data: Element | None) -> str:
    return next((text for _, text in _points(data)), "") or one_line("".join(_texts(child(data, "v"))))


def _words(element: Element | None) -> str:
    """The text of drawing paragraphs."""
    if element is None:
        return ""
    paragraphs = [one for one in element.iter() if local(one) == "p"]
    return "\n".join("".join(one.text or "" for one in p.iter() if local(one) == "t") for p in paragraphs)


def _texts(element: Element | None) -> Iterator[str]:
    yield from element.itertext() if element is not None else ()
