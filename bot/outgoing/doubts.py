"""Whether a message arrived that Telegram never answered for.

Telegram takes no key by which it could tell a repeated message from a new one, and shows a bot nothing of its own. But
an edit tells: "not modified" where the message is there, and one that goes through makes it so. Its id is above those
known when it left and, once a later message has got one from the same counter, below that; and of the ids between,
those known to be others' are out. So few are left to be tried, however many messages pass meanwhile.
"""

import asyncio
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import count

from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.ground.refusals import another_message, no_message, not_modified, refused_token
from bot.once.known_ids import KnownIds
from bot.outgoing.calls import Call, Result, stand_in
from bot.outgoing.wire import Wire

logger = logging.getLogger(__name__)

_ROOM = 24  # ids beyond the last known that are tried in vain before the end is taken to be reached
_ROOM_OF_MANY = 64  # likewise where people write unseen
_ROOM_OF_ONE = 3  # likewise where a private chat may count by itself: nobody else writes there unseen
_MOST = 200  # ids tried for one message, and as many once its note has an id
_MOST_OF_ONE = 60  # likewise in a private chat, whose bot knows nearly all ids
_AT_ONCE = 4  # messages looked for at a time: others have to get through, and each that is found tells of the next


class Fate(Enum):
    """What is known of a message that was not found."""

    ABSENT = "absent"
    UNKNOWN = "unknowable"


class _Tried(Enum):
    MISSING = 1  # no message, or one that the bot can't see
    ANOTHER = 2
    UNKNOWABLE = 3


@dataclass(frozen=True, slots=True)
class Window:
    """Where an id is looked for: above `base`; where it is `shared`, in the counter of all private chats.

    `room`: see `_ROOM`. Where people write unseen (`open_ended`), the end is never reached by that alone; it is where
    an id `below` which it lies is known. Where no id is left out (`dense`), a few that are missing are the end though
    later ones are known: then the chat does not count by itself.
    """

    base: int
    shared: bool
    room: int
    open_ended: bool
    dense: bool = False
    below: int | None = None

    @property
    def is_far(self) -> bool:
        """Whether the later id that is known is too far off for all between to be tried."""
        return not self.dense and self.below is not None and self.below - self.base > _MOST

    def ids(self) -> Iterable[int]:
        """Upwards from the last id before; downwards from the first after where that is far off."""
        if self.below is None:
            return count(self.base + 1)
        between = range(self.base + 1, self.below)
        return reversed(between) if self.is_far else between


class Doubts:
    """Looks for messages of unknown fate."""

    def __init__(self, wire: Wire, known: KnownIds) -> None:
        self._wire = wire
        self._known = known
        self._looking = asyncio.Semaphore(_AT_ONCE)

    async def fate(
        self, call: Call, after: tuple[int, ...], since: float, tried: set[int], below: int | None = None
    ) -> Result | Fate:
        """The message as Telegram has it; else whether it is certain that it isn't there.

        `after`: ids above which it is. `since`: when it can't have arrived later any more. `tried`: ids at which it is
        not, to which those are added that are tried. `below`: a later id in its chat, where one is known.
        """
        findable = after and call.as_edit(0) and not call.is_for_one
        found: Result | Fate = Fate.ABSENT if findable else Fate.UNKNOWN
        for window in self._windows(call, after) if found is Fate.ABSENT else ():
            async with self._looking:
                looked = await self._looked(call, replace(window, below=below), since, tried)
            if looked is not Fate.ABSENT:
                found = looked
            if not isinstance(looked, Fate):
                break
        self._told(found)
        return found

    def _windows(self, call: Call, after: tuple[int, ...]) -> Iterator[Window]:
        private = isinstance(call.chat_id, int) and call.chat_id > 0
        here, *last = after
        if not private or self._known.counts_apart:
            yield Window(here, shared=False, room=_ROOM if private else _ROOM_OF_MANY, open_ended=not private)
        elif last:
            yield Window(here, shared=False, room=_ROOM_OF_ONE, open_ended=False, dense=True)
        if last or (private and not self._known.counts_apart):
            yield Window(max(after), shared=True, room=_ROOM, open_ended=not private)

    async def _looked(self, call: Call, window: Window, since: float, tried: set[int]) -> Result | Fate:
        missed, most = 0, len(tried) + (_MOST if window.open_ended else _MOST_OF_ONE)
        for message_id in window.ids():
            if self._is_later(message_id, window, since):
                return Fate.ABSENT
            if self._known.is_another(call.chat_id, message_id, shared=window.shared):
                continue
            found = _Tried.MISSING if message_id in tried else await self._tried(call, message_id)
            if not isinstance(found, _Tried):
                return found
            if found is _Tried.UNKNOWABLE or len(tried) >= most:
                return Fate.UNKNOWN
            tried.add(message_id)
            anywhere = window.is_far or window.dense
            last = max(window.base, self._known.last(call.chat_id, shared=window.shared))
            missed = 0 if found is _Tried.ANOTHER else missed + (anywhere or message_id > last)
            if missed >= window.room and (window.below is None or anywhere):
                return Fate.UNKNOWN if window.open_ended or window.is_far or not window.base else Fate.ABSENT
        return Fate.ABSENT

    def _is_later(self, message_id: int, window: Window, since: float) -> bool:
        """Whether what has this id, if anything, was sent when the message could not arrive any more."""
        later = self._known.given_since(since) if window.shared and not self._known.counts_apart else None
        return window.below is None and later is not None and message_id >= later

    async def _tried(self, call: Call, message_id: int) -> Result | _Tried:
        """What becomes of an edit of this id. Raises what is final: nothing can be said in the chat."""
        edit = call.as_edit(message_id)
        if edit is None:
            return _Tried.UNKNOWABLE
        try:
            result = await self._wire.repeated(edit)
        except BadRequest as error:
            if not_modified(error):
                return stand_in(call, message_id)
            if another_message(error):
                self._known.note(call.chat_id, message_id)
                return _Tried.ANOTHER
            return _Tried.MISSING if no_message(error) else _unknowable(error)
        except InvalidToken as error:
            return _unknowable(error)
        return result if isinstance(result, dict) else stand_in(call, message_id)

    def _told(self, found: Result | Fate) -> None:
        told = found.value if isinstance(found, Fate) else "there"
        self._wire.metrics.uncertain.labels(told).inc()
        logger.info("a message whose fate was unknown: %s", told)


def _unknowable(error: TelegramError) -> _Tried:
    if refused_token(error):
        raise error
    return _Tried.UNKNOWABLE
