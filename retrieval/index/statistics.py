"""What BM25 knows of a whole collection: how many documents and tokens, and how many documents have each term."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from retrieval.index import arrays
from retrieval.index.postings import Longs, Postings


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of `documents` with `tokens` in all. `counts` (V,) are the documents of each term of the vocabulary;
    `average_log_odds` is the average over all terms that any document has.
    """

    documents: int
    tokens: int
    counts: Longs
    average_log_odds: float

    @classmethod
    def of(
        cls, segments: Sequence[Postings], removed: Sequence[Postings] = (), *, size: int, fewest: int | None = None
    ) -> Self:
        """Of all documents of `segments` without those `removed`, with a vocabulary of `size` terms.

        With `fewest`, documents of average length that have none of the terms make up this number, and the average
        over the terms is added up in an order that does not depend on how the documents came to be here; else in the
        order of the terms.
        """
        counts = np.zeros(size, dtype=np.int64)
        documents = tokens = 0
        for sign, parts in ((1, segments), (-1, removed)):
            for part in parts:
                counts[part.terms] += sign * part.counts
                documents += sign * len(part.lengths)
                tokens += sign * int(part.lengths.sum(dtype=np.int64))
        summands = counts[counts > 0]
        if fewest is not None:
            padding, length = max(fewest - documents, 0), round(tokens / max(documents, 1))
            summands = np.sort(np.append(summands, padding) if padding and length else summands)
            documents, tokens = documents + padding, tokens + padding * length
        return cls(documents, tokens, counts, _average(summands, documents))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Memory-map what `arrays.save` wrote. Raises OSError, ValueError or EOFError."""
        kept = arrays.load(cls, folder)
        return cls(int(kept.documents), int(kept.tokens), kept.counts, float(kept.average_log_odds))

    @property
    def average_length(self) -> float:
        """Tokens a document; 1 where there are none."""
        return self.tokens / self.documents if self.tokens else 1.0

    def count(self, term: int) -> int:
        """How many documents have a term; 0 for -1."""
        return int(self.counts[term]) if term >= 0 else 0

    def idf(self, term: int, epsilon: float) -> float:
        """How telling a term is; 0 for one that no document has."""
        count = self.count(term)
        if not count:
            return 0.0
        idf = _log_odds(count, self.documents)
        return idf if idf >= 0 else epsilon * self.average_log_odds


def _average(counts: Longs, documents: int) -> float:
    if not len(counts):
        return 0.0
    # math.log, as rank_bm25 takes it; numpy's differs in the last bits, and so does another order of adding.
    different, which = np.unique(counts, return_inverse=True)
    odds = np.array([_log_odds(count, documents) for count in different.tolist()])
    return float(np.cumsum(odds[which])[-1]) / len(counts)


def _log_odds(count: int, documents: int) -> float:
    return math.log(documents - count + 0.5) - math.log(count + 0.5)
