"""One thing that was looked at."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["good", "note", "bad"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`good`: in order; `note`: works, but not as somebody may expect; `bad`: does not work. `advice`: what to do."""

    level: Level
    subject: str
    what: str
    advice: str = ""


def good(subject: str, what: str) -> Finding:
    """In order."""
    return Finding("good", subject, what)


def note(subject: str, what: str, advice: str = "") -> Finding:
    """Worth knowing."""
    return Finding("note", subject, what, advice)


def bad(subject: str, what: str, advice: str) -> Finding:
    """Out of order."""
    return Finding("bad", subject, what, advice)
