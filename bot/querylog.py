"""The query log: one row for each update, in a SQLite file of its own."""

import asyncio
import hashlib
import hmac
import json
import logging
import os
import secrets
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import aiosqlite

from retrieval import Quote

logger = logging.getLogger(__name__)

Kind = Literal["command", "question", "other"]
Status = Literal["answered", "not_found", "help", "ignored", "error"]

_KEY_BYTES = 32


class QueryLogError(Exception):
    """The log cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an update, and the quotes that were shown."""

    status: Status
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One update. `question` is the text as received, None where the bot had no business reading it."""

    at: datetime
    update_id: int
    chat: str | None
    user_id: int | None
    language: str | None
    question: str | None
    kind: Kind
    outcome: Outcome
    seconds: float


class QueryLog:
    """Opened and closed with the application. A log that fails says so and holds nothing back.

    A chat's next message waits until the row of the one before is written: `patience` seconds at most. `key` makes the
    users' hashes; without one, a random key is kept beside the log.
    """

    def __init__(self, path: Path, key: str | None = None, patience: float = 0.5) -> None:
        self._path = path
        self._patience = patience
        self._key = key.encode() if key else None
        self._db: aiosqlite.Connection | None = None

    async def open(self) -> None:
        """Create or migrate the file. Raises `QueryLogError` for one that a newer version of the program wrote.

        Any other failure is reported, and the bot goes on without a log.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._key = self._key or await asyncio.to_thread(_kept_key, self._path.with_suffix(".key"))
            self._db = await _connect(self._path)
        except (OSError, sqlite3.Error) as error:
            _report(f"{self._path} cannot be opened, so queries are not logged", error)

    async def close(self) -> None:
        """Finish what is being written."""
        if self._db is not None:
            await self._db.close()
            self._db = None

    async def write(self, row: Row) -> None:
        """Insert the row. What goes wrong is reported, without the user's words."""
        try:
            async with asyncio.timeout(self._patience):
                await self._insert(row)
        except (sqlite3.Error, ValueError, TimeoutError) as error:
            _report(f"no row for update {row.update_id}", error)

    async def _insert(self, row: Row) -> None:
        if self._db is None or self._key is None:
            raise sqlite3.OperationalError("the log is not open")
        await self._db.execute_insert(
            """
            INSERT INTO queries
            (at, update_id, chat, user_hash, language, question, kind, quotes, outcome, duration_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                row.at.astimezone(UTC).isoformat(timespec="milliseconds"),
                row.update_id,
                row.chat,
                _pseudonym(self._key, row.user_id),
                row.language,
                row.question,
                row.kind,
                _as_json(row.outcome.quotes),
                row.outcome.status,
                round(row.seconds * 1000, 1),
            ),
        )


def _pseudonym(key: bytes, user_id: int | None) -> str | None:
    return None if user_id is None else hmac.new(key, str(user_id).encode(), hashlib.sha256).hexdigest()


def _as_json(quotes: Sequence[Quote]) -> str:
    shown = [{"article": q.article.id, "start": q.start, "end": q.end, "score": round(q.score, 4)} for q in quotes]
    return json.dumps(shown, ensure_ascii=False)


def _report(what: str, error: Exception) -> None:
    """Log the failure; the message of a ValueError may hold the user's words, so only its kind is told."""
    why = f": {error}" if isinstance(error, sqlite3.Error | OSError) and str(error) else ""
    logger.error("query log: %s (%s%s)", what, type(error).__name__, why)


def _kept_key(path: Path) -> bytes:
    """The key beside the log: random, made at the first start, for its owner's eyes only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_bytes()
        if len(key) < _KEY_BYTES:
            raise QueryLogError(f"{path} holds no key: delete it for a new one, or set TRICH_LOG_KEY") from None
        return key
    with os.fdopen(descriptor, "wb") as file:
        key = secrets.token_hex(_KEY_BYTES).encode()
        file.write(key)
    return key


async def _connect(path: Path) -> aiosqlite.Connection:
    """An autocommitting connection to a file that has been migrated."""
    db = await aiosqlite.connect(path, isolation_level=None)
    try:
        await db.execute("PRAGMA journal_mode = WAL")
        await db.execute("PRAGMA synchronous = NORMAL")
        await _migrate(db)
    except BaseException:
        await db.close()
        raise
    return db


async def m001_queries(db: aiosqlite.Connection) -> None:
    """The table, and an index for reading it by time."""
    await db.execute(
        """
        CREATE TABLE queries (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,           -- UTC, ISO 8601
            update_id INTEGER NOT NULL,
            chat TEXT,                  -- private, group, supergroup, channel
            user_hash TEXT,             -- HMAC-SHA256 of the user's id
            language TEXT,              -- as the user's Telegram gives it
            question TEXT,              -- as received; NULL where the update was ignored
            kind TEXT NOT NULL,         -- command, question, other
            quotes TEXT NOT NULL,       -- JSON: article, start, end, score of each sentence shown
            outcome TEXT NOT NULL,      -- answered, not_found, help, ignored, error
            duration_ms REAL NOT NULL
        )
        """
    )
    await db.execute("CREATE INDEX queries_at ON queries (at)")


# In order, for ever: a migration that has been released never changes. The function's name is its id.
MIGRATIONS: tuple[Callable[[aiosqlite.Connection], Awaitable[None]], ...] = (m001_queries,)


async def _migrate(db: aiosqlite.Connection) -> None:
    """Apply what has not been applied yet, all or nothing."""
    await db.execute("BEGIN IMMEDIATE")
    try:
        await db.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, at TEXT NOT NULL)")
        applied = {name for (name,) in await db.execute_fetchall("SELECT name FROM migrations")}
        _refuse_newer(applied)
        for migration in MIGRATIONS:
            if migration.__name__ not in applied:
                await migration(db)
                now = datetime.now(UTC).isoformat(timespec="seconds")
                await db.execute("INSERT INTO migrations VALUES (?, ?)", (migration.__name__, now))
        await db.execute("COMMIT")
    except BaseException:
        await db.execute("ROLLBACK")
        raise


def _refuse_newer(applied: set[str]) -> None:
    unknown = applied - {migration.__name__ for migration in MIGRATIONS}
    if unknown:
        raise QueryLogError(
            f"the query log was written by a newer version of Trích ({', '.join(sorted(unknown))}):"
            " update the program, or give the log another path in [log]"
        )
