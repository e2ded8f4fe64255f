"""Work done once for all that ask for it within a few seconds."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any

logger = logging.getLogger(__name__)

_Work = Callable[..., Awaitable[object]]


class Gathered:
    """Does work some seconds after it was asked for; what is asked for while it is done, once more afterwards."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._wanted: dict[_Work, tuple[Any, ...]] = {}
        self._task: asyncio.Task[None] | None = None

    def ask(self, work: _Work, *given: Any) -> None:
        """Have it done soon, with what was given last; different work one after the other."""
        self._wanted[work] = given
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Stop; what has not been done is left undone."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while self._wanted:
            await asyncio.sleep(self._seconds)
            wanted, self._wanted = self._wanted, {}
            for work, given in wanted.items():
                try:
                    await work(*given)
                except Exception:  # whatever is wrong this time, the next time may go well
                    logger.exception("work that was asked for was not done")
