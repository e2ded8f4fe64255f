"""What belongs to one chat is done one after the other, in the order it came in; other chats' beside it."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Lanes(Generic[T]):
    """A lane is a queue and a task that works it off; it exists as long as something is in it."""

    def __init__(self, work: Callable[[T], Awaitable[None]]) -> None:
        self._work = work
        self._queues: dict[Hashable, deque[T]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    def add(self, key: Hashable, item: T) -> None:
        """Put the item at the end of the lane."""
        if key in self._queues:
            self._queues[key].append(item)
            return
        self._queues[key] = deque([item])
        task = asyncio.create_task(self._run(key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def waiting(self, key: Hashable) -> int:
        """How many items of the lane are not done with."""
        return len(self._queues.get(key, ()))

    def __len__(self) -> int:
        """How many items of all lanes are not done with."""
        return sum(map(len, self._queues.values()))

    async def close(self, grace: float) -> None:
        """Go on for up to `grace` seconds; then let each lane finish the item it is at, as long again; then cancel."""
        for _ in range(2):
            if self._tasks:
                await asyncio.wait(self._tasks, timeout=grace)
            self._closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self, key: Hashable) -> None:
        queue = self._queues[key]
        try:
            while queue and not self._closed:
                try:
                    await self._work(queue[0])
                except Exception:
                    logger.exception("a lane goes on after a failure")
                queue.popleft()
        finally:
            del self._queues[key]
