"""Postings: for each term, the documents that have it and how often. Memory-mappable."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Counts = npt.NDArray[np.unsignedinteger]


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of every term, for D documents, T terms and P postings.

    `terms` (T,) are the numbers of the terms in a vocabulary, ascending. The t-th is in
    `documents[starts[t]:starts[t + 1]]`, ascending. The `cells` beside them say how often, in a document how long, as
    the cell of a table with a row for each frequency and a column for each length: frequency · `width` + length.
    `most_frequent` (T,) is the greatest frequency of a term, `shortest` (T,) the length of its shortest document:
    together they bound what it can add to a score. `lengths` (D,) counts the tokens of each document.
    """

    terms: Ints
    starts: Longs
    documents: Ints
    cells: Counts
    most_frequent: Ints
    shortest: Ints
    lengths: Counts

    @classmethod
    def build(cls, corpus: Iterable[Sequence[int]]) -> Self:
        """From documents of numbered terms, in order."""
        lengths: list[int] = []
        tokens: list[int] = []
        for document in corpus:
            tokens += document
            lengths.append(len(document))
        return cls.of(np.array(tokens, dtype=np.int32), np.array(lengths, dtype=np.int32))

    @classmethod
    def of(cls, tokens: Ints, lengths: Ints | Longs) -> Self:
        """From the terms of all documents, one document after the other, and the length of each."""
        # Arrays as long as all tokens are let go as soon as they have served: those of a million sentences are large.
        size, short = np.int64(max(len(lengths), 1)), _smallest(lengths)
        keys = tokens * size
        keys += np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        keys.sort()
        new = _first_of_each(keys)
        frequencies = _smallest(np.diff(new, append=len(keys)))
        keys = keys[new]
        del new
        documents = (keys % size).astype(np.int32)
        keys //= size
        firsts = _first_of_each(keys)
        terms = keys[firsts].astype(np.int32)
        starts = np.append(firsts, len(keys))
        del keys
        lengths_there = short[documents]
        width = int(short.max(initial=0)) + 1
        cells = np.multiply(frequencies, width, dtype=np.min_scalar_type((int(frequencies.max(initial=0)) + 1) * width))
        cells += lengths_there
        return cls(
            terms=terms,
            starts=starts,
            documents=documents,
            cells=cells,
            most_frequent=_reduce(np.maximum, frequencies, firsts),
            shortest=_reduce(np.minimum, lengths_there, firsts),
            lengths=short,
        )

    @property
    def width(self) -> int:
        """One more than the length of the longest document."""
        return int(self.lengths.max(initial=0)) + 1

    @property
    def counts(self) -> Longs:
        """(T,) how many documents each term has."""
        return np.diff(self.starts)

    def place(self, term: int) -> int:
        """The place of a term among `terms`; -1 where no document has it."""
        place = int(self.terms.searchsorted(np.int32(term)))
        return place if place < len(self.terms) and self.terms[place] == term else -1

    def count(self, place: int) -> int:
        """How many documents a term has; 0 for -1."""
        return int(self.starts[place + 1] - self.starts[place]) if place >= 0 else 0

    def at(self, place: int) -> tuple[Ints, Counts]:
        """The documents of a term, ascending, and its cells beside them; none for -1."""
        if place < 0:
            return self.documents[:0], self.cells[:0]
        where = slice(self.starts[place], self.starts[place + 1])
        return self.documents[where], self.cells[where]


def _first_of_each(values: Longs) -> Longs:
    """Where each different value begins, in ascending values."""
    if not len(values):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.append(True, values[1:] != values[:-1]))


def _smallest(values: npt.NDArray[Any]) -> Counts:
    """As the smallest unsigned integers that hold them: memory is what ranking waits for."""
    return values.astype(np.min_scalar_type(int(values.max(initial=0))))


def _reduce(function: np.ufunc, values: npt.NDArray[Any], starts: Longs) -> Ints:
    if not len(values):
        return np.zeros(0, dtype=np.int32)
    reduced: Ints = function.reduceat(values, starts).astype(np.int32)
    return reduced
