"""SIGTERM and Ctrl-C end the program soon, whatever runs: what is unfinished is written down, and taken up again."""

import asyncio
import atexit
import os
import signal
import sys
import threading

# Seconds for all that ends in good order beside the answers under way, which have twice their grace.
_ORDERLY = 1.0
# Seconds until the kernel ends it too: a thread of Python can't, where C code never lets it run.
_LAST = 0.5


def stop_on_signals(grace: float) -> None:
    """From now on a signal cancels this task; if the program has not ended in time then, it is ended."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    if task is None:
        raise RuntimeError("no task to stop")
    seconds = 2 * grace + _ORDERLY

    def stop() -> None:
        task.cancel()
        _end_within(seconds)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)


def _end_within(seconds: float) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds + _LAST)
    end = threading.Timer(seconds, os._exit, [0])
    end.daemon = True
    end.start()
    atexit.register(_end)  # what Python does about its own end takes time, in which no thread of it could end it


def _end() -> None:
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(0)
