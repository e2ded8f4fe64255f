"""One piece of work for all that ask for it within a few seconds."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

logger = logging.getLogger(__name__)


class Gathered:
    """Does `work` some seconds after it was asked for; what is asked for while it is done, once more afterwards."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._wanted = False
        self._task: asyncio.Task[None] | None = None

    def ask(self, work: Callable[[], Awaitable[object]]) -> None:
        """Have it done soon."""
        self._wanted = True
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(work))

    async def close(self) -> None:
        """Stop; what has not been done is left undone."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self, work: Callable[[], Awaitable[object]]) -> None:
        while self._wanted:
            await asyncio.sleep(self._seconds)
            self._wanted = False
            try:
                await work()
            except Exception:  # whatever is wrong this time, the next time may go well
                logger.exception("work that was asked for was not done")
