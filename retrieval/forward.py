"""The sentences of a collection as numbers, in order: what the features are computed from, memory-mappable."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Self

import numpy as np
import numpy.typing as npt

from .tokens import fold, normalize, syllables

Ints = npt.NDArray[np.int32]
Offsets = npt.NDArray[np.int64]

_SYLLABLE = re.compile(r"[^\W_]+")
# Without "một" (also a, "một số" some) and "năm" (five, but mostly year).
_NUMERALS = frozenset(
    [
        "hai",
        "ba",
        "bốn",
        "sáu",
        "bảy",
        "tám",
        "chín",
        "mười",
        "trăm",
        "nghìn",
        "ngàn",
        "triệu",
        "tỷ",
        "tỉ",
        "chục",
        "đôi",
        "nửa",
        "vài",
    ]
)
_DATE = re.compile(
    r"\b(?:ngày|mùng|mồng|tháng|năm|thế kỷ|thế kỉ|thập niên|thập kỷ|quý|lúc|hồi) \w+|\b\d{1,2}[/-]\d{1,2}\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"1\d{3}|20\d\d")


class Mark(IntEnum):
    """What a syllable looks like where it stands: bits, to be combined."""

    CAPITAL = 1  # begins with a capital
    FIRST = 2  # is the first of its sentence, where a capital says nothing
    NUMBER = 4  # in digits or words
    YEAR = 8  # four digits, 1000 to 2099
    DATE = 16  # a number of a date: after "ngày", "tháng", "năm", "thế kỷ" …, or 15/9, 15-9


@dataclass(frozen=True, slots=True)
class Forward:
    """S sentences in P passages, T syllables in all, V different ones, F different ones folded.

    Sentence s has `syllables[starts[s]:starts[s + 1]]` (numbers below V) and as many `marks` (`Mark`); a passage is
    the run of sentences `passage_starts[p]` up to `passage_starts[p + 1]`, of one article. `folded[v]` is the
    number, below F, of syllable v without diacritics.
    """

    syllables: Ints
    marks: npt.NDArray[np.uint8]
    starts: Offsets
    passage_starts: Offsets
    folded: Ints

    @classmethod
    def build(
        cls,
        passages: Iterable[Iterable[tuple[Sequence[str], Sequence[int]]]],
        numbers: Mapping[str, int],
        folded_numbers: Mapping[str, int],
    ) -> Self:
        """From each passage's sentences, as syllables and marks, and the numbers of syllables as written and folded."""
        tokens: list[int] = []
        marks: list[int] = []
        starts, passage_starts = [0], [0]
        for passage in passages:
            for sentence, its_marks in passage:
                tokens += [numbers[syllable] for syllable in sentence]
                marks += its_marks
                starts.append(len(tokens))
            passage_starts.append(len(starts) - 1)
        folded = np.zeros(len(numbers), dtype=np.int32)
        for syllable, number in numbers.items():
            folded[number] = folded_numbers[fold(syllable)]
        return cls(
            np.array(tokens, dtype=np.int32),
            np.array(marks, dtype=np.uint8),
            np.array(starts, dtype=np.int64),
            np.array(passage_starts, dtype=np.int64),
            folded,
        )

    def passages_of(self, sentences: Offsets) -> Offsets:
        """The passage of each sentence."""
        return np.searchsorted(self.passage_starts, sentences, side="right") - 1


def marks_of(sentence: str) -> list[int]:
    """The `Mark`s of each syllable of a sentence; none where lower case has other syllables, as that of "İ" has."""
    text = normalize(sentence)
    dates = {place for found in _DATE.finditer(text) for place in range(found.start(), found.end())}
    marks = [_mark(found[0], found.start() in dates) for found in _SYLLABLE.finditer(text)]
    if len(text.lower()) != len(text):
        return [0] * len(syllables(text))
    if marks:
        marks[0] |= Mark.FIRST
    return marks


def _mark(syllable: str, in_date: bool) -> int:
    mark = int(Mark.CAPITAL) if syllable[0].isupper() else 0
    if syllable[0].isdigit() or syllable.lower() in _NUMERALS:
        mark |= Mark.NUMBER | Mark.DATE if in_date else Mark.NUMBER
        if _YEAR.fullmatch(syllable):
            mark |= Mark.YEAR
    return mark
