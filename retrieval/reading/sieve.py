"""Lines on their way through the rules of `dropping`."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from retrieval.records import Dropped

from . import marginal, rules
from .lines import Line
from .metadata import Metadata


@dataclass(slots=True)
class Sieve:
    """What was dropped so far, and the metadata that it carried; `gone` holds the numbers of whole lines dropped."""

    lines: Sequence[Line]
    found: Metadata = field(default_factory=Metadata)
    dropped: list[Dropped] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)

    def drop(self, line: Line, reason: str, found: Metadata | None = None) -> None:
        """Leave a line out; what it says of the article counts where no earlier line said it."""
        self.dropped.append(Dropped(line.number, line.text, reason))
        self.gone.add(line.number)
        if found:
            self.found = self.found.over(found)

    def left(self) -> list[Line]:
        """The lines that hold text and are still taken for article."""
        return [line for line in self.lines if line and line.number not in self.gone]

    def kept(self) -> list[Line]:
        """The lines still taken for article and the blank ones between them, one in a row."""
        kept: list[Line] = []
        for line in self.lines:
            if line.number not in self.gone and (line or (kept and kept[-1])):
                kept.append(line)
        while kept and not kept[-1]:
            kept.pop()
        return kept

    def head(self) -> list[Line]:
        """What is left before the first line of prose; everything where there is none."""
        left = self.left()
        first = next((i for i, line in enumerate(left) if _is_body(line)), len(left))
        return left[:first]

    def tail(self) -> list[Line]:
        """What is left after the last line of prose; nothing where there is none."""
        left = self.left()
        last = next((i for i in reversed(range(len(left))) if _is_body(left[i])), len(left))
        return left[last + 1 :]


def _is_body(line: Line) -> bool:
    words = line.words
    if line.hint or not rules.is_prose(words) or rules.is_caption(words):
        return False
    return marginal.source_line(words, closing=False) is None
