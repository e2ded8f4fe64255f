"""Buttons tapped twice in haste: the second tap asks for nothing more."""

import time
from collections import OrderedDict
from collections.abc import Callable

from telegram import CallbackQuery

_HASTE = 10.0  # seconds
_MOST = 1000


class DoubleTaps:
    """The last taps, in memory: after a restart nobody is in haste."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: OrderedDict[tuple[int, int, str], float] = OrderedDict()

    def is_double(self, query: CallbackQuery) -> bool:
        """Whether the person has just tapped the same button; this tap is remembered."""
        message = query.message.message_id if query.message else 0
        chat = query.message.chat.id if query.message else 0
        key = (chat, message, f"{query.from_user.id} {query.data}")
        now = self._clock()
        before = self._last.pop(key, None)
        self._last[key] = now
        if len(self._last) > _MOST:
            self._last.popitem(last=False)
        return before is not None and now - before < _HASTE
