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
from typing import Any

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
        self._saturations = [Saturation(k1, self._norms(segment.lengths)) for segment in segments]
        self._alive = alive

    def _norms(self, lengths: Ints | int) -> Any:
        return self.k1 * (1 - self.b + self.b * lengths / self.avgdl)

    def get_scores(self, query: Sequence[str]) -> Scores:
        """One score for each document, shape (documents,); 0 for those removed."""
        scores = np.zeros(self.corpus_size)
        idfs = self.idfs(query)
        for term in query:
            for segment, saturation, first in zip(self.segments, self._saturations, self._firsts, strict=False):
                documents, frequencies = segment.of(segment.number(term))
                scores[documents + first] += idfs[term] * saturation(frequencies, documents)
        return scores if self._alive is None else np.where(self._alive, scores, 0.0)

    def get_top_n(self, query: Sequence[str], documents: Sequence[Any], n: int = 5) -> list[Any]:
        """The documents of the n best scores above 0, in a fixed order: rank_bm25's fills up with any others."""
        return [documents[number] for number in self.top(query, n)[0]]

    def idfs(self, query: Sequence[str]) -> dict[str, float]:
        """How telling each term is; 0 for one that no document has."""
        return {term: self._idf(sum(s.count(s.number(term)) for s in self.segments)) for term in set(query)}

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
        idfs = self.idfs(query)
        if any(idf < 0 for idf in idfs.values()):  # the floor of a tiny collection: no bound holds
            scores = self.get_scores(query)
            return _best(np.flatnonzero(scores > 0), scores[scores > 0], n)
        found = [self._top_of(at, query, idfs, n) for at in range(len(self.segments))]
        numbers = np.concatenate([np.zeros(0, dtype=np.int64), *(numbers for numbers, _ in found)])
        return _best(numbers, np.concatenate([np.zeros(0), *(scores for _, scores in found)]), n)

    def scores_of(self, query: Sequence[str], documents: Longs) -> Scores:
        """The scores of some documents, shape as `documents`, ascending."""
        idfs = self.idfs(query)
        bounds = np.searchsorted(documents, self._firsts)
        parts = [
            self._exact(at, query, idfs, documents[bounds[at] : bounds[at + 1]] - self._firsts[at])
            for at in range(len(self.segments))
        ]
        return np.concatenate([np.zeros(0), *parts])

    def _top_of(self, at: int, query: Sequence[str], idfs: dict[str, float], n: int) -> tuple[Longs, Scores]:
        segment, first = self.segments[at], self._firsts[at]
        times = Counter(query)
        numbers = {term: segment.number(term) for term, idf in idfs.items() if idf > 0}
        terms = [self._weighted(segment, x, times[term] * idfs[term]) for term, x in numbers.items() if x >= 0]
        alive = None if self._alive is None else self._alive[first : first + len(segment.lengths)]
        documents = candidates(segment, self._saturations[at], terms, n, alive)
        return documents + np.int64(first), self._exact(at, query, idfs, documents)

    def _weighted(self, segment: Postings, number: int, weight: float) -> WeightedTerm:
        """The bound: its greatest frequency, in its shortest document."""
        frequency, length = int(segment.most_frequent[number]), int(segment.shortest[number])
        return WeightedTerm(number, weight, weight * frequency * (self.k1 + 1) / (frequency + self._norms(length)))

    def _exact(self, at: int, query: Sequence[str], idfs: dict[str, float], documents: Ints | Longs) -> Scores:
        """The scores of some documents of a segment, added up in the order of the query."""
        segment, saturation = self.segments[at], self._saturations[at]
        parts = {}
        for term, idf in idfs.items():
            number = segment.number(term)
            if number >= 0:
                parts[term] = idf * saturation(segment.frequencies_in(documents, number), documents)
        scores = np.zeros(len(documents))
        for term in query:
            scores += parts.get(term, 0.0)
        return scores


def _best(numbers: Longs, scores: Scores, n: int) -> tuple[Longs, Scores]:
    """The n greatest scores above 0 with their numbers; ties by number."""
    numbers, scores = numbers[scores > 0], scores[scores > 0]
    order = np.lexsort((numbers, -scores))[:n]
    return numbers[order], scores[order]
