"""What a piece of Python does for a text, counted: calls of functions, and characters copied out of the text."""

import sys
from collections.abc import Callable, Iterator
from itertools import islice, product
from types import FrameType
from typing import Self, SupportsIndex

SHORT, LONG = 2_000, 6_000
GROWTH = 1.6 * LONG / SHORT  # what looks at pairs of words does so in sentences, which have a longest
NEWS = (
    "Sáng 2/9, Bộ trưởng Bộ Ngoại giao Nguyễn Văn An cho biết hội nghị sẽ diễn ra tại Hà Nội trong tháng 10 tới, "
    "với sự tham dự của đại biểu nhiều nước. "
)
_GIVEN = "An Bình Chi Dũng Giang Hà Hải Hùng Khánh Lan Linh Long Mai Nam Nga Phong"
_FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý"


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


def in_proportion(work: Callable[[str], object], shape: str, short: int = SHORT, long: int = LONG) -> None:
    """Raises TooMuchWorkError where a text three times as long costs more than a bit more than three times as much."""
    few, many = (shape * (length // len(shape)) for length in (short, long))
    calls(lambda: work(many), allowed=int(GROWTH * calls(lambda: work(few))) + 1_000)


def some_names(count: int) -> Iterator[str]:
    """As many different names as wanted."""
    given, family = _GIVEN.split(), _FAMILY.split()
    yield from (" ".join(name) for name in islice(product(family, given, given), count))


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
