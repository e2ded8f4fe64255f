"""Every so often, the library is brought up to date while the bot answers."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext

from bot.ground.beside import beside
from bot.library.current import CurrentLibrary
from retrieval.polling import Fetcher

logger = logging.getLogger(__name__)


@asynccontextmanager
async def kept_fresh(
    library: CurrentLibrary, minutes: float, refreshed: Callable[[], Awaitable[object]]
) -> AsyncIterator[None]:
    """Refresh every so many minutes while the block runs; 0 is never. Each time is told."""
    work = beside(_again_and_again(library, 60 * minutes, refreshed)) if minutes else nullcontext()
    async with work:
        try:
            yield
        finally:
            await library.stop_refreshing()


async def _again_and_again(library: CurrentLibrary, seconds: float, refreshed: Callable[[], Awaitable[object]]) -> None:
    fetcher = Fetcher()
    while True:
        await asyncio.sleep(seconds)
        try:
            await library.refresh(fetcher)
            await refreshed()
        except Exception:  # whatever is wrong this time, the next time may go well
            logger.exception("the library was not refreshed")
