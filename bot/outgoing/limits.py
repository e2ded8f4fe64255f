"""How fast Telegram takes messages: 1 a second in a chat, 20 a minute in a group, 30 a second over all.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this, which allows short bursts in a chat.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

_IDLE = 60.0  # seconds after which nothing that was sent counts any more
_MANY = 1024
_PARTS = 6  # of what is allowed in a second, a sixth at once
_SECOND = 1.0
_LONGEST = 1.0  # seconds from which on a call without an answer counts as if it had been answered then
_WRITING = 8  # messages that write down at a time that they will leave


@dataclass(frozen=True, slots=True)
class Time:
    """In seconds: what the clock says, how to wait, and how long to wait before a call is made again at first.

    `late`: how long a call may still be carried out that nobody waits for any more.
    """

    first_wait: float = 1.0
    late: float = 0.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def until(self, moment: float) -> None:
        """Wait for that moment on the clock."""
        if (wait := moment - self.clock()) > 0:
            await self.sleep(wait)


class Window:
    """At most `count` in any `seconds`."""

    __slots__ = ("_count", "_seconds", "_times")

    def __init__(self, count: int, seconds: float) -> None:
        self._count = count
        self._seconds = seconds
        self._times: deque[float] = deque(maxlen=count)

    def free_at(self, now: float) -> float:
        """The first moment from `now` on at which one more may go."""
        while self._times and self._times[0] + self._seconds <= now:
            self._times.popleft()
        return now if len(self._times) < self._count else max(now, self._times[0] + self._seconds)

    def take(self, moment: float) -> None:
        """One goes at that moment, which is none before `free_at`."""
        self._times.append(moment)


@dataclass(frozen=True, slots=True)
class Rates:
    """What Telegram allows; `chat_burst` messages may follow each other at once in a chat that was quiet."""

    chat_per_second: float
    chat_burst: int
    group_per_minute: int
    overall_per_second: int


@dataclass(slots=True)
class _Chat:
    windows: tuple[Window, ...]
    held_until: float = 0.0
    last: float = 0.0


@dataclass(slots=True)
class _UnderWay:
    counts_until: float


class Line:
    """What leaves for Telegram, of whatever kind: at most `count` calls reach it in any second.

    When a call is counted there nobody here knows: at some moment from its leaving until its answer. So it counts until
    a second after its answer, and the limit holds however long one call takes and how soon another arrives.
    A message takes a `place` before it is written down, and few have one: of those that a kill leaves written down and
    not sent each would have to be looked for. Only what has left counts, as writing takes its time. Nobody is let in
    before those who came earlier, but an urgent call waits for one other at most.
    """

    def __init__(self, count: int, time: Time) -> None:
        self._time = time
        self._count = count
        at_once = max(1, count // _PARTS)
        self._evenly = Window(at_once, at_once * _SECOND / count)
        self._under_way: list[_UnderWay] = []  # or answered less than a second ago
        self._leaving, self._hurrying = asyncio.Lock(), asyncio.Lock()
        self.place = asyncio.Semaphore(_WRITING)

    @asynccontextmanager
    async def leaving(self, *, urgent: bool = False) -> AsyncIterator[None]:
        """The block begins when a call may leave, and ends with its answer."""
        async with self._hurrying if urgent else self._leaving:
            while (moment := self._free_at(now := self._time.clock())) > now:
                await self._time.until(moment)
            self._evenly.take(now)
            call = _UnderWay(now + _LONGEST + _SECOND)
            self._under_way.append(call)
        try:
            yield
        finally:
            call.counts_until = min(call.counts_until, self._time.clock() + _SECOND)

    @property
    def is_free(self) -> bool:
        """Whether a call would wait for nothing."""
        now = self._time.clock()
        return not self._leaving.locked() and self._free_at(now) <= now

    def _free_at(self, now: float) -> float:
        self._under_way = [call for call in self._under_way if call.counts_until > now]
        full = len(self._under_way) >= self._count
        first = min((call.counts_until for call in self._under_way), default=now) if full else now
        return max(first, self._evenly.free_at(now))


class Turns:
    """When the next message may go to a chat, in seconds on the caller's clock. Nobody waits for another chat."""

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._chats: dict[int | str, _Chat] = {}

    def in_chat(self, chat_id: int | str, now: float) -> float:
        """The moment at which the next message may go to this chat; it is taken."""
        chat = self._chat(chat_id, now)
        moment = max([chat.held_until, *(window.free_at(now) for window in chat.windows)])
        for window in chat.windows:
            window.take(moment)
        chat.last = moment
        return moment

    def hold(self, chat_id: int | str, until: float, now: float) -> None:
        """Telegram wants nothing for this chat before that moment."""
        chat = self._chat(chat_id, now)
        chat.held_until = max(chat.held_until, until)

    def held(self, chat_id: int | str) -> float:
        """The moment before which Telegram wants nothing for this chat."""
        return self._chats[chat_id].held_until if chat_id in self._chats else 0.0

    def _chat(self, chat_id: int | str, now: float) -> _Chat:
        if len(self._chats) >= _MANY and chat_id not in self._chats:
            self._chats = {i: c for i, c in self._chats.items() if now - max(c.last, c.held_until) < _IDLE}
        return self._chats.setdefault(chat_id, _Chat(self._windows(chat_id)))

    def _windows(self, chat_id: int | str) -> tuple[Window, ...]:
        rates = self._rates
        each = Window(rates.chat_burst, rates.chat_burst / rates.chat_per_second)
        is_group = isinstance(chat_id, str) or chat_id < 0  # groups, channels, @usernames of them
        return (each, Window(rates.group_per_minute, 60.0)) if is_group else (each,)
