"""The tables of the query log, and how they came to be."""

import aiosqlite

from bot.database import Migration


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


# In order, for ever: a migration that has been released never changes. The function's name is its id.
MIGRATIONS: tuple[Migration, ...] = (m001_queries, m002_question_kind, m003_feedback)
