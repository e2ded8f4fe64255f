"""BM25's term frequency part over one segment, and the most that a term can add."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from retrieval.index.postings import Counts, Longs, Postings

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
    rank_bm25's operations in their order, the same to the last bit. A cell joins the two, f · width + |d|; cell 0
    stands for a term that is not in the document.
    """

    def __init__(self, segment: Postings, k1: float, b: float, avgdl: float) -> None:
        self._segment, self._k1, self._width = segment, k1, segment.width
        self._norms = k1 * (1 - b + b * np.arange(self._width) / avgdl)
        size = (int(segment.most_frequent.max(initial=0)) + 1) * self._width
        self._table = self._computed(np.arange(size, dtype=np.uint64)) if size <= _LARGEST_TABLE else None
        self._impacts: dict[int, tuple[Impacts, float]] = {}

    def __call__(self, cells: Counts) -> Scores:
        """For some cells of postings."""
        return self._computed(cells) if self._table is None else self._table.take(cells)

    def of_each(self, places: Sequence[int], documents: Longs) -> Scores:
        """For each of some terms in each of some documents, (terms, documents); 0 where a document has not the term."""
        wanted = documents.astype(np.int32)  # as postings have them: else all of these would be converted
        cells = np.empty((len(places), len(documents)), dtype=self._segment.cells.dtype)
        for row, place in zip(cells, places, strict=True):
            having, there = self._segment.at(place)
            found = having.searchsorted(wanted)
            np.multiply(there.take(found, mode="clip"), having.take(found, mode="clip") == wanted, out=row)
        return self(cells)

    def greatest(self, place: int) -> float:
        """The most that a term has, from its greatest frequency and the length of its shortest document; 0 for -1."""
        if place < 0:
            return 0.0
        frequency, length = int(self._segment.most_frequent[place]), int(self._segment.shortest[place])
        return float(self(np.array(frequency * self._width + length)))

    def is_frequent(self, place: int) -> bool:
        """Whether a term has `impacts`."""
        return self._segment.count(place) * _FREQUENT > len(self._segment.lengths)

    def impacts(self, place: int) -> tuple[Impacts, float]:
        """For every document a whole number, and the unit it counts in: together the saturation or a bit more."""
        kept = self._impacts.pop(place, None)
        if kept is None:
            documents, cells = self._segment.at(place)
            unit = self.greatest(place) / FINEST or 1.0
            impacts = np.zeros(len(self._segment.lengths), dtype=np.uint8)
            impacts[documents] = np.minimum(np.ceil(self(cells) / unit), FINEST)
            kept = impacts, unit
        self._impacts[place] = kept  # the last that was asked for; other threads may do the same at the same time
        for oldest in list(self._impacts)[:-_KEPT]:
            self._impacts.pop(oldest, None)
        return kept

    def _computed(self, cells: Counts) -> Scores:
        frequencies, lengths = np.divmod(cells, self._width)
        frequencies = frequencies.astype(np.int64)
        saturation = np.zeros(cells.shape)
        np.divide(
            frequencies * (self._k1 + 1),
            frequencies + self._norms.take(lengths),
            out=saturation,
            where=frequencies > 0,
        )
        return saturation
