"""Postings: for each term, the documents that have it and how often. Built in memory, kept in memory-mapped files."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Counts = npt.NDArray[np.unsignedinteger]


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of every term, for D documents, T terms numbered by first occurrence, and P postings.

    Term t is in `documents[starts[t]:starts[t + 1]]`, ascending, with the `frequencies` beside them. `most_frequent`
    (T,) is its greatest frequency, `shortest` (T,) the length of its shortest document: together they bound what it
    can add to a score. `lengths` (D,) counts the tokens of each document. `letters` are all terms in UTF-8, sorted
    and joined: the k-th is `letters[letter_starts[k]:letter_starts[k + 1]]`, and its number is `sorted_terms[k]`.
    """

    starts: Longs
    documents: Ints
    frequencies: Counts
    most_frequent: Ints
    shortest: Ints
    lengths: Counts
    letters: npt.NDArray[np.uint8]
    letter_starts: Longs
    sorted_terms: Ints

    @classmethod
    def build(cls, corpus: Iterable[Iterable[str]]) -> Self:
        """From documents of tokens, in order."""
        numbers: dict[str, int] = {}
        tokens: list[int] = []
        lengths: list[int] = []
        for document in corpus:
            before = len(tokens)
            tokens += [numbers.setdefault(token, len(numbers)) for token in document]
            lengths.append(len(tokens) - before)
        return cls.from_numbers(np.array(tokens, dtype=np.int64), np.array(lengths, dtype=np.int32), numbers)

    @classmethod
    def from_numbers(cls, tokens: Longs, lengths: Ints, numbers: Mapping[str, int]) -> Self:
        """From the term numbers of all documents, one document after the other, and the length of each."""
        size = max(len(lengths), 1)
        keys = tokens * size + np.repeat(np.arange(len(lengths)), lengths)
        keys, frequencies = np.unique(keys, return_counts=True)
        terms, documents = np.divmod(keys, size)
        starts = np.searchsorted(terms, np.arange(len(numbers) + 1))
        letters = sorted((term.encode(), number) for term, number in numbers.items())
        return cls(
            starts=starts,
            documents=documents.astype(np.int32),
            frequencies=_smallest(frequencies),
            most_frequent=_reduce(np.maximum, frequencies, starts),
            shortest=_reduce(np.minimum, lengths[documents], starts),
            lengths=_smallest(lengths),
            letters=np.frombuffer(b"".join(term for term, _ in letters), dtype=np.uint8),
            letter_starts=np.cumsum([0, *(len(term) for term, _ in letters)]),
            sorted_terms=np.array([number for _, number in letters], dtype=np.int32),
        )

    @classmethod
    def merge(cls, parts: Sequence[Self]) -> Self:
        """The documents of several, one after the other."""
        numbers: dict[str, int] = {}
        tokens: list[Longs] = []
        documents: list[Longs] = []
        first = 0
        for part in parts:
            new = np.array([numbers.setdefault(term, len(numbers)) for term in part.terms()], dtype=np.int64)
            terms = np.repeat(new, np.diff(part.starts)) if len(new) else new
            tokens.append(np.repeat(terms, part.frequencies))
            documents.append(np.repeat(part.documents.astype(np.int64) + first, part.frequencies))
            first += len(part.lengths)
        order = np.argsort(np.concatenate([*documents, np.zeros(0, dtype=np.int64)]), kind="stable")
        lengths = np.concatenate([*(part.lengths for part in parts), np.zeros(0, dtype=np.int32)])
        return cls.from_numbers(np.concatenate([*tokens, np.zeros(0, dtype=np.int64)])[order], lengths, numbers)

    def number(self, term: str) -> int:
        """The number of a term; -1 where no document has it."""
        wanted = term.encode()
        place = bisect_left(range(len(self.sorted_terms)), wanted, key=self._letters)
        found = place < len(self.sorted_terms) and self._letters(place) == wanted
        return int(self.sorted_terms[place]) if found else -1

    def _letters(self, place: int) -> bytes:
        return self.letters[self.letter_starts[place] : self.letter_starts[place + 1]].tobytes()

    def terms(self) -> list[str]:
        """Every term, by number."""
        terms = [""] * len(self.sorted_terms)
        for place, number in enumerate(self.sorted_terms.tolist()):
            terms[number] = self._letters(place).decode()
        return terms

    def count(self, number: int) -> int:
        """How many documents a term has; 0 for -1."""
        return int(self.starts[number + 1] - self.starts[number]) if number >= 0 else 0

    def of(self, number: int) -> tuple[Ints, Counts]:
        """The documents of a term, ascending, and its frequencies in them; none for -1."""
        if number < 0:
            return self.documents[:0], self.frequencies[:0]
        where = slice(self.starts[number], self.starts[number + 1])
        return self.documents[where], self.frequencies[where]

    def frequencies_in(self, documents: Ints | Longs, number: int) -> Counts:
        """The frequency of a term in each of some documents."""
        having, frequencies = self.of(number)
        places = np.minimum(np.searchsorted(having, documents), len(having) - 1)
        found: Counts = np.where(having[places] == documents, frequencies[places], 0)
        return found

    def save(self, folder: Path) -> None:
        """Write each array to a file of its own."""
        folder.mkdir(parents=True)
        for field in fields(self):
            np.save(folder / f"{field.name}.npy", getattr(self, field.name))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Memory-map what `save` wrote. Raises OSError, ValueError or EOFError where a file is missing or damaged."""
        files = (folder / f"{field.name}.npy" for field in fields(cls))
        # As plain arrays over the mapping: slicing np.memmap itself costs ten times as much.
        return cls(*(np.asarray(np.load(file, mmap_mode="r")) for file in files))


def _smallest(values: npt.NDArray[Any]) -> Counts:
    """As the smallest unsigned integers that hold them: memory is what ranking waits for."""
    return values.astype(np.min_scalar_type(int(values.max(initial=0))))


def _reduce(function: np.ufunc, values: npt.NDArray[Any], starts: Longs) -> Ints:
    if not len(values):
        return np.zeros(0, dtype=np.int32)
    reduced: Ints = function.reduceat(values, starts[:-1]).astype(np.int32)
    return reduced
