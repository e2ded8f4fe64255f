"""BM25 over one field of a collection: the search that OpenSearch is asked for, and our own scores of what it finds."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from retrieval.cluster.connection import Json
from retrieval.cluster.passages import bm25
from retrieval.index.bm25 import telling_of
from retrieval.index.days import ordinal
from retrieval.index.forward import Ints, Longs
from retrieval.index.index import B
from retrieval.index.saturation import Scores
from retrieval.index.searcher import Only
from retrieval.index.statistics import Statistics
from retrieval.index.vocabulary import Vocabulary

_EPSILON = 0.25


class Collection(Protocol):
    """What a field asks of the collection that it is of (`ClusterSearcher`)."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the collection."""

    def has_all(self, field: "ClusterField", terms: Sequence[str]) -> bool:
        """Whether a document of a field has all of some terms."""

    def words_of(self, documents: Longs, *, passages: bool, accented: bool) -> list[Ints]:
        """The syllables of sentences, or of passages with the title of their article before them."""


@dataclass(frozen=True)
class ClusterField:
    """BM25 over the sentences, or the passages, of a collection, with diacritics or folded: what `Field` is."""

    _searcher: Collection
    _statistics: Statistics
    index: str
    name: str
    k1: float

    @property
    def corpus_size(self) -> int:
        """How many documents the statistics are of."""
        return self._statistics.documents

    def number(self, term: str) -> int:
        """The number of a term; -1 for one that no document has."""
        number = self._searcher.vocabulary.number(term)
        return number if self._statistics.count(number) else -1

    def count(self, term: str) -> int:
        """How many documents have a term."""
        return self._statistics.count(self._searcher.vocabulary.number(term))

    def idf_of(self, term: str) -> float:
        """How telling a term is; 0 for one that no document has."""
        return self._statistics.idf(self._searcher.vocabulary.number(term), _EPSILON)

    def has_all(self, terms: Sequence[str]) -> bool:
        """Whether a document has all of these terms, of which there is at least one."""
        if any(self.number(term) < 0 for term in terms):
            return False
        return self._searcher.has_all(self, terms)

    def scores_of(self, query: Sequence[str], documents: Longs) -> Scores:
        """The scores of some documents, shape as `documents`."""
        weighed = [(self._searcher.vocabulary.number(term), self.idf_of(term)) for term in query]
        words = self._searcher.words_of(documents, passages=self.index == "passages", accented=self.name == "accented")
        return bm25(weighed, words, self._norms, self.k1)

    def _norms(self, lengths: Longs) -> Scores:
        norms = self.k1 * (1 - B + B * lengths / self._statistics.average_length)
        return norms.astype(np.float64)

    def telling(self, query: Sequence[str]) -> list[str]:
        """The terms that find documents, as of `Okapi.likely`."""
        return telling_of(query, {term: self.count(term) for term in query})

    def clause(self, query: Sequence[str], only: Only | None) -> Json:
        """The search for the documents that score best: each term counts as much as in our scores, as nearly as the
        weight that Lucene gives it allows.
        """
        counts = {term: self.count(term) for term in query}
        telling = set(telling_of(query, counts))
        clauses: dict[bool, list[Json]] = {True: [], False: []}
        for term in dict.fromkeys(query):
            idf = self.idf_of(term)
            if counts[term] and idf > 0:
                lucene = float(np.log1p((self.corpus_size - counts[term] + 0.5) / (counts[term] + 0.5)))
                weight = query.count(term) * idf / max(lucene, 1e-6)
                clauses[term in telling].append({"term": {self.name: {"value": term, "boost": weight}}})
        told: Json = {"must": [{"bool": {"should": clauses[True]}}], "should": clauses[False]}
        if not clauses[True]:
            told = {"must_not": [{"match_all": {}}]}
        return {"bool": told | {"filter": limits(only)}}


def limits(only: Only | None) -> list[Json]:
    """The conditions of what may be found."""
    if only is None:
        return []
    days = {
        key: ordinal(day) for key, day in (("gte", only.since), ("lte", only.until)) if isinstance(day, datetime.date)
    }
    found: list[Json] = [{"range": {"days": days | {"relation": "intersects"}}}] if days else []
    if only.publishers:
        found.append({"terms": {"publisher": sorted(only.publishers)}})
    return found
