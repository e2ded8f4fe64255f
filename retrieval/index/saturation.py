"""BM25's term frequency part over one segment, and the most that a term can add."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.index.postings import Counts, Ints, Longs, Postings

Scores = npt.NDArray[np.float64]
Impacts = npt.NDArray[np.uint8]

# Entries of the table of a segment: 16 MB. A text without a full stop is one sentence of any length.
_LARGEST_TABLE = 1 << 21
# A term that a tenth of the documents have is kept as an array over all of them: going through it is as quick as
# through the postings of a term a third as frequent. So many are kept at most.
_FREQUENT = 10
_KEPT = 96
# Impacts are whole numbers up to this, rounded up.
FINEST = 255


class Saturation:
    """f · (k1 + 1) / (f + k1 · (1 − b + b · |d| / avgdl)) over one segment.

    Frequencies and lengths are mostly small numbers: it is looked up in a table where that stays small, computed with
    rank_bm25's operations in their order, so that it is the same to the last bit.
    """

    def __init__(self, segment: Postings, k1: float, b: float, avgdl: float) -> None:
        self._segment, self._lengths, self._k1 = segment, segment.lengths, k1
        self._norms = k1 * (1 - b + b * np.arange(int(segment.lengths.max(initial=0)) + 1) / avgdl)
        frequencies = np.arange(int(segment.most_frequent.max(initial=0)) + 1)
        self._width = np.int64(len(self._norms))
        small = len(frequencies) * len(self._norms) <= _LARGEST_TABLE
        self._table = self._computed(frequencies[:, None], self._norms).ravel() if small else None
        self._impacts: dict[int, tuple[Impacts, float]] = {}

    def __call__(self, frequencies: Counts, documents: Ints | Longs) -> Scores:
        """For the frequencies of a term in some documents."""
        return self._of(frequencies, self._lengths.take(documents))

    def of_each(self, places: Iterable[int], documents: Longs) -> Iterator[Scores]:
        """For each of some terms in some documents; 0 where a document has not the term."""
        lengths, wanted = self._lengths.take(documents), documents.astype(np.int32)
        for place in places:
            having, frequencies = self._segment.at(place)
            found = having.searchsorted(wanted)  # of the kind of `having`, all of which would be converted else
            there = having.take(found, mode="clip") == wanted
            yield self._of(frequencies.take(found, mode="clip") * there, lengths)

    def _of(self, frequencies: Counts, lengths: Counts) -> Scores:
        if self._table is None:
            return self._computed(frequencies.astype(np.int64), self._norms.take(lengths))
        return self._table.take(lengths + frequencies * self._width)

    def greatest(self, place: int) -> float:
        """The most that a term has, from its greatest frequency and the length of its shortest document."""
        frequency, length = int(self._segment.most_frequent[place]), int(self._segment.shortest[place])
        if self._table is None:
            return float(self._computed(np.array(frequency), self._norms[length]))
        return float(self._table[length + frequency * self._width])

    def is_frequent(self, place: int) -> bool:
        """Whether a term has `impacts`."""
        return self._segment.count(place) * _FREQUENT > len(self._lengths)

    def impacts(self, place: int) -> tuple[Impacts, float]:
        """For every document a number, and what one of it is worth: together a bit more than the saturation, or as
        much.
        """
        kept = self._impacts.pop(place, None)
        if kept is None:
            documents, frequencies = self._segment.at(place)
            unit = self.greatest(place) / FINEST or 1.0
            impacts = np.zeros(len(self._lengths), dtype=np.uint8)
            impacts[documents] = np.minimum(np.ceil(self(frequencies, documents) / unit), FINEST)
            kept = impacts, unit
        self._impacts[place] = kept  # the last that was asked for; other threads may do the same at the same time
        for oldest in list(self._impacts)[:-_KEPT]:
            self._impacts.pop(oldest, None)
        return kept

    def _computed(self, frequencies: Longs, norms: npt.NDArray[Any]) -> Scores:
        with np.errstate(invalid="ignore"):  # 0 / 0 for a frequency of 0 where k1 is 0
            saturation: Scores = frequencies * (self._k1 + 1) / (frequencies + norms)
        return saturation
