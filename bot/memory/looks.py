"""How replies are drawn in each chat: as rich messages or plain; what was chosen there, and what Telegram refused."""

import time
from collections.abc import Callable
from typing import Literal

from bot.memory.state import State

Look = Literal["rich", "plain"]
_SERVER = 0  # among the chats in the table: no chat takes it
_REFUSED = "refused"
_KNOWN_FOR = 30 * 86_400  # seconds until it is tried again


class Looks:
    """Few, and asked for at many messages: held in memory as well."""

    def __init__(self, state: State, now: Callable[[], float] = time.time) -> None:
        self._state, self._now = state, now
        self._kept: dict[int, tuple[str, int]] = {}

    async def load(self) -> None:
        """Read what is kept."""
        rows = await self._state.read("SELECT chat_id, look, at FROM looks")
        self._kept = {chat_id: (look, at) for chat_id, look, at in rows}

    def chosen(self, chat_id: int) -> Look | None:
        """What was chosen in the chat; None where nothing was."""
        look = self._kept.get(chat_id, ("", 0))[0]
        return "rich" if look == "rich" else "plain" if look == "plain" else None

    def is_refused(self, chat_id: int) -> bool:
        """Whether the chat, or the server, has refused a rich message in the last days."""
        kept = (self._kept.get(chat, ("", 0)) for chat in (chat_id, _SERVER))
        return any(look == _REFUSED and self._now() - at < _KNOWN_FOR for look, at in kept)

    async def choose(self, chat_id: int, look: Look) -> None:
        """Draw replies so in this chat."""
        await self._keep(chat_id, look)

    async def refused(self, chat_id: int | None) -> None:
        """The chat takes no rich message; None: the server doesn't know any."""
        await self._keep(_SERVER if chat_id is None else chat_id, _REFUSED)

    async def migrate(self, old: int, new: int) -> None:
        """The group `old` has become the supergroup `new`."""
        await self._state.write("UPDATE OR IGNORE looks SET chat_id = ? WHERE chat_id = ?", (new, old))
        await self._state.write("DELETE FROM looks WHERE chat_id = ?", (old,))
        await self.load()

    async def _keep(self, chat_id: int, look: str) -> None:
        await self._state.write("INSERT OR REPLACE INTO looks VALUES (?, ?, ?)", (chat_id, look, int(self._now())))
        await self.load()
