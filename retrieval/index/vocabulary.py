"""The words of a library and their numbers. Immutable, memory-mappable; all segments of an index share one."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """V words, numbered from 0.

    `letters` are all words in UTF-8, joined: word v is `letters[starts[v]:starts[v + 1]]`. `hashes` (V,) are their
    checksums, ascending, and `numbers` (V,) the words that they are of.
    """

    letters: npt.NDArray[np.uint8]
    starts: Longs
    hashes: npt.NDArray[np.uint32]
    numbers: Ints

    @classmethod
    def of(cls, words: Iterable[str] = ()) -> Self:
        """Of words, numbered as they first come."""
        empty = np.zeros(0, dtype=np.uint8), np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.uint32)
        return cls(*empty, np.zeros(0, dtype=np.int32)).extended(words)

    def __len__(self) -> int:
        return len(self.numbers)

    def extended(self, words: Iterable[str]) -> Self:
        """With further words, numbered on as they first come; itself where all are known."""
        new = [word.encode() for word in dict.fromkeys(words) if self.number(word) < 0]
        if not new:
            return self
        added = np.array([zlib.crc32(word) for word in new], dtype=np.uint32)
        hashes = np.concatenate([self.hashes, added])
        numbers = np.concatenate([self.numbers, np.arange(len(self), len(self) + len(new), dtype=np.int32)])
        order = np.argsort(hashes, kind="stable")
        ends = self.starts[-1] + np.cumsum([len(word) for word in new])
        return type(self)(
            np.concatenate([self.letters, np.frombuffer(b"".join(new), dtype=np.uint8)]),
            np.concatenate([self.starts, ends]),
            hashes[order],
            numbers[order],
        )

    def number(self, word: str) -> int:
        """The number of a word; -1 for one that is not there."""
        wanted = word.encode()
        checksum = zlib.crc32(wanted)
        place = int(self.hashes.searchsorted(np.uint32(checksum)))
        while place < len(self.hashes) and self.hashes[place] == checksum:
            number = int(self.numbers[place])
            if self._letters(number) == wanted:
                return number
            place += 1
        return -1

    def numbers_of(self, words: Sequence[str]) -> Ints:
        """The number of each word, -1 for those that are not there."""
        return np.array([self.number(word) for word in words], dtype=np.int32)

    def word(self, number: int) -> str:
        """The word of a number."""
        return self._letters(number).decode()

    def words(self) -> list[str]:
        """Every word, by number."""
        letters = self.letters.tobytes()
        return [letters[start:end].decode() for start, end in pairwise(self.starts.tolist())]

    def _letters(self, number: int) -> bytes:
        return self.letters[self.starts[number] : self.starts[number + 1]].tobytes()
