"""Questions older than the configured days are thinned to counts: no words, no hashes, and /stats as before."""

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.querylog.reading import DURATIONS, TALLIES, add_duration_class, span
from bot.settings import LogSettings
from retrieval.own_files import remove, those_set_aside
from retrieval.records import VIETNAM

logger = logging.getLogger(__name__)

_EVERY = 3600.0  # seconds: soon after each midnight in Vietnam, however long the program has run
_PATIENCE = 5.0  # seconds that it waits for a row that is being written

_OLDEST = "SELECT date(MIN(at), '+7 hours') FROM queries"
_COUNT = f"""
    INSERT INTO daily SELECT * FROM ({TALLIES}) WHERE true
    ON CONFLICT DO UPDATE SET
        count = count + excluded.count, liked = liked + excluded.liked, disliked = disliked + excluded.disliked
"""  # noqa: S608 - the parts are constants
_MEASURE = f"""
    INSERT INTO daily_durations SELECT * FROM ({DURATIONS}) WHERE true
    ON CONFLICT DO UPDATE SET count = count + excluded.count
"""  # noqa: S608
_FORGET_VOTES = "DELETE FROM feedback WHERE query IN (SELECT id FROM queries WHERE at < :end)"
_FORGET = "DELETE FROM queries WHERE at < :end"


@asynccontextmanager
async def thinned(log: LogSettings, now: Callable[[], datetime] = lambda: datetime.now(VIETNAM)) -> AsyncIterator[None]:
    """While the block runs, thin the log: at once, then whenever a day has become too old. `now` is aware."""
    task = asyncio.create_task(_again_and_again(log, now)) if log.keep_days else None
    try:
        yield
    finally:
        if task:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def _again_and_again(log: LogSettings, now: Callable[[], datetime]) -> None:
    while True:
        before = now().astimezone(VIETNAM).date() - timedelta(days=log.keep_days)
        try:
            days = await asyncio.to_thread(thin, log.path, before)
            await asyncio.to_thread(_remove_damaged, log.path, now() - timedelta(days=log.keep_days))
        except (OSError, sqlite3.Error) as error:  # the log reports by itself that it can't be used
            logger.warning("the query log was not thinned, trying again in an hour: %s", error)
        else:
            if days:
                logger.info("query log: %d days before %s are kept as counts only", days, before)
        await asyncio.sleep(_EVERY)


def thin(path: Path, before: date) -> int:
    """Turn each day before `before` into counts; returns how many days there were. Raises sqlite3.Error.

    A day is one transaction: a kill leaves it as it was or thinned, and never counted twice. What is deleted is
    overwritten in the file and does not stay in its journal.
    """
    uri = f"{path.resolve().as_uri()}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None, timeout=_PATIENCE)) as db:
        add_duration_class(db)
        db.execute("PRAGMA secure_delete = ON")
        done = 0
        while (day := _oldest(db)) and day < before:
            with db:
                db.execute("BEGIN IMMEDIATE")
                for statement in (_COUNT, _MEASURE, _FORGET_VOTES, _FORGET):
                    db.execute(statement, span(day, day))
            done += 1
        if done:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return done


def _remove_damaged(path: Path, before: datetime) -> None:
    """What was set aside holds questions too, and goes when they would have gone. Raises OSError."""
    for damaged in list(those_set_aside(path)):
        if damaged.stat().st_mtime < before.timestamp():
            remove(damaged)


def _oldest(db: sqlite3.Connection) -> date | None:
    (day,) = db.execute(_OLDEST).fetchone()
    return date.fromisoformat(day) if day else None
