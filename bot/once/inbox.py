"""The bot's own state: which updates came in, which are done with, and what was said on those that are not.

An update is written down before Telegram is told that it has arrived, and crossed out when it has been handled; so a
program that is killed takes up at its next start what it had not finished. Each message that it sends on the way is
written down twice: that it is about to be sent, and what Telegram made of it. Of an update that can't be written down,
as on a full disk, Telegram is not told before it is done with (`held`), and would bring it again; what is sent on it is
in a file with room of its own (`spare`).
"""

import asyncio
import json
import logging
import sqlite3
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import aiosqlite
from telegram import Update

from bot.ground.database import MEMORY, connect
from bot.ground.losses import Losses
from bot.ground.transactions import Transactions
from bot.once.spare import Spare
from bot.once.tables import MIGRATIONS
from bot.once.unfinished import Send, Unfinished, from_json
from bot.updates.pruning import Content, needed, without_names
from retrieval.own_database import NewerFileError
from retrieval.own_files import remove_those_set_aside

logger = logging.getLogger(__name__)

_KEPT = 2 * 24 * 3600.0  # seconds; Telegram repeats an update for a day at most
_TIDIED = 3600.0  # seconds between two removals of what is older
_RECENT = 20_000  # update ids that are known without a look into the file
# Seconds that an update may hold back those behind it: Telegram brings 100 at a time that have not been acknowledged.
_HELD = 120.0
_OWED = 10_000  # writes that could not be made, and are tried again
_MESSAGE_IDS = 20_000  # that are kept, the highest
_INSERT = "INSERT INTO updates (bot, id, received, content) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id"
_FINISH = "INSERT INTO updates (bot, id, received) VALUES (?, ?, ?) ON CONFLICT (bot, id) DO UPDATE SET content = NULL"
_BEGIN = "UPDATE updates SET begun = begun + ? WHERE bot = ? AND id = ?"
_FORGIVE = "UPDATE updates SET begun = max(0, begun - ?) WHERE bot = ? AND id = ?"
_FORGET_SENDS = "DELETE FROM sends WHERE bot = ? AND id = ?"
_RESULT = "UPDATE sends SET result = ? WHERE bot = ? AND id = ? AND ordinal = ?"
_KEEP_ID = (
    "INSERT INTO message_ids (bot, slot, id) VALUES (?, ?, ?)"
    " ON CONFLICT (bot, slot) DO UPDATE SET id = max(id, excluded.id)"
)
_FORGET_IDS = "DELETE FROM message_ids WHERE bot = ?"

_Row = tuple[Any, ...]


class InboxError(Exception):
    """The state cannot be used; the message says why and what to do."""


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
        self._unwritten: dict[int, _Row] = {}
        self._owed: deque[tuple[str, _Row]] = deque(maxlen=_OWED)
        self._numbers_only: set[int] = set()  # of those on the disk: there is nothing of them to be forgotten
        self._settled = asyncio.Event()  # set whenever an update is not held any more
        self._transactions: Transactions | None = None
        spare = None if path == MEMORY else path.with_suffix(".spare")
        self._spare, self._sparing = Spare(spare, clock), asyncio.Lock()
        self._tidy_at = 0.0

    async def open(self) -> None:
        """Create or migrate the file. Raises InboxError for one that a newer version of the program wrote."""
        await asyncio.to_thread(self._spare.open)
        try:
            self._transactions = Transactions(await self._connected(), self._path, self._connected)
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

    async def _connected(self) -> aiosqlite.Connection:
        return await connect(self._path, MIGRATIONS, "FULL", alone=True)

    async def receive(self, updates: Sequence[Update], content: Content = needed) -> list[Update]:
        """Those of the updates that are new. When this returns they are on the disk, or `held`.

        `content` is what is kept of one until it is done with: None, and its number only, where nothing would be lost.
        """
        await self._make_good()
        new = list({update.update_id: update for update in updates if update.update_id not in self._recent}.values())
        for update in new:
            self._remember(update.update_id)
        if not new:
            return []
        self._tidy()
        rows: list[_Row] = [(self._bot, u.update_id, self._clock(), await content(u)) for u in new]
        claimed = await self._write(_INSERT, *rows)
        if claimed is None:  # what this program has not seen is new, unless it can be read that it isn't
            known = await self._known([update.update_id for update in new])
            self._unwritten.update((row[1], row) for row in rows if row[1] not in known)
            return [update for update in new if update.update_id not in known]
        self._numbers_only.update(update_id for _, update_id, _, kept in rows if kept is None)
        # Whoever inserts it handles it: another program that looked at the same moment has not.
        return [update for update in new if (update.update_id,) in claimed]

    def held(self) -> int | None:
        """The first of the updates that are neither on the disk nor done with: Telegram must not be told that they have
        arrived. None where there are none. None is held for ever.
        """
        now = self._clock()
        for update_id, (_, _, received, _) in list(self._unwritten.items()):
            if now - received > _HELD:
                self._losses.add(f"update {update_id} is not written, a crash now would lose it", "held long enough")
                self._settle([update_id])
        return min(self._unwritten, default=None)

    async def settled(self, ids: Iterable[int], seconds: float) -> bool:
        """Whether none of the updates is held any more, within so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                while not self._unwritten.keys().isdisjoint(ids):
                    self._settled.clear()
                    await self._settled.wait()
        except TimeoutError:
            return False
        return True

    async def unfinished(self) -> list[Unfinished]:
        """What an earlier run of the program left, in the order of the updates."""
        updates = await self._read(
            "SELECT id, content, begun FROM updates WHERE bot = ? AND content IS NOT NULL ORDER BY id", self._bot
        )
        for update_id, *_ in updates:
            self._remember(update_id)
        found = [(update_id, from_json(content), begun) for update_id, content, begun in updates]
        return [
            Unfinished(content | {"update_id": update_id}, await self.sends_on(update_id), begun)
            for update_id, content, begun in found
            if content is not None
        ]

    async def sends_on(self, update_id: int) -> dict[int, Send]:
        """What was sent on an update that is not done with, or was about to be, by ordinal."""
        rows = await self._read(
            "SELECT ordinal, after, result FROM sends WHERE bot = ? AND id = ?", self._bot, update_id
        )
        sends = {ordinal: (from_json(after, list), from_json(result, object)) for ordinal, after, result in rows}
        spare = self._spare.on(self._bot, update_id)
        return {ordinal: Send(tuple(after or ()), result) for ordinal, (after, result) in (sends | spare).items()}

    async def sent_before(self, update_id: int) -> Mapping[int, Send]:
        """What an earlier run has sent on an update that is new, as it could not be written down then."""
        return await self.sends_on(update_id) if self._spare.on(self._bot, update_id) else {}

    async def begin(self, update_id: int, counts: int) -> None:
        """Note that work on the update begins: should it kill the program, the next start sees how much that counts."""
        await self._write(_BEGIN, (counts, self._bot, update_id))

    async def forgive(self, counts: Mapping[int, int]) -> None:
        """So much of it does not count, by update: the program ends in good order, or has got further with them."""
        await self._write(_FORGIVE, *((count, self._bot, update_id) for update_id, count in counts.items()))

    async def finish(self, update_id: int) -> None:
        """The update is done with: its content is forgotten, that it came is not."""
        if update_id in self._numbers_only:
            self._numbers_only.discard(update_id)
            return
        finished, _ = await asyncio.gather(  # one transaction
            self._write(_FINISH, (self._bot, update_id, self._clock()), owed=True),
            self._write(_FORGET_SENDS, (self._bot, update_id), owed=True),
        )
        if finished is not None and self._spare:
            async with self._sparing:
                await asyncio.to_thread(self._spare.forget, self._bot, update_id)
        self._settle([update_id])

    async def wipe(self, update_id: int) -> None:
        """What is done with is nowhere in the file or its journal any more, nor what is known of this update: where the
        program ends now, it is not taken up again. Raises sqlite3.Error, OSError.
        """
        await self.finish(update_id)
        if self._transactions is not None:
            await self._transactions.wipe()
        await asyncio.to_thread(remove_those_set_aside, self._path)

    async def about_to_send(
        self, update_id: int, ordinal: int, after: Sequence[int], ids: Collection[int] | None = ()
    ) -> None:
        """The update's message with this ordinal goes out next. `ids` are kept as well (see `message_ids`); None: none
        are to be any more.
        """
        row = (self._bot, update_id, ordinal, json.dumps(after))
        written, _ = await asyncio.gather(  # one transaction
            self._write("INSERT OR REPLACE INTO sends (bot, id, ordinal, after) VALUES (?, ?, ?, ?)", row),
            self._keep_ids(ids),
        )
        await self._spared(update_id, ordinal, after, None, written=written is not None)

    async def sent(self, update_id: int, ordinal: int, result: Any, ids: Collection[int] | None = ()) -> None:
        """It went out, and this is what Telegram answered; `ids` as above."""
        row = (json.dumps(without_names(result)), self._bot, update_id, ordinal)
        written, _ = await asyncio.gather(  # one transaction
            self._write(_RESULT, row, owed=True),
            self._keep_ids(ids),
        )
        message_id = result.get("message_id") if isinstance(result, dict) else None
        await self._spared(update_id, ordinal, (), message_id or True, written=written is not None)

    async def not_sent(self, update_id: int, ordinal: int) -> None:
        """Telegram has not taken it yet, and it is to be sent again: where the program is killed before, it need not be
        looked for.
        """
        row = (json.dumps(False), self._bot, update_id, ordinal)
        written = await self._write(_RESULT, row)
        await self._spared(update_id, ordinal, (), False, written=written is not None)

    async def _spared(
        self, update_id: int, ordinal: int, after: Sequence[int], message: int | None, *, written: bool
    ) -> None:
        """Where it is not written, or what was before it was not, it goes where there is room."""
        if not written or self._spare.on(self._bot, update_id):
            async with self._sparing:
                await asyncio.to_thread(self._spare.note, self._bot, update_id, ordinal, after, message)

    async def message_ids(self) -> list[int]:
        """Ids of messages in private chats, the last ones that were known to any run of the program, upwards."""
        rows = await self._read("SELECT id FROM message_ids WHERE bot = ? ORDER BY id", self._bot)
        return [message_id for (message_id,) in rows]

    async def is_used(self) -> bool:
        """Whether an earlier run of the program has taken updates in."""
        return bool(self._spare) or bool(await self._read("SELECT 1 FROM updates WHERE bot = ? LIMIT 1", self._bot))

    async def _keep_ids(self, ids: Collection[int] | None) -> None:
        if ids is None:
            await self._write(_FORGET_IDS, (self._bot,))
        elif ids:
            await self._write(_KEEP_ID, *((self._bot, each % _MESSAGE_IDS, each) for each in ids))

    async def _make_good(self) -> None:
        """Write what could not be written before, as far as it is still worth it."""
        if self._unwritten and await self._write(_INSERT, *self._unwritten.values(), again=True) is not None:
            self._settle(list(self._unwritten))
        while self._owed:
            sql, row = self._owed[0]
            if await self._write(sql, row, again=True) is None:
                return
            self._owed.popleft()

    def _settle(self, ids: Iterable[int]) -> None:
        for update_id in ids:
            self._unwritten.pop(update_id, None)
        self._settled.set()

    async def refused(self, update_id: int, ordinal: int) -> None:
        """Telegram does not take it: it is not there."""
        row = (self._bot, update_id, ordinal)
        await self._write("DELETE FROM sends WHERE bot = ? AND id = ? AND ordinal = ?", row)

    def _remember(self, update_id: int) -> None:
        self._recent[update_id] = None
        while len(self._recent) > _RECENT:
            self._recent.popitem(last=False)

    async def _known(self, ids: Sequence[int]) -> set[int]:
        rows = await self._read(
            "SELECT id FROM updates WHERE bot = ? AND id IN (SELECT value FROM json_each(?))",
            self._bot,
            json.dumps(ids),
        )
        return {update_id for (update_id,) in rows}

    def _tidy(self) -> None:
        """Forget, now and then, that updates came which Telegram won't repeat any more."""
        now = self._clock()
        if self._transactions is not None and now >= self._tidy_at:
            self._tidy_at = now + _TIDIED
            self._transactions.begin("DELETE FROM updates WHERE content IS NULL AND received < ?", [(now - _KEPT,)])

    async def _write(self, sql: str, *rows: _Row, owed: bool = False, again: bool = False) -> set[_Row] | None:
        """What the statement returns; None where it failed, which is reported, unless it is tried `again`. What is owed
        is tried again later.
        """
        try:
            if self._transactions is None:
                raise sqlite3.OperationalError("the file is not open")
            return {tuple(row) for row in await self._transactions.begin(sql, rows)}
        except (sqlite3.Error, ValueError) as error:
            if not again:
                why = type(error).__name__
                self._losses.add("the state was not written, a crash now may lose or repeat a reply", why)
            if owed:
                self._owed.extend((sql, row) for row in rows)
            return None

    async def _read(self, sql: str, *values: Any) -> list[Any]:
        try:
            return [] if self._transactions is None else await self._transactions.read(sql, values)
        except sqlite3.Error as error:
            self._losses.add("the state was not read, a reply may be repeated", type(error).__name__)
            return []
