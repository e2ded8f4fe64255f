"""The bot's own state: which updates came in, which are done with, and what was said on those that are not.

An update is written down before Telegram is told that it has arrived, and crossed out when it has been handled; so a
program that is killed takes up at its next start what it had not finished. Each message that it sends on the way is
written down twice: that it is about to be sent, and what Telegram made of it.
"""

import json
import logging
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiosqlite
from telegram import Update

from bot.memory.database import Migration, NewerFileError, connect
from bot.memory.transactions import Transactions
from bot.running.losses import Losses

logger = logging.getLogger(__name__)

_KEPT = 2 * 24 * 3600.0  # seconds; Telegram repeats an update for a day at most
_TIDIED = 3600.0  # seconds between two removals of what is older
_RECENT = 20_000  # update ids that are known without a look into the file


class InboxError(Exception):
    """The state cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Send:
    """A message that was about to be sent. `result`: Telegram's answer, None where the program didn't live to see it.

    `after` holds message ids; the message, if it exists, has one a little above one of them.
    """

    after: tuple[int, ...]
    result: Any = None


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An update that was not done with when the program ended, as JSON, and what had been sent by ordinal."""

    update: dict[str, Any]
    sends: Mapping[int, Send]


class Inbox:
    """Opened and closed with the application. Where the file fails, that is reported, and memory has to do."""

    def __init__(
        self, path: Path, bot_id: int, losses: Losses | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._path = path
        self._bot = bot_id
        self._losses = losses or Losses(logger)
        self._clock = clock
        self._recent: OrderedDict[int, None] = OrderedDict()
        self._transactions: Transactions | None = None
        self._tidy_at = 0.0

    async def open(self) -> None:
        """Create or migrate the file. Raises InboxError for one that a newer version of the program wrote."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._transactions = Transactions(await connect(self._path, MIGRATIONS, "FULL"))
        except NewerFileError as error:
            raise InboxError(
                f"{self._path} was written by a newer version of Trích ({error}):"
                " update the program, or give the state another path in [inbox]"
            ) from None
        except (OSError, sqlite3.Error) as error:
            self._losses.add(f"{self._path} cannot be opened, so a crash may lose or repeat replies", str(error))

    async def close(self) -> None:
        """Finish what is being written."""
        if self._transactions is not None:
            transactions, self._transactions = self._transactions, None
            await transactions.close()

    async def receive(self, updates: Sequence[Update]) -> list[Update]:
        """Those of the updates that are new; they are on the disk when this returns."""
        new = list({update.update_id: update for update in updates if update.update_id not in self._recent}.values())
        for update in new:
            self._remember(update.update_id)
        if not new:
            return []
        self._tidy()
        now = self._clock()
        rows = [(self._bot, update.update_id, now, update.to_json()) for update in new]
        claimed = await self._write(
            "INSERT INTO updates (bot, id, received, content) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
            *rows,
        )
        if claimed is None:  # the file fails: what this program has not seen is new
            return new
        # Whoever inserts it handles it: another program that looked at the same moment has not.
        return [update for update in new if (update.update_id,) in claimed]

    async def unfinished(self) -> list[Unfinished]:
        """What an earlier run of the program left, in the order of the updates."""
        updates = await self._read(
            "SELECT id, content FROM updates WHERE bot = ? AND content IS NOT NULL ORDER BY id", self._bot
        )
        for update_id, _ in updates:
            self._remember(update_id)
        return [Unfinished(json.loads(content), await self.sends_on(update_id)) for update_id, content in updates]

    async def sends_on(self, update_id: int) -> dict[int, Send]:
        """What was sent on an update that is not done with, or was about to be, by ordinal."""
        rows = await self._read(
            "SELECT ordinal, after, result FROM sends WHERE bot = ? AND id = ?", self._bot, update_id
        )
        return {
            ordinal: Send(tuple(json.loads(after)), None if result is None else json.loads(result))
            for ordinal, after, result in rows
        }

    async def finish(self, update_id: int) -> None:
        """The update is done with: its content is forgotten, that it came is not."""
        await self._write("UPDATE updates SET content = NULL WHERE bot = ? AND id = ?", (self._bot, update_id))
        await self._write("DELETE FROM sends WHERE bot = ? AND id = ?", (self._bot, update_id))

    async def about_to_send(self, update_id: int, ordinal: int, after: Sequence[int]) -> None:
        """The update's message with this ordinal goes out next."""
        row = (self._bot, update_id, ordinal, json.dumps(after))
        await self._write("INSERT OR REPLACE INTO sends (bot, id, ordinal, after) VALUES (?, ?, ?, ?)", row)

    async def sent(self, update_id: int, ordinal: int, result: Any) -> None:
        """It went out, and this is what Telegram answered."""
        row = (json.dumps(result), self._bot, update_id, ordinal)
        await self._write("UPDATE sends SET result = ? WHERE bot = ? AND id = ? AND ordinal = ?", row)

    def _remember(self, update_id: int) -> None:
        self._recent[update_id] = None
        while len(self._recent) > _RECENT:
            self._recent.popitem(last=False)

    def _tidy(self) -> None:
        """Forget, now and then, that updates came which Telegram won't repeat any more."""
        now = self._clock()
        if self._transactions is not None and now >= self._tidy_at:
            self._tidy_at = now + _TIDIED
            self._transactions.begin("DELETE FROM updates WHERE content IS NULL AND received < ?", [(now - _KEPT,)])

    async def _write(self, sql: str, *rows: tuple[Any, ...]) -> set[tuple[Any, ...]] | None:
        """What the statement returns; None where it failed, which is reported."""
        try:
            if self._transactions is None:
                raise sqlite3.OperationalError("the file is not open")
            return {tuple(row) for row in await self._transactions.begin(sql, rows)}
        except (sqlite3.Error, ValueError) as error:
            self._losses.add("the state was not written, a crash now may lose or repeat a reply", type(error).__name__)
            return None

    async def _read(self, sql: str, *values: Any) -> list[Any]:
        try:
            return [] if self._transactions is None else await self._transactions.read(sql, values)
        except sqlite3.Error as error:
            self._losses.add("the state was not read, a reply may be repeated", type(error).__name__)
            return []


async def m001_updates_and_sends(db: aiosqlite.Connection) -> None:
    """Updates by the bot they were meant for: another token is another bot with ids of its own."""
    await db.execute(
        """
        CREATE TABLE updates (
            bot INTEGER NOT NULL,
            id INTEGER NOT NULL,        -- Telegram's update_id
            received REAL NOT NULL,     -- seconds since 1970
            content TEXT,               -- JSON; NULL as soon as the update is done with
            PRIMARY KEY (bot, id)
        ) WITHOUT ROWID
        """
    )
    await db.execute("CREATE INDEX updates_unfinished ON updates (bot, id) WHERE content IS NOT NULL")
    await db.execute(
        """
        CREATE TABLE sends (
            bot INTEGER NOT NULL,
            id INTEGER NOT NULL,        -- of the update that is being handled
            ordinal INTEGER NOT NULL,   -- the how manieth message on it
            after TEXT NOT NULL,        -- JSON: message ids that it comes after
            result TEXT,                -- JSON: Telegram's answer; NULL while there is none
            PRIMARY KEY (bot, id, ordinal)
        ) WITHOUT ROWID
        """
    )


MIGRATIONS: tuple[Migration, ...] = (m001_updates_and_sends,)
