"""BM25Okapi over postings: the scores of rank_bm25 bit for bit, and its best documents without scoring all.

    score(d, q) = Σ_{t in q} idf(t) · f(t, d) · (k1 + 1) / (f(t, d) + k1 · (1 − b + b · |d| / avgdl))
    idf(t) = log(N − n(t) + 0.5) − log(n(t) + 0.5), and where that is negative, epsilon · the average idf

rank_bm25 defines it (the ATIRE variant: Trotman, Jia and Crane, "Towards an Efficient and Effective Search Engine",
2012).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from rank_bm25 import BM25Okapi

from retrieval.index.maxscore import Pruning, WeightedTerm
from retrieval.index.postings import Longs, Postings
from retrieval.index.runs import Bools, Runs
from retrieval.index.saturation import Saturation, Scores
from retrieval.index.statistics import Statistics
from retrieval.index.vocabulary import Vocabulary

# Terms looked up before: a question looks up each of its own several times.
_KNOWN = 256
# `likely` does not go through the documents of a term that more have, unless it is among so many rarest of the query.
_COMMON, _TELLING = 25_000, 5


def telling_of(query: Sequence[str], counts: Mapping[str, int]) -> list[str]:
    """The terms of a query that find documents (`Okapi.likely`), of which each has so many."""
    rarest = sorted(count for count in counts.values() if count)
    most = max([_COMMON, *rarest[_TELLING - 1 : _TELLING]])
    return [term for term in query if counts[term] <= most]


class Okapi(BM25Okapi):  # type: ignore[misc]  # rank_bm25 ships no types
    """BM25Okapi over the documents of segments. Immutable.

    `runs` number the documents, and leave out those that have been removed; by default all are there, numbered on from
    one segment to the next. `statistics` are those of the documents that are there.
    """

    def __init__(  # noqa: PLR0913 - those of BM25Okapi, and what stands for its corpus
        self,
        vocabulary: Vocabulary,
        segments: Sequence[Postings],
        k1: float = 1.5,
        b: float = 0.75,
        epsilon: float = 0.25,
        *,
        runs: Runs | None = None,
        statistics: Statistics | None = None,
    ) -> None:
        self.k1, self.b, self.epsilon = k1, b, epsilon
        self.vocabulary, self.segments = vocabulary, tuple(segments)
        self.statistics = statistics or Statistics.of(self.segments, size=len(vocabulary))
        self.corpus_size, self.avgdl = self.statistics.documents, self.statistics.average_length
        self._runs = runs or Runs.whole([len(segment.lengths) for segment in segments])
        self._saturations = [Saturation(segment, k1, b, self.avgdl) for segment in segments]
        self._known: dict[str, _Term] = {}
        self._pruning = list(map(Pruning, segments, self._saturations, self._runs.alive))

    def get_scores(self, query: Sequence[str]) -> Scores:
        """One score for each document, shape (documents,)."""
        scores = np.zeros(self._runs.size)
        terms = self._look_up(query)
        for term in map(terms.__getitem__, query):
            for at, (segment, place) in enumerate(zip(self.segments, term.places, strict=True)):
                documents, cells = segment.at(place)
                alive = self._runs.alive[at]
                if alive is not None:
                    there = alive[documents]
                    documents, cells = documents[there], cells[there]
                if len(documents):
                    scores[self._runs.numbers(at, documents)] += term.idf * self._saturations[at](cells)
        return scores

    def get_top_n(self, query: Sequence[str], documents: Sequence[Any], n: int = 5) -> list[Any]:
        """The documents of the n best scores above 0, in a fixed order: rank_bm25's fills up with any others."""
        return [documents[number] for number in self.top(query, n)[0]]

    def number(self, term: str) -> int:
        """The number of a term; -1 for one that no document has."""
        number = self.vocabulary.number(term)
        return number if self.statistics.count(number) else -1

    def idf_of(self, term: str) -> float:
        """How telling a term is; 0 for one that no document has."""
        return self._look_up([term])[term].idf

    def has_all(self, terms: Sequence[str]) -> bool:
        """Whether a document has all of these terms, of which there is at least one."""
        found = self._look_up(terms).values()
        for at, segment in enumerate(self.segments):
            common, *others = sorted((segment.at(term.places[at])[0] for term in found), key=len)
            for documents in others:
                common = common[documents.take(documents.searchsorted(common), mode="clip") == common]
            alive = self._runs.alive[at]
            if len(common if alive is None else common[alive[common]]):
                return True
        return False

    def top(self, query: Sequence[str], n: int, among: Bools | None = None) -> tuple[Longs, Scores]:
        """The numbers of the n best documents, best first, ties by number, and their scores; only scores above 0.

        `among` (documents,) says which may be found; None: all.
        """
        return self._best_found(query, query, n, among)

    def likely(self, query: Sequence[str], n: int, among: Bools | None = None) -> Longs:
        """The numbers of the n best documents, best first, all but: in a fraction of the time that `top` takes.

        Terms that very many documents have only tell which are the best of the documents that the rarer terms of the
        query find; one that owes its place to common terms alone is missed. In smaller collections it is as `top`.
        """
        telling = telling_of(query, {term: found.documents for term, found in self._look_up(query).items()})
        return self._best_found(query, telling, n, among)[0]

    def scores_of(self, query: Sequence[str], documents: Longs) -> Scores:
        """The scores of some documents, shape as `documents`, which are quickest ascending."""
        terms = self._look_up(query)
        scores = np.zeros(len(documents))
        for at, where, places in self._runs.each(documents) if len(documents) else ():
            scores[where] = self._exact(at, query, terms, places)
        return scores

    def _look_up(self, query: Sequence[str]) -> dict[str, "_Term"]:
        return {term: self._known.get(term) or self._term(term) for term in query}

    def _term(self, term: str) -> "_Term":
        number = self.vocabulary.number(term)
        places = [segment.place(number) if number >= 0 else -1 for segment in self.segments]
        found = _Term(
            self.statistics.idf(number, self.epsilon),
            self.statistics.count(number),
            places,
            [saturation.greatest(place) for saturation, place in zip(self._saturations, places, strict=True)],
        )
        if len(self._known) >= _KNOWN:
            self._known.clear()
        self._known[term] = found
        return found

    def _best_found(
        self, query: Sequence[str], finding: Sequence[str], n: int, among: Bools | None
    ) -> tuple[Longs, Scores]:
        """The n best for the query, of what is found as the n best for those of its terms that find documents."""
        terms = self._look_up(query)
        if any(term.idf < 0 for term in terms.values()):  # the floor of a tiny collection: no bound holds
            every = self.get_scores(query)
            if among is not None:
                every[~among] = 0.0
            return _best(np.flatnonzero(every > 0), every[every > 0], n)
        numbers, scores = [np.zeros(0, dtype=np.int64)], [np.zeros(0)]
        for at in range(len(self.segments)):
            documents = self._found_in(at, finding, terms, n, among)
            numbers.append(self._runs.numbers(at, documents))
            scores.append(self._exact(at, query, terms, documents))
        return _best(np.concatenate(numbers), np.concatenate(scores), n)

    def _found_in(
        self, at: int, finding: Sequence[str], terms: dict[str, "_Term"], n: int, among: Bools | None
    ) -> Longs:
        """Places in a segment, among which are its n best documents for these terms."""
        weighted = [
            self._weighted(at, terms[term], times)
            for term, times in Counter(finding).items()
            if terms[term].places[at] >= 0 and terms[term].idf > 0
        ]
        if not weighted:
            return np.zeros(0, dtype=np.int64)
        pruning = self._pruning[at]
        if among is not None:
            pruning = Pruning(self.segments[at], self._saturations[at], self._runs.chosen(at, among))
        return pruning.candidates(weighted, n)

    def _weighted(self, at: int, term: "_Term", times: int) -> WeightedTerm:
        place, weight = term.places[at], times * term.idf
        return WeightedTerm(place, self.segments[at].count(place), weight, weight * term.greatest[at])

    def _exact(self, at: int, query: Sequence[str], terms: dict[str, "_Term"], documents: Longs) -> Scores:
        """The scores of some documents of a segment, added up in the order of the query."""
        there = [name for name, term in terms.items() if term.places[at] >= 0]
        parts = self._saturations[at].of_each([terms[name].places[at] for name in there], documents)
        parts *= np.array([terms[name].idf for name in there])[:, None]
        part_of = dict(zip(there, parts, strict=True))
        scores = np.zeros(len(documents))
        for name in query:
            if name in part_of:
                scores += part_of[name]
        return scores


class _Term(NamedTuple):
    """A term of a query: how telling it is, how many documents have it; in each segment its place and the greatest
    saturation.
    """

    idf: float
    documents: int
    places: list[int]
    greatest: list[float]


def _best(numbers: Longs, scores: Scores, n: int) -> tuple[Longs, Scores]:
    """The n greatest scores above 0 with their numbers; ties by number."""
    numbers, scores = numbers[scores > 0], scores[scores > 0]
    order = np.lexsort((numbers, -scores))[:n]
    return numbers[order], scores[order]
