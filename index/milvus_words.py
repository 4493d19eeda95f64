"""The words of a library in Milvus: BM25 as the index of one machine has it, as inner products.

What a question's words call up counts by its best way, which is no inner product. So candidates are found by
the sum over all ways, which is never less than their score, and scored here; more are fetched until none that
was not can be better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.folding import match_key
from index.filters import Filters
from index.lexical import TIE, Alternatives, LexicalConfig, WeightedTerm
from index.lexical_entry import TERM_FIELDS
from index.milvus_connection import MOST_FOUND, MilvusConnection, Row, containing, quoted
from index.milvus_filters import both, either, expression, holds_all, rows_among
from index.milvus_load import TERMS, About, term_key
from index.milvus_weights import K1, added, product, rarity, share
from index.pairs import character_pairs

FETCHED = 2
"""How many times as many candidates are fetched as are wanted, at first."""

MORE = 4
"""How many times as many are fetched next."""

TERMS_KEPT = 50_000

Vector = Mapping[int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What passages are scored by.

    Attributes:
        typed: of the words typed.
        called: of each word that calls others, its ways.
        phrases: what a passage must hold, folded.
    """

    typed: Vector
    called: tuple[tuple[Vector, ...], ...] = ()
    phrases: tuple[str, ...] = ()

    @property
    def whole(self) -> dict[int, float]:
        """The sum over all ways."""
        return added([self.typed, *(way for ways in self.called for way in ways)])


class MilvusWords:
    """The words of a loaded generation; its methods are those of ``index.lexical.LexicalIndex``."""

    def __init__(self, connection: MilvusConnection, name: str, about: About, config: LexicalConfig) -> None:
        self._connection = connection
        self._name = name
        self._about = about
        self._config = config
        self._known: dict[str, tuple[int, int]] = {}

    def __len__(self) -> int:
        """How many passages there are."""
        return self._about.built_from.passages

    def holders(self, term: str) -> int:
        """How many passages hold a term in their own text."""
        key = term_key("body", term)
        return self._looked_up([key])[key][1]

    def keys(self, rows: Sequence[int]) -> dict[int, frozenset[str]]:
        """All terms of the given passages, those that stand over them included, by row number."""
        found = self._connection.query(self._name, rows_among(rows), ["row_id", "terms"]) if rows else []
        return {int(one["row_id"]): frozenset(one["terms"]) for one in found}

    def search(
        self,
        terms: Sequence[WeightedTerm],
        pairs: Sequence[str],
        phrases: Sequence[str],
        filters: Filters,
        limit: int,
        alternatives: Sequence[Alternatives] = (),
    ) -> list[tuple[int, float]]:
        """Row numbers with BM25 scores, best first, ties by row number; see ``LexicalIndex.search``."""
        folded = tuple(match_key(phrase) for phrase in phrases)
        limits = expression(filters)
        if limits is None or not all(folded):
            return []
        self._looked_up(self._keys_of(terms, pairs, alternatives))
        asked = _Asked(
            typed=added(
                [
                    *(self._vector(term.text, term.weight) for term in terms),
                    *(self._one("pairs", pair, self._config.pairs) for pair in pairs),
                ]
            ),
            called=tuple(self._ways(one) for one in alternatives),
            phrases=folded,
        )
        if folded:
            return self._holding_phrases(asked, limits)[:limit]
        return self._best(asked, limits, limit)

    def holding(
        self, groups: Sequence[Alternatives], filters: Filters, limit: int
    ) -> list[tuple[int, float]]:
        """Passages that hold every group: all terms of one of its ways. See ``LexicalIndex.holding``."""
        limits = expression(filters)
        if limits is None or not groups:
            return []
        self._looked_up(self._keys_of((), (), groups))
        held = [either(*(holds_all(terms) for terms, _ in group.ways)) for group in groups]
        ways = [way for group in groups for way in group.ways]
        vectors = [[self._vector(term, weight) for term in terms] for terms, weight in ways]
        whole = added(vector for way in vectors for vector in way)

        def score(row: Row) -> float:
            words = row["words"]
            shares = [[product(vector, words) for vector in way] for way in vectors]
            return sum(sum(one) for one in shares if all(value > 0 for value in one))

        return self._ranked(whole, both(limits, *held), limit, score)

    def _best(self, asked: _Asked, limits: str, limit: int) -> list[tuple[int, float]]:
        if not asked.called:
            return self._found(asked.whole, limits, limit)
        return self._ranked(asked.whole, limits, limit, lambda row: self._score(asked, row))

    def _found(self, vector: Vector, limits: str, limit: int) -> list[tuple[int, float]]:
        if not vector:
            return []
        found = self._connection.search(self._name, "words", vector, limit, limits)
        return sorted(((row, score) for row, score, _ in found), key=_best_first)

    def _ranked(
        self, whole: Vector, limits: str, limit: int, score: Callable[[Row], float]
    ) -> list[tuple[int, float]]:
        """The best by a score that is never above the inner product with ``whole``."""
        wanted = FETCHED * limit
        while whole:
            wanted = min(wanted, MOST_FOUND)
            found = self._connection.search(self._name, "words", whole, wanted, limits, ["row_id", "words"])
            scored = sorted(((row, score(entity)) for row, _, entity in found), key=_best_first)
            best = [one for one in scored if one[1] > 0][:limit]
            seen_all = len(found) < wanted or wanted == MOST_FOUND
            if seen_all or (len(best) == limit and best[-1][1] >= found[-1][1]):
                return best
            wanted *= MORE
        return []

    def _holding_phrases(self, asked: _Asked, limits: str) -> list[tuple[int, float]]:
        held = [f"body like {containing(phrase)}" for phrase in asked.phrases]
        rows = self._connection.query(self._name, both(limits, *held), ["row_id", "words", "body"])
        return sorted(((int(row["row_id"]), self._score(asked, row)) for row in rows), key=_best_first)

    def _score(self, asked: _Asked, row: Row) -> float:
        words = row["words"]
        total = product(asked.typed, words)
        for ways in asked.called:
            scores = [product(way, words) for way in ways]
            total += (1 - TIE) * max(scores) + TIE * sum(scores)
        return total + sum(self._phrase(phrase, row["body"]) for phrase in asked.phrases)

    def _phrase(self, phrase: str, body: str) -> float:
        """BM25 of a phrase as of one term as rare as its pairs together; a lone character scores evenly."""
        pairs = character_pairs(phrase)
        if len(pairs[0]) == 1:
            return self._config.phrase
        held = self._looked_up([term_key("pairs", pair) for pair in pairs])
        rare = sum(rarity(held[term_key("pairs", pair)][1], len(self)) for pair in pairs)
        often = sum(body.startswith(phrase, at) for at in range(len(body)))
        length = len(body) - 1 if len(body) > 1 else len(body)
        brought = share(often, length, self._about.means["pairs"])
        return self._config.phrase * rare * (1 + K1) * brought

    def _vector(self, term: str, weight: float) -> dict[int, float]:
        """A term in each field that counts."""
        return added(
            self._one(field, term, weight * float(getattr(self._config, field))) for field in TERM_FIELDS
        )

    def _one(self, field: str, term: str, weight: float) -> dict[int, float]:
        number, holders = self._known.get(term_key(field, term), (0, 0))
        return {number: weight * rarity(holders, len(self)) * (1 + K1)} if holders and weight > 0 else {}

    def _ways(self, alternatives: Alternatives) -> tuple[Vector, ...]:
        return tuple(
            added(self._vector(term, weight / len(terms) ** 0.5) for term in terms)
            for terms, weight in alternatives.ways
        )

    def _keys_of(
        self, terms: Sequence[WeightedTerm], pairs: Sequence[str], alternatives: Sequence[Alternatives]
    ) -> list[str]:
        texts = [term.text for term in terms]
        texts += [term for one in alternatives for held, _ in one.ways for term in held]
        keys = [term_key(field, text) for text in dict.fromkeys(texts) for field in TERM_FIELDS]
        return [*keys, *(term_key("pairs", pair) for pair in dict.fromkeys(pairs))]

    def _looked_up(self, keys: Iterable[str]) -> Mapping[str, tuple[int, int]]:
        """The number and the holders of terms, 0 and 0 of those that no passage holds; kept once asked."""
        wanted = list(keys)
        if len(self._known) > TERMS_KEPT:
            self._known = {}
        known = self._known
        missing = [key for key in dict.fromkeys(wanted) if key not in known]
        if missing:
            limits = f"term in [{', '.join(map(quoted, missing))}]"
            rows = self._connection.query(self._name + TERMS, limits, ["term", "number", "holders"])
            known.update(dict.fromkeys(missing, (0, 0)))
            known.update({row["term"]: (int(row["number"]), int(row["holders"])) for row in rows})
        return known


def _best_first(found: tuple[int, float]) -> tuple[float, int]:
    return -found[1], found[0]
