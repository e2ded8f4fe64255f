"""The library kept up to date while the bot answers: feeds polled, files read, the new library put on the shelf."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bot.context import Services
from retrieval import StoreError
from retrieval.polling import Fetcher, poll

logger = logging.getLogger(__name__)


@asynccontextmanager
async def kept_fresh(services: Services) -> AsyncIterator[None]:
    """Refresh every so often while the block runs, as [library] refresh_minutes says; 0 is never."""
    minutes = services.settings.library.refresh_minutes
    task = asyncio.create_task(_again_and_again(services, 60 * minutes)) if minutes else None
    try:
        yield
    finally:
        await services.refreshing.close()
        if task:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def _again_and_again(services: Services, seconds: float) -> None:
    fetcher = Fetcher()
    while True:
        await asyncio.sleep(seconds)
        try:
            await refresh(services, fetcher)
        except Exception:  # whatever is wrong this time, the next time may go well
            logger.exception("the library was not refreshed")


async def refresh(services: Services, fetcher: Fetcher | None = None) -> bool:
    """Poll the feeds that are due and read what is new; whether another library is on the shelf now.

    Without a fetcher no feed is polled. A refresh that is under way is waited for.
    """
    async with services.shelf.lock:
        if fetcher is not None:
            await _poll(services, fetcher)
        return await _read(services)


async def _poll(services: Services, fetcher: Fetcher) -> None:
    settings = services.settings
    for feed in settings.feeds():  # one by one, so that a stop waits for one at most
        [polled] = await asyncio.to_thread(poll, [feed], settings.library.cache, fetcher=fetcher, now=datetime.now(UTC))
        if polled.failed:
            logger.warning("feed %s: %s", polled.source, polled.message)


async def _read(services: Services) -> bool:
    before = services.library
    try:
        after = await asyncio.to_thread(before.refreshed, services.settings.paths())
    except StoreError as error:
        logger.error("the library was not refreshed: %s", error)  # noqa: TRY400 - the message says it all
        return False
    services.shelf.library = after
    if after is not before:
        services.shelf.renewed.set()
    return after is not before
