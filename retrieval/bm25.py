"""BM25Okapi over postings: the scores of rank_bm25 bit for bit, and its best documents without scoring all.

    score(d, q) = Σ_{t in q} idf(t) · f(t, d) · (k1 + 1) / (f(t, d) + k1 · (1 − b + b · |d| / avgdl))
    idf(t) = log(N − n(t) + 0.5) − log(n(t) + 0.5), and where that is negative, epsilon · the average idf

rank_bm25 defines it (the ATIRE variant: Trotman, Jia and Crane, "Towards an Efficient and Effective Search Engine",
2012).
"""

import math
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from rank_bm25 import BM25Okapi

from .maxscore import Bools, Saturation, Scores, WeightedTerm, candidates
from .postings import Ints, Longs, Postings


class Okapi(BM25Okapi):  # type: ignore[misc]  # rank_bm25 ships no types
    """BM25Okapi over the documents of segments, numbered on from one segment to the next. Immutable.

    `alive` (documents,) is False for documents that have been removed: they are never found, and count in the
    statistics until their segment is merged. None: all are there.
    """

    def __init__(
        self,
        segments: Sequence[Postings],
        k1: float = 1.5,
        b: float = 0.75,
        epsilon: float = 0.25,
        alive: Bools | None = None,
    ) -> None:
        self.k1, self.b, self.epsilon = k1, b, epsilon
        self.segments = tuple(segments)
        self.corpus_size = sum(len(segment.lengths) for segment in segments)
        tokens = sum(int(segment.lengths.sum(dtype=np.int64)) for segment in segments)
        self.avgdl = tokens / self.corpus_size if tokens else 1.0
        self._firsts = np.cumsum([0, *(len(segment.lengths) for segment in segments)]).tolist()
        self._saturations = [Saturation(segment, k1, b, self.avgdl) for segment in segments]
        self._alive = alive

    def get_scores(self, query: Sequence[str]) -> Scores:
        """One score for each document, shape (documents,); 0 for those removed."""
        scores = np.zeros(self.corpus_size)
        terms = self._look_up(query)
        for term in query:
            idf, numbers = terms[term]
            for segment, number, saturation, first in zip(
                self.segments, numbers, self._saturations, self._firsts, strict=False
            ):
                documents, frequencies = segment.of(number)
                scores[documents + first] += idf * saturation(frequencies, documents)
        return scores if self._alive is None else np.where(self._alive, scores, 0.0)

    def get_top_n(self, query: Sequence[str], documents: Sequence[Any], n: int = 5) -> list[Any]:
        """The documents of the n best scores above 0, in a fixed order: rank_bm25's fills up with any others."""
        return [documents[number] for number in self.top(query, n)[0]]

    def idf_of(self, term: str) -> float:
        """How telling a term is; 0 for one that no document has."""
        return self._look_up([term])[term].idf

    def _look_up(self, query: Sequence[str]) -> dict[str, "_Term"]:
        return {term: self._term([segment.number(term) for segment in self.segments]) for term in dict.fromkeys(query)}

    def _term(self, numbers: list[int]) -> "_Term":
        count = sum(segment.count(number) for segment, number in zip(self.segments, numbers, strict=True))
        return _Term(self._idf(count), numbers)

    def _idf(self, count: int) -> float:
        if not count:
            return 0.0
        idf = self._log_odds(count)
        return idf if idf >= 0 else self.epsilon * self.average_idf

    def _log_odds(self, count: int) -> float:
        return math.log(self.corpus_size - count + 0.5) - math.log(count + 0.5)

    @cached_property
    def average_idf(self) -> float:
        """Over all terms. Needed only where more than half of the documents have a term of the query."""
        counts = Counter[str]()
        for segment in self.segments:
            counts.update(dict(zip(segment.terms(), np.diff(segment.starts).tolist(), strict=True)))
        # One after the other, as rank_bm25 adds them up: another order differs in the last bits.
        return sum(map(self._log_odds, counts.values())) / len(counts)

    def top(self, query: Sequence[str], n: int) -> tuple[Longs, Scores]:
        """The numbers of the n best documents, best first, ties by number, and their scores; only scores above 0."""
        terms = self._look_up(query)
        if any(term.idf < 0 for term in terms.values()):  # the floor of a tiny collection: no bound holds
            scores = self.get_scores(query)
            return _best(np.flatnonzero(scores > 0), scores[scores > 0], n)
        found = [self._top_of(at, query, terms, n) for at in range(len(self.segments))]
        numbers = np.concatenate([np.zeros(0, dtype=np.int64), *(numbers for numbers, _ in found)])
        return _best(numbers, np.concatenate([np.zeros(0), *(scores for _, scores in found)]), n)

    def scores_of(self, query: Sequence[str], documents: Longs) -> Scores:
        """The scores of some documents, shape as `documents`, ascending."""
        terms = self._look_up(query)
        bounds = np.searchsorted(documents, self._firsts)
        parts = [
            self._exact(at, query, terms, (documents[bounds[at] : bounds[at + 1]] - self._firsts[at]).astype(np.int32))
            for at in range(len(self.segments))
        ]
        return np.concatenate([np.zeros(0), *parts])

    def _top_of(self, at: int, query: Sequence[str], terms: dict[str, "_Term"], n: int) -> tuple[Longs, Scores]:
        segment, first = self.segments[at], self._firsts[at]
        weighted = [
            self._weighted(at, terms[term].numbers[at], times * terms[term].idf)
            for term, times in Counter(query).items()
            if terms[term].numbers[at] >= 0 and terms[term].idf > 0
        ]
        alive = None if self._alive is None else self._alive[first : first + len(segment.lengths)]
        documents = candidates(segment, self._saturations[at], weighted, n, alive)
        return documents + np.int64(first), self._exact(at, query, terms, documents)

    def _weighted(self, at: int, number: int, weight: float) -> WeightedTerm:
        segment = self.segments[at]
        greatest = self._saturations[at].greatest(int(segment.most_frequent[number]), int(segment.shortest[number]))
        return WeightedTerm(number, weight, weight * greatest)

    def _exact(self, at: int, query: Sequence[str], terms: dict[str, "_Term"], documents: Ints | Longs) -> Scores:
        """The scores of some documents of a segment, added up in the order of the query."""
        segment, saturation = self.segments[at], self._saturations[at]
        parts = {
            name: term.idf * saturation(segment.frequencies_in(documents, term.numbers[at]), documents)
            for name, term in terms.items()
            if term.numbers[at] >= 0
        }
        scores = np.zeros(len(documents))
        for name in query:
            scores += parts.get(name, 0.0)
        return scores


class _Term(NamedTuple):
    """A term of a query: how telling it is, and its number in each segment."""

    idf: float
    numbers: list[int]


def _best(numbers: Longs, scores: Scores, n: int) -> tuple[Longs, Scores]:
    """The n greatest scores above 0 with their numbers; ties by number."""
    numbers, scores = numbers[scores > 0], scores[scores > 0]
    order = np.lexsort((numbers, -scores))[:n]
    return numbers[order], scores[order]
