"""What people watch: a topic in a private chat, a group or one topic of a forum; and when they want to be told."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.memory.state import State
from bot.texts.reply import Language
from bot.watch.findings import Findings

_COLUMNS = "id, chat_id, thread, topic, language, daily, paused"


@dataclass(frozen=True, slots=True)
class Watch:
    """A topic watched in a chat; `thread` is a forum's topic there, None outside of one.

    `daily`: told at the chat's hour, all of a day together; else at once. `paused`: nothing is looked for meanwhile.
    """

    id: int
    chat_id: int
    thread: int | None
    topic: str
    language: Language
    daily: bool = False
    paused: bool = False


class Watches:
    """Kept until they are removed, with what was found for them. Reading and writing raise sqlite3.Error."""

    def __init__(self, state: State, hour: int, now: Callable[[], float] = time.time) -> None:
        self.findings = Findings(state, hour, now)
        self._state = state
        self._hour = hour  # until a chat has chosen another
        self._now = now

    async def of(self, chat_id: int, thread: int | None) -> list[Watch]:
        """Those of a place, the oldest first."""
        return await self._read("WHERE chat_id = ? AND thread = ?", chat_id, thread or 0)

    async def listed(self, chat_id: int, thread: int | None) -> list[Watch]:
        """Those to be shown at a place: in a private chat all, whichever topics it has for them."""
        return await self._read("WHERE chat_id = ?", chat_id) if chat_id > 0 else await self.of(chat_id, thread)

    async def watch(self, chat_id: int, number: int) -> Watch | None:
        """One of this chat; None where it has been removed, or is another chat's."""
        return next(iter(await self._read("WHERE chat_id = ? AND id = ?", chat_id, number)), None)

    async def active(self) -> list[Watch]:
        """All that are not paused."""
        return await self._read("WHERE NOT paused")

    async def add(self, watch: Watch, most: int) -> Watch | None:
        """Watch this topic too (its `id` is not looked at); None where the chat watches `most` already.

        What is watched there already is that watch, no longer paused.
        """
        here = await self.listed(watch.chat_id, watch.thread)
        known = next((other for other in here if other.topic.lower() == watch.topic.lower()), None)
        if known is not None:
            await self.pause(known.id, paused=False)
            return await self.watch(watch.chat_id, known.id)
        if len(await self._read("WHERE chat_id = ?", watch.chat_id)) >= most:
            return None
        row = (watch.chat_id, watch.thread or 0, watch.topic, watch.language, int(self._now()))
        await self._state.write(
            "INSERT INTO watches (chat_id, thread, topic, language, at) VALUES (?, ?, ?, ?, ?)", row
        )
        return (await self.of(watch.chat_id, watch.thread))[-1]

    async def set_daily(self, number: int, *, daily: bool) -> None:
        """Tell once a day, or at once."""
        await self._state.write("UPDATE watches SET daily = ? WHERE id = ?", (daily, number))

    async def pause(self, number: int, *, paused: bool) -> None:
        """Look for nothing, or look again."""
        await self._state.write("UPDATE watches SET paused = ? WHERE id = ?", (paused, number))

    async def set_apart(self, number: int, thread: int) -> None:
        """What is found is told in this topic of the chat from now on."""
        await self._state.write("UPDATE watches SET thread = ? WHERE id = ?", (thread, number))

    async def pause_place(self, chat_id: int, thread: int | None) -> None:
        """Nothing can be said there: pause all of it."""
        await self._state.write(
            "UPDATE watches SET paused = 1 WHERE chat_id = ? AND thread = ?", (chat_id, thread or 0)
        )

    async def remove(self, number: int) -> None:
        """Watch no more."""
        await self._state.write("DELETE FROM watches WHERE id = ?", (number,))

    async def hour(self, chat_id: int) -> int:
        """The hour of the day, in Vietnam, at which the chat is told of a day's articles."""
        rows = await self._state.read("SELECT hour FROM watch_chats WHERE chat_id = ?", chat_id)
        return next((hour for (hour,) in rows if hour is not None), self._hour)

    async def set_hour(self, chat_id: int, hour: int) -> None:
        """Another hour, 0 to 23."""
        await self._state.write(
            "INSERT INTO watch_chats (chat_id, hour) VALUES (?, ?)"
            " ON CONFLICT (chat_id) DO UPDATE SET hour = excluded.hour",
            (chat_id, hour),
        )

    async def note_message(self, chat_id: int, message_id: int) -> None:
        """A message of this id is there: the next one has a higher one, also for a program that starts anew."""
        await self._state.write(
            "INSERT INTO watch_chats (chat_id, last_message) VALUES (?, ?)"
            " ON CONFLICT (chat_id) DO UPDATE SET last_message = max(last_message, excluded.last_message)",
            (chat_id, message_id),
        )

    async def last_message(self, chat_id: int) -> int:
        """The highest id noted of a chat; 0 where there is none."""
        rows = await self._state.read("SELECT last_message FROM watch_chats WHERE chat_id = ?", chat_id)
        return max((int(last) for (last,) in rows), default=0)

    async def migrate(self, old: int, new: int) -> None:
        """The group `old` has become the supergroup `new`; safe to be told twice. Its message ids begin anew."""
        await self._state.write("UPDATE OR IGNORE watches SET chat_id = ? WHERE chat_id = ?", (new, old))
        await self._state.write("DELETE FROM watches WHERE chat_id = ?", (old,))
        await self._state.write(
            "INSERT OR IGNORE INTO watch_chats (chat_id, hour) SELECT ?, hour FROM watch_chats WHERE chat_id = ?",
            (new, old),
        )
        await self._state.write("DELETE FROM watch_chats WHERE chat_id = ?", (old,))

    async def _read(self, where: str, *values: int) -> list[Watch]:
        rows = await self._state.read(f"SELECT {_COLUMNS} FROM watches {where} ORDER BY id", *values)  # noqa: S608 - ours
        return [
            Watch(number, chat_id, thread or None, topic, language, bool(daily), bool(paused))
            for number, chat_id, thread, topic, language, daily, paused in rows
        ]
