"""Worker processes, each with the library open: who hangs or crashes is replaced, and the others go on."""

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar, cast

from bot.finding.carrying_out import Edition, carry_out, get_ready
from bot.finding.desk import Job, P, UnfinishedError
from retrieval import Library
from retrieval.processes import Failure, Processes, failure, processor_seconds

logger = logging.getLogger(__name__)

T = TypeVar("T")

# What the server of processes imports once for all workers.
PRELOADED = ("bot.finding.preloaded",)
# Seconds after which a job is a slow one: it goes on beside the others, and the next takes its turn.
_MOMENT = 0.5
# Workers beside the usual ones, so that slow jobs keep nobody waiting. Of more slow jobs the oldest is ended.
_SPARE = 4
_IDLE_PRIORITY = 19
_READY = 60.0  # seconds in which a worker opens a library
_AWAITED = 10.0  # seconds that the start waits for the usual workers at most
_SPREAD = 5.0  # seconds between the starts of two spare workers, unless one is wanted
_PAUSE = 1.0  # seconds before a worker that could not is tried again


@dataclass(frozen=True, slots=True)
class Means:
    """How many workers there are, how many seconds a job may take, and how many quotes an answer has."""

    workers: int
    seconds: float
    quotes: int


class Workers:
    """Opened and closed with the application; what a `Finder` is, over a library in a file."""

    def __init__(self, library: Callable[[], Library], means: Means) -> None:
        self._library, self._means = library, means
        count = means.workers or os.cpu_count() or 1
        self._workers = [_Worker() for _ in range(count + _SPARE)]
        self._turns = asyncio.Semaphore(count)
        self._usual_are_ready, self._spare_wanted = asyncio.Event(), asyncio.Event()
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._slow: list[_Worker] = []
        self._tasks: set[asyncio.Task[Any]] = set()

    async def open(self) -> None:
        """Start all workers. When this returns the usual number is ready: whoever asks earlier would wait for them."""
        self._begin(self._start())
        with suppress(TimeoutError):
            async with asyncio.timeout(_AWAITED):
                await self._usual_are_ready.wait()

    async def renew(self) -> None:
        """Let go of the library that was in use, one worker after the other."""
        self._begin(self._renew())

    async def close(self) -> None:
        """End all workers, whatever they do."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for worker in self._workers:
            worker.stop()

    async def find(self, job: Job[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Done by a worker. One that dies is replaced, and the job done once more: it changes nothing."""
        call = partial(carry_out, self._edition(), self._means.quotes, job, *args, **kwargs)
        crashes = 0
        while True:
            # Who is cancelled leaves it to itself: to cancel it would cost the worker.
            why, result = await asyncio.shield(self._begin(self._done(call)))
            if why is None:
                return cast("T", result)
            logger.warning("a worker was lost (%s)", why)
            crashes += why == "crash"
            if why in {"time", "memory"} or crashes > 1:
                raise UnfinishedError(why)

    def _edition(self) -> Edition:
        edition = Edition.of(self._library())
        if edition is None:
            raise ValueError("a library in memory cannot be opened by workers")
        return edition

    async def _done(self, call: Callable[[], T]) -> tuple[Failure | None, Any]:
        """By which limit the job was ended, if it was, and its result. Raises what it raises."""
        async with AsyncExitStack() as turn:
            await turn.enter_async_context(self._turns)
            worker = await self._free()
            try:
                future = await worker.begin(call, self._means.seconds)
                done, _ = await asyncio.wait({future}, timeout=_MOMENT)
                if not done:
                    await turn.aclose()
                return None, await (future if done else self._slowly_done(worker, future))
            except asyncio.CancelledError:
                if not worker.is_ended:
                    raise
                return "time", None
            except Exception as error:
                why = failure(error)
                if why is None:
                    raise
                worker.is_ready = False
                return why, None
            finally:
                self._put_back(worker)

    async def _slowly_done(self, worker: "_Worker", future: asyncio.Future[T]) -> T:
        """Beside what others ask, which has taken its turn."""
        self._slow.append(worker)
        self._spare_wanted.set()
        going_on = [each for each in self._slow if not each.is_ended]
        if len(going_on) > _SPARE:
            going_on[0].end()
        try:
            while not future.done():
                worker.step_back()
                await asyncio.wait({future}, timeout=_MOMENT)
            return await future
        finally:
            self._slow.remove(worker)

    async def _free(self) -> "_Worker":
        """A worker that is idle, or will soon be."""
        return await self._idle.get()

    def _put_back(self, worker: "_Worker") -> None:
        if worker.is_ready:
            self._idle.put_nowait(worker)
        else:
            self._begin(self._make_ready(worker))

    async def _start(self) -> None:
        usual = len(self._workers) - _SPARE
        for number, worker in enumerate(self._workers):
            if number >= usual:
                self._usual_are_ready.set()
                with suppress(TimeoutError):  # to be started takes as much of a processor as thirty answers
                    async with asyncio.timeout(_SPREAD):
                        await self._spare_wanted.wait()
            await self._make_ready(worker)

    async def _renew(self) -> None:
        for _ in self._workers:
            await self._make_ready(await self._idle.get())

    async def _make_ready(self, worker: "_Worker") -> None:
        """Until it is, again and again."""
        while not await worker.make_ready(self._edition()):  # noqa: ASYNC110 - as nobody tells when it will do
            await asyncio.sleep(_PAUSE)
        self._idle.put_nowait(worker)

    def _begin(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


class _Worker:
    """One process. Each has a pool of its own, so that no lock is shared with one that is killed."""

    def __init__(self) -> None:
        self._processes = Processes(1, PRELOADED)
        self._pid = 0  # of the process, where it is known
        self._spent: float | None = None  # seconds of the processor before the job
        self._future: asyncio.Future[Any] | None = None
        self.is_ready = False  # has a library open, and the priority of the others
        self.is_ended = False  # the job under way was ended for others

    async def make_ready(self, edition: Edition) -> bool:
        """Whether the process, another one where it has stepped back or was ended, has the library open."""
        if not self.is_ready:
            self._processes.stop()
        try:
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
        self._spent = processor_seconds(self._pid) if self._pid else None
        return self._future

    def step_back(self) -> None:
        """Where the job takes much of a processor, it has from now on only what others leave; that can't be undone.

        A job may as well be slow because it gets no processor, and then it is not to get still less.
        """
        if self._spent is None or not self.is_ready:
            return
        spent = processor_seconds(self._pid)
        if spent is not None and spent - self._spent >= _MOMENT / 2:
            self.is_ready = False
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._pid, _IDLE_PRIORITY)

    def end(self) -> None:
        """End the job under way, and the process."""
        if self._future is not None:
            self.is_ended = True
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
