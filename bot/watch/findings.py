"""What was found for watches, and what of it has been told.

Three things are written down, so that a kill at any moment neither loses an article nor tells of it twice: what was
found; which articles have been looked at, after what was found in them; and, before a message goes out, what it tells
(a notification; "telling" in the file). One that a killed program left is sent again as an update is handled again:
under its number, by which `delivery` knows what of it has gone out.
"""

import asyncio
import json
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.memory.state import State
from retrieval.records import VIETNAM

_KEPT = 90 * 24 * 3600.0  # seconds for which it is known what was told: near-copies come within days
_BEGUN = ""  # among the articles: that there has been a first look


@dataclass(frozen=True, slots=True)
class Finding:
    """For a watch, by number: an article, by id, and where the sentence begins that tells it best."""

    watch: int
    article: str
    start: int


@dataclass(frozen=True, slots=True)
class Notification:
    """A message on its way to a place, and what it tells."""

    id: int
    chat_id: int
    thread: int | None
    findings: tuple[Finding, ...]


class Findings:
    """What waits to be told, and what has been. Reading and writing raise sqlite3.Error."""

    def __init__(self, state: State, hour: int, now: Callable[[], float] = time.time) -> None:
        self._state = state
        self._hour = hour
        self._now = now
        self._beginning = asyncio.Lock()

    async def unseen(self, articles: Collection[str]) -> set[str] | None:
        """Those of the articles, by id, that have not been looked at; None before the first look ever."""
        rows = await self._state.read("SELECT 1 FROM watched_articles WHERE id = ?", _BEGUN)
        if not rows:
            return None
        rows = await self._state.read(
            "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM watched_articles)",
            json.dumps(list(articles)),
        )
        return {name for (name,) in rows}

    async def mark_looked_at(self, articles: Iterable[str]) -> None:
        """These have been looked at."""
        rows = [(name,) for name in (_BEGUN, *articles)]
        await self._state.write("INSERT OR IGNORE INTO watched_articles (id) VALUES (?)", *rows)

    async def keep(self, findings: Iterable[Finding]) -> None:
        """Keep what was found, to be told."""
        rows = [(f.watch, f.article, f.start, self._now()) for f in findings]
        await self._state.write("INSERT OR IGNORE INTO findings (watch, article, start, at) VALUES (?, ?, ?, ?)", *rows)
        await self._state.write("DELETE FROM findings WHERE told < ?", (self._now() - _KEPT,))

    async def found_before(self, watch: int, articles: Collection[str]) -> set[str]:
        """Those of the articles that were found for the watch before."""
        rows = await self._state.read(
            "SELECT article FROM findings WHERE watch = ? AND article IN (SELECT value FROM json_each(?))",
            watch, json.dumps(list(articles)),
        )  # fmt: skip
        return {name for (name,) in rows}

    async def places_due(self) -> list[tuple[int, int | None]]:
        """The places where something is to be told now: at once, or found before the chat's hour last struck."""
        return list(dict.fromkeys((chat_id, thread) for chat_id, thread, _ in await self._due()))

    async def begin(self, chat_id: int, thread: int | None) -> Notification:
        """What is to be told at this place, as one notification that is under way from now on."""
        due = [finding for *place, finding in await self._due() if place == [chat_id, thread]]
        async with self._beginning:  # the highest number is this one's
            await self._state.write("INSERT INTO tellings (chat_id, thread) VALUES (?, ?)", (chat_id, thread or 0))
            [[number]] = await self._state.read("SELECT max(id) FROM tellings")
        rows = [(number, finding.watch, finding.article) for finding in due]
        await self._state.write("UPDATE findings SET telling = ? WHERE watch = ? AND article = ?", *rows)
        return Notification(number, chat_id, thread, tuple(due))

    async def unfinished(self) -> list[Notification]:
        """What an earlier run of the program was sending."""
        notifications = []
        for number, chat_id, thread in await self._state.read("SELECT id, chat_id, thread FROM tellings ORDER BY id"):
            rows = await self._state.read(
                "SELECT watch, article, start FROM findings WHERE telling = ? AND told IS NULL ORDER BY rowid", number
            )
            notifications.append(Notification(number, chat_id, thread or None, tuple(Finding(*row) for row in rows)))
        return notifications

    async def mark_told(self, notification: Notification) -> None:
        """It has been told."""
        await self._state.write("UPDATE findings SET told = ? WHERE telling = ?", (self._now(), notification.id))

    async def take_back(self, notification: Notification) -> None:
        """It could not be told there: it waits until it can."""
        await self._state.write(
            "UPDATE findings SET telling = NULL WHERE telling = ? AND told IS NULL", (notification.id,)
        )

    async def finish(self, notification: Notification) -> None:
        """Forget the notification itself."""
        await self._state.write("DELETE FROM tellings WHERE id = ?", (notification.id,))

    async def forget(self, watch: int) -> None:
        """The watch is no more."""
        await self._state.write("DELETE FROM findings WHERE watch = ?", (watch,))

    async def _due(self) -> list[tuple[int, int | None, Finding]]:
        rows = await self._state.read(
            "SELECT w.chat_id, w.thread, w.daily, coalesce(c.hour, ?), f.watch, f.article, f.start, f.at"
            " FROM findings f JOIN watches w ON w.id = f.watch LEFT JOIN watch_chats c ON c.chat_id = w.chat_id"
            " WHERE f.told IS NULL AND f.telling IS NULL AND NOT w.paused ORDER BY f.rowid",
            self._hour,
        )
        now = datetime.fromtimestamp(self._now(), UTC)
        return [
            (chat_id, thread or None, Finding(*finding))
            for chat_id, thread, daily, hour, *finding, at in rows
            if not daily or at < last_struck(hour, now).timestamp()
        ]


def last_struck(hour: int, now: datetime) -> datetime:
    """When it was this hour in Vietnam last, at `now`, which is aware, or before it."""
    local = now.astimezone(VIETNAM)
    today = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today <= local else today - timedelta(days=1)
