"""Text of Word documents that is there and not shown: marked hidden itself or by its style, or of no size.

Hidden is what Word calls 隠し文字: it is neither seen nor printed. What a run says of itself decides over its
styles; of its two styles, each turns over what the other says (ECMA-376 Part 1, 17.7.3).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.ooxml_xml import attribute, child, children, is_on, value_of

_TINY = 3  # half points
_DEEPEST = 20


@dataclass(slots=True)
class Hidden:
    """Which runs are hidden, and how many letters of them were met.

    Attributes:
        styles: the ids of the styles that hide.
        letters: how many were left out so far.
    """

    styles: frozenset[str] = frozenset()
    letters: int = 0
    _paragraph: bool = field(default=False)

    def enter(self, paragraph: Element) -> None:
        """Begin a paragraph: its style holds for the runs that follow."""
        self._paragraph = value_of(child(child(paragraph, "pPr"), "pStyle")) in self.styles

    def hides(self, run: Element) -> bool:
        """Whether a run is not shown; its letters are counted if so."""
        own = child(run, "rPr")
        vanish = child(own, "vanish")
        if vanish is not None:
            hidden = is_on(vanish)
        else:
            hidden = self._paragraph != (value_of(child(own, "rStyle")) in self.styles)
        size = value_of(child(own, "sz"))
        hidden = hidden or (size.isdigit() and int(size) <= _TINY)
        if hidden:
            self.letters += sum(len("".join((one.text or "").split())) for one in children(run, "t"))
        return hidden

    def warning(self) -> tuple[str, ...]:
        """What a person should know of it (Japanese)."""
        if not self.letters:
            return ()
        return (f"隠し文字やごく小さい文字が{self.letters}字あり、読み取りから除きました。",)


def hidden_of(styles: Element | None) -> Hidden:
    """The hidden text of a document with these styles."""
    known = {attribute(one, "styleId"): one for one in children(styles, "style")}
    return Hidden(styles=frozenset(name for name in known if _hides(name, known)))


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
