"""Text of Word documents that is there and not shown: marked hidden, of no size, or white on white.

Hidden is what Word calls 隠し文字: it is neither seen nor printed. What a run says of itself decides over its
styles; of its two styles, each turns over what the other says (ECMA-376 Part 1, 17.7.3). White letters are
read where anything may be their ground: a shade of the run, paragraph, cell or table, or a box.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.ooxml_xml import attribute, child, children, is_on, local, value_of

_TINY = 3  # half points
_WHITE = "FFFFFF"
_NO_SHADE = ("", "AUTO", _WHITE)
_DEEPEST = 20


@dataclass(slots=True)
class Hidden:
    """Which runs are hidden, and how many letters of them were met.

    Attributes:
        styles: the ids of the styles that hide.
        shading: the ids of the styles that give tables or paragraphs a shade.
        is_on_shade: whether what is read stands in a cell with a shade, or in a box.
        letters: how many were left out so far.
    """

    styles: frozenset[str] = frozenset()
    shading: frozenset[str] = frozenset()
    is_on_shade: bool = False
    letters: int = 0
    _paragraph: bool = field(default=False)
    _is_shaded: bool = field(default=False)

    def enter(self, paragraph: Element) -> None:
        """Begin a paragraph: its style holds for the runs that follow."""
        properties = child(paragraph, "pPr")
        style = value_of(child(properties, "pStyle"))
        self._paragraph = style in self.styles
        self._is_shaded = is_shaded(properties) or style in self.shading

    def hides(self, run: Element) -> bool:
        """Whether a run is not shown; its letters are counted if so."""
        own = child(run, "rPr")
        vanish = child(own, "vanish")
        if vanish is not None:
            hidden = is_on(vanish)
        else:
            hidden = self._paragraph != (value_of(child(own, "rStyle")) in self.styles)
        size = value_of(child(own, "sz"))
        hidden = hidden or (size.isdigit() and int(size) <= _TINY) or self._is_white(own)
        if hidden:
            self.letters += sum(len("".join((one.text or "").split())) for one in children(run, "t"))
        return hidden

    def _is_white(self, own: Element | None) -> bool:
        colour = child(own, "color")
        theme = attribute(colour, "themeColor") if colour is not None else ""
        is_white = value_of(colour).upper() == _WHITE and theme in ("", "background1")
        has_ground = (
            self.is_on_shade or self._is_shaded or is_shaded(own) or child(own, "highlight") is not None
        )
        return is_white and not has_ground

    def warning(self) -> tuple[str, ...]:
        """What a person should know of it (Japanese)."""
        if not self.letters:
            return ()
        return (f"隠し文字、白地に白い文字、ごく小さい文字が{self.letters}字あり、読み取りから除きました。",)


def hidden_of(styles: Element | None) -> Hidden:
    """The hidden text of a document with these styles."""
    known = {attribute(one, "styleId"): one for one in children(styles, "style")}
    shading = frozenset(name for name, style in known.items() if any(_is_shade(one) for one in style.iter()))
    return Hidden(styles=frozenset(name for name in known if _hides(name, known)), shading=shading)


def is_shaded(properties: Element | None) -> bool:
    """Whether a run, paragraph or cell with these properties has a shade."""
    shade = child(properties, "shd")
    return shade is not None and _is_shade(shade)


def _is_shade(element: Element) -> bool:
    if local(element) != "shd":
        return False
    return attribute(element, "fill").upper() not in _NO_SHADE or value_of(element) not in (
        "",
        "clear",
        "nil",
    )


def _hides(name: str, known: dict[str, Element]) -> bool:
    for _ in range(_DEEPEST):
        style = known.get(name)
        if style is None:
            return False
        vanish = child(child(style, "rPr"), "vanish")
        if vanish is not None:
            return is_on(vanish)
        name = value_of(child(style, "basedOn"))
    return False
