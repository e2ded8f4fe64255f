"""The tables of the inbox, and how they came to be."""

import sqlite3

from retrieval.own_database import Migration


def m001_updates_and_sends(db: sqlite3.Connection) -> None:
    """Updates by the bot they were meant for: another token is another bot with ids of its own."""
    db.execute(
        """
        CREATE TABLE updates (
            bot INTEGER NOT NULL,
            id INTEGER NOT NULL,        -- Telegram's update_id
            received REAL NOT NULL,     -- seconds since 1970
            content TEXT,               -- JSON; NULL as soon as the update is done with
            PRIMARY KEY (bot, id)
        ) WITHOUT ROWID
        """
    )
    db.execute("CREATE INDEX updates_unfinished ON updates (bot, id) WHERE content IS NOT NULL")
    db.execute(
        """
        CREATE TABLE sends (
            bot INTEGER NOT NULL,
            id INTEGER NOT NULL,        -- of the update that is being handled
            ordinal INTEGER NOT NULL,   -- counts the messages sent on it, from 0
            after TEXT NOT NULL,        -- JSON: message ids that it comes after
            result TEXT,                -- JSON: Telegram's answer; NULL while there is none
            PRIMARY KEY (bot, id, ordinal)
        ) WITHOUT ROWID
        """
    )


def m002_message_ids(db: sqlite3.Connection) -> None:
    """Ids of messages in private chats, the last ones: of each `slot` (the id modulo their number) the highest. They
    say of nobody that he wrote: whose they are is not kept.
    """
    db.execute(
        """
        CREATE TABLE message_ids (
            bot INTEGER NOT NULL,
            slot INTEGER NOT NULL,
            id INTEGER NOT NULL,        -- Telegram's message_id
            PRIMARY KEY (bot, slot)
        ) WITHOUT ROWID
        """
    )


def m003_begun(db: sqlite3.Connection) -> None:
    """How much the starts count that were killed while they worked on the update."""
    db.execute("ALTER TABLE updates ADD COLUMN begun INTEGER NOT NULL DEFAULT 0")


MIGRATIONS: tuple[Migration, ...] = (m001_updates_and_sends, m002_message_ids, m003_begun)
