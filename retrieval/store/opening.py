"""A library's file: its name, how it is opened and migrated, and what becomes of a damaged one."""

import hashlib
import logging
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from retrieval.own_files import DamageError, is_damage, is_unwritable, make_file, remove, set_aside, was_made
from retrieval.store.schema import MIGRATIONS, StoreError, tables, tables_due

logger = logging.getLogger(__name__)

# Bytes of a file that is looked through as it is opened: half a second at most.
_LOOKED_THROUGH = 100_000_000
# Seconds that a process waits for another that is reading the same articles.
_PATIENCE = 60.0


def store_name(roots: Sequence[Path]) -> str:
    """The name of the library file of these folders and files, for people to recognise: each set has its own."""
    names = sorted(str(root.resolve()) for root in roots)
    digest = hashlib.sha256("\0".join(names).encode()).hexdigest()[:8]
    return f"{Path(names[0]).name if names else 'empty'}-{digest}.sqlite3"


def set_library_aside(path: Path, why: str) -> None:
    """Give a damaged library file a dated name; the last one is kept, as all is read again from the articles. What is
    made from it goes. Raises OSError.
    """
    for made in path.parent.glob(f"{path.stem}.index-*"):
        if made.is_dir():
            remove(made)
    set_aside(path, why, keep=1)


def place_after(path: Path, error: Exception) -> Path | None:
    """Where to go on after an error with a library file: at the same place where it was damaged, which is set aside;
    None, which is in memory, where nothing can be written. Raises any other error again.
    """
    cause = error.__cause__ if isinstance(error, StoreError) and error.__cause__ else error
    if is_damage(cause):
        set_library_aside(path, str(cause))
        return path
    if not is_unwritable(cause):
        raise error
    logger.error("%s cannot be written (%s): what is read is kept in memory, until the program ends", path, cause)
    return None


def opened(path: Path | None) -> tuple[sqlite3.Connection, Path | None]:
    """A connection to the file, made where there is none, and where it is: a damaged file is set aside; where none can
    be written, or without a path, it is None, and the file gone when it is closed. Raises StoreError.
    """
    place = path
    try:
        try:
            return _opened(place), place
        except (OSError, sqlite3.Error, DamageError) as error:
            if path is None:
                raise
            place = place_after(path, error)
            return _opened(place), place
    except (OSError, sqlite3.Error, DamageError) as error:
        raise StoreError(f"{path}: cannot be used as a library ({error})") from error


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """What is written in the block is there for others when it ends, or not at all; part of one that is under way."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _opened(path: Path | None) -> sqlite3.Connection:
    """Raises DamageError, and what opening does."""
    made = False
    if path:
        made = was_made(path)
        make_file(path)
    db = sqlite3.connect(path or "", _PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA foreign_keys = ON")
        # Bands go everywhere into their table: with the defaults each page of it is read and written many times.
        db.execute("PRAGMA cache_size = -65536")
        db.execute("PRAGMA wal_autocheckpoint = 16384")
        if path:
            _look_through(db, path)
        _migrate(db, path, made=made)
    except BaseException as error:
        db.close()
        if isinstance(error, UnicodeDecodeError):  # as `is_damage` has it
            raise DamageError("the names of its tables are no text") from error
        raise
    return db


def _look_through(db: sqlite3.Connection, path: Path) -> None:
    """Raises DamageError. Of a large file only the tables are looked at: the rest is, as it is read."""
    if path.stat().st_size <= _LOOKED_THROUGH:
        found = [row for (row,) in db.execute("PRAGMA quick_check(100)")]
        # SQLite 3.40 looks at the wrong column of a table WITHOUT ROWID, and finds NULLs where there are none.
        if wrong := [row for row in found if row != "ok" and not row.startswith("NULL value in ")]:
            raise DamageError(str(wrong[0]))


def _migrate(db: sqlite3.Connection, path: Path | None, *, made: bool) -> None:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    before, due = tables(db), tables_due()
    if made and not before and not version:
        raise DamageError("it has no tables: its journal is gone")
    if version > len(MIGRATIONS):
        if before == due:  # a newer version would have changed something
            raise DamageError("its version is none")
        raise StoreError(
            f"{path}: written by a newer Trích (library version {version}, this one reads up to "
            f"{len(MIGRATIONS)}); update Trích, or remove the file: it is made again from the articles"
        )
    if not before and version == 0:  # tells it from another of the same articles (`Snapshot.revision`)
        db.execute(f"PRAGMA application_id = {secrets.randbits(31)}")
    try:
        for number, migration in enumerate(MIGRATIONS[max(version, 0) :], max(version, 0) + 1):
            with transaction(db):
                migration(db)
                db.execute(f"PRAGMA user_version = {number}")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # a table that is there already, or isn't
            raise DamageError(str(error)) from error
        raise
    if not tables(db) >= due:
        raise DamageError("its tables are not those that it was made with")
