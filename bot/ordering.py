"""Updates of different chats side by side, those of one chat in their order."""

import asyncio
from collections.abc import Awaitable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

# Updates that wait for their chat's turn count too: high enough that a flood in one chat leaves room for the others.
_AT_A_TIME = 1024


class InOrderWithinChat(BaseUpdateProcessor):
    """A lock per chat. asyncio's locks are fair, so updates get through in the order in which they came."""

    __slots__ = ("_locks",)

    def __init__(self, max_concurrent_updates: int = _AT_A_TIME) -> None:
        super().__init__(max_concurrent_updates)
        # A lock lives as long as an update holds or awaits it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await the update's handling when the chat's earlier updates are done; without a chat, at once."""
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            await coroutine
            return
        async with self._locks.setdefault(chat.id, asyncio.Lock()):
            await coroutine

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Nothing to release."""
