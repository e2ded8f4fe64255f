"""Writes of many tasks in few transactions: each fsync serves all that wait for one."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Awaitable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import aiosqlite

# A statement, what it is carried out for, and what becomes of it: the rows that it returns.
_Write = tuple[str, Sequence[tuple[Any, ...]], asyncio.Future[list[Any]]]


class Transactions:
    """Writes to one autocommitting connection, which it closes in the end."""

    def __init__(self, db: aiosqlite.Connection) -> None:
        self._db = db
        self._pending: list[_Write] = []
        self._wake = asyncio.Event()
        self._closing = False
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
            with contextlib.suppress(sqlite3.Error):
                await self._db.execute("ROLLBACK")
            return error
        return results

    async def _returned(self, sql: str, row: tuple[Any, ...]) -> list[Any]:
        return list(await self._db.execute_fetchall(sql, row))


def _settle(done: asyncio.Future[list[Any]], result: list[Any] | Exception) -> None:
    if done.done():  # who waited has been cancelled
        return
    if isinstance(result, Exception):
        done.set_exception(result)
    else:
        done.set_result(result)
