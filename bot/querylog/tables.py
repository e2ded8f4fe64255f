"""The tables of the query log, and how they came to be."""

import aiosqlite

from bot.ground.database import Migration


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


async def m002_question_kind(db: aiosqlite.Connection) -> None:
    """What was asked for: who, when, how many … (`retrieval.Answer.kind`); NULL where nothing was."""
    await db.execute("ALTER TABLE queries ADD COLUMN question_kind TEXT")


async def m003_feedback(db: aiosqlite.Connection) -> None:
    """What people think of the answers: at most one vote of a person on an answer, the last one.

    Who removes a row of `queries` removes those of its `query` here.
    """
    await db.execute(
        """
        CREATE TABLE feedback (
            query INTEGER NOT NULL REFERENCES queries (id),     -- the question that was answered
            voter TEXT NOT NULL,        -- as `user_hash`
            value INTEGER NOT NULL,     -- 1: good, -1: bad
            by TEXT NOT NULL,           -- button, reaction
            at TEXT NOT NULL,           -- UTC, ISO 8601
            PRIMARY KEY (query, voter)
        ) WITHOUT ROWID
        """
    )
    await db.execute("CREATE INDEX feedback_voter ON feedback (voter)")
    await db.execute("CREATE INDEX queries_update_id ON queries (update_id)")
    await db.execute("CREATE INDEX queries_user_hash ON queries (user_hash)")


async def m004_days(db: aiosqlite.Connection) -> None:
    """What stays of days that are older than [log] keep_days: counts, without anybody's words (see `retention`)."""
    await db.execute(
        """
        CREATE TABLE daily (
            day TEXT NOT NULL,          -- in Vietnam, ISO 8601
            kind TEXT NOT NULL,         -- as in queries
            outcome TEXT NOT NULL,      -- as in queries
            count INTEGER NOT NULL,
            liked INTEGER NOT NULL,     -- how many of them somebody found good
            disliked INTEGER NOT NULL,
            PRIMARY KEY (day, kind, outcome)
        ) WITHOUT ROWID
        """
    )
    await db.execute(
        """
        CREATE TABLE daily_durations (
            day TEXT NOT NULL,
            class INTEGER NOT NULL,     -- of durations of answers and refusals, see reports.reading
            count INTEGER NOT NULL,
            PRIMARY KEY (day, class)
        ) WITHOUT ROWID
        """
    )


async def m005_acts(db: aiosqlite.Connection) -> None:
    """What operators have done: they answer for it by their ids. `retention` leaves it alone."""
    await db.execute(
        """
        CREATE TABLE acts (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,           -- UTC, ISO 8601
            operator INTEGER NOT NULL,  -- a Telegram user id of [operators]
            act TEXT NOT NULL,          -- the command, the button or the file's name
            outcome TEXT NOT NULL       -- as in queries
        )
        """
    )


async def m006_reasons(db: aiosqlite.Connection) -> None:
    """What was wrong with an answer that somebody found bad."""
    await db.execute("ALTER TABLE feedback ADD COLUMN reason TEXT")  # wrong, unrelated, old, other
    await db.execute("ALTER TABLE feedback ADD COLUMN words TEXT")  # as they put it


# In order, for ever: a migration that has been released never changes. The function's name is its id.
MIGRATIONS: tuple[Migration, ...] = (
    m001_queries,
    m002_question_kind,
    m003_feedback,
    m004_days,
    m005_acts,
    m006_reasons,
)
