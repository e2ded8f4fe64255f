"""The program's own files: for its owner's eyes only, and set aside under a dated name where they are damaged."""

import logging
import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

logger = logging.getLogger(__name__)

FILE, FOLDER = 0o600, 0o700
_ASIDE = ".damaged-"
# What SQLite keeps beside a database; its locks and its map of the journal are worth nothing without the program.
_JOURNALS = ("-wal", "-journal")
# https://sqlite.org/rescode.html, the lower byte: the file is malformed, or no database.
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_PAGE = 4096  # bytes, as SQLite makes its files if nothing else is said
_UNWRITABLE = frozenset(
    {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM}
)


class DamageError(Exception):
    """What is in a file is not what was written there; the message says how that shows."""


class IndexDamageError(DamageError):
    """So is what is in an index; what it was made from need not be."""


def is_damage(error: BaseException) -> bool:
    """Whether an error says that what is in a file is wrong, and not how it can be got at."""
    # What SQLite says of damaged tables may hold their names, which are no text any more.
    if isinstance(error, (DamageError, UnicodeDecodeError)):
        return True
    if not isinstance(error, sqlite3.DatabaseError):
        return False
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # raised by Python's module
        return "decode to UTF-8" in str(error)
    return code & 0xFF in _DAMAGE or code == sqlite3.SQLITE_IOERR_SHORT_READ


def is_unwritable(error: BaseException) -> bool:
    """Whether an error says that nothing can be written there: no right, no room, no such place."""
    if isinstance(error, OSError):
        return True
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _UNWRITABLE


def was_made(database: Path) -> bool:
    """Whether a database is there. Raises DamageError for a file with less than a page in it and nothing in its
    journal: SQLite would take it for a new one without a word.
    """
    if not database.is_file():
        return False
    journal = database.with_name(f"{database.name}-wal")
    if database.stat().st_size < _PAGE and not (journal.is_file() and journal.stat().st_size):
        raise DamageError("it is empty, cut off in its first page, or not a database")
    return True


def make_folder(folder: Path) -> None:
    """Make the folder, and those above it that are missing, for their owner only. Raises OSError."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=FOLDER, exist_ok=True)
    if not folder.is_dir():
        raise NotADirectoryError(20, os.strerror(20), str(folder))


def private(path: str, flags: int) -> int:
    """For `open`, as its opener: what it makes is for its owner only."""
    return os.open(path, flags, FILE)


def make_file(path: Path) -> None:
    """Make the file where there is none: SQLite gives its journals the mode that the file has. Raises OSError."""
    make_folder(path.parent)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, FILE))


def tighten(path: Path) -> None:
    """Take from everybody else what they may do with the file, or the folder and all below it; links are let be."""
    for each in (path, *path.rglob("*")) if path.is_dir() else (path,):
        try:
            mode = each.lstat().st_mode
            if not stat.S_ISLNK(mode) and mode & 0o077:
                each.chmod(mode & 0o700)
        except OSError as error:
            logger.warning("%s: others may read it (%s)", each, error.strerror)


def set_aside(path: Path, why: str, *, keep: int | None = None) -> Path:
    """Give a damaged file, or folder of them, a dated name, loudly. Raises OSError.

    With `keep`, only so many of it are kept, the newest: of what can be made anew.
    """
    dated = f"{path.name}{_ASIDE}{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}"
    names = (dated if number == 1 else f"{dated}-{number}" for number in count(1))
    target = next(place for place in map(path.with_name, names) if not place.exists())
    path.rename(target)
    for journal in _JOURNALS:
        beside = path.with_name(path.name + journal)
        if beside.exists():
            beside.rename(target.with_name(target.name + journal))
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    logger.error("%s is damaged (%s): it is set aside as %s and begun anew", path, why, target.name)
    if keep is not None:
        for older in sorted(those_set_aside(path), key=lambda place: place.stat().st_mtime_ns)[:-keep]:
            remove(older)
    return target


def those_set_aside(path: Path) -> Iterator[Path]:
    """What has been set aside of a file or folder, without its journals."""
    yield from (found for found in path.parent.glob(f"{path.name}{_ASIDE}*") if not found.name.endswith(_JOURNALS))


def remove_those_set_aside(path: Path) -> None:
    """Where something is to be gone, it goes with all of these: out of a damaged file no one thing can be taken."""
    for damaged in list(those_set_aside(path)):
        remove(damaged)


def remove(path: Path) -> None:
    """Remove a file with its journals, or a folder. Raises OSError."""
    if path.is_dir():
        shutil.rmtree(path)
        return
    for each in (path, *(path.with_name(path.name + journal) for journal in (*_JOURNALS, "-shm"))):
        each.unlink(missing_ok=True)
