"""The list of sources in pages: which are on a page; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from retrieval import Source

_EACH = 15  # that a phone shows without much scrolling


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Page `number`, from 0, of `pages`; `first` is the place of its first source, from 1, among all of them.

    A group has `chosen` those that its answers come from first, or `only`.
    """

    sources: Sequence[Source]
    number: int
    pages: int
    all: int
    chosen: tuple[str, ...] = ()
    only: bool = False

    @classmethod
    def of(cls, sources: Sequence[Source], number: int) -> Self:
        """That page, the last one where there are fewer."""
        pages = max(-(-len(sources) // _EACH), 1)
        number = min(number, pages - 1)
        return cls(sources[_EACH * number : _EACH * (number + 1)], number, pages, len(sources))

    @property
    def first(self) -> int:
        """As the page counts."""
        return _EACH * self.number + 1
