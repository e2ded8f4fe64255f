"""Tests of who reads, and of processes that are ended: each has its own."""

import pytest

from retrieval.processes import Processes
from retrieval.refreshing import workers


@pytest.fixture(autouse=True)
def own_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "Processes", Processes)
