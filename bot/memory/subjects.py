"""Which topics and persons the buttons under messages lead to, for a while, over restarts."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.memory.state import State

Kind = Literal["timeline", "person"]


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic in a period, or a person, as somebody asked for it; `id` is what its buttons carry."""

    id: int
    name: str
    since: date | None = None
    until: date | None = None


class Subjects:
    """Remembered for `kept` since they were last asked for. Reading and writing raise sqlite3.Error."""

    def __init__(self, state: State, kept: timedelta, now: Callable[[], float] = time.time) -> None:
        self._state = state
        self._kept = kept
        self._now = now

    async def remember_timeline(
        self, chat_id: int, topic: str, since: date | None, until: date | None, asker: str | None = None
    ) -> Subject:
        """The timeline of a chat; the same one asked for again is the same subject, of who asked last (`asker`, as the
        query log names people). What is too old is forgotten.
        """
        return await self._remember(chat_id, "timeline", topic, since, until, asker)

    async def remember_person(self, chat_id: int, name: str) -> Subject:
        """A person who was named in a chat."""
        return await self._remember(chat_id, "person", name, None, None, None)

    async def shown(self, chat_id: int, number: int) -> Subject | None:
        """What a button in this chat leads to; None where that is forgotten, or another chat's."""
        rows = await self._state.read(
            "SELECT id, name, since, until FROM subjects WHERE id = ? AND chat_id = ? AND at >= ?",
            number, chat_id, self._oldest(),
        )  # fmt: skip
        return next((Subject(known, name, _day(since), _day(until)) for known, name, since, until in rows), None)

    async def _remember(  # noqa: PLR0913, PLR0917 - the columns
        self, chat_id: int, kind: Kind, name: str, since: date | None, until: date | None, asker: str | None
    ) -> Subject:
        asked = (chat_id, kind, name, since.isoformat() if since else "", until.isoformat() if until else "")
        await self._state.write("DELETE FROM subjects WHERE at < ?", (self._oldest(),))
        await self._state.write(
            "INSERT INTO subjects (chat_id, kind, name, since, until, at, asker) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (chat_id, kind, name, since, until) DO UPDATE"
            " SET at = excluded.at, asker = coalesce(excluded.asker, subjects.asker)",
            (*asked, int(self._now()), asker),
        )
        rows = await self._state.read(
            "SELECT id FROM subjects WHERE chat_id = ? AND kind = ? AND name = ? AND since = ? AND until = ?", *asked
        )
        return Subject(rows[0][0], name, since, until)

    def _oldest(self) -> int:
        return int(self._now() - self._kept.total_seconds())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
