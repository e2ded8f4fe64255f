"""Which update a task is at work on: what is sent meanwhile is sent on it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from telegram import Update

from bot.once.unfinished import Send


@dataclass(slots=True)
class Handling:
    """An update on its way through the handlers; `earlier` is what a run of the program that was killed had sent on it.

    Handlers run again from their beginning then. What they send is told by its ordinal, so they should send in the same
    order as before; that the words are the same is not needed. `begun`: see `Unfinished`.
    `found` is called when the first message is to go out.
    """

    update: Update
    earlier: Mapping[int, Send] = field(default_factory=dict)
    again: bool = False
    begun: int = 0
    found: Callable[[], None] | None = None
    _count: int = 0
    _refused: int = 0

    @property
    def sends_begun(self) -> bool:
        """Whether something had been sent on it, or was about to be."""
        return bool(self.earlier)

    @property
    def goes_on(self) -> bool:
        """Whether this run has begun to send something on it."""
        return self._count > self._refused

    def refused(self) -> None:
        """The last message was refused, and what follows is said in its place."""
        self._refused += 1

    def next_ordinal(self) -> int:
        """The number of the next message on this update, from 0."""
        ordinal, self._count = self._count, self._count + 1
        if ordinal == 0 and self.found is not None:
            self.found()
        return ordinal


_CURRENT: ContextVar[Handling | None] = ContextVar("handling", default=None)


def current() -> Handling | None:
    """What this task and those that it has started are at work on."""
    return _CURRENT.get()


@contextmanager
def at_work_on(handling: Handling) -> Iterator[None]:
    """What is sent in the block is sent on this update."""
    token = _CURRENT.set(handling)
    try:
        yield
    finally:
        _CURRENT.reset(token)
