"""Work in other processes, where there is much of it: in order, and in this process until that takes too long.

A worker reads pickled calls from its standard input and answers on its standard output (`main`). It imports nothing of
the program that started it (as multiprocessing's would), so a library can be opened anywhere: in a script without a
guard, in a running bot. It ends when its input does, however the program ends.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from queue import SimpleQueue
from typing import IO, Any, Self, TypeVar, cast

Job = TypeVar("Job")
Result = TypeVar("Result")
Tag = TypeVar("Tag")

# Bytes of jobs that are done here before others are asked: with fewer it would be over before they have started.
_HERE = 4_000_000
# Results that wait for one before them.
_AHEAD = 4


class Workers:
    """As many processes as there are processors, started when they are first needed; a context manager."""

    def __init__(self, count: int | None = None) -> None:
        self._count = count or os.cpu_count() or 1
        self._left = _HERE
        self._stack = ExitStack()
        self._free: SimpleQueue[_Worker] = SimpleQueue()
        self._threads: ThreadPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def each(
        self, call: Callable[[Job], Result], jobs: Iterable[tuple[Tag, Job | None]], size: Callable[[Job], int]
    ) -> Iterator[tuple[Tag, Result | None]]:
        """`call(job)` beside what each job is tagged with, in order; None where the job is None.

        `size` is about how many bytes a job is. The call, jobs and results must be picklable.
        """
        waiting: deque[tuple[Tag, Future[Result] | None]] = deque()
        for tag, job in jobs:
            if job is not None and self._is_small(size(job)):
                yield from _results(waiting)
                yield tag, call(job)
                continue
            waiting.append((tag, None if job is None else self._pool().submit(self._ask, call, job)))
            if len(waiting) >= _AHEAD * self._count or self._threads is None:
                yield from _results(waiting, 1)
        yield from _results(waiting)

    def _is_small(self, size: int) -> bool:
        """Whether a job is still done here."""
        here = self._count == 1 or self._left > 0
        self._left -= size
        return here

    def _pool(self) -> ThreadPoolExecutor:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self._count)
            for _ in range(self._count):
                worker = _Worker()
                self._free.put(worker)
                self._stack.callback(worker.stop)
            self._stack.callback(self._threads.shutdown, wait=False, cancel_futures=True)
        return self._threads

    def _ask(self, call: Callable[[Job], Result], job: Job) -> Result:
        worker = self._free.get()
        try:
            result: Result = worker.ask(call, job)
        except (OSError, EOFError, pickle.UnpicklingError):  # it was killed, or could not start
            return call(job)
        finally:
            self._free.put(worker)
        return result


def _results(
    waiting: deque[tuple[Tag, Future[Result] | None]], most: int | None = None
) -> Iterator[tuple[Tag, Result | None]]:
    """The first of those that wait, as soon as they are there."""
    for _ in range(len(waiting) if most is None else most):
        tag, future = waiting.popleft()
        yield tag, None if future is None else future.result()


class _Worker:
    def __init__(self) -> None:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, "-c", f"from {__name__} import main; main()"]
        self._process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )
        self._asked = cast("IO[bytes]", self._process.stdin)
        self._answered = cast("IO[bytes]", self._process.stdout)

    def ask(self, call: Callable[[Any], Any], job: Any) -> Any:
        """The result of a call; raises what it raises."""
        pickle.dump((call, job), self._asked, pickle.HIGHEST_PROTOCOL)
        self._asked.flush()
        result, error = pickle.load(self._answered)  # noqa: S301 - what our own process wrote
        if error is not None:
            raise error
        return result

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.communicate()


def main() -> None:
    """Answer calls until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that asks, which then stops this
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    while True:
        try:
            call, job = pickle.load(sys.stdin.buffer)  # noqa: S301 - what the program that started this wrote
        except EOFError:
            return
        result = wrong = None
        try:
            result = call(job)
        except Exception as error:  # noqa: BLE001 - it is raised where the call was made
            wrong = error
        pickle.dump((result, wrong), answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()
