"""One field of the ranking: BM25Okapi as rank-bm25 defines it, safe on an empty collection."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi

Scores = npt.NDArray[np.float64]

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
        # BM25Okapi divides by the number of words.
        self._bm25 = BM25Okapi([*documents, *blank], k1=K1, b=B) if any(documents) else None
        self._rarest = float(np.log(2 * max(self._size, FEWEST_DOCUMENTS) + 1))

    def scores(self, terms: Sequence[str]) -> Scores:
        """One score for each document, shape (documents,); 0 where no term occurs."""
        if self._bm25 is None:
            return np.zeros(self._size)
        return np.asarray(self._bm25.get_scores(terms)[: self._size], dtype=np.float64)

    def idf(self, term: str) -> float:
        """How telling a term is; one that no document has counts as rarer than all that some have."""
        return float(self._bm25.idf.get(term, self._rarest)) if self._bm25 else self._rarest
