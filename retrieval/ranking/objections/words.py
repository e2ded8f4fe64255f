"""A text as the objections read it: its syllables, and what each looks like."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from retrieval.query import Query

T = TypeVar("T")

# Before a number these say nothing of what is numbered.
LOOSE = frozenset(
    [
        "thứ", "lần", "số", "là", "có", "được", "hơn", "gần", "khoảng", "chỉ", "của", "và", "đến",
        "từ", "trên", "dưới", "với", "thu", "lan", "so", "la", "co", "hon", "gan",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The syllables of a text in lower case, folded where the question is typed without diacritics, and their marks."""

    syllables: Sequence[str]
    marks: Sequence[int]

    def pairs(self) -> set[tuple[str, str]]:
        """Every two syllables in a row."""
        return set(in_pairs(self.syllables))


def in_pairs(items: Sequence[T]) -> list[tuple[T, T]]:
    """Every item with the one after it."""
    return list(pairwise(items))


def places(run: Sequence[str], text: Words) -> list[int]:
    """Where the syllables stand in a row."""
    size, wanted = len(run), tuple(run)
    return [
        at for at, s in enumerate(text.syllables) if s == wanted[0] and tuple(text.syllables[at : at + size]) == wanted
    ]


def is_told(query: Query, place: tuple[int, int], text: Words) -> bool:
    """Whether the text has what stands at a place of the question: its own words, others for it, or an abbreviation of
    it, or of more around it: "BNG" tells of "Ngoại giao".
    """
    first, last = place
    others = (other for other, *stands in query.synonyms if tuple(stands) == place)
    abbreviations = (short for short, start, end in query.short if start <= first and last <= end)
    return any(places(run, text) for run in (query.terms[first:last], *others, *((short,) for short in abbreviations)))
