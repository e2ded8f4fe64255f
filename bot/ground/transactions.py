"""Writes of many tasks in few transactions: each fsync serves all that wait for one.

Where the file turns out to be damaged, or has gone, while it is used, it is opened anew and the work done once more.
What has been deleted stays readable in SQLite's journal until that is written back: soon after a deletion it is.
"""

import asyncio
import contextlib
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import aiosqlite

from retrieval.own_files import is_damage, set_aside

logger = logging.getLogger(__name__)

# A statement, what it is carried out for, and what becomes of it: the rows that it returns.
_Write = tuple[str, Sequence[tuple[Any, ...]], asyncio.Future[list[Any]]]

_QUIET = 0.2  # seconds without a write after which the journal is written back, where something was deleted
_BUSY = 2.0  # seconds after which it is although there is no quiet
_TRIED_AGAIN = 5.0  # seconds between two attempts to open a file that could not be opened anew
_DELETES = ("DELETE", "UPDATE", "INSERT OR REPLACE")


class Transactions:
    """Writes to one autocommitting connection, which it closes in the end.

    `path` and `connect` say what is to be opened anew, and how; without them what fails stays so.
    """

    def __init__(
        self,
        db: aiosqlite.Connection,
        path: Path | None = None,
        connect: Callable[[], Awaitable[aiosqlite.Connection]] | None = None,
    ) -> None:
        self._db = db
        self._path, self._connect = path, connect
        self._inode, self._size = _identity(path)
        self._tried: float | None = None  # in vain, to open the file anew
        self._pending: list[_Write] = []
        self._wake = asyncio.Event()
        self._closing = False
        self._deleted: float | None = None  # since when what was deleted may be in the journal
        self._turn = asyncio.Lock()  # a read must not see half a transaction
        self._writer = asyncio.create_task(self._run())

    def begin(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> Awaitable[list[Any]]:
        """Queue the statement for each row; what is returned waits for the commit, and raises sqlite3.Error.

        It gives the rows that a RETURNING clause makes; none without one.
        """
        done: asyncio.Future[list[Any]] = asyncio.get_running_loop().create_future()
        done.add_done_callback(lambda future: future.cancelled() or future.exception())  # nobody may wait for it
        self._pending.append((sql, rows, done))
        self._wake.set()
        return done

    async def read(self, sql: str, values: Sequence[Any]) -> list[Any]:
        """The rows, of what has been committed."""
        async with self._turn:
            self._check()
            try:
                return list(await self._db.execute_fetchall(sql, values))
            except sqlite3.Error as error:
                if not await self._mended(error):
                    raise
                return list(await self._db.execute_fetchall(sql, values))

    async def wipe(self) -> None:
        """What has been deleted can't be read in the journal any more. Raises sqlite3.Error where that isn't so, as
        when another program reads the file.
        """
        async with self._turn:
            if not await self._wiped():
                raise sqlite3.OperationalError("the journal is in use and could not be written back")

    @contextlib.asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """While the block runs, nothing is read or written; what was to be is."""
        async with self._turn:
            batch, self._pending = self._pending, []
            if batch:
                await self._commit(batch)
            yield

    async def close(self) -> None:
        """Write what is pending, then close the connection."""
        self._closing = True
        self._wake.set()
        await self._writer
        with contextlib.suppress(sqlite3.Error):
            if self._deleted is not None:
                await self._wiped()
        await self._db.close()

    async def _run(self) -> None:
        while self._pending or not self._closing:
            await self._awaken()
            self._wake.clear()
            batch, self._pending = self._pending, []
            async with self._turn:
                if batch:
                    await self._find_again()
                    await self._commit(batch)
                overdue = self._deleted is not None and time.monotonic() - self._deleted > _BUSY
                if self._deleted is not None and (overdue or not batch):
                    self._deleted = time.monotonic()
                    with contextlib.suppress(sqlite3.Error, ValueError):  # the next time, then
                        await self._wiped()

    async def _awaken(self) -> None:
        """Until there is something to write or, where the journal is to be written back, it has been quiet."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(None if self._deleted is None else _QUIET):
                await self._wake.wait()

    def _check(self) -> None:
        if self._tried is not None:
            raise sqlite3.OperationalError("the file could not be opened anew")

    async def _wiped(self) -> bool:
        self._check()
        [[blocked, *_]] = await self._db.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
        if not blocked:
            self._deleted = None
        return not blocked

    async def _commit(self, batch: Sequence[_Write]) -> None:
        """All or nothing; where nothing and it isn't for the file, each by itself: one bad write spoils no other."""
        results = await self._transaction(batch)
        if isinstance(results, Exception) and await self._mended(results):
            results = await self._transaction(batch)
        one_by_one = isinstance(results, Exception) and not isinstance(results, sqlite3.OperationalError)
        for number, write in enumerate(batch):
            if one_by_one and len(batch) > 1:
                results = await self._transaction([write])
                number = 0  # noqa: PLW2901 - it is the only one of its transaction
            _settle(write[2], results if isinstance(results, Exception) else results[number])

    async def _transaction(self, batch: Sequence[_Write]) -> list[list[Any]] | Exception:
        """The rows that each write returns, once they are committed; else the error, and nothing is."""
        results: list[list[Any]] = []
        try:
            self._check()
            await self._db.execute("BEGIN IMMEDIATE")
            for sql, group in groupby(batch, key=itemgetter(0)):
                writes = list(group)
                if "RETURNING" in sql:
                    results += [[r for row in rows for r in await self._returned(sql, row)] for _, rows, _ in writes]
                else:
                    await self._db.executemany(sql, [row for _, rows, _ in writes for row in rows])
                    results += [[] for _ in writes]
            await self._db.execute("COMMIT")
        except Exception as error:  # noqa: BLE001 - whatever it is, those who wait must hear of it
            with contextlib.suppress(sqlite3.Error, ValueError):
                await self._db.execute("ROLLBACK")
            return error
        if self._deleted is None and any(sql.startswith(_DELETES) for sql, _, _ in batch):
            self._deleted = time.monotonic()
        return results

    async def _returned(self, sql: str, row: tuple[Any, ...]) -> list[Any]:
        return list(await self._db.execute_fetchall(sql, row))

    async def _find_again(self) -> None:
        """Open the file anew where another has its name, as what is written to this one would vanish with it, or where
        it has become smaller, which SQLite does not notice while it has pages of it in memory.
        """
        if self._path is None:
            return
        inode, size = _identity(self._path)
        if self._tried is None and inode == self._inode and size >= self._size:
            self._size = size
            return
        if self._tried is None:
            how = "is gone or another file" if inode != self._inode else "has been truncated"
            logger.warning("%s %s, opening it anew", self._path, how)
        if self._tried is None or time.monotonic() - self._tried > _TRIED_AGAIN:
            await self._open_anew()

    async def _mended(self, error: Exception) -> bool:
        """Whether damage caused the error and the file has been opened again. `connect` sets aside a file that looks
        damaged when it is opened; one that looked whole is set aside here.
        """
        if self._path is None or not is_damage(error):
            return False
        logger.error("%s is damaged (%s), opening it anew", self._path, error)
        if not await self._open_anew():
            return False
        try:
            [[found]] = await self._db.execute_fetchall("PRAGMA integrity_check(1)")
        except sqlite3.Error as again:
            found = str(again)
        if found == "ok":
            return True
        await self._db.close()
        try:
            set_aside(self._path, str(found))
        except OSError:
            return False
        return await self._open_anew()

    async def _open_anew(self) -> bool:
        if self._connect is None:
            return False
        with contextlib.suppress(sqlite3.Error, ValueError):
            await self._db.close()
        try:
            self._db = await self._connect()
        except Exception as error:  # noqa: BLE001 - those who wait are told what the closed connection says
            self._tried = time.monotonic()
            logger.error("%s cannot be opened anew (%s)", self._path, error)  # noqa: TRY400 - its kind says it all
            return False
        self._tried, (self._inode, self._size) = None, _identity(self._path)
        return True


def _identity(path: Path | None) -> tuple[int, int]:
    """Which file has that name now, and its size. Microseconds: a thread would wait longer, behind answers."""
    try:
        found = path.stat() if path is not None else None
    except OSError:
        found = None
    return (found.st_ino, found.st_size) if found else (0, 0)


def _settle(done: asyncio.Future[list[Any]], result: list[Any] | Exception) -> None:
    if done.done():  # who waited has been cancelled
        return
    if isinstance(result, Exception):
        done.set_exception(result)
    else:
        done.set_result(result)
