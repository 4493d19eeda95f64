"""What may put an answer into other words 「言い換え」: the contract with a language model.

A generator is given the question and the quotations that were already verified, and gives back text. Nothing
that it says is believed: ``qa.generation`` holds every sentence against the quotations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.errors import ShirubeError
from corpus.fiscal_year import era_label


class GeneratorError(ShirubeError):
    """A generator gave no text; the message says why (a Japanese clause without a full stop)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """A verified quotation as a generator is shown it.

    Attributes:
        n: its mark in the answer, from 1.
        quote: the words; for a table row, its values behind their headers, parted by 「／」.
        municipality: the town's name.
        fiscal_year: of the fact, None where the source names none.
        section: what stands over it: department, sheet, heading.
    """

    n: int
    quote: str
    municipality: str
    fiscal_year: int | None
    section: str

    @property
    def year(self) -> str:
        """「令和6年度」, empty where the source names none."""
        return "" if self.fiscal_year is None else era_label(self.fiscal_year)


class Generator(Protocol):
    """Puts quotations into sentences."""

    @property
    def name(self) -> str:
        """What it is called, for logs."""
        ...

    def generate(self, question: str, evidence: Sequence[EvidenceLine]) -> str:
        """Sentences that answer the question from the evidence, each ending with marks ([1] or [1][3]).

        Args:
            question: as typed.
            evidence: at least one line, in the order of the marks.

        Raises:
            GeneratorError: no text came, in time or at all.
        """
        ...
