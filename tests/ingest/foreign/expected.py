"""What a careful clerk records of a document, written down before any program reads it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A document with its records.

    Attributes:
        text: the source; a bar stands for the tab between two cells.
        title: the document's.
        fiscal_year: the document's.
        sheets: ``title|department,department``, one a line.
        figures: ``name|role|year|value as printed|unit``, one a line, in the order of the source.
        marks: ``sheet|year|mark|meaning``, one a line.
        paths: words that occur once, with the headings above them, outermost first, parted by `` > ``.
        warnings: how each warning begins.
    """

    text: str
    title: str
    fiscal_year: int | None
    sheets: str = ""
    figures: str = ""
    marks: str = ""
    paths: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The text as it is taken in."""
        return self.text.strip("\n").replace("|", "\t") + "\n"


def lines_of(told: str) -> list[str]:
    """The lines of a listing without the white space around them."""
    return [line.strip() for line in told.strip().splitlines() if line.strip()]
