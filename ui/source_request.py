"""What the source viewer is asked for, as a button carries it.

The browser names a passage by its id, characters and cells by numbers, and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.errors import InputError
from corpus.passage import Cell, Passage
from corpus.span import Span

AROUND = 30
WIDER = 100
WIDEST = 5_000
LONGEST_NUMBER = 12
MOST_CELLS = 40
"""Of a row of more cells all are marked."""

GONE = (
    "この箇所は、今のライブラリにありません。資料が入れ替わった可能性があります。もう一度検索してください。"
)
_CELLS = "c"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRequest:
    """What to show.

    Attributes:
        passage_id: the passage.
        quote: the characters of it that are quoted, None for all of it.
        cells: the numbers of its cells that are quoted of it, the one to look at first; empty for all.
        before: how many lines before it.
        after: how many lines after it.
    """

    passage_id: str
    quote: Span | None = None
    cells: tuple[int, ...] = ()
    before: int = AROUND
    after: int = AROUND

    @classmethod
    def read(cls, value: str) -> SourceRequest:
        """The request that a button carries: what ``place`` or ``written`` gives, or a passage's id alone.

        Raises:
            InputError: it is none of these.
        """
        passage_id, *fields = value.split("|")
        cells: tuple[int, ...] = ()
        if fields and fields[-1].startswith(_CELLS):
            cells = _numbers(fields.pop().removeprefix(_CELLS).split(","))
        if len(fields) not in (0, 2, 4):
            raise InputError(GONE)
        values = _numbers(fields)
        quote = Span(values[0], values[1]) if values and values[0] < values[1] else None
        before, after = (min(one, WIDEST) for one in values[2:] or (AROUND, AROUND))
        return cls(passage_id=passage_id, quote=quote, cells=cells, before=before, after=after)

    def place(self) -> str:
        """What is quoted: ``id|start|end``, behind it ``|c4,0,3`` where only some cells are."""
        return self._with_cells(f"{self.passage_id}|{self._span()}")

    def written(self) -> str:
        """What is quoted and how much around it: ``id|start|end|before|after`` and the cells."""
        return self._with_cells(f"{self.passage_id}|{self._span()}|{self.before}|{self.after}")

    def _span(self) -> str:
        quote = self.quote or Span(0, 0)
        return f"{quote.start}|{quote.end}"

    def _with_cells(self, value: str) -> str:
        named = ",".join(map(str, self.cells)) if len(self.cells) <= MOST_CELLS else ""
        return f"{value}|{_CELLS}{named}" if named else value

    def shown_cells(self, passage: Passage) -> tuple[Cell, ...]:
        """The cells that are quoted, in the row's order; empty where it is not told which."""
        return tuple(passage.cells[at] for at in sorted(self.cells) if at < len(passage.cells))

    def marks(self, passage: Passage) -> tuple[Span, ...]:
        """What to mark, in the stored text, what to look at first; empty for all of the passage."""
        cells = tuple(passage.cells[at].span for at in self.cells if at < len(passage.cells))
        return cells or ((self.quote,) if self.quote else ())

    def wider(self, *, before: bool = False, after: bool = False) -> str:
        """What a button carries that asks for more before it, after it, or both."""
        return replace(
            self,
            before=min(self.before + WIDER * before, WIDEST),
            after=min(self.after + WIDER * after, WIDEST),
        ).written()

    @property
    def times_widened(self) -> int:
        """How many times more was asked for."""
        return max(0, self.before - AROUND, self.after - AROUND) // WIDER


def _numbers(values: Sequence[str]) -> tuple[int, ...]:
    if not all(one.isascii() and one.isdigit() and len(one) < LONGEST_NUMBER for one in values):
        raise InputError(GONE)
    return tuple(map(int, values))
