"""A sighting of a measure: the measure as one document shows it, with its points by fiscal year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.document import Document
from corpus.folding import match_key
from corpus.indicator import IndicatorRole
from corpus.listing import ListedIndicator
from corpus.sheet import ProgressMark
from qa.aspect_pieces import Piece
from qa.aspect_words import Aspect
from qa.theme_search import Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A text of a year: the statements of one aspect of one passage, as one place of the stored text."""

    candidate: Candidate
    aspect: Aspect
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The statements in one text, for comparing it with another year's."""
        return "\n".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPoint:
    """What one document says of a measure in one fiscal year.

    Attributes:
        fiscal_year: the year.
        mark: the progress mark as the sheet has it, None where the form has none for the year.
        values: the figures of the year.
        told: the texts of the year by aspect.
    """

    fiscal_year: int
    mark: ProgressMark | None
    values: tuple[tuple[Candidate, ListedIndicator], ...]
    told: Mapping[Aspect, Told]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A measure in one document.

    Attributes:
        document: where it stands.
        form: 「sheet」, 「topic」 or 「row」: only the same forms are the same measure without doubt.
        title: its name, as printed.
        code: its code, empty without one.
        department: who is responsible, as printed.
        points: by fiscal year.
        legend: what the document says of its marks.
        worth: how much it is about the theme.
    """

    document: Document
    form: str
    title: str
    code: str
    department: str
    points: tuple[SeenPoint, ...]
    legend: tuple[tuple[str, str], ...]
    worth: float

    @property
    def key(self) -> str:
        """What tells it from every other sighting of the library, as long as its document is not replaced."""
        return "|".join((self.document.document_id, self.form, self.code, match_key(self.title)))

    @property
    def money(self) -> frozenset[str]:
        """The roles of its figures: a budget is never the settlement of a year before."""
        return frozenset(
            value.indicator.role.value
            for point in self.points
            for _, value in point.values
            if value.indicator.role in (IndicatorRole.BUDGET, IndicatorRole.SETTLEMENT)
        )

    @property
    def content(self) -> str:
        """Its words, for comparing it with another sighting."""
        texts = [told.text for point in self.points for told in point.told.values()]
        names = [value.indicator.name for point in self.points for _, value in point.values]
        return "\n".join(dict.fromkeys([self.title, *names, *texts]))[:600]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenYear:
    """A year with the sighting that tells it: the newest document's, or the one of the year itself."""

    point: SeenPoint
    sighting: Sighting

    @property
    def mark(self) -> str:
        """The progress mark as printed, empty for none."""
        return self.point.mark.mark if self.point.mark else ""
