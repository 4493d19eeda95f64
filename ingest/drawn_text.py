"""Charts and diagrams of an office file written into its text, where they stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from ingest.block_text import Piece, TextBuilder
from ingest.grid import GridBuilder, GridCell
from ingest.grid_text import write_grid
from ingest.ooxml_chart import chart_rows, chart_title, diagram_lines
from ingest.ooxml_package import Package
from ingest.ooxml_xml import attribute, local

_ROOTS = ("chartSpace", "dataModel")


def drawn_parts(package: Package, part: str) -> Mapping[str, Element]:
    """The charts and diagrams that a part of a package refers to, by relationship id.

    Raises:
        InputError: one of them is damaged.
    """
    found = {}
    for name, target in package.related(part).items():
        if "/charts/chart" in target or "/diagrams/data" in target:
            tree = package.tree(target)
            if tree is not None and local(tree) in _ROOTS:
                found[name] = tree
    return found


def drawn_id(element: Element) -> str:
    """The relationship id by which an element shows a chart or a diagram, empty for any other element."""
    if local(element) not in ("chart", "relIds"):
        return ""
    return attribute(element, "dm") or attribute(element, "id")


def write_drawn(builder: TextBuilder[GridCell], tree: Element) -> None:
    """Write a chart as its title and a table, a diagram as lines."""
    builder.blank()
    if local(tree) == "dataModel":
        for depth, text in diagram_lines(tree):
            builder.line(Piece(f"- {text}" if depth else text))
    else:
        title = chart_title(tree)
        if title:
            builder.line(Piece(title))
        grid = GridBuilder()
        for row in chart_rows(tree):
            grid.row((text, 1, 1) for text in row)
        write_grid(builder, grid.grid())
    builder.blank()
