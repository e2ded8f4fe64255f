"""The query log: one row for each update, and what people think of the answers, in a SQLite file of its own."""

import asyncio
import logging
import sqlite3
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

import aiosqlite

from bot.ground.database import connect
from bot.ground.losses import Losses
from bot.ground.transactions import Transactions
from bot.querylog import statements
from bot.querylog.pseudonyms import BadKeyError, fingerprint, kept_key, pseudonym
from bot.querylog.reading import instant
from bot.querylog.rows import Act, Complaint, Row, Vote
from bot.querylog.tables import MIGRATIONS
from retrieval.own_database import NewerFileError
from retrieval.own_files import make_folder, remove_those_set_aside, set_aside

logger = logging.getLogger(__name__)

_TRIED_AGAIN = 60.0  # seconds between two attempts to open a log that cannot be opened
# Rows that could not be written wait for the next attempt, so many of them, at most so many seconds each time.
_MOST_WAITING = 5_000
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 30.0


class QueryLogError(Exception):
    """The log cannot be used; the message says why and what to do."""


class QueryLog:
    """Opened and closed with the application. A log that fails says so and holds nothing back.

    A chat's next message waits until the row of the one before is written: `patience` seconds at most. `key` makes the
    users' hashes; without one, a random key is kept beside the log. A log that is removed, damaged or cannot be opened
    is opened anew; rows that cannot be written meanwhile are, later (`late` is called for each).
    """

    def __init__(
        self,
        path: Path,
        key: str | None = None,
        patience: float = 0.5,
        losses: Losses | None = None,
        late: Callable[[], None] = lambda: None,
    ) -> None:
        self._path = path
        self._patience = patience
        self._given_key = key.encode() if key else None
        self._key = self._given_key
        self._losses = losses or Losses(logger)
        self._late = late
        self._transactions: Transactions | None = None
        self._tried = 0.0
        self._closed = True
        self._opening = asyncio.Lock()
        self._writing: set[asyncio.Task[None]] = set()
        self._waiting: deque[Row] = deque(maxlen=_MOST_WAITING)
        self._catching_up: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Create or migrate the file. Raises `QueryLogError` for one that a newer version of the program wrote.

        Any other failure is reported, and the bot goes on without a log.
        """
        self._closed = False
        self._tried = time.monotonic()
        try:
            make_folder(self._path.parent)
            self._transactions = Transactions(await self._connected(), self._path, self._connected)
        except NewerFileError as error:
            raise QueryLogError(
                f"the query log was written by a newer version of Trích ({error}):"
                " update the program, or give the log another path in [log]"
            ) from None
        except (OSError, sqlite3.Error) as error:
            _report(self._path, error)

    async def close(self) -> None:
        """Finish what is being written."""
        self._closed = True
        await asyncio.gather(*self._writing)
        if self._catching_up is not None:
            self._catching_up.cancel()
            await asyncio.gather(self._catching_up, return_exceptions=True)
        await self._catch_up()
        if self._waiting:
            logger.error("query log: %d rows could not be written until the end", len(self._waiting))
        if self._transactions is not None:
            transactions, self._transactions = self._transactions, None
            await transactions.close()

    def pseudonym(self, user_id: int | None) -> str | None:
        """How the log names a person; None for nobody, and while there is no key."""
        return None if self._key is None else pseudonym(self._key, user_id)

    async def write(self, row: Row) -> None:
        """Insert the row, later where it takes long. What goes wrong is reported, without the user's words."""
        task = asyncio.create_task(self._written(row))
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)
        await asyncio.wait({task}, timeout=self._patience)

    async def count_of(self, user_id: int) -> tuple[int, int]:
        """How many rows there are of a person, and how many votes. Raises sqlite3.Error."""
        transactions, key = self._opened()
        person = pseudonym(key, user_id)
        await self._settled()
        [(rows,)] = await transactions.read("SELECT count(*) FROM queries WHERE user_hash = ?", (person,))
        [(votes,)] = await transactions.read("SELECT count(*) FROM feedback WHERE voter = ?", (person,))
        return rows, votes

    async def forget(self, user_id: int) -> None:
        """Remove the rows of a person, what others think of those answers, and the person's votes.

        Raises sqlite3.Error.
        """
        transactions, key = self._opened()
        person = (pseudonym(key, user_id),)
        await self._settled()
        for statement in statements.FORGET:
            await transactions.begin(statement, [person])
        left = [row for row in self._waiting if row.user_id != user_id]
        self._waiting = deque(left, _MOST_WAITING)

    async def wipe(self) -> None:
        """What was deleted is nowhere in the file or its journal any more, nor in one that was set aside as damaged:
        out of that no one person's rows can be taken, so all of it goes. Raises sqlite3.Error, OSError.
        """
        transactions, _ = self._opened()
        await transactions.wipe()
        for path in (self._path, self._path.with_suffix(".key")):
            await asyncio.to_thread(remove_those_set_aside, path)

    async def vote(self, vote: Vote) -> bool:
        """Keep the vote beside the row of its question, in the place of what this person said before.

        Whether that went well; nothing is kept where the row is gone.
        """
        try:
            transactions, key = self._opened()
            voter = pseudonym(key, vote.user_id)
            if vote.value:
                values = (voter, vote.value, vote.by, instant(vote.at), vote.question)
                await transactions.begin(statements.VOTE, [values])
            else:
                await transactions.begin(statements.TAKE_BACK, [(voter, vote.question)])
        except sqlite3.Error as error:
            self._losses.add(f"query log: no vote on update {vote.question}", _why(error))
            return False
        return True

    async def complain(self, complaint: Complaint) -> bool:
        """Keep beside a vote against an answer what was wrong; whether that went well."""
        try:
            transactions, key = self._opened()
            voter = pseudonym(key, complaint.user_id)
            values = (complaint.reason, complaint.words, voter, complaint.question)
            await transactions.begin(statements.WHY, [values])
        except sqlite3.Error as error:
            self._losses.add(f"query log: no reason for a vote on update {complaint.question}", _why(error))
            return False
        return True

    async def act(self, act: Act) -> None:
        """Keep what an operator has done; what goes wrong is reported."""
        try:
            transactions, _ = self._opened()
            await transactions.begin(statements.ACT, [(instant(act.at), act.operator, act.what, act.status)])
        except Exception as error:  # noqa: BLE001 - nobody else is told of it
            self._losses.add(f"query log: no line for what the operator {act.operator} did", _why(error))

    async def _written(self, row: Row) -> None:
        try:
            await self._insert(row)
        except Exception as error:  # noqa: BLE001 - nobody else is told of it
            self._losses.add(f"query log: no row for update {row.update_id}", _why(error))
            if isinstance(error, sqlite3.OperationalError):  # for the file; else the row itself is wrong
                self._waiting.append(row)
                if self._catching_up is None or self._catching_up.done():
                    self._catching_up = asyncio.create_task(self._catch_up_again_and_again())

    async def _insert(self, row: Row) -> None:
        async with self._opening:
            if self._transactions is None and not self._closed and time.monotonic() - self._tried > _TRIED_AGAIN:
                await self.open()
        transactions, key = self._opened()
        if not (row.again and await transactions.read(statements.FIND, (row.update_id,))):
            await transactions.begin(statements.INSERT, [row.values(key)])

    async def _catch_up_again_and_again(self) -> None:
        wait = _FIRST_WAIT
        while self._waiting:
            await asyncio.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)
            await self._catch_up()

    async def _catch_up(self) -> None:
        """Write what waits, the oldest first, as far as that goes."""
        while self._waiting:
            row = self._waiting[0]
            try:
                await self._insert(row)
            except sqlite3.OperationalError:
                return
            except Exception as error:  # noqa: BLE001 - one row must not hold back those behind it
                logger.error("query log: no row for update %s (%s)", row.update_id, _why(error))  # noqa: TRY400
            else:
                self._late()
            if self._waiting and self._waiting[0] is row:
                self._waiting.popleft()

    async def _settled(self) -> None:
        """Until no row is on its way."""
        while self._writing:
            await asyncio.wait(self._writing)

    def _opened(self) -> tuple[Transactions, bytes]:
        if self._transactions is None or self._key is None:
            raise sqlite3.OperationalError("the log is not open")
        return self._transactions, self._key

    async def _connected(self) -> aiosqlite.Connection:
        """A connection to the file, with the key that its hashes were made with.

        Where there is another key, or none, nobody's rows could be told from another's any more, and `/xoa` would leave
        them: then the file is set aside together with the key.
        """
        if self._given_key is not None:
            return await connect(self._path, MIGRATIONS, patience=self._patience)
        key_file = self._path.with_suffix(".key")
        try:
            return await self._connected_by(await asyncio.to_thread(kept_key, key_file))
        except BadKeyError as error:
            for path in (key_file, self._path):
                if path.exists():
                    set_aside(path, f"{key_file.name}: {error}")
            return await self._connected_by(await asyncio.to_thread(kept_key, key_file))

    async def _connected_by(self, key: bytes) -> aiosqlite.Connection:
        db = await connect(self._path, MIGRATIONS, patience=self._patience)
        [[known]] = await db.execute_fetchall("PRAGMA user_version")
        if known not in {0, fingerprint(key)}:
            await db.close()
            raise BadKeyError("not the key that the log was written with")
        if not known:
            await db.execute(f"PRAGMA user_version = {fingerprint(key)}")
        self._key = key
        return db


def _report(path: Path, error: Exception) -> None:
    logger.error("query log: %s cannot be opened, so queries are not logged (%s)", path, _why(error))


def _why(error: Exception) -> str:
    """The kind of failure; its message too, but for a ValueError's, which may hold the user's words."""
    told = isinstance(error, sqlite3.Error | OSError) and str(error)
    return f"{type(error).__name__}: {error}" if told else type(error).__name__
