"""The tables of the query log, and how they came to be."""

import sqlite3

from retrieval.own_database import Migration


def m001_queries(db: sqlite3.Connection) -> None:
    """The table, and an index for reading it by time."""
    db.execute(
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
    db.execute("CREATE INDEX queries_at ON queries (at)")


def m002_question_kind(db: sqlite3.Connection) -> None:
    """What was asked for: who, when, how many … (`retrieval.Answer.kind`); NULL where nothing was."""
    db.execute("ALTER TABLE queries ADD COLUMN question_kind TEXT")


def m003_feedback(db: sqlite3.Connection) -> None:
    """What people think of the answers: at most one vote of a person on an answer, the last one.

    Who removes a row of `queries` removes those of its `query` here.
    """
    db.execute(
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
    db.execute("CREATE INDEX feedback_voter ON feedback (voter)")
    db.execute("CREATE INDEX queries_update_id ON queries (update_id)")
    db.execute("CREATE INDEX queries_user_hash ON queries (user_hash)")


def m004_days(db: sqlite3.Connection) -> None:
    """What stays of days that are older than [log] keep_days: counts, without anybody's words (see `retention`)."""
    db.execute(
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
    db.execute(
        """
        CREATE TABLE daily_durations (
            day TEXT NOT NULL,
            class INTEGER NOT NULL,     -- of durations of answers and refusals, see reports.reading
            count INTEGER NOT NULL,
            PRIMARY KEY (day, class)
        ) WITHOUT ROWID
        """
    )


def m005_acts(db: sqlite3.Connection) -> None:
    """What operators have done: they answer for it by their ids. `retention` leaves it alone."""
    db.execute(
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


def m006_reasons(db: sqlite3.Connection) -> None:
    """What was wrong with an answer that somebody found bad."""
    db.execute("ALTER TABLE feedback ADD COLUMN reason TEXT")  # wrong, unrelated, old, other
    db.execute("ALTER TABLE feedback ADD COLUMN words TEXT")  # as they put it


# In order, for ever: a migration that has been released never changes. The function's name is its id.
MIGRATIONS: tuple[Migration, ...] = (
    m001_queries,
    m002_question_kind,
    m003_feedback,
    m004_days,
    m005_acts,
    m006_reasons,
)
