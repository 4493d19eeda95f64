"""Elements of office XML by their local names: two forms of it differ in their namespaces only."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

_OFF = ("0", "false", "off", "none")


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Element | None, name: str) -> Element | None:
    """The first child so named, None without one."""
    return next(children(element, name), None)


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children so named."""
    if element is not None:
        yield from (one for one in element if local(one) == name)


def attribute(element: Element | None, name: str) -> str:
    """An attribute by its local name, empty without one."""
    if element is None:
        return ""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


def value_of(element: Element | None) -> str:
    """The attribute ``val``, empty without one."""
    return attribute(element, "val")


def is_on(element: Element | None) -> bool:
    """Whether a property is there and not switched off."""
    return element is not None and value_of(element).lower() not in _OFF


def shown(element: Element) -> Iterator[Element]:
    """An element's children; of alternatives the first, which is what current programs show."""
    for one in element:
        if local(one) == "AlternateContent":
            chosen = next((c for c in one if local(c) == "Choice"), None)
            if chosen is None:
                chosen = next((c for c in one if local(c) == "Fallback"), None)
            yield from shown(chosen) if chosen is not None else ()
        else:
            yield one
