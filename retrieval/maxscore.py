"""The best documents of a segment without scoring all: MaxScore, term by term, the rarest first.

Turtle and Flood, "Query Evaluation: Strategies and Optimizations" (1995): once the n-th best partial score exceeds all
that the remaining terms can add, no document outside those already seen can be among the n best.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .postings import Ints, Longs, Postings

Scores = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

# Partial sums are added in another order than final scores: what lies this near a threshold is not given up.
_SLACK = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class Saturation:
    """BM25's term frequency part, f · (k1 + 1) / (f + norm of the document), over one segment."""

    k1: float
    norms: Scores

    def __call__(self, frequencies: Ints, documents: Ints | Longs) -> Scores:
        """For the frequencies of a term in some documents; operations in rank_bm25's order, to the last bit."""
        saturated: Scores = frequencies * (self.k1 + 1) / (frequencies + self.norms[documents])
        return saturated


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term of a query in a segment: what a saturation of 1 adds to a score, and the most that it ever adds."""

    number: int
    weight: float
    bound: float


def candidates(
    segment: Postings, saturation: Saturation, terms: Sequence[WeightedTerm], n: int, alive: Bools | None = None
) -> Ints:
    """Documents among which the n best are, none twice. All weights are above 0; `alive` (documents,) as in Okapi."""
    terms = sorted(terms, key=lambda term: segment.count(term.number))
    scores = np.zeros(len(segment.lengths))
    found = _Found(np.zeros(0, dtype=np.int32), np.zeros(0))
    for at, term in enumerate(terms):
        if found.threshold(n) > sum(term.bound for term in terms[at:]):
            return _narrow(segment, saturation, terms[at:], found, n)
        documents, frequencies = segment.of(term.number)
        before = scores[documents]
        scores[documents] = before + term.weight * saturation(frequencies, documents)
        fresh = documents[before == 0]
        seen = np.concatenate([found.documents, fresh if alive is None else fresh[alive[fresh]]])
        found = _Found(seen, scores[seen])
    return found.hopeful(n, rest=0.0).documents


@dataclass(frozen=True, slots=True)
class _Found:
    """Documents seen, and what they score so far."""

    documents: Ints
    partial: Scores

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
    for term in terms:
        found = found.hopeful(n, rest)
        added = term.weight * saturation(segment.frequencies_in(found.documents, term.number), found.documents)
        found = _Found(found.documents, found.partial + added)
        rest -= term.bound
    return found.hopeful(n, rest=0.0).documents
