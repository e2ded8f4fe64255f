"""What several tests share."""

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from retrieval import known
from retrieval.processes import Processes
from retrieval.refreshing import workers
from tests.readings import RememberingReader

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the given articles and questions (../shared) are not on this machine"
)

# How long an example takes on a busy machine says nothing: speed is shown in tests/bench. `make test` draws the same
# examples each time, so that what fails was broken by the change at hand; "thorough" draws many new ones.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile("same")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: tests of the bot wait for its processes, its sockets and its clocks."""
    return (os.cpu_count() or 1) + 1


# Folders and files whose tests take longest, as they start programs, kill them, or count steps. Who is idle takes tests
# from the end of another's: so the first of them share what they start, nodes of a cluster and a browser.
LONGEST = (
    "cluster", "bot/sandbox/page", "bot/faults", "bot/test_main.py", "bot/running", "patterns", "retrieval/refreshing",
    "retrieval/index", "retrieval/evaluation", "retrieval/test_quality_floor.py", "retrieval/reading/fresh",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that none is begun when all other workers are done."""
    longest = [Path(__file__).parent / name for name in LONGEST]

    def rank(item: pytest.Item) -> int:
        return next((at for at, place in enumerate(longest) if item.path.is_relative_to(place)), len(longest))

    items.sort(key=rank)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--keep-readings", action="store_true", help="what the reader says is added to readings.npz")


@pytest.fixture(scope="session", autouse=True)
def _readings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Libraries in the tests' own process take from a file what the reader has said before (see `readings`)."""
    reader = lru_cache(1)(RememberingReader)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(known, "cross_encoder", reader)
        yield
    if request.config.getoption("keep_readings"):
        reader().keep()


class SharedProcesses(Processes):
    """Stay for the next test that reads articles within the same limits."""

    def stop(self) -> None:
        """Not yet."""


@pytest.fixture(scope="session", autouse=True)
def _processes() -> Iterator[None]:
    """To read its few articles each library would fork two processes, which takes most of what it takes in all."""
    shared: dict[object, SharedProcesses] = {}

    def processes(*beginning: Any) -> SharedProcesses:
        return shared.setdefault(beginning, SharedProcesses(*beginning))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "Processes", processes)
        yield
    for each in shared.values():
        Processes.stop(each)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Workers of a test run are forked from one server, which imports once what the bot's need, while tests begin.

    It is the server of whoever is first; where that were a library that is read, each worker of each bot would import
    the bot anew. They do without the reader, which takes a tenth of a second of a processor for each question: what is
    shown of workers is that each question is answered, once. The programs that tests start have it, and libraries in
    the tests' own process.
    """
    if any("bot" in item.path.parts for item in session.items):
        from bot.finding.worker import PRELOADED  # noqa: PLC0415 - other tests need none of it
        from retrieval.processes import serve  # noqa: PLC0415

        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TRICH_READER", "off")
            serve(PRELOADED)
