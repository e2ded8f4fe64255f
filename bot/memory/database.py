"""A SQLite file of the bot's own: in WAL mode, brought up to date by ordered migrations."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import aiosqlite

# In order, for ever: a migration that has been released never changes. The function's name is its id.
Migration = Callable[[aiosqlite.Connection], Awaitable[None]]


class NewerFileError(Exception):
    """A newer version of the program wrote the file; the message names the migrations that are not known here."""


async def connect(
    path: Path,
    migrations: Sequence[Migration],
    synchronous: Literal["NORMAL", "FULL"] = "NORMAL",
    patience: float = 0.5,
) -> aiosqlite.Connection:
    """An autocommitting connection to a file that has been migrated. Raises NewerFileError, sqlite3.Error, OSError.

    `FULL` survives a power cut with every transaction that has been committed; `NORMAL` may lose the last ones.
    Where another program has locked the file, it is waited for `patience` seconds.
    """
    db = await aiosqlite.connect(path, isolation_level=None, timeout=patience)
    try:
        await db.execute("PRAGMA journal_mode = WAL")
        await db.execute("PRAGMA secure_delete = ON")  # what somebody has deleted is not to be found in the file
        await db.execute(f"PRAGMA synchronous = {synchronous}")
        await _migrate(db, migrations)
    except BaseException:
        await db.close()
        raise
    return db


async def _migrate(db: aiosqlite.Connection, migrations: Sequence[Migration]) -> None:
    """Apply what has not been applied yet, all or nothing."""
    await db.execute("BEGIN IMMEDIATE")
    try:
        await db.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, at TEXT NOT NULL)")
        applied = {name for (name,) in await db.execute_fetchall("SELECT name FROM migrations")}
        _refuse_newer(applied - {migration.__name__ for migration in migrations})
        for migration in migrations:
            if migration.__name__ not in applied:
                await migration(db)
                now = datetime.now(UTC).isoformat(timespec="seconds")
                await db.execute("INSERT INTO migrations VALUES (?, ?)", (migration.__name__, now))
        await db.execute("COMMIT")
    except BaseException:
        await db.execute("ROLLBACK")
        raise


def _refuse_newer(unknown: set[str]) -> None:
    if unknown:
        raise NewerFileError(", ".join(sorted(unknown)))
