"""Paragraphs → sentences with exact offsets."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .ends import ends, is_syllable
from .patterns import SPACE

# Characters. The longest of 28,000 sentences of news has 950. What is longer is a list or no sentence, and would cost
# all that looks at a sentence's words one against the other too much.
_LONGEST = 1200
_MARKS = frozenset({"Mn", "Mc", "Me"})

__all__ = ["is_syllable", "split"]


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph, `text[start:end]`, as (start, end) in `text`, without outer white space.

    Every character of the paragraph that is not white space lies in exactly one sentence, and none is longer than
    `_LONGEST`.
    """
    for first, last in pairwise(_shortened(text, [start, *ends(text, start, end), end])):
        piece = text[first:last]
        stripped = piece.strip()
        if stripped:
            begin = first + piece.index(stripped)
            yield begin, begin + len(stripped)


def _shortened(text: str, cuts: Sequence[int]) -> Iterator[int]:
    """The cuts with more between them where they lie too far apart: behind a comma, in white space, between letters."""
    for first, last in pairwise(cuts):
        at = first
        while last - at > _LONGEST:
            yield at
            at = _cut_within(text, at + _LONGEST // 2, at + _LONGEST)
        yield at
    yield cuts[-1]


def _cut_within(text: str, first: int, last: int) -> int:
    """The last white space there, behind a comma if there is one, else the last place that parts no letter from its
    marks.
    """
    spaces = [space.start() for space in SPACE.finditer(text, first, last)]
    spaces = [space for space in spaces if text[space - 1] in ",;:"] or spaces
    whole = (at for at in range(last, first, -1) if unicodedata.category(text[at]) not in _MARKS)
    return spaces[-1] if spaces else next(whole, last)
