"""When each feed was last read well, when it last brought anything, and whether that is longer ago than usual."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .feeds import Feed, feed_folder
from .state import State

Trouble = Literal["broken", "silent"]

# A feed fails now and then: it is broken after so many of its own intervals, six hours at least.
_INTERVALS = 6
_BROKEN = datetime.timedelta(hours=6)
# It is silent where nothing new comes for four times as long as usual, a day at least.
_TIMES = 4
_SILENT = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Freshness:
    """A feed by its label. `read`: when an answer last came; `brought`: when anything new last did; None: never yet.

    `usual` is how long it is between two that bring something, `error` what was wrong the last time, if anything was.
    """

    label: str
    every: datetime.timedelta
    read: datetime.datetime | None = None
    brought: datetime.datetime | None = None
    usual: datetime.timedelta | None = None
    failures: int = 0
    error: str | None = None

    def trouble(self, now: datetime.datetime) -> Trouble | None:
        """What somebody should look at."""
        if self.failures > 1 and (self.read is None or now - self.read > max(_INTERVALS * self.every, _BROKEN)):
            return "broken"
        if self.brought and self.usual and now - self.brought > max(_TIMES * self.usual, _SILENT):
            return "silent"
        return None


def freshness(feeds: Sequence[Feed], cache: Path) -> tuple[Freshness, ...]:
    """Of each feed, in order, as the polls into this cache have left it; a state that can't be read is none."""
    return tuple(_of(feed, feed_folder(cache) / feed.slug / "state.json") for feed in feeds)


def _of(feed: Feed, path: Path) -> Freshness:
    try:
        state, _ = State.load(path)
    except OSError:
        state = State()
    usual = None if state.usual is None else datetime.timedelta(seconds=state.usual)
    return Freshness(feed.label, feed.every, state.read, state.brought, usual, state.failures, state.error)
