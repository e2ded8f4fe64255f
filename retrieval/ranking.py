"""The ranking of sentences: BM25 over their syllables and over their context, accented and folded."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .bm25 import Okapi
from .maxscore import Scores
from .postings import Postings
from .query import Query
from .records import Kind
from .tokens import fold, syllables

# How much a sentence's context (paragraph, title, date) counts beside the sentence. XXX
CONTEXT_WEIGHT = 1.0
# A caption repeats in short what the body tells, a headline what the lead tells: the body is the better quote. XXX
KIND_FACTORS: dict[Kind, float] = {"headline": 0.8, "lead": 1.0, "body": 1.0, "caption": 0.9}

# Measured on xquad_vi before the start (DESIGN §5): three points of hit@1 over the usual k1 of 1.5.
K1 = 0.4
B = 0.75
# In BM25Okapi a term that half of the documents have weighs nothing: among a handful of sentences that would be most
# terms. Blank documents make up the number.
FEWEST_DOCUMENTS = 100


class Field:
    """BM25 over documents of tokens. Immutable."""

    def __init__(self, documents: Sequence[list[str]]) -> None:
        self._size = len(documents)
        blank: list[list[str]] = [[]] * (FEWEST_DOCUMENTS - self._size)
        self._bm25 = Okapi([Postings.build([*documents, *blank])], k1=K1, b=B)
        self._rarest = float(np.log(2 * max(self._size, FEWEST_DOCUMENTS) + 1))

    def scores(self, terms: Sequence[str]) -> Scores:
        """One score for each document, shape (documents,); 0 where no term occurs."""
        return self._bm25.get_scores(terms)[: self._size]

    def idf(self, term: str) -> float:
        """How telling a term is; one that no document has counts as rarer than all that some have."""
        return self._bm25.idf_of(term) or self._rarest


@dataclass(frozen=True, slots=True)
class Entry:
    """A sentence to be ranked: its own text, what surrounds it (paragraph, title, date), and what it is."""

    text: str
    context: str
    kind: Kind


class Ranking:
    """Scores every entry for a query. Immutable."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        texts = [syllables(entry.text) for entry in entries]
        contexts = [syllables(entry.context) for entry in entries]
        folded = [[fold(s) for s in text] for text in texts]
        folded_contexts = [[fold(s) for s in context] for context in contexts]
        self._words = [frozenset(text + context) for text, context in zip(folded, folded_contexts, strict=True)]
        self._accented = Field(texts), Field(contexts)
        self._folded = Field(folded), Field(folded_contexts)
        self._factors = np.array([KIND_FACTORS[entry.kind] for entry in entries])

    def scores(self, query: Query) -> Scores:
        """One score for each entry, shape (entries,); 0 where no term occurs."""
        terms = query.terms + query.abbreviations
        scores = _sum(self._folded, [fold(term) for term in terms])
        if query.accented:
            scores = (scores + _sum(self._accented, terms)) / 2
        weighed: Scores = scores * self._factors
        return weighed

    def coverage(self, query: Query, entry: int) -> float:
        """The share, from 0 to 1 and weighted by idf, of the query's terms that an entry or its context has."""
        terms = {fold(term) for term in query.terms}
        field = self._folded[1]
        total = sum(field.idf(term) for term in terms)
        return sum(field.idf(term) for term in terms & self._words[entry]) / total if total else 0.0

    def has(self, entry: int, words: Sequence[str]) -> bool:
        """Whether an entry or its context has all the words."""
        return self._words[entry].issuperset(map(fold, words))


def _sum(fields: tuple[Field, Field], terms: Sequence[str]) -> Scores:
    text, context = fields
    return text.scores(terms) + CONTEXT_WEIGHT * context.scores(terms)
