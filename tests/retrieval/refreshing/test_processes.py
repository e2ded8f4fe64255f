"""Processes that others can be killed beside."""

import os
import signal
import subprocess
import sys
from multiprocessing import forkserver
from typing import Any

import pytest

from retrieval.processes import Processes
from tests.clock import PATIENCE


@pytest.mark.parametrize("times", [1, 2])
def test_a_server_that_is_killed_while_a_process_is_being_started_keeps_nobody_waiting(
    monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    server: Any = forkserver._forkserver
    connected, killed = server.connect_to_new_process, list[int]()

    def connected_and_killed(fds: Any) -> Any:
        server.ensure_running()
        if len(killed) < times:
            killed.append(server._forkserver_pid)
            os.kill(killed[-1], signal.SIGSTOP)  # so that it starts nothing any more
            ends = connected(fds)
            os.kill(killed[-1], signal.SIGKILL)
            return ends
        return connected(fds)

    monkeypatch.setattr(server, "connect_to_new_process", connected_and_killed)
    monkeypatch.setattr(forkserver, "connect_to_new_process", connected_and_killed)
    processes = Processes(1, ())
    try:
        assert processes.submit(PATIENCE, os.getpid).result(PATIENCE) != os.getpid()
    finally:
        processes.stop()
    assert len(killed) == times


def test_a_process_that_has_done_enough_is_followed_by_another() -> None:
    processes = Processes(1, (), tasks=2)
    try:
        done = [processes.submit(PATIENCE, os.getpid).result(PATIENCE) for _ in range(6)]
    finally:
        processes.stop()
    assert [done.count(process) for process in dict.fromkeys(done)] == [2, 2, 2]


FORKS = """
import sys, tempfile, threading, types
from retrieval.processes import Processes, serve
if "thread" in sys.argv:
    threading.Thread(target=threading.Event().wait, daemon=True).start()
sys.modules["made_here"] = types.ModuleType("made_here")
print("once")
OPENED = "[__import__('os').path.realpath(f'/proc/self/fd/{number}') for number in range(64)]"
with tempfile.NamedTemporaryFile() as file:
    serve((), fork=True)
    processes = Processes(1, ())
    print(processes.submit(None, eval, "'made_here' in __import__('sys').modules").result())
    print(file.name in eval(OPENED), file.name in processes.submit(None, eval, OPENED).result())
processes.stop()
"""


@pytest.mark.parametrize(("how", "told"), [([], "once\nTrue\nTrue False\n"), (["thread"], "once\nFalse\nTrue False\n")])
def test_a_program_without_threads_forks_its_server_which_has_what_is_imported_and_nothing_open(
    how: list[str], told: str
) -> None:
    command = [sys.executable, "-c", FORKS, *how]
    done = subprocess.run(command, check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL)  # noqa: S603
    assert (done.stdout, done.stderr) == (told, "")
