"""Long polling that never goes deaf: each poll has an end, each failure is told, each update is remembered first.

In place of python-telegram-bot's Updater, which acknowledges updates that are in memory only, ends without a word on a
401, and has no say in how long an answer may take.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.ground.health import Health
from bot.ground.metrics import Metrics
from bot.ground.refusals import asked_to_wait

logger = logging.getLogger(__name__)

FULL = 100  # updates of one poll: more may wait (core.telegram.org/bots/api#getupdates)
_LONGEST_WAIT = 10.0  # seconds between two attempts
_LAST_WORD = 0.5  # seconds in which the program that ends says what has arrived
# Seconds: an empty answer that comes so soon was not waited for, and the next is asked for after a pause.
_AT_ONCE, _PAUSE = 0.05, 0.2


@dataclass(frozen=True, slots=True)
class Habits:
    """`seconds`: how long Telegram may hold a poll that has nothing to tell. `timeout`: how late it may then be.

    `allowed` are the kinds of updates that are asked for, `first_wait` the seconds before a failed poll is repeated.

    The program ends where the token is refused (401) or another instance polls (409), unless they are to be endured.
    """

    seconds: int
    timeout: float
    endure_unauthorized: bool
    endure_conflict: bool
    first_wait: float
    allowed: Sequence[str]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class Polling:
    """Fetches updates and hands them on. `take` returns when they are remembered, but for the one that `held` names and
    those after it: these are not acknowledged until none is held, and come again with each poll.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what it works with
        self,
        bot: Bot,
        take: Callable[[Sequence[Update]], Awaitable[None]],
        habits: Habits,
        health: Health,
        metrics: Metrics,
        held: Callable[[], int | None] = lambda: None,
    ) -> None:
        self._bot = bot
        self._take = take
        self._habits = habits
        self._health = health
        self._metrics = metrics
        self._held = held
        self._next: int | None = None  # after the last update that came
        self._more = False  # whether the last poll was full
        self._failed = ""

    async def run(self) -> None:
        """For ever. Raises InvalidToken and Conflict where these are not to be endured."""
        self._health.begin_polling()
        wait = self._habits.first_wait
        while True:
            try:
                await self._poll()
            except (TelegramError, TimeoutError) as error:
                self._tell(error)
                await self._take(())  # what waits for more to come waits no longer
                await self._habits.sleep(max(wait, asked_to_wait(error)))
                wait = min(_LONGEST_WAIT, 1.5 * wait)
            else:
                self._recovered()
                wait = self._habits.first_wait

    async def acknowledge(self) -> None:
        """Tell Telegram, if it can be reached, that the last updates have arrived: another start won't see them."""
        if self._offset() is None:
            return
        try:
            async with asyncio.timeout(min(self._habits.timeout, _LAST_WORD)):
                await self._bot.get_updates(offset=self._offset(), limit=1, timeout=0)
        except (TelegramError, TimeoutError) as error:
            logger.info("the last updates were not acknowledged: %s", error)

    async def _poll(self) -> None:
        """One poll. The next one acknowledges its updates; without any, Telegram begins at what is unacknowledged.

        That begins anew where ids do, after a week of silence.
        """
        longest, began = self._habits.seconds + self._habits.timeout, time.monotonic()
        async with asyncio.timeout(longest + 1):  # httpx counts from the last byte, so drops could go on for ever
            updates = await self._bot.get_updates(
                offset=self._offset(),
                timeout=timedelta(seconds=0 if self._more else self._habits.seconds),
                allowed_updates=self._habits.allowed,
            )
        self._more = len(updates) >= FULL
        await self._take(updates)
        held = self._held() is not None  # then Telegram answers at once, until it may be told that all is done with
        if held or (not updates and time.monotonic() - began < _AT_ONCE):
            await self._habits.sleep(_PAUSE)  # as with a server that holds no polls
        if updates:
            self._next = max(update.update_id for update in updates) + 1
        elif not held:
            self._next = None

    def _offset(self) -> int | None:
        """What the next poll begins at, and acknowledges all before; None: at what is unacknowledged."""
        held = self._held()
        return held if held is not None else self._next

    def _tell(self, error: Exception) -> None:
        """Say what is wrong: loudly where somebody has to act, once for as long as it stays the same."""
        kind = type(error).__name__
        self._metrics.poll_failures.labels(kind).inc()
        why = str(error).partition("\n")[0][:200] or kind
        if isinstance(error, InvalidToken):
            self._act("the token is refused: was it revoked? (401)", error, endured=self._habits.endure_unauthorized)
        elif isinstance(error, Conflict):
            self._act("another instance of the bot polls too (409)", error, endured=self._habits.endure_conflict)
        elif not isinstance(error, RetryAfter):
            logger.log(logging.INFO if kind == self._failed else logging.WARNING, "no updates, trying again: %s", why)
        self._failed = kind

    def _act(self, what: str, error: Exception, *, endured: bool) -> None:
        self._health.is_wrong("poll", what)
        if type(error).__name__ != self._failed:
            logger.error("no updates from Telegram: %s", what)
        if not endured:
            raise error

    def _recovered(self) -> None:
        if self._failed:
            logger.warning("Telegram answers again")
        self._failed = ""
        self._health.polled()
        self._metrics.polled.set(time.time())
