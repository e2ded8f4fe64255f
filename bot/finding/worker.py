"""One worker process, with the library open: what it is at can be paused, and ended."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from bot.finding.carrying_out import Edition, get_ready
from retrieval.cluster.connection import ENVIRONMENT
from retrieval.processes import Processes, Usage, failure, go_on, kill, pause, usage

logger = logging.getLogger(__name__)

T = TypeVar("T")

# What the server of processes imports once for all workers.
PRELOADED = ("bot.finding.preloaded",)
_READY = 20.0  # seconds in which a worker opens a library: under load a few, else a fraction of one


class Worker:
    """One process. Each has a pool of its own, so that no lock is shared with one that is killed."""

    def __init__(self) -> None:
        self._processes = Processes(1, PRELOADED, environment=ENVIRONMENT)
        self._pid = 0  # of the process, where it is known
        self._before: Usage | None = None  # what it had used before the job
        self._future: asyncio.Future[Any] | None = None
        self.is_ready = False  # has a library open
        self._is_paused = False
        self.is_ended = False  # the job under way was ended for others

    async def make_ready(self, edition: Edition) -> bool:
        """Whether the process, another one where it was ended, has the library open."""
        if not self.is_ready:
            self._processes.stop()
        try:
            async with asyncio.timeout(
                _READY
            ):  # the pool counts from when it is begun: one that was killed begins nothing
                self._pid = await (await self._submitted(_READY, partial(get_ready, edition)))
        except Exception as error:
            if failure(error) is not None:
                self.is_ready = False
                return False
            logger.exception("a worker cannot open the library")  # and the next question will fail of that
        self.is_ready, self.is_ended = True, False
        return True

    async def begin(self, call: Callable[[], T], seconds: float) -> asyncio.Future[T]:
        """Have it done."""
        self._future = await self._submitted(seconds, call)
        self._before = usage(self._pid) if self._pid else None
        return self._future

    @property
    def is_given_up(self) -> bool:
        """Whether the pool is, as its process was killed: a job that came to it at that moment is never told of."""
        return not self._processes.is_started

    def used(self) -> Usage | None:
        """What the job under way has used; None where that can't be told."""
        now = usage(self._pid) if self._before else None
        return Usage(now.seconds - self._before.seconds, now.waits) if now and self._before else None

    def pause(self) -> None:
        """The job takes no processor until it goes on."""
        if self._pid and not self._is_paused:
            self._is_paused = True
            pause(self._pid)

    def go_on(self) -> None:
        """The job goes on, if it was paused."""
        if self._is_paused:
            self._is_paused = False
            go_on(self._pid)

    def end(self) -> None:
        """End the job under way, and the process."""
        if self._future is not None:
            self.is_ready, self.is_ended = False, True
            if self._pid:
                kill(self._pid)  # whom the pool asks to end does so when it goes on
            self._processes.stop()  # first: the pool would start another process for one whose job is cancelled
            self._future.cancel()

    def stop(self) -> None:
        """End the process."""
        self._processes.stop()

    async def _submitted(self, seconds: float, call: Callable[[], T]) -> asyncio.Future[T]:
        processes = self._processes
        if processes.is_started:
            return asyncio.wrap_future(processes.submit(seconds, call))
        self._pid = 0
        return asyncio.wrap_future(await asyncio.to_thread(processes.submit, seconds, call))
