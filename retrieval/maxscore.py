"""The best documents of a segment without scoring all: MaxScore, term by term, the rarest first.

Turtle and Flood, "Query Evaluation: Strategies and Optimizations" (1995): once the n-th best partial score exceeds all
that the remaining terms can add, no document outside those already seen can be among the n best.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .postings import Counts, Ints, Longs, Postings
from .runs import Bools

Scores = npt.NDArray[np.float64]

# Partial sums are added in another order than final scores: what lies this near a threshold is not given up.
_SLACK = 1 - 1e-9
# Entries of the table of a segment: 16 MB. A text without a full stop is one sentence of any length.
_LARGEST_TABLE = 1 << 21


class Saturation:
    """BM25's term frequency part, f · (k1 + 1) / (f + k1 · (1 − b + b · |d| / avgdl)), over one segment.

    Frequencies and lengths are mostly small numbers: it is looked up in a table where that stays small, computed with
    rank_bm25's operations in their order, so that it is the same to the last bit.
    """

    def __init__(self, segment: Postings, k1: float, b: float, avgdl: float) -> None:
        self._lengths, self._k1 = segment.lengths, k1
        self._norms = k1 * (1 - b + b * np.arange(int(segment.lengths.max(initial=0)) + 1) / avgdl)
        frequencies = np.arange(int(segment.most_frequent.max(initial=0)) + 1)
        self._width = np.int64(len(self._norms))
        small = len(frequencies) * len(self._norms) <= _LARGEST_TABLE
        self._table = self._computed(frequencies[:, None], self._norms).ravel() if small else None

    def __call__(self, frequencies: Counts, documents: Ints | Longs) -> Scores:
        """For the frequencies of a term in some documents."""
        lengths = self._lengths.take(documents)
        if self._table is None:
            return self._computed(frequencies.astype(np.int64), self._norms.take(lengths))
        return self._table.take(lengths + frequencies * self._width)

    def greatest(self, frequency: int, length: int) -> float:
        """Of a term, from its greatest frequency and the length of its shortest document."""
        return float(self._computed(np.array(frequency), self._norms[length]))

    def _computed(self, frequencies: Longs, norms: npt.NDArray[Any]) -> Scores:
        with np.errstate(invalid="ignore"):  # 0 / 0 for a frequency of 0 where k1 is 0
            saturation: Scores = frequencies * (self._k1 + 1) / (frequencies + norms)
        return saturation


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term of a query in a segment: what a saturation of 1 adds to a score, and the most that it ever adds."""

    place: int
    weight: float
    bound: float


def candidates(
    segment: Postings, saturation: Saturation, terms: Sequence[WeightedTerm], n: int, alive: Bools | None = None
) -> Ints:
    """Documents among which the n best are, none twice. All weights are above 0; `alive` (documents,) as in Okapi."""
    terms = sorted(terms, key=lambda term: segment.count(term.place))
    rest = sum(term.bound for term in terms)
    reached = 0.0
    scores = np.zeros(len(segment.lengths))
    seen: list[Ints] = [np.zeros(0, dtype=np.int32)]
    for at, term in enumerate(terms):
        if reached > rest:  # else no score can yet exceed what is to come
            found = _Found.of(seen, scores)
            if found.threshold(n) > rest:
                return _narrow(segment, saturation, terms[at:], found, n)
        documents, frequencies = segment.at(term.place)
        before = scores[documents]
        scores[documents] = before + term.weight * saturation(frequencies, documents)
        fresh = documents[before == 0]
        seen.append(fresh if alive is None else fresh[alive[fresh]])
        reached += term.bound
        rest -= term.bound
    return _Found.of(seen, scores).hopeful(n, rest=0.0).documents


@dataclass(frozen=True, slots=True)
class _Found:
    """Documents seen, and what they score so far."""

    documents: Ints
    partial: Scores

    @classmethod
    def of(cls, seen: list[Ints], scores: Scores) -> "_Found":
        """Of the documents in several arrays, by the scores of all."""
        documents = np.concatenate(seen)
        return cls(documents, scores[documents])

    def in_order(self) -> "_Found":
        """Ascending, so that looking them up in postings goes through memory once."""
        order = np.argsort(self.documents)
        return _Found(self.documents[order], self.partial[order])

    def threshold(self, n: int) -> float:
        """A little less than the n-th best partial score; 0 where there are fewer."""
        return float(np.partition(self.partial, -n)[-n]) * _SLACK if len(self.partial) >= n else 0.0

    def hopeful(self, n: int, rest: float) -> "_Found":
        """Those that can be among the n best, with at most `rest` to be added."""
        hopeful = self.partial >= self.threshold(n) - rest
        return _Found(self.documents[hopeful], self.partial[hopeful])


def _narrow(segment: Postings, saturation: Saturation, terms: Sequence[WeightedTerm], found: _Found, n: int) -> Ints:
    """Of the documents seen, those that can be among the n best when the remaining terms are added."""
    rest = sum(term.bound for term in terms)
    found = found.hopeful(n, rest).in_order()
    for term in terms:
        found = found.hopeful(n, rest)
        added = term.weight * saturation(segment.frequencies_in(found.documents, term.place), found.documents)
        found = _Found(found.documents, found.partial + added)
        rest -= term.bound
    return found.hopeful(n, rest=0.0).documents
