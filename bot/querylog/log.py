"""The query log: one row for each update, and what people think of the answers, in a SQLite file of its own."""

import asyncio
import json
import logging
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from bot.memory.database import NewerFileError, connect
from bot.memory.transactions import Transactions
from bot.querylog.pseudonyms import BadKeyError, kept_key, pseudonym
from bot.querylog.tables import MIGRATIONS
from bot.reports.reading import instant
from bot.running.losses import Losses
from retrieval import Quote

logger = logging.getLogger(__name__)

# inline: asked in the text field of any chat, letter by letter. chosen: which of its cards was sent.
Kind = Literal["command", "question", "feedback", "inline", "chosen", "other"]
# declined: asked faster than answers can be given, or too long ago. undeliverable: Telegram won't have it said there.
# noted: kept, with nothing to be said about it.
Status = Literal["answered", "not_found", "help", "noted", "ignored", "declined", "undeliverable", "error"]
By = Literal["button", "reaction"]

_FIND = "SELECT 1 FROM queries WHERE update_id = ? LIMIT 1"
_INSERT = """
    INSERT INTO queries
        (at, update_id, chat, user_hash, language, question, kind, question_kind, quotes, outcome, duration_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
# Of ids that Telegram began anew, the last is meant.
_VOTE = """
    INSERT INTO feedback (query, voter, value, by, at)
    SELECT id, ?, ?, ?, ? FROM queries WHERE update_id = ? ORDER BY id DESC LIMIT 1
    ON CONFLICT (query, voter) DO UPDATE SET value = excluded.value, by = excluded.by, at = excluded.at
"""
_TAKE_BACK = """
    DELETE FROM feedback WHERE voter = ?
    AND query = (SELECT id FROM queries WHERE update_id = ? ORDER BY id DESC LIMIT 1)
"""
_FORGET = (
    "DELETE FROM feedback WHERE voter = ?",
    "DELETE FROM feedback WHERE query IN (SELECT id FROM queries WHERE user_hash = ?)",
    "DELETE FROM queries WHERE user_hash = ?",
)
_ACT = "INSERT INTO acts (at, operator, act, outcome) VALUES (?, ?, ?, ?)"
_TRIED_AGAIN = 60.0  # seconds between two attempts to open a log that cannot be opened


class QueryLogError(Exception):
    """The log cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an update, the quotes that were shown, and the kind of question that was asked.

    `asked` is the question where a button or a link asked it. `nameless`: of whom the update came from, and what it
    said, nothing is to be kept.
    """

    status: Status
    quotes: tuple[Quote, ...] = ()
    question_kind: str | None = None
    asked: str | None = None
    nameless: bool = False


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
    again: bool = False  # the program was killed while it handled the update; the row may have been written before


@dataclass(frozen=True, slots=True)
class Vote:
    """What a person thinks of the answer to the question that the update `question` asked.

    `value`: 1 for it, -1 against it, 0 takes back what the person said before.
    """

    at: datetime
    question: int
    user_id: int
    value: Literal[1, -1, 0]
    by: By


@dataclass(frozen=True, slots=True)
class Act:
    """What an operator has done, and what came of it."""

    at: datetime
    operator: int
    what: str
    status: Status


class QueryLog:
    """Opened and closed with the application. A log that fails says so and holds nothing back.

    A chat's next message waits until the row of the one before is written: `patience` seconds at most. `key` makes the
    users' hashes; without one, a random key is kept beside the log. A log that is removed or cannot be opened is
    opened anew.
    """

    def __init__(self, path: Path, key: str | None = None, patience: float = 0.5, losses: Losses | None = None) -> None:
        self._path = path
        self._patience = patience
        self._key = key.encode() if key else None
        self._losses = losses or Losses(logger)
        self._transactions: Transactions | None = None
        self._inode: int | None = None
        self._tried = 0.0
        self._closed = True
        self._opening = asyncio.Lock()
        self._writing: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Create or migrate the file. Raises `QueryLogError` for one that a newer version of the program wrote.

        Any other failure is reported, and the bot goes on without a log.
        """
        self._closed = False
        self._tried = time.monotonic()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._key = self._key or await asyncio.to_thread(kept_key, self._path.with_suffix(".key"))
            self._transactions = Transactions(await connect(self._path, MIGRATIONS, patience=self._patience))
            self._inode = _inode(self._path)
        except BadKeyError as error:
            raise QueryLogError(str(error)) from None
        except NewerFileError as error:
            raise QueryLogError(
                f"the query log was written by a newer version of Trích ({error}):"
                " update the program, or give the log another path in [log]"
            ) from None
        except (OSError, sqlite3.Error) as error:
            _report(self._path, error)

    async def close(self) -> None:
        """Finish what is being written."""
        self._closed = True
        await asyncio.gather(*self._writing)
        await self._disconnect()

    def pseudonym(self, user_id: int | None) -> str | None:
        """How the log names a person; None for nobody, and while there is no key."""
        return None if self._key is None else pseudonym(self._key, user_id)

    async def write(self, row: Row) -> None:
        """Insert the row, later where it takes long. What goes wrong is reported, without the user's words."""
        task = asyncio.create_task(self._written(row))
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)
        await asyncio.wait({task}, timeout=self._patience)

    async def count_of(self, user_id: int) -> tuple[int, int]:
        """How many rows there are of a person, and how many votes. Raises sqlite3.Error."""
        transactions, key = self._opened()
        person = pseudonym(key, user_id)
        [(rows,)] = await transactions.read("SELECT count(*) FROM queries WHERE user_hash = ?", (person,))
        [(votes,)] = await transactions.read("SELECT count(*) FROM feedback WHERE voter = ?", (person,))
        return rows, votes

    async def forget(self, user_id: int) -> None:
        """Remove the rows of a person, what others think of those answers, and the person's votes.

        Raises sqlite3.Error.
        """
        transactions, key = self._opened()
        person = (pseudonym(key, user_id),)
        for statement in _FORGET:
            await transactions.begin(statement, [person])

    async def vote(self, vote: Vote) -> bool:
        """Keep the vote beside the row of its question, in the place of what this person said before.

        Whether that went well; nothing is kept where the row is gone.
        """
        try:
            transactions, key = self._opened()
            voter = pseudonym(key, vote.user_id)
            if vote.value:
                values = (voter, vote.value, vote.by, instant(vote.at), vote.question)
                await transactions.begin(_VOTE, [values])
            else:
                await transactions.begin(_TAKE_BACK, [(voter, vote.question)])
        except sqlite3.Error as error:
            self._losses.add(f"query log: no vote on update {vote.question}", _why(error))
            return False
        return True

    async def act(self, act: Act) -> None:
        """Keep what an operator has done; what goes wrong is reported."""
        try:
            transactions, _ = self._opened()
            await transactions.begin(_ACT, [(instant(act.at), act.operator, act.what, act.status)])
        except Exception as error:  # noqa: BLE001 - nobody else is told of it
            self._losses.add(f"query log: no line for what the operator {act.operator} did", _why(error))

    async def _written(self, row: Row) -> None:
        try:
            await self._insert(row)
        except Exception as error:  # noqa: BLE001 - nobody else is told of it
            self._losses.add(f"query log: no row for update {row.update_id}", _why(error))

    async def _insert(self, row: Row) -> None:
        async with self._opening:
            await self._open_anew()
        transactions, key = self._opened()
        if not (row.again and await transactions.read(_FIND, (row.update_id,))):
            await transactions.begin(_INSERT, [_values(row, key)])

    def _opened(self) -> tuple[Transactions, bytes]:
        if self._transactions is None or self._key is None:
            raise sqlite3.OperationalError("the log is not open")
        return self._transactions, self._key

    async def _open_anew(self) -> None:
        """Where the file is gone, rows would vanish with it; where it could not be opened, it may be time to retry."""
        if self._closed:
            return
        if self._transactions is not None and _inode(self._path) != self._inode:
            logger.warning("query log: %s is gone or another file, opening it anew", self._path)
            await self._disconnect()
            await self.open()
        elif self._transactions is None and time.monotonic() - self._tried > _TRIED_AGAIN:
            await self.open()

    async def _disconnect(self) -> None:
        if self._transactions is not None:
            transactions, self._transactions = self._transactions, None
            await transactions.close()


def _values(row: Row, key: bytes) -> tuple[object, ...]:
    return (
        instant(row.at),
        row.update_id,
        row.chat,
        pseudonym(key, row.user_id),
        row.language,
        row.question,
        row.kind,
        row.outcome.question_kind,
        _as_json(row.outcome.quotes),
        row.outcome.status,
        round(row.seconds * 1000, 1),
    )


def _inode(path: Path) -> int | None:
    """Which file has that name now. Microseconds: it would wait longer for a thread, behind the answers."""
    try:
        return path.stat().st_ino
    except OSError:
        return None


def _as_json(quotes: Sequence[Quote]) -> str:
    shown = [{"article": q.article.id, "start": q.start, "end": q.end, "score": round(q.score, 4)} for q in quotes]
    return json.dumps(shown, ensure_ascii=False)


def _report(path: Path, error: Exception) -> None:
    logger.error("query log: %s cannot be opened, so queries are not logged (%s)", path, _why(error))


def _why(error: Exception) -> str:
    """The kind of failure; its message too, but for a ValueError's, which may hold the user's words."""
    told = isinstance(error, sqlite3.Error | OSError) and str(error)
    return f"{type(error).__name__}: {error}" if told else type(error).__name__
