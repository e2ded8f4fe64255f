"""Words as the pieces that the encoder knows."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

START, END, UNKNOWN = 0, 2, 3
_WORD = re.compile(r"\S++")
_BEGINS = "▁"  # stands before the first character of a word
_UNKNOWN_COSTS = 10.0  # more than the rarest piece


@dataclass(frozen=True, slots=True)
class Piece:
    """Of `text[start:end]`; a letter that Unicode's compatibility forms write with more makes it its whole word."""

    number: int
    start: int
    end: int


class Pieces:
    """A vocabulary of pieces, each with the logarithm of its probability.

    A word is split into those of the greatest product (the Unigram model of Kudo, "Subword Regularization", 2018, by
    the algorithm of Viterbi), in time linear in its length.
    """

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        self._numbers: Mapping[str, int] = {piece: number for number, piece in enumerate(pieces) if number > UNKNOWN}
        self._scores = scores
        self._longest = max(map(len, pieces))
        self._unknown = min(scores) - _UNKNOWN_COSTS

    def of(self, text: str) -> list[Piece]:
        """The pieces of a text, in its order."""
        return [piece for found in _WORD.finditer(text) for piece in self._of_word(found)]

    def _of_word(self, found: re.Match[str]) -> Iterator[Piece]:
        word = _BEGINS + "".join(unicodedata.normalize("NFKC", letter) for letter in found[0])
        letter_for_letter = len(word) == len(found[0]) + 1
        for number, start, end in self._best(word):
            if letter_for_letter:
                yield Piece(number, found.start() + max(start - 1, 0), found.start() + end - 1)
            else:
                yield Piece(number, *found.span())

    def _best(self, word: str) -> list[tuple[int, int, int]]:
        """The best path: number, start and end of each piece."""
        totals = [0.0, *[-float("inf")] * len(word)]
        last = [(UNKNOWN, 0)] * (len(word) + 1)
        for start in range(len(word)):
            for end in range(start + 1, min(start + self._longest, len(word)) + 1):
                number = self._numbers.get(word[start:end])
                if number is not None:
                    total = totals[start] + self._scores[number]
                elif end == start + 1:
                    number, total = UNKNOWN, totals[start] + self._unknown
                else:
                    continue
                if total > totals[end]:
                    totals[end], last[end] = total, (number, start)
        path, end = [], len(word)
        while end:
            number, start = last[end]
            path.append((number, start, end))
            end = start
        return path[::-1]
