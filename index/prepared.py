"""What an index takes of passages, worked out before it is written: words cut, vectors made.

Each batch depends on nothing but itself, so it can be worked out anywhere; only writing has an order. A
passage is cut once: its terms serve the fields of the lexical index, the vector of the passage and those of
its sentences, where the model works on terms. Models that read text get the texts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.fiscal_year_text import find_fiscal_years
from corpus.folding import fold_text
from index.dense import Halves
from index.encoder import Encoder, TermEncoder, Vectors
from index.pairs import pairs_in_line
from index.passage_text import PassageText
from index.terms import Cut, TermAnalyzer
from index.windows import Windows, quantised

BATCH = 512
"""Passages that are prepared together."""

LINES_KEPT = 16_384
"""Lines whose terms are kept while an index is built: plans say much again each year. About 50 MB."""

ENDS = "。！？!?\n"
"""Ends of sentences, also as folded, and of lines."""


class Source(NamedTuple):
    """What a passage is prepared from: its texts, and its sentences as ``windows_of`` gives them."""

    text: PassageText
    windows: Sequence[str]


class CutPassage(NamedTuple):
    """The terms of a passage.

    Attributes:
        fields: keys by field, in the order of ``PassageText.fields``.
        pairs: of the body's characters, in one line.
        years: that the body names.
        words: what a model of terms reads of the passage.
        windows: the same of each of its sentences.
    """

    fields: tuple[Sequence[str], ...]
    pairs: str
    years: frozenset[int]
    words: list[str]
    windows: list[Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prepared:
    """A batch of passages as an index takes them.

    Attributes:
        cuts: one a passage; without the words, which are in the vectors.
        vectors: shape (n, d), half precision.
        windows: of all of the passages, in order.
    """

    cuts: list[CutPassage]
    vectors: Halves
    windows: Windows


class Preparer(Protocol):
    """Prepares batches of passages, here or elsewhere."""

    def prepared(self, batches: Iterable[Sequence[Source]]) -> Iterator[Prepared]:
        """One for each batch, in order; batches may be taken ahead."""
        ...


class LocalPreparer:
    """A ``Preparer`` on this thread.

    Args:
        analyzer: cuts terms.
        encoder: makes vectors.
    """

    def __init__(self, analyzer: TermAnalyzer, encoder: Encoder) -> None:
        self._analyzer = analyzer
        self._encoder = encoder

    def prepared(self, batches: Iterable[Sequence[Source]]) -> Iterator[Prepared]:
        """One for each batch, in order."""
        return (self.prepare(batch) for batch in batches)

    def prepare(self, batch: Sequence[Source]) -> Prepared:
        """Cut and embed one batch."""
        cuts = [cut_passage(source, self._analyzer) for source in batch]
        encoder = self._encoder
        if isinstance(encoder, TermEncoder) and encoder.terms == self._analyzer.fingerprint:
            vectors = encoder.encode_terms([cut.words for cut in cuts])
            windows = encoder.encode_terms([words for cut in cuts for words in cut.windows])
        else:
            vectors = encoder.encode_passages([source.text.embedded for source in batch])
            texts = [text for source in batch for text in source.windows]
            windows = (
                encoder.encode_passages(texts) if texts else np.zeros((0, encoder.dimension), np.float32)
            )
        for cut in cuts:  # in the vectors now
            cut.words.clear()
            cut.windows.clear()
        return Prepared(
            cuts=cuts,
            vectors=vectors.astype(np.float16),
            windows=_windows(windows, [len(source.windows) for source in batch]),
        )


def _windows(vectors: Vectors, counts: Sequence[int]) -> Windows:
    values, scales = quantised(vectors)
    numbers: NDArray[np.int64] = np.array(counts, dtype=np.int64)
    return Windows(counts=numbers, values=values, scales=scales)


def cut_passage(source: Source, analyzer: TermAnalyzer) -> CutPassage:
    """The terms of one passage."""
    *over, own = source.text.fields
    headings = [analyzer.heading(text) for text in over]
    body = fold_text(own)
    lines = analyzer.cuts(body)
    words = [word for heading in headings[1:] for word in heading.words]
    words += [word for line in lines for word in line.words]
    return CutPassage(
        fields=(*(heading.keys for heading in headings), [key for line in lines for key in line.keys]),
        pairs=pairs_in_line(body),
        years=frozenset([mention.fiscal_year for mention in find_fiscal_years(own)]),
        words=words,
        windows=_window_words(source, body, lines, analyzer) if source.windows else [],
    )


def _window_words(
    source: Source, body: str, lines: Sequence[Cut], analyzer: TermAnalyzer
) -> list[Sequence[str]]:
    """The words of each sentence: those that stand within it as its passage is cut.

    So it is where sentences end before it and with it. What else stands in a line is cut by itself: a cell or
    a list item makes other words together with its neighbours than alone.
    """
    starts = [0, *accumulate(len(line) + 1 for line in body.split("\n"))]
    found: list[Sequence[str]] = []
    cursor = 0
    is_folded = body == source.text.body  # and so are its parts
    for window in source.windows:
        folded = window if is_folded else fold_text(window)
        at = body.find(folded, cursor)
        cursor = at + len(folded) if at >= 0 else cursor
        if at < 0 or not (_ended(body, at) and _ended(body, cursor, last=True)):
            found.append(analyzer.word_keys(folded))
            continue
        number = bisect_right(starts, at) - 1
        found.append(lines[number].words_within(at - starts[number], cursor - starts[number]))
    return found


def _ended(body: str, at: int, *, last: bool = False) -> bool:
    """Whether a sentence or line ends right before a place of a folded text; ``last``: or a line at it."""
    return at == 0 or body[at - 1] in ENDS or (last and body[at : at + 1] in ("", "\n"))
