"""Writes of many tasks in few transactions: each fsync serves all that wait for one."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Awaitable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import aiosqlite

_Write = tuple[str, Sequence[tuple[Any, ...]], asyncio.Future[None]]


class Transactions:
    """Writes to one autocommitting connection, which it closes in the end."""

    def __init__(self, db: aiosqlite.Connection) -> None:
        self._db = db
        self._pending: list[_Write] = []
        self._wake = asyncio.Event()
        self._closing = False
        self._turn = asyncio.Lock()  # a read must not see half a transaction
        self._writer = asyncio.create_task(self._run())

    def begin(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> Awaitable[None]:
        """Queue the statement for each row; what is returned waits for the commit, and raises sqlite3.Error."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        done.add_done_callback(lambda future: future.cancelled() or future.exception())  # nobody may wait for it
        self._pending.append((sql, rows, done))
        self._wake.set()
        return done

    async def read(self, sql: str, values: Sequence[Any]) -> list[Any]:
        """The rows, of what has been committed."""
        async with self._turn:
            return list(await self._db.execute_fetchall(sql, values))

    async def close(self) -> None:
        """Write what is pending, then close the connection."""
        self._closing = True
        self._wake.set()
        await self._writer
        await self._db.close()

    async def _run(self) -> None:
        while self._pending or not self._closing:
            await self._wake.wait()
            self._wake.clear()
            batch, self._pending = self._pending, []
            if not batch:
                continue
            async with self._turn:
                await self._commit(batch)

    async def _commit(self, batch: Sequence[_Write]) -> None:
        """All or nothing; where nothing and it isn't for the file, each by itself: one bad write spoils no other."""
        error = await self._transaction(batch)
        one_by_one = error is not None and len(batch) > 1 and not isinstance(error, sqlite3.OperationalError)
        for write in batch:
            _settle(write[2], await self._transaction([write]) if one_by_one else error)

    async def _transaction(self, batch: Sequence[_Write]) -> Exception | None:
        try:
            await self._db.execute("BEGIN IMMEDIATE")
            for sql, writes in groupby(batch, key=itemgetter(0)):
                await self._db.executemany(sql, [row for _, rows, _ in writes for row in rows])
            await self._db.execute("COMMIT")
        except Exception as error:  # noqa: BLE001 - whatever it is, those who wait must hear of it
            with contextlib.suppress(sqlite3.Error):
                await self._db.execute("ROLLBACK")
            return error
        return None


def _settle(done: asyncio.Future[None], error: Exception | None) -> None:
    if done.done():  # who waited has been cancelled
        return
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)
