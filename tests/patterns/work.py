"""What a piece of Python does for a text, counted: calls of functions, and characters copied out of the text."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Self, SupportsIndex


class TooMuchWorkError(Exception):
    """More calls than were allowed."""


def calls(work: Callable[[], object], allowed: int = 100_000_000) -> int:
    """The calls, of Python's functions and of C's, that some work makes. Raises `TooMuchWorkError` beyond `allowed`."""
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        if event in {"call", "c_call"}:
            count += 1
            if count > allowed:
                sys.setprofile(None)
                raise TooMuchWorkError

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


class CopiedText(str):
    """A text that counts the characters of every slice that is taken of it, and of its slices."""

    _lengths: list[int]

    def __new__(cls, text: str, lengths: list[int] | None = None) -> Self:
        self = super().__new__(cls, text)
        self._lengths = [] if lengths is None else lengths
        return self

    def __getitem__(self, at: SupportsIndex | slice) -> str:
        part = super().__getitem__(at)
        self._lengths.append(len(part))
        return CopiedText(part, self._lengths)

    @property
    def copied(self) -> int:
        """How many so far."""
        return sum(self._lengths)
