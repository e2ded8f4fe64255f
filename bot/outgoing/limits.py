"""How fast Telegram takes messages: 1 a second in a chat, 20 a minute in a group, 30 a second over all.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this, which allows short bursts in a chat.
"""

from collections import deque
from dataclasses import dataclass

_IDLE = 60.0  # seconds after which nothing that was sent counts any more
_MANY = 1024


class Window:
    """At most `count` in any `seconds`."""

    __slots__ = ("_count", "_seconds", "_times")

    def __init__(self, count: int, seconds: float) -> None:
        self._count = count
        self._seconds = seconds
        self._times: deque[float] = deque(maxlen=count)

    def free_at(self, now: float) -> float:
        """The first moment from `now` on at which one more may go."""
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


class Turns:
    """When the next message may go, in seconds on the caller's clock. Who writes to one chat waits for no other."""

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._overall = Window(rates.overall_per_second, 1.0)
        self._chats: dict[int | str, _Chat] = {}

    def in_chat(self, chat_id: int | str, now: float) -> float:
        """The moment at which the next message may go to this chat; it is taken."""
        chat = self._chat(chat_id, now)
        moment = max([chat.held_until, *(window.free_at(now) for window in chat.windows)])
        for window in chat.windows:
            window.take(moment)
        chat.last = moment
        return moment

    def over_all(self, now: float) -> float:
        """The moment at which a message to any chat may go; it is taken."""
        moment = self._overall.free_at(now)
        self._overall.take(moment)
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
