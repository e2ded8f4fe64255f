"""Waking everyone who waits for a change, from synchronous code on the same event loop."""

import asyncio
from collections.abc import Callable


class Signal:
    """`notify` wakes all tasks that are in `wait` at that moment; a later `wait` waits for the next `notify`."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def notify(self) -> None:
        """Wake them."""
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self) -> None:
        """Return at the next `notify`."""
        await self._event.wait()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Return once the condition holds, which is tried now and at every `notify`."""
        while not condition():
            await self.wait()
