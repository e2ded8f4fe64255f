"""Where the documents of a collection stand: in which segment, and where in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Longs = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Runs:
    """The documents of a collection are numbered from 0 in its own order, whatever segment each is in.

    R runs: stretches that follow each other in the collection as in a segment. Run r begins with document `firsts[r]`,
    which is the one at `places[r]` of segment `segments[r]`. `size` counts all. Documents of a segment that are in no
    run have been removed: `alive` has for each segment which are not, None where all are there. Immutable.
    """

    firsts: Longs
    segments: Longs
    places: Longs
    size: int
    alive: tuple[Bools | None, ...]

    @classmethod
    def of(cls, segments: Longs, places: Longs, counts: Longs, lengths: Sequence[int]) -> Self:
        """From stretches of `counts` documents each, in order; `lengths` are the documents of every segment."""
        there = counts > 0
        segments, places, counts = segments[there], places[there], counts[there]
        ends = places + counts
        goes_on = (segments[1:] == segments[:-1]) & (places[1:] == ends[:-1])
        begins = np.append(True, ~goes_on)[: len(segments)]
        firsts = np.cumsum(counts) - counts
        alive = tuple(_alive(places[segments == at], ends[segments == at], n) for at, n in enumerate(lengths))
        return cls(firsts[begins], segments[begins], places[begins], int(counts.sum()), alive)

    @classmethod
    def whole(cls, lengths: Sequence[int]) -> Self:
        """Segments of these lengths, one after the other."""
        numbers = np.arange(len(lengths))
        return cls.of(numbers, np.zeros_like(numbers), np.array(lengths, dtype=np.int64), lengths)

    def each(self, numbers: Longs) -> Iterator[tuple[int, Any, Longs]]:
        """The documents of some numbers by segment: which, where among the `numbers`, their places in it."""
        if len(self.firsts) == 1:
            yield int(self.segments[0]), slice(None), numbers + self.places[0]
            return
        run = self.firsts.searchsorted(numbers, side="right") - 1
        segments, places = self.segments[run], numbers - self.firsts[run] + self.places[run]
        for segment in np.unique(segments).tolist():
            where = np.flatnonzero(segments == segment)
            yield segment, where, places[where]

    def numbers(self, segment: int, places: npt.NDArray[Any]) -> Longs:
        """The numbers of documents of a segment that are in the collection."""
        if len(self.firsts) == 1:
            shifted: Longs = places - self.places[0]
            return shifted
        mine = np.flatnonzero(self.segments == segment)
        mine = mine[np.argsort(self.places[mine])]
        run = mine[self.places[mine].searchsorted(places, side="right") - 1]
        numbers: Longs = places + (self.firsts[run] - self.places[run])
        return numbers

    def chosen(self, segment: int, among: Bools) -> Bools:
        """Which documents of a segment are in the collection and `among` (size,) those chosen there."""
        mine, alive = self.segments == segment, self.alive[segment]
        lengths = np.diff(np.append(self.firsts, self.size))[mine]
        every = np.arange(lengths.sum())
        begins = np.cumsum(lengths) - lengths
        chosen = np.zeros(len(every) if alive is None else len(alive), dtype=np.bool_)
        chosen[every + np.repeat(self.places[mine] - begins, lengths)] = among[
            every + np.repeat(self.firsts[mine] - begins, lengths)
        ]
        return chosen

    def gather(self, parts: Sequence[npt.NDArray[Any]], numbers: Longs) -> npt.NDArray[Any]:
        """The rows of some documents, from an array for each segment."""
        if len(self.firsts) == 1:
            rows: npt.NDArray[Any] = parts[int(self.segments[0])][numbers + self.places[0]]
            return rows
        result = np.zeros((len(numbers), *parts[0].shape[1:]), dtype=parts[0].dtype) if parts else np.zeros(0)
        for segment, where, places in self.each(numbers):
            result[where] = parts[segment][places]
        return result


def _alive(firsts: Longs, ends: Longs, length: int) -> Bools | None:
    if int((ends - firsts).sum()) == length:
        return None
    changes = np.zeros(length + 1, dtype=np.int8)
    np.add.at(changes, firsts, 1)
    np.add.at(changes, ends, -1)
    alive: Bools = np.cumsum(changes[:-1], dtype=np.int8) > 0
    return alive
