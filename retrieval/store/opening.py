"""A library's file: its name, how it is opened and migrated, and what becomes of a damaged one."""

import hashlib
import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from retrieval.own_database import NewerFileError, open_database
from retrieval.own_files import DamageError, is_damage, is_unwritable, remove, set_aside
from retrieval.store.schema import MIGRATIONS, StoreError

logger = logging.getLogger(__name__)

# Bytes of a file that is looked through as it is opened: half a second at most.
_LOOKED_THROUGH = 100_000_000
# Seconds that a process waits for another that is reading the same articles.
_PATIENCE = 60.0
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "foreign_keys = ON",
    # Bands go everywhere into their table: with the defaults each page of it is read and written many times.
    "cache_size = -65536",
    "wal_autocheckpoint = 16384",
)


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
    except NewerFileError as error:
        raise StoreError(
            f"{path}: written by a newer Trích ({error}); update Trích, or remove the file: it is made again from the"
            " articles"
        ) from error
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
    return open_database(path or "", MIGRATIONS, _PRAGMAS, _PATIENCE, _LOOKED_THROUGH, counted=True)
