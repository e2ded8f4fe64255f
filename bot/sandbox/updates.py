"""The queue of updates that a bot has not acknowledged, as getUpdates sees it."""

import asyncio
from collections.abc import Sequence
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

Update = dict[str, Any]


class UpdateQueue:
    """Updates wait here until a getUpdates with a higher offset acknowledges them.

    `allowed` is the list last given (empty: all but those that Telegram sends on request only). As with Telegram it is
    applied when an update comes into being, so updates already queued are still delivered.
    """

    def __init__(self, first_id: int) -> None:
        self.allowed: tuple[str, ...] = ()
        self.changed = Signal()  # at new updates and whenever a getUpdates begins or ends
        self._next_id = first_id
        self._pending: list[Update] = []
        self._poll = 0
        self._waiting = 0
        self._closed = False

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def awaited(self) -> bool:
        """Whether a getUpdates is under way: someone listens."""
        return self._waiting > 0

    def push(self, kind: str, payload: Any) -> Update:
        """Number the update and queue it; one whose kind isn't allowed is returned but never delivered."""
        update = {"update_id": self._next_id, kind: payload}
        self._next_id += 1
        if self._wanted(kind):
            self._pending.append(update)
            self.changed.notify()
        return update

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in _ONLY_ON_REQUEST

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Update]:
        """Acknowledge what is below `offset`, then return up to `limit` updates, waiting up to `seconds` for the first.

        A negative offset keeps the last `-offset` updates only. A poll under way is ended with 409, as Telegram does.
        """
        self._acknowledge(offset)
        self._poll += 1
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
        return self._pending[:limit]

    async def _until_something_is_there(self, mine: int) -> None:
        while not self._pending and not self._closed:
            await self.changed.wait()
            if self._poll != mine:
                raise ApiError(409, _CONFLICT)

    def _acknowledge(self, offset: int) -> None:
        if offset < 0:
            self._pending = self._pending[offset:]
        else:
            self._pending = [update for update in self._pending if update["update_id"] >= offset]

    def allow(self, kinds: Sequence[str]) -> None:
        """Deliver only these kinds from now on; none given means the default ones."""
        self.allowed = tuple(kinds)

    def clear(self) -> None:
        """Forget what waits."""
        self._pending = []

    def close(self) -> None:
        """Release polls under way and let later ones return at once: the server is stopping."""
        self._closed = True
        self.changed.notify()
