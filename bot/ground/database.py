"""The bot's own SQLite files, each with a thread of its own: as `retrieval.own_database` opens them, begun anew where
they are damaged.
"""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Literal

import aiosqlite

from retrieval.own_database import Migration, NewerFileError, Place, bring_up_to_date, look_through, open_database
from retrieval.own_files import DamageError, set_aside

MEMORY = Path(":memory:")
# Bytes of a file that is looked through as it is opened: a second at most.
_LOOKED_THROUGH = 500_000_000
_ROWS_AT_ONCE = 64  # as aiosqlite has it


async def connect(  # noqa: PLR0913 - all that files differ in
    path: Path,
    migrations: tuple[Migration, ...],
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
    pragmas = [
        # Before the first access: https://sqlite.org/wal.html#use_of_wal_without_shared_memory
        *(["locking_mode = EXCLUSIVE"] if alone else []),
        "journal_mode = WAL",
        "secure_delete = ON",  # what somebody has deleted is not to be found in the file
        f"synchronous = {synchronous}",
    ]
    place: Place = ":memory:" if path == MEMORY else path
    try:
        db = await asyncio.to_thread(_opened, place, migrations, pragmas, patience)
    except DamageError as error:
        if not mend:
            raise
        set_aside(path, str(error))
        db = await asyncio.to_thread(_opened, place, migrations, pragmas, patience)
    return await _off_the_loop(db)


async def copy_in_memory(path: Path, migrations: tuple[Migration, ...]) -> aiosqlite.Connection:
    """What a file that cannot be written holds, as far as it can be read, to go on with until the program ends."""
    return await _off_the_loop(await asyncio.to_thread(_copied, path, migrations))


async def _off_the_loop(db: sqlite3.Connection) -> aiosqlite.Connection:
    return await aiosqlite.Connection(lambda: db, _ROWS_AT_ONCE)


def _opened(
    place: Place, migrations: tuple[Migration, ...], pragmas: Sequence[str], patience: float
) -> sqlite3.Connection:
    db = open_database(place, migrations, pragmas, patience, _LOOKED_THROUGH)
    # What cannot be decoded is shown so: one damaged text is no reason to stop.
    db.text_factory = lambda text: text.decode("utf-8", "replace")
    return db


def _copied(path: Path, migrations: tuple[Migration, ...]) -> sqlite3.Connection:
    for how in ("mode=ro", "mode=ro&immutable=1"):  # the second does without a file beside it, and its journal
        db = _opened(":memory:", (), (), 0.0)
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)) as kept:
                look_through(kept, path, _LOOKED_THROUGH)
                kept.backup(db)
            bring_up_to_date(db, migrations)
        except (sqlite3.Error, OSError, ValueError, DamageError, NewerFileError):  # it cannot be read so, or not at all
            db.close()
        else:
            return db
    return _opened(":memory:", migrations, (), 0.0)
