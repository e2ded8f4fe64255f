"""What the bot must still know of its chats after a restart: one SQLite file."""

import asyncio
import logging
import sqlite3
import time
from pathlib import Path
from typing import Any

import aiosqlite

from bot.ground.database import connect, copy_in_memory
from bot.ground.transactions import Transactions
from bot.memory.tables import MIGRATIONS
from retrieval.own_database import NewerFileError
from retrieval.own_files import remove_those_set_aside

logger = logging.getLogger(__name__)

# Seconds that a write waits for another program that has locked the file: a chat's next message waits as long.
_PATIENCE = 0.5
_TRIED_AGAIN = 30.0  # seconds between two attempts to write to a file that could not be written


class StateError(Exception):
    """The state cannot be used; the message says why and what to do."""


class State:
    """Opened and closed with the application. Reading and writing raise sqlite3.Error.

    Where the file cannot be written, what it holds is gone on with in memory, until it can be.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._transactions: Transactions | None = None
        self._in_memory: aiosqlite.Connection | None = None
        self._tried = 0.0
        self._moving = asyncio.Lock()

    async def open(self) -> None:
        """Create or migrate the file. Raises `StateError` for one that a newer version of the program wrote."""
        try:
            self._transactions = Transactions(await self._connected(), self._path, self._connected)
        except NewerFileError as error:
            raise StateError(
                f"{self._path} was written by a newer version of Trích ({error}):"
                " update the program, or give the chats another path in [chats]"
            ) from error
        except (OSError, sqlite3.Error) as error:
            logger.error(  # noqa: TRY400 - the message says it all
                "%s cannot be written (%s): what chats settle is kept in memory until it can be, see `path` of [chats]",
                self._path,
                error,
            )
            self._in_memory = await copy_in_memory(self._path, MIGRATIONS)
            self._tried = time.monotonic()
            self._transactions = Transactions(self._in_memory)

    async def close(self) -> None:
        """Finish what is being written."""
        if self._transactions is not None:
            transactions, self._transactions = self._transactions, None
            await transactions.close()

    async def read(self, sql: str, *values: Any) -> list[Any]:
        """The rows."""
        return await self._opened().read(sql, values)

    async def write(self, sql: str, *rows: tuple[Any, ...]) -> None:
        """Carry the statement out for each row; when this returns it is kept."""
        if self._in_memory is not None and time.monotonic() - self._tried > _TRIED_AGAIN:
            await self._move_to_the_disk()
        await self._opened().begin(sql, rows)

    async def wipe(self) -> None:
        """What was deleted is nowhere in the file or its journal any more, nor in one that was set aside. Raises
        sqlite3.Error, OSError.
        """
        await self._opened().wipe()
        await asyncio.to_thread(remove_those_set_aside, self._path)

    async def _connected(self) -> aiosqlite.Connection:
        return await connect(self._path, MIGRATIONS, patience=_PATIENCE)

    async def _move_to_the_disk(self) -> None:
        async with self._moving:
            memory, self._tried = self._in_memory, time.monotonic()
            if memory is None:
                return
            try:
                db = await self._connected()
            except (OSError, sqlite3.Error, NewerFileError):
                return
            before = self._opened()
            async with before.held():
                await memory.backup(db)
                self._transactions, self._in_memory = Transactions(db, self._path, self._connected), None
            await before.close()
            logger.warning("%s can be written again, and holds what was kept in memory", self._path)

    def _opened(self) -> Transactions:
        if self._transactions is None:
            raise sqlite3.OperationalError("the state is not open")
        return self._transactions
