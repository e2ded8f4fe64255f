"""What became of one poll, and the one error by which anything on the way says why not."""

from dataclasses import dataclass
from typing import Literal

from retrieval.records import Problem

Skip = Literal[
    "not due",
    "not modified",
    "gone",
    "busy",
    "robots",
    "refused address",
    "redirects",
    "too large",
    "timeout",
    "unreachable",
    "HTTP status",
    "not a feed",
    "cannot be stored",
    "other process",
    "error",
]


class FetchError(Exception):
    """Nothing could be fetched: `reason` for programs, the message (one line) for an operator.

    `retry_after` is that header's value, as sent.
    """

    def __init__(self, reason: Skip, message: str, retry_after: str | None = None) -> None:
        super().__init__(message)
        self.reason = reason
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Polled:
    """One source after a poll: how many entries of the feed were new, changed and unchanged.

    `skipped` says why nothing was read, `message` the same in words; both are empty where the feed was read.
    `problems` are single entries or pages that were left out, and a damaged state file.
    """

    source: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: Skip | None = None
    message: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether something is wrong with the source, rather than that there is nothing to do."""
        return self.skipped not in (None, "not due", "not modified", "other process")


def one_line(text: str) -> str:
    """The text with what would break a line, or a terminal, escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
