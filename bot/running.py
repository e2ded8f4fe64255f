"""The application at work, in an event loop that it shares with others."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram.error import InvalidToken, TelegramError

from bot.context import Bot

logger = logging.getLogger(__name__)

# Edits are asked for although they get no reply: the log shows them.
ALLOWED_UPDATES = ("message", "edited_message")
_LONGEST_WAIT = 30.0  # seconds between two attempts to reach Telegram


@asynccontextmanager
async def polling(bot: Bot, wait: float = 1.0) -> AsyncIterator[None]:
    """Answer updates while the block runs.

    As `Application.run_polling`, which wants an event loop of its own, but patient where Telegram cannot be reached at
    the start: it is tried again after `wait` seconds, then ever less often. Raises InvalidToken.
    """
    try:
        await _initialize(bot, wait)
        if bot.post_init:
            await bot.post_init(bot)
        if bot.updater is None:
            raise RuntimeError("the application was built without an updater")
        await bot.updater.start_polling(bootstrap_retries=-1, allowed_updates=ALLOWED_UPDATES, error_callback=_report)
        await bot.start()
        yield
    finally:
        await _stop(bot)


async def _initialize(bot: Bot, wait: float) -> None:
    while True:
        try:
            await bot.initialize()
        except InvalidToken:
            raise
        except TelegramError as error:
            logger.warning("Telegram cannot be reached, trying again in %.0f s: %s", wait, error)
        else:
            return
        await asyncio.sleep(wait)
        wait = min(_LONGEST_WAIT, 1.5 * wait)


async def _stop(bot: Bot) -> None:
    """Undo what has been done, in the order of `Application.run_polling`."""
    if bot.updater and bot.updater.running:
        await bot.updater.stop()
    if bot.running:
        await bot.stop()
    await bot.shutdown()
    await bot.bot.shutdown()  # where the start got no further, its connections are still open
    if bot.post_shutdown:
        await bot.post_shutdown(bot)


def _report(error: TelegramError) -> None:
    logger.warning("no updates from Telegram, trying again: %s", error)
