"""The queue of updates that a bot has not acknowledged, as getUpdates sees it."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import ApiError
from bot.sandbox.signals import Signal

# Bot API 10.0, the optional fields of Update.
UPDATE_TYPES = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "message_reaction",
    "message_reaction_count",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "purchased_paid_media",
    "managed_bot",
    "guest_message",
)
_ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"

_KEPT = 5_000

Update = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pushed:
    """An update that came into being, when (time.monotonic), and whether it was queued: the bot gets to see it."""

    update: Update
    at: float
    queued: bool


class UpdateQueue:
    """Updates wait here until a getUpdates with a higher offset acknowledges them.

    `allowed` is the list last given (empty: all but those that Telegram sends on request only). As with Telegram it is
    applied when an update comes into being, so updates already queued are still delivered. `taken` is called with each
    that has been acknowledged, or taken by a webhook; `history` holds the last five thousand, queued or not.
    """

    def __init__(self, first_id: int, taken: Callable[[Update], None] = lambda _: None) -> None:
        self.allowed: tuple[str, ...] = ()
        self.history: deque[Pushed] = deque(maxlen=_KEPT)
        self.changed = Signal()  # at new updates and whenever a getUpdates begins or ends
        self._next_id = first_id
        self._pending: list[Update] = []
        self._repeated: list[Update] = []  # to be delivered whatever has been acknowledged
        self._poll = 0
        self._conflict = ""
        self._waiting = 0
        self._closed = False
        self._taken = taken

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def awaited(self) -> bool:
        """Whether a getUpdates is under way: someone listens."""
        return self._waiting > 0

    def push(self, kind: str, payload: Any, *, seen: bool = True) -> Update:
        """Number the update and queue it; one not `seen`, or whose kind isn't allowed, is only returned."""
        update = {"update_id": self._next_id, kind: payload}
        self._next_id += 1
        queued = seen and self._wanted(kind)
        self.history.append(Pushed(update, time.monotonic(), queued))
        if queued:
            self._queue(update)
        return update

    def put(self, update: Update) -> Update:
        """Queue an update as it is, however wrong: numbered if it has no id, with its own id out of order if it has."""
        if "update_id" not in update:
            update = {"update_id": self._next_id} | update
            self._next_id += 1
        self._queue(update)
        return update

    def repeat(self, update: Update) -> None:
        """Deliver the update once more, whether or not it has been acknowledged."""
        self._repeated.append(update)
        self.changed.notify()

    def reverse(self) -> None:
        """Turn round the order of what waits."""
        self._pending.reverse()

    def _queue(self, update: Update) -> None:
        self._pending.append(update)
        self.changed.notify()

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in _ONLY_ON_REQUEST

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Update]:
        """Acknowledge what is below `offset`, then return up to `limit` updates, waiting up to `seconds` for the first.

        A negative offset keeps the last `-offset` updates only. A poll under way is ended with 409, as Telegram does.
        """
        self._acknowledge(offset)
        self.interrupt(_CONFLICT)
        self._waiting += 1
        self.changed.notify()
        try:
            async with asyncio.timeout(seconds):
                await self._until_something_is_there(self._poll)
        except TimeoutError:
            return []
        finally:
            self._waiting -= 1
            self.changed.notify()
        repeated, self._repeated = self._repeated, []
        return [*repeated, *self._pending[:limit]]

    async def _until_something_is_there(self, mine: int) -> None:
        while not (self._pending or self._repeated or self._closed):
            await self.changed.wait()
            if self._poll != mine:
                raise ApiError(409, self._conflict)

    def _acknowledge(self, offset: int) -> None:
        if offset < 0:
            taken, self._pending = self._pending[:offset], self._pending[offset:]
        else:
            taken = [update for update in self._pending if update["update_id"] < offset]
            self._pending = [update for update in self._pending if update["update_id"] >= offset]
        for update in taken:
            self._taken(update)

    def allow(self, kinds: Sequence[str]) -> None:
        """Deliver only these kinds from now on; none given means the default ones."""
        self.allowed = tuple(kinds)

    def clear(self) -> None:
        """Forget what waits."""
        self._pending = []

    def first(self, besides: Collection[int] = ()) -> Update | None:
        """The oldest that waits and whose id isn't one of these."""
        waiting = (update for update in [*self._repeated, *self._pending] if update["update_id"] not in besides)
        return next(waiting, None)

    def done(self, update: Update) -> None:
        """A webhook took it."""
        queue = self._repeated if update in self._repeated else self._pending
        if update in queue:
            queue.remove(update)
            self._taken(update)

    def interrupt(self, why: str) -> None:
        """End the poll under way with 409."""
        self._poll += 1
        self._conflict = why
        self.changed.notify()

    def open(self) -> None:
        """The server starts, perhaps after a stop: polls wait again."""
        self._closed = False

    def close(self) -> None:
        """Release polls under way and let later ones return at once: the server is stopping."""
        self._closed = True
        self.changed.notify()
