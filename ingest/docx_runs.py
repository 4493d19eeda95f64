"""The characters of a Word paragraph as printed: ruby by its base text, symbols, fields, accepted changes.

Text boxes hang on paragraphs and are handed over apart from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.docx_hidden import Hidden
from ingest.drawn_text import drawn_id
from ingest.list_marks import list_mark
from ingest.ooxml_xml import attribute, local, shown

_LEFT_OUT = (
    *("del", "moveFrom", "pPr", "rPr", "delText", "delInstrText", "rt", "rubyPr", "annotationRef"),
    *("footnoteRef", "endnoteRef", "softHyphen", "tblPr", "sdtPr", "lastRenderedPageBreak"),
)
_SIGNS = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = ("footnoteReference", "endnoteReference")
# What the fonts of symbols that Word offers first show for a code.
_SYMBOLS = {
    "wingdings": {
        **dict.fromkeys((0x6C, 0x9F), "●"),
        **dict.fromkeys((0x6E, 0xA7), "■"),
        **dict.fromkeys((0x75, 0x76), "◆"),
        **dict.fromkeys((0xA1, 0x6D), "○"),
        **dict.fromkeys((0x6F, 0x71, 0xA8, 0x72), "□"),
        **dict.fromkeys((0xFC, 0xFE), "☑"),
        **dict.fromkeys((0xD8, 0xE8, 0xF0, 0xE0), "→"),
        **{0xFB: "×", 0xAB: "★", 0xE1: "↑", 0xE2: "↓", 0xDF: "←", 0x28: "☎", 0x4A: "☺"},
        **{0x81 + n: chr(0x2460 + n) for n in range(10)},
        **{0x8C + n: chr(0x2776 + n) for n in range(10)},
    },
    "symbol": {0xB7: "・", 0xAE: "→", 0xAD: "↑", 0xAF: "↓", 0xB1: "±", 0xB4: "×", 0xB3: "≧", 0xA3: "≦"},
}
# EQ \o(\s\up n(ruby),base): a reading over its base text.
_RUBY_FIELD = re.compile(
    r"\\o\s*\\?\w*\s*\(\s*\\s\s*\\up\s*\d+\s*\((?P<ruby>[^)]*)\)\s*[,，、]\s*(?P<base>[^)]*)\)"
)
# EQ \o\ac(○,12): a character in a circle.
_CIRCLE_FIELD = re.compile(r"\\o\s*\\ac\s*\(\s*[○◯〇]\s*[,，]\s*(?P<inside>[^)]+)\)")


@dataclass(slots=True)
class Runs:
    """Reads paragraphs of one document, in order.

    Attributes:
        hidden: which runs are not shown.
        notes: the ids of notes referred to so far, each ``footnote:3`` or ``endnote:1``, in order.
        boxes: the text boxes met since they were last taken.
        drawn: the ids of the charts and diagrams met since they were last taken.
    """

    hidden: Hidden = field(default_factory=Hidden)
    notes: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    _fields: list[list[str]] = field(default_factory=list)

    def text(self, paragraph: Element) -> str:
        r"""A paragraph's characters; a line break in it is ``\n``."""
        self.hidden.enter(paragraph)
        return "".join(self._texts(paragraph))

    def take_boxes(self) -> list[Element]:
        """The text boxes met since the last call."""
        taken, self.boxes = self.boxes, []
        return taken

    def take_drawn(self) -> list[str]:
        """The charts and diagrams met since the last call, by the ids of their relationships."""
        taken, self.drawn = self.drawn, []
        return taken

    def _texts(self, element: Element) -> Iterator[str]:
        for one in shown(element):
            name = local(one)
            if name in _LEFT_OUT or (name == "r" and self.hidden.hides(one)):
                continue
            match name:
                case "t":
                    yield one.text or ""
                case "br":
                    yield "" if attribute(one, "type") in ("page", "column") else "\n"
                case "sym":
                    yield _symbol(one)
                case "fldChar":
                    yield self._field(attribute(one, "fldCharType"))
                case "instrText":
                    if self._fields:
                        self._fields[-1].append(one.text or "")
                case "chart" | "relIds":
                    self.drawn.append(drawn_id(one))
                case "txbxContent":
                    self.boxes.append(one)
                case _ if name in _SIGNS:
                    yield _SIGNS[name]
                case _ if name in _NOTES:
                    yield self._note(one, name)
                case _:
                    yield from self._texts(one)

    def _field(self, step: str) -> str:
        """A field's result stands in the text, but what an EQ field shows is in its instruction."""
        if step == "begin":
            self._fields.append([])
        elif step == "end" and self._fields:
            return _equation("".join(self._fields.pop()))
        return ""

    def _note(self, element: Element, name: str) -> str:
        key = f"{name.removesuffix('Reference')}:{attribute(element, 'id')}"
        if key not in self.notes:
            self.notes.append(key)
        is_own_mark = attribute(element, "customMarkFollows") in ("1", "true", "on")
        return "" if is_own_mark else f"※{self.notes.index(key) + 1}"


def _symbol(element: Element) -> str:
    font = attribute(element, "font").lower()
    try:
        code = int(attribute(element, "char"), 16)
    except ValueError:
        return ""
    if 0xE000 <= code <= 0xF8FF:
        return _SYMBOLS.get(font, {}).get(code & 0xFF, "・")
    return chr(code)


def _equation(instruction: str) -> str:
    """What older programs made with a field EQ: ruby over its base text, a character in a circle."""
    if not instruction.strip().upper().startswith("EQ"):
        return ""
    ruby = _RUBY_FIELD.search(instruction)
    if ruby:
        return ruby["base"]
    circle = _CIRCLE_FIELD.search(instruction)
    if not circle:
        return ""
    inside = circle["inside"].strip()
    return list_mark(int(inside), "decimalEnclosedCircle") if inside.isdecimal() else f"({inside})"
