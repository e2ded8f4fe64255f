"""What has changed in the world, for those who watch it: the page asks for all since the last that it knows."""

from collections.abc import Iterator

from bot.sandbox.signals import Signal

Key = tuple[str, *tuple[int, ...]]  # ("message", chat id, message id), ("chat", id), ("user", id), ("typing", chat id)


class Changes:
    """Which things there are, in the order of their last change, each with its number.

    A thing that changes again moves to the end, so that nothing is ever too old to be caught up with: who has seen
    all up to number n needs `since(n)`, and a newcomer `since(0)`.
    """

    def __init__(self, signal: Signal) -> None:
        self.last = 0
        self.watched = 0  # how many wait for a change
        self._signal = signal
        self._numbers: dict[Key, int] = {}
        self.closed = False  # the server stops: nobody waits any more

    def note(self, kind: str, *ids: int) -> None:
        """This has changed (or is new, or gone)."""
        self.last += 1
        key: Key = (kind, *ids)
        self._numbers.pop(key, None)
        self._numbers[key] = self.last
        self._signal.notify()

    def since(self, number: int) -> list[Key]:
        """What has changed after that, in order."""
        return list(self._newest_first(number))[::-1]

    def _newest_first(self, number: int) -> Iterator[Key]:
        for key in reversed(self._numbers):
            if self._numbers[key] <= number:
                return
            yield key

    async def after(self, number: int) -> bool:
        """Wait for a change after that; False where none will come, as the server stops."""
        self.watched += 1
        self._signal.notify()
        try:
            await self._signal.until(lambda: self.last > number or self.closed)
        finally:
            self.watched -= 1
        return not self.closed

    def open(self) -> None:
        """The server starts, perhaps after a stop."""
        self.closed = False

    def close(self) -> None:
        """The server stops: nobody waits any more."""
        self.closed = True
        self._signal.notify()
