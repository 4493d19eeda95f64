"""What a retriever must find, computed passage by passage in plain Python: slow, and easy to follow."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.folding import match_key
from corpus.store_reader import StoreReader
from corpus.wording import Wording
from index.build import passage_entries
from index.encoder import Encoder
from index.filters import Filters
from index.fusion import fuse
from index.lexical import Alternatives
from index.lexical_entry import TERM_FIELDS, LexicalEntry
from index.milvus_weights import kept_length
from index.pairs import character_pairs
from index.retriever import RetrieverConfig, SearchRequest
from index.terms import TermAnalyzer
from index.windows import windows_of

FIELDS = (*TERM_FIELDS, "pairs")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    entry: LexicalEntry
    passage: Wording
    embedded: str


class Reference:
    """The passages of a library, scored one after the other."""

    def __init__(
        self, store: StoreReader, analyzer: TermAnalyzer, encoder: Encoder, config: RetrieverConfig
    ) -> None:
        self._encoder = encoder
        self._config = config
        self._all = {
            row: _Held(entry=entry, passage=passage, embedded=text.embedded)
            for row, passage, text, entry in passage_entries(store, analyzer)
        }

    def holders(self, term: str) -> int:
        return self._holders("body", term)

    def keys(self, row: int) -> frozenset[str]:
        entry = self._all[row].entry
        return frozenset(term for field in TERM_FIELDS for term in entry.terms_of(field))

    def meets(self, row: int, filters: Filters) -> bool:
        entry = self._all[row].entry
        pairs: list[tuple[Sequence[str | int] | None, Sequence[str | int]]] = [
            (filters.municipalities, (entry.municipality,)),
            (filters.prefectures, (entry.prefecture,)),
            (filters.document_kinds, (entry.document_kind,)),
            (filters.fiscal_years, entry.fiscal_years),
            (filters.stated_years, entry.stated_years),
            (filters.departments, entry.departments),
            (filters.sections, entry.sections),
        ]
        return all(wanted is None or bool(set(wanted) & set(held)) for wanted, held in pairs)

    def lexical(self, request: SearchRequest, expansion: float) -> dict[int, float]:
        """BM25 of every passage that holds anything asked for."""
        found = {}
        for row in self._all:
            if not self.meets(row, request.filters):
                continue
            if any(match_key(phrase) not in match_key(self._text(row)) for phrase in request.phrases):
                continue
            score = sum(self._fields(row, one.text, one.weight) for one in request.terms)
            pairs = character_pairs(request.text)
            score += sum(self._bm25(row, "pairs", pair, self._config.lexical.pairs) for pair in pairs)
            for alternatives in request.alternatives:
                ways = [self._way(row, terms, weight * expansion) for terms, weight in alternatives.ways]
                score += 0.9 * max(ways) + 0.1 * sum(ways)
            score += sum(self._phrase(row, phrase) for phrase in request.phrases)
            if score > 0:
                found[row] = score
        return found

    def holding(self, groups: Sequence[Alternatives], filters: Filters) -> dict[int, float]:
        """BM25 of every passage that holds a way of every group, over the ways that it holds."""
        found = {}
        for row in self._all:
            held = [[way for way in group.ways if self.keys(row).issuperset(way[0])] for group in groups]
            if self.meets(row, filters) and all(held):
                ways = [way for one in held for way in one]
                found[row] = sum(self._fields(row, term, weight) for terms, weight in ways for term in terms)
        return found

    def fused(self, request: SearchRequest) -> list[tuple[int, float]]:
        """The whole search, for a library smaller than the pool."""
        config = self._config
        typed = SearchRequest(text=request.text, terms=request.terms, filters=request.filters)
        best = max(self.lexical(typed, 0.0).values(), default=0.0)
        rarities = sum(one.weight * self._rarity("body", one.text) for one in request.terms)
        fit = best / rarities if rarities else 0.0
        lexical = self.lexical(request, config.between(fit, config.unmet_expansion, config.expansion))
        dense = {}
        vector = self._encoder.encode_query(request.text)
        for row, held in self._all.items():
            if row in lexical or (not request.phrases and self.meets(row, request.filters)):
                near = [self._cosine(vector, held.embedded)]
                near += [
                    max((self._cosine(vector, one) for one in windows_of(held.passage)), default=near[0])
                ]
                dense[row] = near[0] + config.window_share * (near[1] - near[0])
        lexical = {row: lexical.get(row, 0.0) for row in dense}
        weight = config.between(fit, config.unmet_dense_weight, config.dense_weight)
        return fuse(lexical, dense, dense_weight=weight)[: request.limit]

    def _cosine(self, vector: np.ndarray[tuple[int, ...], np.dtype[np.float32]], text: str) -> float:
        return float(self._encoder.encode_passages([text])[0] @ vector)

    def _text(self, row: int) -> str:
        return self._all[row].passage.text

    def _way(self, row: int, terms: Sequence[str], weight: float) -> float:
        return sum(self._fields(row, term, weight / math.sqrt(len(terms))) for term in terms)

    def _fields(self, row: int, term: str, weight: float) -> float:
        weights = {field: weight * float(getattr(self._config.lexical, field)) for field in TERM_FIELDS}
        return sum(self._bm25(row, field, term, value) for field, value in weights.items())

    def _bm25(self, row: int, field: str, term: str, weight: float) -> float:
        often = list(self._all[row].entry.terms_of(field)).count(term)
        return weight * self._rarity(field, term) * 2.2 * self._share(row, field, often) if often else 0.0

    def _phrase(self, row: int, phrase: str) -> float:
        pairs, body = character_pairs(phrase), match_key(self._text(row))
        if len(pairs[0]) == 1:
            return self._config.lexical.phrase
        often = sum(body[at:].startswith(match_key(phrase)) for at in range(len(body)))
        rare = sum(self._rarity("pairs", pair) for pair in pairs)
        return self._config.lexical.phrase * rare * 2.2 * self._share(row, "pairs", often)

    def _share(self, row: int, field: str, often: int) -> float:
        lengths = [len(one.entry.terms_of(field)) for one in self._all.values()]
        length = kept_length(len(self._all[row].entry.terms_of(field)))
        return often / (often + 1.2 * (0.25 + 0.75 * length / (sum(lengths) / len(lengths))))

    def _rarity(self, field: str, term: str) -> float:
        holders = self._holders(field, term)
        return math.log(1 + (len(self._all) - holders + 0.5) / (holders + 0.5))

    def _holders(self, field: str, term: str) -> int:
        return sum(term in one.entry.terms_of(field) for one in self._all.values())
