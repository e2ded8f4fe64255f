"""A SQLite file of the program's own: opened whole or not at all, and brought up to date by ordered, named steps."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from retrieval.own_files import DamageError, is_damage, make_file, was_made

# In order, for ever: a migration that has been released never changes. The function's name is its id.
Migration = Callable[[sqlite3.Connection], None]
Place = Path | Literal["", ":memory:"]  # "": a file that is gone when it is closed

_SCHEMA = """SELECT made.type, made.name, has.name, has.type, has."notnull", has.pk
    FROM sqlite_master made LEFT JOIN pragma_table_info(made.name) has"""


class NewerFileError(Exception):
    """A newer version of the program wrote the file; the message names the migrations that are not known here."""


def open_database(  # noqa: PLR0913 - all that files differ in
    place: Place,
    migrations: tuple[Migration, ...],
    pragmas: Sequence[str] = (),
    patience: float = 5.0,
    looked_through: int = 0,
    *,
    counted: bool = False,
) -> sqlite3.Connection:
    """An autocommitting connection, with these pragmas, to a file that has been migrated; any thread may use it.
    Raises DamageError, NewerFileError, sqlite3.Error, OSError.

    Where another program has locked the file, it is waited for `patience` seconds. A file of up to `looked_through`
    bytes is checked as a whole. `counted`: its user_version says how many migrations a file without names of them had.
    """
    made = False
    if isinstance(place, Path):
        made = was_made(place)
        make_file(place)
    db = sqlite3.connect(place, timeout=patience, isolation_level=None, check_same_thread=False)
    try:
        for pragma in pragmas:
            db.execute(f"PRAGMA {pragma}")
        if isinstance(place, Path):
            look_through(db, place, looked_through)
        bring_up_to_date(db, migrations, made=made, counted=counted)
    except BaseException as error:
        db.close()
        if is_damage(error) and not isinstance(error, DamageError):
            raise DamageError(str(error)) from error
        raise
    return db


def look_through(db: sqlite3.Connection, path: Path, most: int) -> None:
    """Check a file of up to `most` bytes as a whole; of a larger one only the tables, as the rest comes out when it is
    read. Raises DamageError, sqlite3.Error.
    """
    if path.stat().st_size > most:
        _schema(db)
        return
    found = [str(row) for (row,) in db.execute("PRAGMA quick_check(100)")]
    # SQLite 3.40 looks at the wrong column of a table WITHOUT ROWID, and finds NULLs where there are none.
    if wrong := [row for row in found if row != "ok" and not row.startswith("NULL value in ")]:
        raise DamageError("; ".join(wrong[:3]))


def unknown(db: sqlite3.Connection, migrations: tuple[Migration, ...]) -> set[str]:
    """The names of what the file has had that is none of these."""
    return _applied(db).difference(_names(migrations))


def bring_up_to_date(
    db: sqlite3.Connection, migrations: tuple[Migration, ...], *, made: bool = False, counted: bool = False
) -> None:
    """Migrate, and compare the tables with those that the migrations make of nothing."""
    before, due = _schema(db), _due(migrations)
    if made and not before:
        raise DamageError("it has no tables: its journal is gone")
    if newer := unknown(db, migrations):
        message = ", ".join(sorted(newer))
        if before >= due and not _applied(db).issuperset(_names(migrations)):  # a newer version would only have added
            raise DamageError(f"migrations of no version: {message}")
        raise NewerFileError(message)
    try:
        _migrate(db, migrations, counted=counted)
    except sqlite3.OperationalError as error:
        if before and error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # a table that is there, or isn't
            raise DamageError(str(error)) from error
        raise
    if not _schema(db) >= due:
        raise DamageError("its tables are not those that it was made with")


@cache
def _due(migrations: tuple[Migration, ...]) -> frozenset[tuple[Any, ...]]:
    """What they make of nothing."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        _migrate(fresh, migrations)
        return _schema(fresh)


def _schema(db: sqlite3.Connection) -> frozenset[tuple[Any, ...]]:
    return frozenset(db.execute(_SCHEMA))


def _names(migrations: tuple[Migration, ...]) -> list[str]:
    return [migration.__name__ for migration in migrations]


def _applied(db: sqlite3.Connection) -> set[str]:
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone():
        return set()
    return {name for (name,) in db.execute("SELECT name FROM migrations")}


def _migrate(db: sqlite3.Connection, migrations: tuple[Migration, ...], *, counted: bool = False) -> None:
    """Apply what has not been applied yet, all or nothing; without a lock where there is nothing to apply."""
    if _applied(db).issuperset(_names(migrations)):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        applied = _applied(db)  # another program may have been quicker
        if counted and not applied:
            [version] = db.execute("PRAGMA user_version").fetchone()
            applied.update(_names(migrations)[: max(version, 0)])
        db.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, at TEXT NOT NULL)")
        now = datetime.now(UTC).isoformat(timespec="seconds")
        for migration in migrations:
            if migration.__name__ not in applied:
                migration(db)
            db.execute("INSERT OR IGNORE INTO migrations VALUES (?, ?)", (migration.__name__, now))
        db.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # of a damaged file nothing is left to be rolled back
            db.execute("ROLLBACK")
        raise
