"""Scores of sentences by how likely each answers a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from retrieval.config_files import data_folder
from retrieval.reader.network import Floats, Network
from retrieval.reader.packing import unpack
from retrieval.reader.pairs import Pair, Pairing, Passage
from retrieval.reader.pieces import Pieces

_LONGEST = 24  # pieces of an answer


@dataclass(frozen=True, slots=True)
class Reading:
    """`score`: the logarithm of the odds that the passage answers; `start` and `end` in its text of the words that do
    so most likely, if it does.
    """

    score: float
    start: int
    end: int


class Reader:
    """Immutable: one object serves all threads, and all processes that are forked from one that has it."""

    def __init__(self, network: Network, pairing: Pairing) -> None:
        self._network, self._pairing = network, pairing

    @classmethod
    def from_config(cls) -> Self:
        """Of config/reader.npz. Raises ValueError or OSError for a file that is none."""
        arrays, pieces, scores = unpack(data_folder("config") / "reader.npz")
        return cls(Network.of(arrays), Pairing(Pieces(pieces, scores)))

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """How likely each passage answers. Each costs some five thousand million multiplications, whatever its length:
        of longer texts only the beginning is read.
        """
        pairs = [self._pairing.of(question, passage) for passage in passages]
        found = self._network.ends_of(pairs) if pairs else ()
        return [_reading(pair, ends) for pair, ends in zip(pairs, found, strict=True)]


def _reading(pair: Pair, ends: Floats) -> Reading:
    """The first piece of a pair stands for "no answer here"; both ends are weighed against it."""
    none = float(ends[0].sum())
    inside = ends[pair.first : pair.first + len(pair.sentence)]
    if not len(inside):
        return Reading(-none, 0, 0)
    starts, stops = inside.T
    together = np.triu(starts[:, None] + stops[None, :])
    together[np.tril_indices(len(inside), -1)] = together[np.triu_indices(len(inside), _LONGEST)] = -np.inf
    start, stop = np.unravel_index(int(together.argmax()), together.shape)
    score = float(np.logaddexp.reduce(starts) + np.logaddexp.reduce(stops)) - none
    return Reading(score, pair.sentence[int(start)].start, pair.sentence[int(stop)].end)
