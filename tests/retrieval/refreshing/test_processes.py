"""Processes that others can be killed beside."""

import os
import signal
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
