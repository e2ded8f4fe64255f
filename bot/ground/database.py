"""A SQLite file of the bot's own: in WAL mode, brought up to date by ordered migrations, begun anew where damaged."""

import contextlib
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import aiosqlite

from retrieval.own_files import DamageError, is_damage, make_file, set_aside, was_made

# In order, for ever: a migration that has been released never changes. The function's name is its id.
Migration = Callable[[aiosqlite.Connection], Awaitable[None]]

_MEMORY = Path(":memory:")
_SCHEMA = """SELECT made.type, made.name, has.name, has.type, has."notnull", has.pk
    FROM sqlite_master made LEFT JOIN pragma_table_info(made.name) has"""
# Bytes of a file that is looked through as it is opened: a second at most. Of a larger one its tables are, and what is
# wrong elsewhere comes out when it is read.
_LOOKED_THROUGH = 500_000_000


class NewerFileError(Exception):
    """A newer version of the program wrote the file; the message names the migrations that are not known here."""


async def connect(  # noqa: PLR0913 - all that files differ in
    path: Path,
    migrations: Sequence[Migration],
    synchronous: Literal["NORMAL", "FULL"] = "NORMAL",
    patience: float = 0.5,
    *,
    mend: bool = True,
    alone: bool = False,
) -> aiosqlite.Connection:
    """An autocommitting connection to a file that has been migrated. Raises NewerFileError, sqlite3.Error, OSError.

    `FULL` survives a power cut with every transaction that has been committed; `NORMAL` may lose the last ones.
    Where another program has locked the file, it is waited for `patience` seconds. A damaged file is set aside;
    without `mend`, for who only reads what may be no file of ours, it raises DamageError. `alone`, no other program can
    read the file meanwhile, and SQLite maps no file beside it: to cut that off would end the program.
    """
    try:
        return await _connected(path, migrations, synchronous, patience, alone=alone)
    except DamageError as error:
        if not mend:
            raise
        set_aside(path, str(error))
        return await _connected(path, migrations, synchronous, patience, alone=alone)


async def copy_in_memory(path: Path, migrations: Sequence[Migration]) -> aiosqlite.Connection:
    """What a file that cannot be written holds, as far as it can be read, to go on with until the program ends."""
    db = await _connected(_MEMORY, migrations, "NORMAL", 0.0)
    for how in ("mode=ro", "mode=ro&immutable=1"):  # the second does without a file beside it, and its journal
        with contextlib.suppress(sqlite3.Error, OSError, ValueError):
            async with aiosqlite.connect(_uri(path, how), uri=True) as kept:
                if not await _wrong(kept, _size(path)):
                    await kept.backup(db)
                    break
    try:
        await _migrate(db, migrations)
    except (NewerFileError, sqlite3.Error):  # it was not whole after all
        await db.close()
        db = await _connected(_MEMORY, migrations, "NORMAL", 0.0)
    return db


async def _connected(
    path: Path, migrations: Sequence[Migration], synchronous: str, patience: float, *, alone: bool = False
) -> aiosqlite.Connection:
    """Raises DamageError, and what `connect` does."""
    made = False
    if path != _MEMORY:
        made = was_made(path)
        make_file(path)
    db = await aiosqlite.connect(path, isolation_level=None, timeout=patience)
    try:
        # What cannot be decoded is shown so: one damaged text is no reason to stop.
        db.text_factory = lambda text: text.decode("utf-8", "replace")
        if alone:  # before the first access: https://sqlite.org/wal.html#use_of_wal_without_shared_memory
            await db.execute("PRAGMA locking_mode = EXCLUSIVE")
        await db.execute("PRAGMA journal_mode = WAL")
        await db.execute("PRAGMA secure_delete = ON")  # what somebody has deleted is not to be found in the file
        await db.execute(f"PRAGMA synchronous = {synchronous}")
        await _refuse_damaged(db, path)
        await _brought_up_to_date(db, migrations, made=made)
    except BaseException as error:
        await db.close()
        if is_damage(error):
            raise DamageError(str(error)) from error
        raise
    return db


def _uri(path: Path, how: str) -> str:
    return f"{path.absolute().as_uri()}?{how}"


def _size(path: Path) -> int:
    return path.stat().st_size


async def _refuse_damaged(db: aiosqlite.Connection, path: Path) -> None:
    wrong = "" if path == _MEMORY else await _wrong(db, _size(path))
    if wrong:
        raise DamageError(wrong)


async def _wrong(db: aiosqlite.Connection, size: int) -> str:
    """What SQLite finds wrong; empty where nothing is."""
    if size > _LOOKED_THROUGH:
        await db.execute_fetchall(_SCHEMA)
        return ""
    found = [row for (row,) in await db.execute_fetchall("PRAGMA quick_check(3)")]
    return "" if found == ["ok"] else "; ".join(map(str, found))


async def _brought_up_to_date(db: aiosqlite.Connection, migrations: Sequence[Migration], *, made: bool) -> None:
    """Migrate, and compare the tables with those that the migrations make of nothing."""
    async with aiosqlite.connect(":memory:", isolation_level=None) as fresh:
        await _migrate(fresh, migrations)  # what fails here is not the file's fault
        due = await _schema(fresh)
    before = await _schema(db)
    if made and not before:
        raise DamageError("it has no tables: its journal is gone")
    try:
        await _migrate(db, migrations)
    except NewerFileError as error:
        known = {migration.__name__ for migration in migrations}
        if before >= due and known - await _applied(db):  # a newer version would only have added to them
            raise DamageError(f"migrations of no version: {error}") from error
        raise
    except sqlite3.OperationalError as error:
        if before and error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # a table that is there, or isn't
            raise DamageError(str(error)) from error
        raise
    if not await _schema(db) >= due:
        raise DamageError("its tables are not those that it was made with")


async def _schema(db: aiosqlite.Connection) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in await db.execute_fetchall(_SCHEMA)}


async def _applied(db: aiosqlite.Connection) -> set[str]:
    return {name for (name,) in await db.execute_fetchall("SELECT name FROM migrations")}


async def _migrate(db: aiosqlite.Connection, migrations: Sequence[Migration]) -> None:
    """Apply what has not been applied yet, all or nothing."""
    await db.execute("BEGIN IMMEDIATE")
    try:
        await db.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, at TEXT NOT NULL)")
        applied = await _applied(db)
        _refuse_newer(applied.difference(migration.__name__ for migration in migrations))
        for migration in migrations:
            if migration.__name__ not in applied:
                await migration(db)
                now = datetime.now(UTC).isoformat(timespec="seconds")
                await db.execute("INSERT INTO migrations VALUES (?, ?)", (migration.__name__, now))
        await db.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):  # of a damaged file nothing is left to be rolled back
            await db.execute("ROLLBACK")
        raise


def _refuse_newer(unknown: set[str]) -> None:
    if unknown:
        raise NewerFileError(", ".join(sorted(unknown)))
