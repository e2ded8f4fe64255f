"""The application at work, in an event loop that it shares with others."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from telegram.error import InvalidToken, TelegramError

from bot.app import reception
from bot.context import Bot, services_of
from bot.incoming import webhook
from bot.incoming.polls import Habits, Polling
from bot.incoming.reception import Reception
from bot.querylog.retention import thinned
from bot.running.cluster_watch import kept_in_sight
from bot.running.feed_alerts import FeedAlerts
from bot.running.refreshing import kept_fresh
from bot.running.serving import serving
from bot.running.watching import kept_watching

logger = logging.getLogger(__name__)

ALLOWED_UPDATES = (
    "message", "edited_message", "callback_query", "channel_post", "edited_channel_post", "my_chat_member",
    "message_reaction", "inline_query", "chosen_inline_result", "guest_message",
)  # fmt: skip
_LONGEST_WAIT = 10.0  # seconds between two attempts to reach Telegram


@asynccontextmanager
async def at_work(bot: Bot) -> AsyncIterator[asyncio.Future[None]]:
    """Answer updates while the block runs; what is given to it ends only by failing, and then the bot is deaf.

    In the place of `Application.run_polling` and `run_webhook`, which want an event loop of their own. Telegram that
    cannot be reached at the start is tried again, ever less often. Raises InvalidToken.
    """
    services = services_of(bot)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(_started(bot))
        incoming = reception(bot)
        await incoming.take_up(bot.bot)
        stack.push_async_callback(incoming.close, services.settings.inbox.grace_seconds)
        alerts = FeedAlerts(bot.bot, services.settings, services.replies)
        minutes = services.settings.library.refresh_minutes
        await stack.enter_async_context(kept_fresh(services.library, minutes, alerts.look))
        await stack.enter_async_context(kept_watching(bot))
        await stack.enter_async_context(kept_in_sight(services.settings.library.store, services.monitor))
        await stack.enter_async_context(thinned(services.settings.log))
        by = _webhook if services.settings.webhook.url else _polling
        yield await stack.enter_async_context(by(bot, incoming))


@asynccontextmanager
async def _started(bot: Bot) -> AsyncIterator[None]:
    """Initialized and started in the block, in the order of `Application.run_polling`."""
    health, retry = services_of(bot).monitor.health, services_of(bot).settings.telegram.retry
    try:
        health.is_wrong("telegram", "not reached yet")
        await _patiently("Telegram cannot be reached", bot.initialize, retry)
        health.is_right("telegram")
        if bot.post_init:
            await bot.post_init(bot)
        await bot.start()
        yield
    finally:
        if bot.running:
            await bot.stop()
        await bot.shutdown()
        await bot.bot.shutdown()  # where the start got no further, its connections are still open
        if bot.post_shutdown:
            await bot.post_shutdown(bot)


@asynccontextmanager
async def _polling(bot: Bot, incoming: Reception) -> AsyncIterator[asyncio.Future[None]]:
    services = services_of(bot)
    telegram = services.settings.telegram
    habits = Habits(
        seconds=telegram.poll,
        timeout=telegram.timeout,
        endure_unauthorized=telegram.unauthorized == "wait",
        endure_conflict=telegram.conflict == "wait",
        first_wait=telegram.retry,
        allowed=ALLOWED_UPDATES,
    )
    await _patiently("a webhook that may be set was not removed", bot.bot.delete_webhook, telegram.retry)
    polling = Polling(bot.bot, incoming.take, habits, services.monitor.health, services.monitor.metrics, incoming.held)
    task = asyncio.create_task(polling.run())
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, TelegramError):  # who awaits the task has been told
            await task
        if incoming.held() is not None:  # what is answered in the time that is left need not come again
            await incoming.close(services.settings.inbox.grace_seconds)
        await polling.acknowledge()


@asynccontextmanager
async def _webhook(bot: Bot, incoming: Reception) -> AsyncIterator[asyncio.Future[None]]:
    settings = services_of(bot).settings
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    hook = settings.webhook
    app = webhook.create_app(hook.path, secret, hook.largest, incoming.take_brought, bot.bot)
    async with serving(app, hook.host, hook.port, setting="TRICH_WEBHOOK__PORT"):
        set_webhook = partial(bot.bot.set_webhook, hook.url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)
        await _patiently("the webhook was not set", set_webhook, settings.telegram.retry)
        yield asyncio.get_running_loop().create_future()


async def _patiently(failure: str, call: Callable[[], Awaitable[object]], wait: float) -> None:
    """Make the call, again and again while Telegram cannot be reached; `failure` says what that means."""
    while True:
        try:
            await call()
        except InvalidToken:
            raise
        except TelegramError as error:
            logger.warning("%s, trying again in %.0f s: %s", failure, wait, error)
        else:
            return
        await asyncio.sleep(wait)
        wait = min(_LONGEST_WAIT, 1.5 * wait)
