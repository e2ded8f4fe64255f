"""The tables of what is remembered of chats, and how they came to be."""

import sqlite3

from retrieval.own_database import Migration


def m001_policies(db: sqlite3.Connection) -> None:
    """What is answered in each group (see `chats`)."""
    db.execute(
        """
        CREATE TABLE policies (
            chat_id INTEGER NOT NULL,
            topic INTEGER NOT NULL,     -- a thread id, 1 for General; 0: the chat's own policy
            mode TEXT NOT NULL,         -- mention, questions, every, off
            PRIMARY KEY (chat_id, topic)
        ) WITHOUT ROWID
        """
    )


def m002_answers(db: sqlite3.Connection) -> None:
    """Which messages answered which question (see `answers`)."""
    db.execute(
        """
        CREATE TABLE answers (
            chat_id INTEGER NOT NULL,
            message_id INTEGER NOT NULL,    -- the question
            answer_ids TEXT NOT NULL,       -- JSON: ids of the messages that answer it, in order
            at INTEGER NOT NULL,            -- seconds since 1970
            PRIMARY KEY (chat_id, message_id)
        ) WITHOUT ROWID
        """
    )
    db.execute("CREATE INDEX answers_at ON answers (at)")


def m003_timelines(db: sqlite3.Connection) -> None:
    """Which timelines the buttons under messages belong to (see `timelines`)."""
    db.execute(
        """
        CREATE TABLE timelines (
            id INTEGER PRIMARY KEY AUTOINCREMENT,   -- on buttons: never given to another
            chat_id INTEGER NOT NULL,
            topic TEXT NOT NULL,
            since TEXT NOT NULL,        -- a day, or empty
            until TEXT NOT NULL,
            at INTEGER NOT NULL,        -- seconds since 1970
            UNIQUE (chat_id, topic, since, until)
        )
        """
    )
    db.execute("CREATE INDEX timelines_at ON timelines (at)")


def m004_channels(db: sqlite3.Connection) -> None:
    """Channels that operators have allowed besides those in the settings (see `channels`)."""
    db.execute(
        """
        CREATE TABLE channels (
            name TEXT PRIMARY KEY,  -- its number, -100…, or @name in lower case
            at INTEGER NOT NULL     -- seconds since 1970
        ) WITHOUT ROWID
        """
    )


def m005_exchanges(db: sqlite3.Connection) -> None:
    """What the buttons under answers belong to, and which messages those are (see `exchanges`)."""
    db.execute(
        """
        CREATE TABLE exchanges (
            token TEXT PRIMARY KEY,     -- on buttons and in links: not to be guessed
            asker TEXT,                 -- as `user_hash` of the query log
            content TEXT NOT NULL,      -- JSON: see `Exchange`
            at INTEGER NOT NULL         -- seconds since 1970
        ) WITHOUT ROWID
        """
    )
    db.execute("CREATE INDEX exchanges_at ON exchanges (at)")
    db.execute("CREATE INDEX exchanges_asker ON exchanges (asker)")
    db.execute(
        """
        CREATE TABLE replies (
            chat_id INTEGER NOT NULL,
            message_id INTEGER NOT NULL,    -- the bot's
            token TEXT NOT NULL,            -- of its exchange
            at INTEGER NOT NULL,            -- seconds since 1970
            PRIMARY KEY (chat_id, message_id)
        ) WITHOUT ROWID
        """
    )
    db.execute("CREATE INDEX replies_at ON replies (at)")
    db.execute("CREATE INDEX replies_token ON replies (token)")


def m006_watches(db: sqlite3.Connection) -> None:
    """What people watch (see `watches`), what was found for them and what has been told (see `findings`)."""
    for table in (
        """
        CREATE TABLE watches (
            id INTEGER PRIMARY KEY AUTOINCREMENT,   -- on buttons: never given to another
            chat_id INTEGER NOT NULL,
            thread INTEGER NOT NULL,        -- 0: outside of a forum's topics
            topic TEXT NOT NULL,
            language TEXT NOT NULL,
            daily INTEGER NOT NULL DEFAULT 0,
            paused INTEGER NOT NULL DEFAULT 0,
            at INTEGER NOT NULL,            -- seconds since 1970
            UNIQUE (chat_id, thread, topic)
        )
        """,
        """
        CREATE TABLE watch_chats (
            chat_id INTEGER PRIMARY KEY,
            hour INTEGER,                   -- in Vietnam; NULL: the one of the settings
            last_message INTEGER NOT NULL DEFAULT 0
        )
        """,
        "CREATE TABLE watched_articles (id TEXT PRIMARY KEY) WITHOUT ROWID",
        """
        CREATE TABLE findings (
            watch INTEGER NOT NULL,
            article TEXT NOT NULL,
            start INTEGER NOT NULL,         -- of the sentence, in its text
            at REAL NOT NULL,               -- seconds since 1970: found then
            telling INTEGER,                -- the message that tells it; NULL: none yet
            told REAL,                      -- seconds since 1970
            PRIMARY KEY (watch, article)
        )
        """,
        "CREATE INDEX findings_untold ON findings (telling) WHERE told IS NULL",
        "CREATE INDEX findings_told ON findings (told)",
        "CREATE INDEX findings_telling ON findings (telling)",
        """
        CREATE TABLE tellings (
            id INTEGER PRIMARY KEY AUTOINCREMENT,   -- `delivery` knows what was sent by it: never given to another
            chat_id INTEGER NOT NULL,
            thread INTEGER NOT NULL
        )
        """,
    ):
        db.execute(table)


def m007_timelines_asker(db: sqlite3.Connection) -> None:
    """Who asked for a timeline last, as `user_hash` of the log: in a group, too, it is that person's to delete."""
    db.execute("ALTER TABLE timelines ADD COLUMN asker TEXT")
    db.execute("CREATE INDEX timelines_asker ON timelines (asker)")


def m008_asked_why(db: sqlite3.Connection) -> None:
    """Which messages ask what was wrong with an answer (see `exchanges`): a reply to one tells it."""
    db.execute("ALTER TABLE replies ADD COLUMN asks_why INTEGER NOT NULL DEFAULT 0")


def m009_curated(db: sqlite3.Connection) -> None:
    """What operators have settled about single questions (see `curated`)."""
    db.execute(
        """
        CREATE TABLE curated (
            question TEXT PRIMARY KEY,  -- its kind and words: `curated.key_of`
            article TEXT,               -- NULL: no article answers it
            start INTEGER,
            end INTEGER,
            text TEXT NOT NULL,         -- of the sentence: it is shown as long as it says this
            operator INTEGER NOT NULL,
            at INTEGER NOT NULL         -- seconds since 1970
        ) WITHOUT ROWID
        """
    )


def m010_group_sources(db: sqlite3.Connection) -> None:
    """The papers and channels that the answers in a group come from first; in those of `only_sources` from no other."""
    db.execute(
        "CREATE TABLE group_sources (chat_id INTEGER NOT NULL, source TEXT NOT NULL, PRIMARY KEY (chat_id, source))"
        " WITHOUT ROWID"
    )
    db.execute("CREATE TABLE only_sources (chat_id INTEGER PRIMARY KEY)")


def m011_subjects(db: sqlite3.Connection) -> None:
    """Which topics and persons the buttons under messages lead to (see `subjects`), persons no longer as timelines.

    Buttons in chats keep their numbers; persons that were kept as timelines can't be told from them.
    """
    db.execute(
        """
        CREATE TABLE subjects (
            id INTEGER PRIMARY KEY AUTOINCREMENT,   -- on buttons: never given to another
            chat_id INTEGER NOT NULL,
            kind TEXT NOT NULL,         -- timeline, person
            name TEXT NOT NULL,
            since TEXT NOT NULL,        -- a day, or empty
            until TEXT NOT NULL,
            at INTEGER NOT NULL,        -- seconds since 1970
            asker TEXT,                 -- as `user_hash` of the query log: who asked last, in a group too
            UNIQUE (chat_id, kind, name, since, until)
        )
        """
    )
    db.execute("CREATE INDEX subjects_at ON subjects (at)")
    db.execute("CREATE INDEX subjects_asker ON subjects (asker)")
    db.execute("INSERT INTO subjects SELECT id, chat_id, 'timeline', topic, since, until, at, asker FROM timelines")
    db.execute("DELETE FROM sqlite_sequence WHERE name = 'subjects'")
    db.execute("INSERT INTO sqlite_sequence SELECT 'subjects', seq FROM sqlite_sequence WHERE name = 'timelines'")
    db.execute("DROP TABLE timelines")


def m012_curated_asked(db: sqlite3.Connection) -> None:
    """The question as it was asked, for those who look through what is settled."""
    db.execute("ALTER TABLE curated ADD COLUMN asked TEXT NOT NULL DEFAULT ''")


def m013_looks(db: sqlite3.Connection) -> None:
    """How replies are drawn in a chat (see `looks`)."""
    db.execute("CREATE TABLE looks (chat_id INTEGER PRIMARY KEY, look TEXT NOT NULL, at INTEGER NOT NULL)")


def m014_to_asker(db: sqlite3.Connection) -> None:
    """Groups in which only who asks is to see the answer (see `chats`)."""
    db.execute("CREATE TABLE to_asker (chat_id INTEGER PRIMARY KEY)")


# In order, for ever: a migration that has been released never changes. The function's name is its id.
MIGRATIONS: tuple[Migration, ...] = (
    m001_policies,
    m002_answers,
    m003_timelines,
    m004_channels,
    m005_exchanges,
    m006_watches,
    m007_timelines_asker,
    m008_asked_why,
    m009_curated,
    m010_group_sources,
    m011_subjects,
    m012_curated_asked,
    m013_looks,
    m014_to_asker,
)
