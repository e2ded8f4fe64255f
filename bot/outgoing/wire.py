"""How calls are made: within Telegram's limits, and again where that does no harm."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.ground.metrics import Metrics
from bot.ground.refusals import asked_to_wait, refused_token
from bot.outgoing.calls import Call, Result
from bot.outgoing.limits import Line, Time, Turns

logger = logging.getLogger(__name__)

# Calls under way at a time: fewer than the connections of `Request`, so that what has left waits for none.
_AT_ONCE = 30
_LONGEST_WAIT = 10.0  # seconds between two attempts


class Wire:
    """The way to Telegram."""

    def __init__(self, turns: Turns, line: Line, time: Time, metrics: Metrics) -> None:
        self.turns = turns
        self.line = line
        self.time = time
        self.metrics = metrics
        self._connections = asyncio.Semaphore(_AT_ONCE)

    async def made(self, call: Call, *, urgent: bool = False) -> Result:
        """One attempt, as soon as the limits over all chats let it leave. Raises TelegramError."""
        async with self._connections, self.line.leaving(urgent=urgent):
            return await call.made()

    async def made_after(self, call: Call, writing: Callable[[], Awaitable[None]]) -> Result:
        """One attempt, after `writing` it down, which waits until the call is next to leave. Raises TelegramError."""
        async with AsyncExitStack() as held:
            async with self.line.place:
                await writing()
                await held.enter_async_context(self._connections)
                await held.enter_async_context(self.line.leaving())
            return await call.made()

    async def repeated(self, call: Call) -> Result:
        """Attempts until Telegram has said yes or no: for what is the same if it is done twice."""
        for wait in self.waits():
            try:
                return await self.made(call)
            except TelegramError as error:
                await self.wait_after(error, call.chat_id, wait)
                await self.time.until(self.turns.held(call.chat_id))
        raise AssertionError("unreachable")

    async def turn(self, chat_id: int | str) -> None:
        """Wait until Telegram's limits let a message go to this chat."""
        await self.time.until(self.turns.in_chat(chat_id, self.time.clock()))
        while (held := self.turns.held(chat_id)) > self.time.clock():  # since then another has been told to wait
            await self.time.until(held)

    async def wait_after(self, error: TelegramError, chat_id: int | str, wait: float) -> None:
        """Wait as long as Telegram says, else `wait` seconds; raise what waiting won't mend."""
        if isinstance(error, Forbidden | BadRequest | ChatMigrated):
            raise error
        if isinstance(error, InvalidToken) and not refused_token(error):
            raise error  # a method that this server does not have
        self.metrics.resent.labels(type(error).__name__).inc()
        if isinstance(error, RetryAfter):
            now = self.time.clock()
            self.turns.hold(chat_id, now + asked_to_wait(error), now)
            return
        logger.info("a message has not gone out yet, next attempt in %.1f s: %s", wait, type(error).__name__)
        await self.time.sleep(wait)

    def waits(self) -> Iterator[float]:
        """How long to wait after each attempt that failed, in seconds."""
        wait = self.time.first_wait
        while True:
            yield wait
            wait = min(_LONGEST_WAIT, 2 * wait)
