"""Telegram's published limits on how much a bot sends: https://core.telegram.org/bots/faq#broadcasting-to-users."""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable

from bot.sandbox.chats import Chat
from bot.sandbox.errors import ApiError


class Window:
    """At most `most` events in any `seconds`."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._times: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until there is room for one more; 0 where there is now."""
        while self._times and self._times[0] <= now - self._seconds:
            self._times.popleft()
        return 0 if len(self._times) < self._most else self._times[0] + self._seconds - now

    def add(self, now: float) -> None:
        """One more."""
        self._times.append(now)


class Limits:
    """One message a second in a chat, 20 a minute in a group, 30 a second in all; kept where `world.limits` holds them.

    Messages and edits count alike; what is refused doesn't count.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._overall = Window(30, 1)
        self._in_chat: dict[int, Window] = defaultdict(lambda: Window(1, 1))
        self._in_group: dict[int, Window] = defaultdict(lambda: Window(20, 60))

    def check(self, chat: Chat) -> None:
        """Count a message into the chat, or raise ApiError 429 with the seconds to wait, a whole number."""
        now = self._clock()
        windows = [self._overall, self._in_chat[chat.id]]
        if chat.type in {"group", "supergroup"}:
            windows.append(self._in_group[chat.id])
        wait = math.ceil(max(window.wait(now) for window in windows))
        if wait:
            raise ApiError(429, f"Too Many Requests: retry after {wait}", {"retry_after": wait})
        for window in windows:
            window.add(now)
