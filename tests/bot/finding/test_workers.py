"""Slow jobs beside quick ones, in real worker processes."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from pebble import ProcessFuture, ProcessPool
from pebble.pool.base_pool import PoolStatus

from bot.finding.carrying_out import carry_out
from bot.finding.desk import Desk, UnfinishedError
from bot.finding.workers import Means, Workers
from retrieval import Library
from tests.clock import PATIENCE


def sleep(_: Desk) -> None:
    time.sleep(1_000)


def burn(_: Desk) -> None:
    while True:
        pass


def count(desk: Desk) -> int:
    return len(desk.library.articles)


def secrets(_: Desk) -> list[str | None]:
    return [os.environ.get(name) for name in ("TRICH_OPENSEARCH_PASSWORD", "TELEGRAM_BOT_TOKEN")]


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRICH_OPENSEARCH_PASSWORD", "sesame")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:token")


@pytest.fixture
async def workers(tmp_path: Path) -> AsyncIterator[Workers]:
    (tmp_path / "a.txt").write_text("Sáng 15/9/2025, cầu Hương An được thông xe.\n", encoding="utf-8")
    library = Library.open([tmp_path / "a.txt"], tmp_path / "library")
    workers = Workers(lambda: library, Means(1, 1_000.0, 3))
    await workers.open()
    yield workers
    await workers.close()


async def test_of_many_slow_jobs_the_oldest_is_ended_and_quick_ones_are_done_beside_them(workers: Workers) -> None:
    async with asyncio.timeout(PATIENCE):
        slow = [asyncio.create_task(workers.find(job)) for job in (sleep, burn, sleep, burn)]
        assert await workers.find(count) == 1
        ended, going_on = await asyncio.wait(slow, return_when=asyncio.FIRST_COMPLETED)
        assert await workers.find(count) == 1
    assert len(going_on) == 3
    assert [str(task.exception()) for task in ended] == [str(UnfinishedError("time"))]
    for task in going_on:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.mark.usefixtures("secret")
async def test_of_what_is_secret_workers_have_what_a_cluster_asks_for(workers: Workers) -> None:
    assert await workers.find(secrets) == ["sesame", None]


async def test_a_job_that_comes_just_as_its_pool_is_given_up_is_done_by_another(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pebble has told all who waited that the process is gone, and tells nobody who came a moment later."""
    scheduled, late = ProcessPool.schedule, list[ProcessPool]()

    def too_late(pool: ProcessPool, function: Any, args: Any, *rest: Any) -> Any:
        if not late and getattr(args[1], "func", None) is carry_out:
            late.append(pool)
            pool._context.status = PoolStatus.ERROR
            return ProcessFuture()
        return scheduled(pool, function, args, *rest)

    monkeypatch.setattr(ProcessPool, "schedule", too_late)
    async with asyncio.timeout(PATIENCE):
        assert await workers.find(count) == 1
    assert len(late) == 1
