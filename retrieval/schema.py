"""The tables of a library file: made, and brought up to date, in ordered steps."""

import sqlite3
from collections.abc import Callable, Sequence


class StoreError(Exception):
    """The library file cannot be used; the message names it and says why."""


def _create_tables(db: sqlite3.Connection) -> None:
    for table in (
        """CREATE TABLE files (
            id INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, shown TEXT NOT NULL,
            look TEXT NOT NULL, digest TEXT NOT NULL)""",
        # AUTOINCREMENT: the key of a removed article is never given to another, as an index may still name it.
        """CREATE TABLE articles (
            key INTEGER PRIMARY KEY AUTOINCREMENT, file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
            unit TEXT NOT NULL, id TEXT UNIQUE NOT NULL, title TEXT, publisher TEXT, author TEXT, url TEXT,
            section TEXT, published TEXT, event_date TEXT, text TEXT NOT NULL, content BLOB NOT NULL)""",
        "CREATE INDEX articles_by_file ON articles (file)",
        "CREATE INDEX articles_by_content ON articles (content)",
        """CREATE TABLE sentences (
            article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, position INTEGER NOT NULL,
            first INTEGER NOT NULL, last INTEGER NOT NULL, kind TEXT NOT NULL, paragraph INTEGER NOT NULL, date TEXT,
            PRIMARY KEY (article, position)) WITHOUT ROWID""",
        """CREATE TABLE dropped (
            article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
            line INTEGER NOT NULL, text TEXT NOT NULL, reason TEXT NOT NULL)""",
        "CREATE INDEX dropped_by_article ON dropped (article)",
        """CREATE TABLE problems (
            file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE, unit TEXT NOT NULL,
            source TEXT NOT NULL, message TEXT NOT NULL, line INTEGER NOT NULL)""",
        "CREATE INDEX problems_by_file ON problems (file)",
        """CREATE TABLE sketches (
            article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE, least BLOB NOT NULL)""",
        """CREATE TABLE bands (
            band INTEGER NOT NULL, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
            PRIMARY KEY (band, article)) WITHOUT ROWID""",
        "CREATE INDEX bands_by_article ON bands (article)",
        """CREATE TABLE copies (
            article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
            other INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
            PRIMARY KEY (article, other)) WITHOUT ROWID""",
        "CREATE INDEX copies_by_other ON copies (other)",
    ):
        db.execute(table)


# In order; a library's user_version is how many of these it has had.
MIGRATIONS: Sequence[Callable[[sqlite3.Connection], None]] = (_create_tables,)
