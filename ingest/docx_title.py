"""The title of a Word document: what is styled as one, else the first large words that are centred."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element

from ingest.ooxml_package import open_package
from ingest.ooxml_xml import attribute, child, children, local, shown, value_of
from ingest.title_words import title_of_lines

_LARGER = 1.2
_LOOKED_AT = 20
_TITLES = ("title", "表題")
_WORD_SIZE = 20.0
"""Half points in which Word sets what no style and no run tells the size of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """How a paragraph is set: size in half points."""

    name: str = ""
    size: float = 0.0
    is_centred: bool = False


def docx_title(data: bytes) -> str:
    """The title of a document, empty where no words of its beginning stand out.

    Raises:
        InputError: it is damaged, or no Word document.
    """
    package = open_package(data)
    main = next((part for part in package.related("").values() if part.startswith("word/")), "")
    body = child(package.tree(main), "body") if main else None
    if body is None:
        return ""
    part = next((one for one in package.related(main).values() if one.endswith("styles.xml")), "")
    styles = _Styles(package.tree(part) if part else None)
    first = [(text, styles.of(paragraph)) for paragraph in _paragraphs(body) if (text := _words(paragraph))]
    del first[_LOOKED_AT:]
    styled = [text for text, style in first if style.name in _TITLES]
    return title_of_lines(styled) or _large_and_centred(first, styles.body)


def _large_and_centred(paragraphs: list[tuple[str, _Style]], body: float) -> str:
    """The first large words in the middle of a line, with those that follow in the same size."""
    set_apart = [
        (style.size if style.is_centred and style.size >= _LARGER * body else 0.0, text)
        for text, style in paragraphs
    ]
    groups = (
        title_of_lines([text for _, text in group])
        for size, group in groupby(set_apart, key=lambda one: one[0])
        if size
    )
    return next((title for title in groups if title), "")


class _Styles:
    """The styles of a document, each with what it takes over from the one that it is based on."""

    def __init__(self, tree: Element | None) -> None:
        self._styles = {_id(one): one for one in children(tree, "style")}
        defaults = child(child(child(tree, "docDefaults"), "rPrDefault"), "rPr")
        normal = next((one for one in self._styles.values() if _name(one) in ("normal", "標準")), None)
        self._default = _size(defaults) or _WORD_SIZE
        self.body = _size(child(normal, "rPr")) or self._default

    def of(self, paragraph: Element) -> _Style:
        """How a paragraph is set: by itself, by its style, by the document."""
        own = child(paragraph, "pPr")
        chain = list(self._chain(value_of(child(own, "pStyle"))))
        runs = [size for run in children(paragraph, "r") if (size := _size(child(run, "rPr")))]
        sizes = [*sorted(runs, reverse=True), *(_size(child(one, "rPr")) for one in chain), self.body]
        aligned = [value_of(child(one, "jc")) for one in (own, *(child(style, "pPr") for style in chain))]
        return _Style(
            name=_name(chain[0]) if chain else "",
            size=next(size for size in sizes if size),
            is_centred=next((one for one in aligned if one), "") == "center",
        )

    def _chain(self, style_id: str) -> Iterator[Element]:
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            yield self._styles[style_id]
            style_id = value_of(child(self._styles[style_id], "basedOn"))


def _paragraphs(parent: Element) -> Iterator[Element]:
    """The paragraphs outside of tables, those of a cover page's controls too."""
    for one in shown(parent):
        if local(one) == "p":
            yield one
        elif local(one) in ("sdt", "sdtContent"):
            yield from _paragraphs(one)


def _words(paragraph: Element) -> str:
    texts = (one.text or "" for run in children(paragraph, "r") for one in children(run, "t"))
    return "".join(texts).strip()


def _id(style: Element) -> str:
    return attribute(style, "styleId")


def _name(style: Element) -> str:
    return value_of(child(style, "name")).lower()


def _size(properties: Element | None) -> float:
    """The size of letters in half points, 0 where none is told."""
    told = value_of(child(properties, "sz"))
    return float(told) if told.replace(".", "", 1).isdigit() else 0.0
