"""Work in other processes: what hangs, crashes or takes all memory there costs that process, and nothing else.

The pool is Pebble's, which ends the process of a task that takes too long and starts another. Processes are forked
from a small server that has imported what they need and runs nothing, so that another is there in some 20 ms.
"""

import ctypes
import logging
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import forkserver, parent_process, resource_tracker, util
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

P = ParamSpec("P")
Result = TypeVar("Result")

# By which of its limits a task was ended; crash: its process ended by itself, or somebody has ended it. lost: nobody
# had begun, as the process had been killed before.
Failure = Literal["time", "memory", "crash", "lost"]

# Seconds after its time when a task ends without anybody's help: by then nobody may be left to help.
_LATER = 1.0
_AGAIN = (0.0, 0.05, 0.5, 1.0)  # seconds between attempts to start a process
_PR_SET_PDEATHSIG = 1  # prctl(2)
# Secrets of the program that starts a process; no task needs them.
_SECRET = ("TELEGRAM_", "TRICH_")


def serve(preload: Sequence[str], *, fork: bool = False) -> None:
    """Start the server from which all processes of this program are forked, unless it runs already; it imports
    `preload` meanwhile, which then takes time and memory once.

    With `fork` it is itself forked from this process, where that has no other threads: it need not import again what
    is imported here, which is half of what a start takes. So this is for a program that has begun nothing yet.
    """
    if forkserver.get_inherited_fds() is not None:
        return  # it runs: this process comes from it
    forkserver.set_forkserver_preload([*preload])
    # A thread for each processor in each process would be too many.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with _forked() if fork and threading.active_count() == 1 else nullcontext():
        forkserver.ensure_running()


@contextmanager
def _forked() -> Iterator[None]:
    """While multiprocessing, to start a Python for its server, forks this one."""
    resource_tracker.ensure_running()  # it would be forked as well
    started = util.spawnv_passfds
    util.spawnv_passfds = _fork  # type: ignore[assignment]
    try:
        yield
    finally:
        util.spawnv_passfds = started


def _fork(_: object, command: Sequence[str], files: Sequence[int]) -> int:
    """The process that carries out the command, `python … -c code`, and has no other files open; as
    `multiprocessing.util.spawnv_passfds`.
    """
    util._flush_std_streams()  # type: ignore[attr-defined]  # noqa: SLF001 - else each process would write it again
    process = os.fork()
    if process:
        return process
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for kept, following in pairwise((2, *sorted(files), os.sysconf("SC_OPEN_MAX"))):
            os.closerange(kept + 1, following)
        exec(command[-1], {})  # noqa: S102 - multiprocessing's own
    except (SystemExit, KeyboardInterrupt):
        pass  # nobody needs it any more
    except BaseException:  # noqa: BLE001 - nothing comes out of here into what this is a copy of
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(0)


class Processes:
    """Up to `count` processes, started when there is something to do; the server too, with `preload`, if none runs.

    `megabytes` bound the memory that each takes beyond what the server has imported. Of the loggers in `quiet` nothing
    is heard. With `tasks` another takes the place of one that has done so many, and all that it has kept. Of what is
    secret in the environment they have nothing but that whose names begin with `environment`, as it is when they start.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what they are given to begin with
        self,
        count: int,
        preload: Sequence[str],
        megabytes: int | None = None,
        quiet: Sequence[str] = (),
        tasks: int = 0,
        environment: str = "",
    ) -> None:
        self._count, self._preload, self._tasks, self._environment = count, preload, tasks, environment
        self._beginning = (megabytes, quiet)
        self._pool: ProcessPool | None = None

    @property
    def is_started(self) -> bool:
        """Whether there are processes, so that whoever submits a task has to wait for none."""
        return self._pool is not None and self._pool.active

    def submit(
        self, seconds: float | None, call: Callable[P, Result], /, *args: P.args, **kwargs: P.kwargs
    ) -> ProcessFuture[Result]:
        """Have `call` done within `seconds`. It must be a module's function; arguments and result are pickled.

        Cancelling the future ends the process that is at it. What is no longer there is started again.
        """
        if self._pool is None or not self._pool.active:  # Pebble gives a pool up whose process is killed in idleness
            self.stop()
            serve(self._preload)
            names = [name for name in os.environ if self._environment and name.startswith(self._environment)]
            beginning = (*self._beginning, {name: os.environ[name] for name in names}, _logging())
            self._pool = _Pool(self._count, self._tasks, _begin, beginning, _Context())
        return self._pool.schedule(_bounded, (seconds, call, *args), kwargs, seconds)

    def stop(self) -> None:
        """End the processes, whatever they do; nobody has to wait for it."""
        if self._pool is not None:
            pool, self._pool = self._pool, None
            pool.stop()  # type: ignore[no-untyped-call]
            threading.Thread(target=pool.join, name="end of processes").start()


def failure(error: BaseException) -> Failure | None:
    """By which limit a task was ended that failed with this error; None where the task itself has raised it."""
    match error:
        case FutureTimeoutError():  # the built-in TimeoutError
            return "time"
        case MemoryError():
            return "memory"
        case ProcessExpired():
            return "time" if error.exitcode == -signal.SIGPROF else "crash"
        case BrokenProcessPool():
            return "lost"
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Usage:
    """How many seconds a process has used a processor; whether it waits for anything but a processor now."""

    seconds: float
    waits: bool


def usage(pid: int) -> Usage | None:
    """What a process has used; None where that can't be told."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        ticks = int(fields[11]) + int(fields[12])  # utime, stime: proc(5)
    except (OSError, ValueError, IndexError):  # gone, or no Linux
        return None
    return Usage(ticks / os.sysconf("SC_CLK_TCK"), waits=fields[0] != "R")


def pause(pid: int) -> None:
    """A process takes no processor until it goes on.

    One of low priority (nice, SCHED_IDLE) would not step aside for programs outside its group, could not come back
    without rights, and may be pushed aside within the kernel, where it holds locks that others wait for.
    """
    _signalled(pid, signal.SIGSTOP)


def go_on(pid: int) -> None:
    """A process that was paused goes on."""
    _signalled(pid, signal.SIGCONT)


def kill(pid: int) -> None:
    """A process ends, paused or not."""
    _signalled(pid, signal.SIGKILL)


def _signalled(pid: int, what: signal.Signals) -> None:
    with suppress(OSError):  # it has ended
        os.kill(pid, what)


def be_killed_with_program() -> None:
    """This process, which starts none itself, can be paused: should the program that started it be killed then, it
    could not see to its own end. The server ends when nobody holds its line any more, and takes it along.
    """
    server = forkserver._forkserver  # noqa: SLF001
    if server._forkserver_alive_fd is not None:  # type: ignore[attr-defined]  # noqa: SLF001
        os.close(server._forkserver_alive_fd)  # type: ignore[attr-defined]  # noqa: SLF001
        server._forkserver_alive_fd = None  # type: ignore[attr-defined]  # noqa: SLF001
    with suppress(AttributeError, OSError):  # no Linux
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


class _Process(ForkServerProcess):
    """A process that imports nothing of the program that starts it, as multiprocessing's would: so a library can be
    opened anywhere, in a script without a guard too.
    """

    _one_at_a_time = threading.Lock()

    def start(self) -> None:
        """Where the server is killed meanwhile, by another. Raises BrokenProcessPool where none can be had."""
        with self._one_at_a_time, _without_main():
            for wait in _AGAIN:
                try:
                    return super().start()
                except (EOFError, OSError):  # the server has been killed; when that is noticed there is another
                    time.sleep(wait)
            raise BrokenProcessPool("no process can be started")


@contextmanager
def _without_main() -> Iterator[None]:
    """While a main module stands there that is no file."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


class _Context(ForkServerContext):
    Process = _Process


class _Pool(ProcessPool):
    """Ends its processes before it takes their locks away: one that is just starting would fail aloud without them."""

    def _stop_pool(self) -> None:
        if self._pool_manager_loop is not None:  # else it starts others in their place
            self._pool_manager_loop.join()
        self._pool_manager.worker_manager.force_stop_workers()  # type: ignore[no-untyped-call]
        super()._stop_pool()  # type: ignore[no-untyped-call]


def _logging() -> tuple[int, logging.Formatter | None] | None:
    """From which level on, and how, this program logs on standard error: so do its processes."""
    root = logging.getLogger()
    found = [handler for handler in root.handlers if type(handler) is logging.StreamHandler]  # no test's
    return (root.level, found[0].formatter) if found else None


def _begin(
    megabytes: int | None,
    quiet: Sequence[str],
    environment: Mapping[str, str],
    logs: tuple[int, logging.Formatter | None] | None,
) -> None:
    """A process begins: it can be ended in the middle of anything, and ends with the program that started it."""
    for wanted in (signal.SIGTERM, signal.SIGALRM, signal.SIGPROF):
        signal.signal(wanted, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # The server that it comes from serves it too; multiprocessing would start another for it.
    forkserver._forkserver.ensure_running = lambda: None  # type: ignore[method-assign]  # noqa: SLF001
    for name in [name for name in os.environ if name.startswith(_SECRET)]:
        del os.environ[name]
    os.environ.update(environment)
    if logs is not None:
        handler = logging.StreamHandler()
        handler.setFormatter(logs[1])
        logging.basicConfig(level=logs[0], handlers=[handler], force=True)
    for logger in quiet:
        logging.getLogger(logger).setLevel(logging.CRITICAL)
    if megabytes is not None:
        _limit(megabytes * 1_000_000)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _limit(memory: int) -> None:
    """Bound the memory taken from here on; and nothing more is written to files."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    with suppress(OSError, ValueError):  # macOS has neither /proc nor this limit
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def within(seconds: float | None, call: Callable[P, Result], /, *args: P.args, **kwargs: P.kwargs) -> Result:
    """The call; its process ends when it has used a processor for so many seconds, however long that took."""
    signal.setitimer(signal.ITIMER_PROF, seconds or 0)
    try:
        return call(*args, **kwargs)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _bounded(seconds: float | None, call: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Result:
    """The call, with an alarm that ends the process even in the middle of C code, and though its parent be killed."""
    if seconds is None:
        return call(*args, **kwargs)
    signal.setitimer(signal.ITIMER_REAL, seconds + _LATER)
    try:
        return call(*args, **kwargs)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
