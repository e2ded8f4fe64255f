"""Which timelines the buttons under messages belong to, for a while, over restarts."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.memory.state import State


@dataclass(frozen=True, slots=True)
class View:
    """A timeline as somebody asked for it; `id` is what its buttons carry."""

    id: int
    topic: str
    since: date | None
    until: date | None


class Timelines:
    """Remembered for `kept` since they were last asked for. Reading and writing raise sqlite3.Error."""

    def __init__(self, state: State, kept: timedelta, now: Callable[[], float] = time.time) -> None:
        self._state = state
        self._kept = kept
        self._now = now

    async def remember(
        self, chat_id: int, topic: str, since: date | None, until: date | None, asker: str | None = None
    ) -> View:
        """The view of a chat; the same timeline asked for again is the same view, of who asked last (`asker`, as the
        query log names people). What is too old is forgotten.
        """
        asked = (chat_id, topic, since.isoformat() if since else "", until.isoformat() if until else "")
        await self._state.write("DELETE FROM timelines WHERE at < ?", (self._oldest(),))
        await self._state.write(
            "INSERT INTO timelines (chat_id, topic, since, until, at, asker) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (chat_id, topic, since, until) DO UPDATE"
            " SET at = excluded.at, asker = coalesce(excluded.asker, timelines.asker)",
            (*asked, int(self._now()), asker),
        )
        rows = await self._state.read(
            "SELECT id FROM timelines WHERE chat_id = ? AND topic = ? AND since = ? AND until = ?", *asked
        )
        return View(rows[0][0], topic, since, until)

    async def view(self, chat_id: int, view: int) -> View | None:
        """What the buttons of a message in this chat belong to; None where that is forgotten, or another chat's."""
        rows = await self._state.read(
            "SELECT id, topic, since, until FROM timelines WHERE id = ? AND chat_id = ? AND at >= ?",
            view, chat_id, self._oldest(),
        )  # fmt: skip
        return next((View(number, topic, _day(since), _day(until)) for number, topic, since, until in rows), None)

    def _oldest(self) -> int:
        return int(self._now() - self._kept.total_seconds())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
