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
        sources: defaultdict[int, set[str]] = defaultdict(set)
        for chat_id, source in await self._state.read("SELECT chat_id, source FROM group_sources"):
            sources[chat_id].add(source)
        only, to_asker = [
            {chat_id for (chat_id,) in await self._state.read(f"SELECT chat_id FROM {table}")}  # noqa: S608
            for table in ("only_sources", "to_asker")
        ]
        self._policies = {
            chat_id: Policy(
                modes[chat_id].pop(_WHOLE_CHAT, Policy().mode),
                MappingProxyType(modes[chat_id]),
                frozenset(sources[chat_id]),
                only=chat_id in only,
                to_asker=chat_id in to_asker,
            )
            for chat_id in {*modes, *sources, *only, *to_asker}
        }

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

    async def choose_source(self, chat_id: int, source: str, *, chosen: bool) -> None:
        """Whether the group's answers come from this source first, or only."""
        if chosen:
            await self._state.write("INSERT OR IGNORE INTO group_sources VALUES (?, ?)", (chat_id, source))
        else:
            await self._state.write("DELETE FROM group_sources WHERE chat_id = ? AND source = ?", (chat_id, source))
        await self.load()

    async def set_only(self, chat_id: int, *, only: bool) -> None:
        """Whether the answers come from the sources chosen only, or from those first."""
        await self._set("only_sources", chat_id, holds=only)

    async def set_to_asker(self, chat_id: int, *, to_asker: bool) -> None:
        """Whether only who asks is to see the answer."""
        await self._set("to_asker", chat_id, holds=to_asker)

    async def _set(self, table: str, chat_id: int, *, holds: bool) -> None:
        """What holds for the chats of a table."""
        statement = "INSERT OR IGNORE INTO {} VALUES (?)" if holds else "DELETE FROM {} WHERE chat_id = ?"
        await self._state.write(statement.format(table), (chat_id,))
        await self.load()

    async def migrate(self, old: int, new: int) -> None:
        """The group `old` has become the supergroup `new`, whose own settings win; safe to be told twice."""
        for table in ("policies", "group_sources", "only_sources", "to_asker"):
            await self._state.write(f"UPDATE OR IGNORE {table} SET chat_id = ? WHERE chat_id = ?", (new, old))  # noqa: S608
            await self._state.write(f"DELETE FROM {table} WHERE chat_id = ?", (old,))  # noqa: S608
        await self.load()
