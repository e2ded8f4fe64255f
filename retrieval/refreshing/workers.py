"""Work on files in other processes, within limits of time and memory: in order, one for each processor."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from retrieval import reading
from retrieval.processes import Failure, Processes, failure, within

Job = TypeVar("Job")
Result = TypeVar("Result")
Tag = TypeVar("Tag")

# What the server of processes imports once for all of them.
PRELOADED = ("retrieval.refreshing.preloaded",)
# Times that a job is given to another process where one has crashed.
_AGAIN = 2
# Jobs until a process makes room for another: libxml2 keeps each name of a tag that it has ever seen, 30 kB for a file
# of spoilt names.
_TASKS = 2_000
# Results that wait for one before them.
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds of a processor for one job, so that none is ended because others keep the machine busy, and how many
    times as many may pass by the clock; megabytes of memory beyond what the program itself takes. None: as much as it
    takes.
    """

    seconds: float | None = 30
    megabytes: int | None = 512
    patience: float = 20


DEFAULT_BOUNDS, UNBOUNDED = Bounds(), Bounds(None, None)


def exceeded(why: Failure, bounds: Bounds) -> str:
    """By which limit the reading of something was ended, in words for an operator."""
    return {
        "time": f"takes longer to read than {bounds.seconds:g} s",
        "memory": f"takes more memory to read than {bounds.megabytes} MB",
        "crash": "whoever reads it crashes",
        "lost": "whoever was to read it was killed",
    }[why]


class Workers:
    """As many processes as there are processors, started when they are first needed; a context manager."""

    def __init__(self, bounds: Bounds, count: int | None = None) -> None:
        self._count = count or os.cpu_count() or 1
        self._seconds = bounds.seconds
        self._by_the_clock = bounds.seconds and bounds.seconds * bounds.patience
        self._processes = Processes(self._count, PRELOADED, bounds.megabytes, reading.NOISY, _TASKS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._processes.stop()

    def each(
        self, call: Callable[[Job], Result], jobs: Iterable[tuple[Tag, Job | None]]
    ) -> Iterator[tuple[Tag, Job | None, Result | Failure | None]]:
        """Beside what each job is tagged with, and the job, `call(job)` or by which limit it was ended, in order.

        None where the job is None. The call must be a module's function; jobs and results are pickled.
        """
        waiting: deque[tuple[Tag, Any, Future[Any] | None]] = deque()
        for tag, job in jobs:
            waiting.append((tag, job, None if job is None else self._submit(call, job)))
            # What is done already, and what must be waited for, so that not too much waits.
            while waiting and (len(waiting) >= _AHEAD * self._count or _is_done(waiting[0][2])):
                yield self._result(call, *waiting.popleft())
        while waiting:
            yield self._result(call, *waiting.popleft())

    def _result(
        self, call: Callable[[Any], Any], tag: Tag, job: Any, future: Future[Any] | None
    ) -> tuple[Tag, Any, Any]:
        if future is None:
            return tag, None, None
        found = _awaited(future)
        for _ in range(_AGAIN):
            if not (isinstance(found, str) and found in {"crash", "lost"}):
                break
            found = _awaited(self._submit(call, job))  # its process may have been ended for anything
        return tag, job, found

    def _submit(self, call: Callable[[Job], Any], job: Job) -> Future[Any]:
        return self._processes.submit(self._by_the_clock, within, self._seconds, call, job)


def _is_done(future: Future[Any] | None) -> bool:
    return future is None or future.done()


def _awaited(future: Future[Any]) -> Any:
    """The result of a future, or by which limit it was ended. Raises what the call has raised."""
    try:
        return future.result()
    except Exception as error:
        why = failure(error)
        if why is None:
            raise
        return why
