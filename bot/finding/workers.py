"""Worker processes, each with the library open: who hangs or crashes is replaced, and the others go on."""

import asyncio
import logging
import os
import time
from collections.abc import Callable, Coroutine
from concurrent.futures.process import BrokenProcessPool
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar, cast

from bot.finding.carrying_out import Edition, carry_out
from bot.finding.desk import Job, P, UnfinishedError
from bot.finding.pace import Pace
from bot.finding.worker import Worker
from retrieval import Library
from retrieval.processes import Failure, failure

logger = logging.getLogger(__name__)

T = TypeVar("T")

# Seconds of a job's turn: one that is not done then goes on beside the next.
_TURN = 0.1
_LOOK = 0.05  # seconds between two looks at such a job
# It is a slow one when it has used a processor for so many seconds: an answer takes a fifth of it, a timeline with its
# picture all of it. From then on it has a processor for a slice of time, one slow job after the other; where questions
# come fast, these rest before the next slice.
_LONG, _SLICE, _REST = 0.1, 0.04, 0.2
# One that is not hurried may put sentences to the reader, which takes so much more.
_TO_READ = 0.4
# So is one that still waits for something after so many seconds. Waiting for a processor does not make a job slow: the
# machine is busy then, and ending jobs and starting workers would keep it busier.
_MOMENT = 0.4
# Workers beside the usual ones, so that slow jobs keep nobody waiting: one is being started in place of a lost one.
_SPARE = 4
# Of more slow jobs than these the oldest is ended, where it has been one for so many seconds.
_SLOW, _LEAST = _SPARE - 1, 0.5
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
        self._workers = [Worker() for _ in range(count + _SPARE)]
        self._turns = asyncio.Semaphore(count)
        self._pace = Pace(count)  # to read takes a quarter of a second: half of the processors at most
        self._usual_are_ready, self._spare_wanted = asyncio.Event(), asyncio.Event()
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._slices = asyncio.Lock()
        self._slow: dict[Worker, float] = {}  # whose jobs are slow, the oldest first, and since when
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
        hurried = self._pace.is_hurried()
        call = partial(carry_out, self._edition(), self._means.quotes, hurried, job, *args, **kwargs)
        crashes = 0
        while True:
            # A cancelled caller leaves it running: to cancel it would cost the worker.
            why, result = await asyncio.shield(self._begin(self._done(call, _LONG if hurried else _LONG + _TO_READ)))
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

    async def _done(self, call: Callable[[], T], usual: float) -> tuple[Failure | None, Any]:
        """By which limit the job was ended, if it was, and its result; with more than the `usual` seconds of a
        processor it is slow. Raises what it raises.
        """
        async with AsyncExitStack() as turn:
            await turn.enter_async_context(self._turns)
            worker = await self._free()
            try:
                future = await worker.begin(call, self._means.seconds)
                done, _ = await asyncio.wait({future}, timeout=_TURN)
                if not done:
                    await turn.aclose()
                    await self._done_beside(worker, future, usual)
                return None, await future
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

    async def _done_beside(self, worker: Worker, future: asyncio.Future[Any], usual: float) -> None:
        """Beside what others ask, which has taken its turn."""
        self._spare_wanted.set()
        began = time.monotonic()
        try:
            while not future.done():
                now, used = time.monotonic(), worker.used()
                is_long = used is not None and used.seconds >= usual
                if is_long or (now - began >= _MOMENT and (used is None or used.waits)):
                    self._slow.setdefault(worker, now)
                self._keep_slow_ones_few(now)
                if worker.is_given_up and not future.done():
                    raise BrokenProcessPool
                if is_long:
                    await self._given_a_slice(worker, future)
                else:
                    await asyncio.wait({future}, timeout=_LOOK)
        finally:
            worker.go_on()
            self._slow.pop(worker, None)

    async def _given_a_slice(self, worker: Worker, future: asyncio.Future[Any]) -> None:
        worker.pause()
        async with self._slices:
            worker.go_on()
            await asyncio.wait({future}, timeout=_SLICE)
            if self._pace.is_fast() and not future.done():
                worker.pause()
                await asyncio.wait({future}, timeout=_REST)

    def _keep_slow_ones_few(self, now: float) -> None:
        going_on = [(since, worker) for worker, since in self._slow.items() if not worker.is_ended]
        if len(going_on) > _SLOW:
            since, oldest = going_on[0]
            if now - since >= _LEAST:
                oldest.end()

    async def _free(self) -> Worker:
        """A worker that is idle, or will soon be."""
        return await self._idle.get()

    def _put_back(self, worker: Worker) -> None:
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

    async def _make_ready(self, worker: Worker) -> None:
        """Until it is, again and again."""
        while not await worker.make_ready(self._edition()):  # noqa: ASYNC110 - as nobody tells when it will do
            await asyncio.sleep(_PAUSE)
        self._idle.put_nowait(worker)

    def _begin(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
