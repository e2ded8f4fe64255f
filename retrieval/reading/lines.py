"""The lines of a text, and which of them a hard wrap broke."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from retrieval.tokens import normalize

Hint = Literal["heading", "caption", "quotation", "image", "rule", "place"]

# Mail and old editors wrap at 72 to 80 columns.
_NARROWEST, _WIDEST = 60, 100
_FEWEST_WRAPS = 3
_RAGGED = 20  # columns that the lines of a wrapped text differ by: a syllable or two
_FIRST_WORD = re.compile(r"\S+")
_ENDS = re.compile(r"[.!?…:;][\"”’»)\]]*$")


@dataclass(frozen=True)
class Line:
    """A line, or the lines of one wrapped paragraph; `number` counts from 1, `hint` is what mark-up says it is."""

    number: int
    text: str
    hint: Hint | None = None

    @cached_property
    def words(self) -> str:
        """The line for matching: NFC, no invisible characters, white space folded."""
        return " ".join(normalize(self.text).split())

    def __bool__(self) -> bool:
        return bool(self.words)


def split_lines(text: str, first: int = 1) -> list[Line]:
    """The lines of a text, each with its number, the wrapped ones joined again (line break included)."""
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), first)]
    width = wrap_width([line.text for line in lines])
    return list(join_wrapped(lines, width)) if width else lines


def wrap_width(lines: Sequence[str]) -> int | None:
    """The width in columns that a text is hard-wrapped at; None where each line is a paragraph of its own."""
    broken = [line.rstrip() for line, following in pairwise(lines) if line.strip() and following.strip()]
    widest = max((len(line) for line in broken if len(line) <= _WIDEST), default=0)
    wrapped = [line for line in broken if max(_NARROWEST, widest - _RAGGED) <= len(line) <= _WIDEST]
    ended = sum(1 for line in wrapped if _ENDS.search(line))
    if len(wrapped) < _FEWEST_WRAPS or len(wrapped) < 0.8 * len(broken) or ended > 0.5 * len(wrapped):
        return None
    return widest


def join_wrapped(lines: Sequence[Line], width: int, glue: str = "\n") -> Iterator[Line]:
    """Lines broken at `width` joined to paragraphs: a line is broken where the next word did not fit on it."""
    block: list[Line] = []
    for line in lines:
        if block and not _continues(block[-1].text, line.text, width):
            yield _joined(block, glue)
            block = []
        block.append(line)
    if block:
        yield _joined(block, glue)


def _continues(line: str, following: str, width: int) -> bool:
    first = _FIRST_WORD.search(following)
    if not line.strip() or first is None:
        return False
    return len(line.rstrip()) + 1 + len(first[0]) > width


def _joined(block: Sequence[Line], glue: str) -> Line:
    return block[0] if len(block) == 1 else Line(block[0].number, glue.join(line.text for line in block))
