"""The library kept up to date while the bot answers: feeds polled, files read, the new library put on the shelf."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.context import Services
from bot.library.errands import ErrandError
from retrieval import Library, StoreError
from retrieval.library import renew
from retrieval.polling import Fetcher, Polled, poll
from retrieval.records import Problem
from retrieval.store.store import set_library_aside, store_name

logger = logging.getLogger(__name__)


@asynccontextmanager
async def kept_fresh(services: Services, refreshed: Callable[[], Awaitable[object]]) -> AsyncIterator[None]:
    """Refresh every so often while the block runs, as [library] refresh_minutes says; 0 is never. Each time is told."""
    minutes = services.settings.library.refresh_minutes
    task = asyncio.create_task(_again_and_again(services, 60 * minutes, refreshed)) if minutes else None
    try:
        yield
    finally:
        await services.refreshing.close()
        if task:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def _again_and_again(services: Services, seconds: float, refreshed: Callable[[], Awaitable[object]]) -> None:
    fetcher = Fetcher()
    while True:
        await asyncio.sleep(seconds)
        try:
            await refresh(services, fetcher)
            await refreshed()
        except Exception:  # whatever is wrong this time, the next time may go well
            logger.exception("the library was not refreshed")


async def make_anew(services: Services, why: str) -> None:
    """Read all articles again into another library file: the one in use has turned out to be damaged."""
    async with services.shelf.lock:
        file = services.settings.library.cache / store_name(services.settings.paths())
        if file.exists():
            await asyncio.to_thread(set_library_aside, file, why)
        await _read(services)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: files by what became of them, what the feeds brought, what could not be read.

    `changed`: another library is on the shelf now. `failed`: the files could not be looked at.
    """

    new: int = 0
    altered: int = 0
    removed: int = 0
    feeds: tuple[Polled, ...] = ()
    problems: tuple[Problem, ...] = ()
    changed: bool = False
    failed: bool = False


async def refresh(services: Services, fetcher: Fetcher | None = None) -> Refreshed:
    """Poll the feeds that are due and read what is new. Without a fetcher no feed is polled. A refresh that is under
    way is waited for.
    """
    async with services.shelf.lock:
        feeds = await _poll(services, fetcher) if fetcher is not None else ()
        return replace(await _read(services), feeds=feeds)


async def _poll(services: Services, fetcher: Fetcher) -> tuple[Polled, ...]:
    settings, results = services.settings, list[Polled]()
    for feed in settings.feeds():  # one by one, so that a stop waits for one at most
        [polled] = await services.errands.run(
            None, poll, [feed], settings.library.cache, fetcher=fetcher, now=datetime.now(UTC)
        )
        results.append(polled)
        if polled.failed:
            logger.warning("feed %s: %s", polled.source, polled.message)
    return tuple(results)


async def _read(services: Services) -> Refreshed:
    before = services.library
    try:
        after = await _renewed(services, before)
    except (StoreError, ErrandError) as error:
        logger.error("the library was not refreshed: %s", error)  # noqa: TRY400 - the message says it all
        return Refreshed(failed=True)
    services.shelf.library = after
    if after is before:
        return Refreshed(problems=after.problems)
    await services.finder.renew()
    services.shelf.renewed.set()
    done = after.summary
    return Refreshed(done.new, done.changed, done.removed, problems=after.problems, changed=True)


async def _renewed(services: Services, before: Library) -> Library:
    """The library as its files are now, read by another process; itself where nothing has changed."""
    paths, settings = services.settings.paths(), services.settings.library
    if before.path is None:
        return await asyncio.to_thread(before.refreshed, paths, services.settings.bounds())
    summary = await services.errands.run(None, renew, paths, settings.cache, services.settings.bounds())
    after = await asyncio.to_thread(Library.kept, paths, settings.cache, summary)
    return before if after.is_same_as(before) else after
