"""What each group has settled: its policy, kept over restarts and over its change into a supergroup."""

from collections import defaultdict
from types import MappingProxyType
from typing import get_args

from bot.memory.policy import Mode, Policy
from bot.memory.state import State

_KNOWN = """
    SELECT chat_id FROM policies UNION SELECT chat_id FROM answers WHERE chat_id < 0
    UNION SELECT chat_id FROM replies WHERE chat_id < 0 ORDER BY 1
"""
_WHOLE_CHAT = 0  # among the topics of a chat in the table


class Chats:
    """The policies of all chats. They are few and asked for at every message, so they are held in memory as well."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._policies: dict[int, Policy] = {}

    async def load(self) -> None:
        """Read what is kept; a mode that this version doesn't know is passed over."""
        modes: defaultdict[int, dict[int, Mode]] = defaultdict(dict)
        for chat_id, topic, mode in await self._state.read("SELECT chat_id, topic, mode FROM policies"):
            if mode in get_args(Mode):
                modes[chat_id][topic] = mode
        self._policies = {chat_id: _policy(by_topic) for chat_id, by_topic in modes.items()}

    def policy(self, chat_id: int) -> Policy:
        """The chat's policy; the default one until it has been set."""
        return self._policies.get(chat_id, Policy())

    async def known(self) -> list[int]:
        """The groups that something is kept of: a policy, or an answer of the last days."""
        return [chat_id for (chat_id,) in await self._state.read(_KNOWN)]

    async def set_mode(self, chat_id: int, topic: int | None, mode: Mode | None) -> None:
        """Set the mode of a topic, or of the whole chat (`topic` None); `mode` None: the topic follows the chat."""
        place = (chat_id, topic or _WHOLE_CHAT)
        if mode is None:
            await self._state.write("DELETE FROM policies WHERE chat_id = ? AND topic = ?", place)
        else:
            await self._state.write("INSERT OR REPLACE INTO policies VALUES (?, ?, ?)", (*place, mode))
        await self.load()

    async def migrate(self, old: int, new: int) -> None:
        """The group `old` has become the supergroup `new`, whose own settings win; safe to be told twice."""
        await self._state.write("UPDATE OR IGNORE policies SET chat_id = ? WHERE chat_id = ?", (new, old))
        await self._state.write("DELETE FROM policies WHERE chat_id = ?", (old,))
        await self.load()


def _policy(by_topic: dict[int, Mode]) -> Policy:
    mode = by_topic.pop(_WHOLE_CHAT, Policy().mode)
    return Policy(mode, MappingProxyType(by_topic))
