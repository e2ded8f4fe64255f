"""The best documents of a segment without scoring all.

MaxScore (Turtle and Flood, "Query Evaluation: Strategies and Optimizations", 1995), term by term, the rarest first:
once n documents are known that score more than all that the remaining terms can add, no document outside those already
seen can be among the n best. Those documents are found by scoring the most promising ones whole on the way.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from retrieval.index.postings import Postings
from retrieval.index.runs import Bools
from retrieval.index.saturation import Saturation

Partial = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]

# Partial sums are of single precision, and added in another order than scores: what lies this near is not given up.
_SLACK = 1 - 1e-5
# Documents that are looked at first: the most promising of them are scored whole.
_SAMPLE = 4096
# Postings that are gone through in the time that it takes to find a threshold: its calls, and each look-up of a term
# in a document. It is likely to end the search where the documents have this share already of what is to come.
_CHEAP, _PER_LOOK_UP = 16_384, 16
_LIKELY = 0.7
# The same, in documents that all are gone through for each term.
_WORK = 1 << 21
# So few postings are gone through even where a tenth of the documents have the term, and all could be.
_FEW = 8192
# Documents whose best is looked for together.
_BLOCK = 1024


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term of a query in a segment: how many documents have it, what a saturation of 1 adds to a score, and the most
    that it ever adds.
    """

    place: int
    count: int
    weight: float
    bound: float


class Pruning:
    """Finds candidates in one segment; `alive` (documents,) says which are there, None: all. For any thread."""

    def __init__(self, segment: Postings, saturation: Saturation, alive: Bools | None = None) -> None:
        self._segment, self._saturation, self._alive = segment, saturation, alive
        self._spare: list[Partial] = []

    def candidates(self, terms: Sequence[WeightedTerm], n: int) -> Places:
        """Documents among which the n best are, none twice. All weights are above 0."""
        terms = sorted(terms, key=attrgetter("count"))
        rest = [*accumulate((term.bound for term in reversed(terms)), initial=0.0)][::-1]
        with self._scores() as scores:
            return self._search(terms, rest, n, scores)

    def _search(self, terms: Sequence[WeightedTerm], rest: Sequence[float], n: int, scores: Partial) -> Places:
        """`rest[t]` is the most that the terms from t on can add; `scores` are all 0."""
        seen: list[Places] = []
        threshold = 0.0
        cheap = _CHEAP + _PER_LOOK_UP * n * len(terms)
        for at, term in enumerate(terms):
            if term.count > cheap and rest[0] - rest[at] > rest[at]:  # else no threshold can exceed what is to come
                leading = self._leading(_first(seen, _SAMPLE), n, scores)
                if self._n_th(scores.take(leading), n) > _LIKELY * rest[at]:
                    threshold = max(threshold, self._threshold(terms, n, leading))
                if threshold > rest[at]:
                    return self._narrowed(terms, rest, at, n, threshold, np.concatenate(seen), scores)
            if term.count > _FEW and self._saturation.is_frequent(term.place):  # as all that follow are
                return self._among_all(terms, rest, at, n, threshold, scores)
            seen.append(self._added(term, scores))
        return self._narrowed(terms, rest, len(terms), n, threshold, _first(seen, len(scores)), scores)

    def _added(self, term: WeightedTerm, scores: Partial) -> Places:
        """The documents that only this term has so far; what it adds is added."""
        documents, cells = self._segment.at(term.place)
        places = documents.astype(np.intp)
        added = self._saturation(cells).astype(np.float32)
        added *= np.float32(term.weight)
        before = scores.take(places)
        scores[places] = before + added
        fresh: Places = places[before == 0]
        return fresh if self._alive is None else fresh[self._alive.take(fresh)]

    def _among_all(  # noqa: PLR0913, PLR0917 - the state of a search
        self,
        terms: Sequence[WeightedTerm],
        rest: Sequence[float],
        at: int,
        n: int,
        threshold: float,
        scores: Partial,
    ) -> Places:
        """Goes on with the terms from `at`, which are all frequent, over all documents."""
        added = np.empty_like(scores)
        work, error = 0, 0.0
        for number in range(at, len(terms)):
            impacts, unit = self._saturation.impacts(terms[number].place)
            np.multiply(impacts, np.float32(terms[number].weight * unit), out=added)
            np.add(scores, added, out=scores)
            work, error, is_last = work + len(scores), error + terms[number].weight * unit, number + 1 == len(terms)
            if work < _WORK and not is_last:
                continue
            work = 0
            leading = self._leading(self._promising(scores, n), n, scores)
            reached = self._n_th(scores.take(leading), n) - error
            if not is_last and reached > _LIKELY * rest[number + 1]:
                reached = self._threshold(terms, n, leading)
            threshold = max(threshold, reached)
            if threshold > rest[number + 1] or is_last:
                least = threshold - rest[number + 1]
                found = np.flatnonzero(scores >= least) if least > 0 else np.flatnonzero(scores)
                return self._narrowed(terms, rest, number + 1, n, threshold, found, scores, error)
        raise AssertionError("the last term ends the search")

    def _promising(self, scores: Partial, n: int) -> Places:
        """The best documents of the 2 n best blocks; of few blocks all."""
        if self._alive is not None:
            np.multiply(scores, self._alive, out=scores)
        blocks = scores[: len(scores) // _BLOCK * _BLOCK].reshape(-1, _BLOCK)
        if len(blocks) <= 2 * n:
            return np.flatnonzero(scores)
        best = np.argpartition(blocks.max(axis=1), -2 * n)[-2 * n :]
        places: Places = best * _BLOCK + blocks[best].argmax(axis=1)
        return places

    @staticmethod
    def _leading(sample: Places, n: int, scores: Partial) -> Places:
        """Of some documents the most promising, a few more than n, in no order."""
        most = n + n // 4 + 4
        return sample[scores.take(sample).argpartition(-most)[-most:]] if len(sample) > most else sample

    @staticmethod
    def _n_th(partial: Partial, n: int) -> float:
        """A little less than the n-th best, which are put in another order; 0 where there are fewer."""
        if len(partial) < n:
            return 0.0
        partial.partition(-n)
        return float(partial[-n]) * _SLACK

    def _threshold(self, terms: Sequence[WeightedTerm], n: int, leading: Places) -> float:
        """A little less than the n-th best whole score of some documents; 0 where there are fewer."""
        if self._alive is not None:
            leading = leading[self._alive.take(leading)]
        parts = self._saturation.of_each([term.place for term in terms], leading)
        whole = np.array([term.weight for term in terms]) @ parts
        return self._n_th(whole.astype(np.float32), n)

    def _narrowed(  # noqa: PLR0913, PLR0917 - the state of a search
        self,
        terms: Sequence[WeightedTerm],
        rest: Sequence[float],
        at: int,
        n: int,
        threshold: float,
        found: Places,
        scores: Partial,
        error: float = 0.0,
    ) -> Places:
        """Of the documents found, those that can reach the threshold with the terms from `at` on."""
        for number in range(at, len(terms)):
            least = threshold - rest[number]
            found = found[scores.take(found) >= least]
            error += self._complete(terms[number], found, least, scores)
        partial = scores.take(found)
        return found[partial >= max(threshold, self._n_th(partial[:_SAMPLE].copy(), n) - error)]

    def _complete(self, term: WeightedTerm, found: Places, least: float, scores: Partial) -> float:
        """Adds what a term adds to the scores of the documents found, which are all that have `least`, or a little
        more: the most that is too much.
        """
        if self._saturation.is_frequent(term.place):
            impacts, unit = self._saturation.impacts(term.place)
            scores[found] = scores.take(found) + impacts.take(found) * np.float32(term.weight * unit)
            return term.weight * unit
        if term.count < _PER_LOOK_UP * len(found):
            documents, cells = self._segment.at(term.place)
            having = np.flatnonzero(scores.take(documents) >= least)
            found, part = documents.take(having).astype(np.intp), self._saturation(cells.take(having))
        else:
            [part] = self._saturation.of_each([term.place], found)
        scores[found] = scores.take(found) + (term.weight * part).astype(np.float32)
        return 0.0

    @contextmanager
    def _scores(self) -> Iterator[Partial]:
        """A zero for every document, in memory that has been in use before: new memory costs more than to clear it."""
        scores = self._spare.pop() if self._spare else np.empty(len(self._segment.lengths), dtype=np.float32)
        scores.fill(0)
        yield scores
        self._spare.append(scores)


def _first(seen: Sequence[Places], most: int) -> Places:
    """Of the documents seen so many that were seen first: they have the rarest terms."""
    some = [np.zeros(0, dtype=np.intp)]
    for documents in seen:
        some.append(documents[:most])
        most -= len(documents)
        if most <= 0:
            break
    return np.concatenate(some)
