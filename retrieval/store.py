"""The SQLite file of articles and sentences: add, replace, remove, migrate.

One row of `files` for each file read, with what tells whether it changed; its articles, sentences, dropped lines and
problems hang on it. A file's rows and its stamp are written in one transaction, so a kill at any moment leaves files
wholly read or to be read again.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from .records import NO_DATE, Article, Date, Dropped, Problem, Reading, Sentence


class StoreError(Exception):
    """The library file cannot be used; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells whether a file changed: size in bytes, modification time in ns, SHA-256 of all that went in."""

    size: int
    mtime_ns: int
    digest: str


def _create_tables(db: sqlite3.Connection) -> None:
    for table in (
        """CREATE TABLE files (
            id INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL,
            size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, digest TEXT NOT NULL)""",
        """CREATE TABLE articles (
            id INTEGER PRIMARY KEY, file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE, name TEXT NOT NULL,
            title TEXT, publisher TEXT, author TEXT, url TEXT, section TEXT, published TEXT, event_date TEXT,
            text TEXT NOT NULL)""",
        "CREATE INDEX articles_by_file ON articles (file)",
        """CREATE TABLE sentences (
            article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, position INTEGER NOT NULL,
            first INTEGER NOT NULL, last INTEGER NOT NULL, kind TEXT NOT NULL, paragraph INTEGER NOT NULL, date TEXT,
            PRIMARY KEY (article, position)) WITHOUT ROWID""",
        """CREATE TABLE dropped (
            article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
            line INTEGER NOT NULL, text TEXT NOT NULL, reason TEXT NOT NULL)""",
        "CREATE INDEX dropped_by_article ON dropped (article)",
        """CREATE TABLE problems (
            file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE, source TEXT NOT NULL, message TEXT NOT NULL)""",
        "CREATE INDEX problems_by_file ON problems (file)",
    ):
        db.execute(table)


# In order; a library's user_version is how many of these it has had.
MIGRATIONS: Sequence[Callable[[sqlite3.Connection], None]] = (_create_tables,)


class Store:
    """An open library file; `path` None keeps it in memory. Raises `StoreError`."""

    def __init__(self, path: Path | None) -> None:
        self._name = str(path or ":memory:")
        try:
            if path:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self._name, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute("PRAGMA foreign_keys = ON")
            self._migrate()
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"{self._name}: cannot be used as a library ({error})") from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _migrate(self) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > len(MIGRATIONS):
            raise StoreError(
                f"{self._name}: written by a newer Trích (library version {version}, this one reads up to "
                f"{len(MIGRATIONS)}); update Trích or remove the file, it is made again from the articles"
            )
        for number, migration in enumerate(MIGRATIONS[version:], version + 1):
            self._db.execute("BEGIN IMMEDIATE")
            migration(self._db)
            self._db.execute(f"PRAGMA user_version = {number}")
            self._db.execute("COMMIT")

    def stamps(self) -> dict[str, Stamp]:
        """Path → stamp of every file in the library."""
        rows = self._db.execute("SELECT path, size, mtime_ns, digest FROM files")
        return {path: Stamp(*stamp) for path, *stamp in rows}

    def put(
        self,
        path: str,
        stamp: Stamp,
        articles: Iterable[tuple[Reading, Sequence[Sentence]]],
        problems: Iterable[Problem],
    ) -> None:
        """Add a file with all that was read from it, or replace what the library had of it."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._db.execute("DELETE FROM files WHERE path = ?", (path,))
            row = self._db.execute(
                "INSERT INTO files (path, size, mtime_ns, digest) VALUES (?, ?, ?, ?)", (path, *astuple(stamp))
            )
            for reading, sentences in articles:
                self._add_article(row.lastrowid, reading, sentences)
            self._db.executemany(
                "INSERT INTO problems VALUES (?, ?, ?)", [(row.lastrowid, p.source, p.message) for p in problems]
            )
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def _add_article(self, file: int | None, reading: Reading, sentences: Sequence[Sentence]) -> None:
        a = reading.article
        row = self._db.execute(
            "INSERT INTO articles (file, name, title, publisher, author, url, section, published, event_date, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (file, *_identity(a), _pack(a.published), _pack(a.event_date), a.text),
        )
        article = row.lastrowid
        self._db.executemany(
            "INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(article, s.index, s.start, s.end, s.kind, s.paragraph, _pack(s.date)) for s in sentences],
        )
        self._db.executemany(
            "INSERT INTO dropped VALUES (?, ?, ?, ?)", [(article, d.line, d.text, d.reason) for d in reading.dropped]
        )

    def touch(self, path: str, stamp: Stamp) -> None:
        """Note a new size or time of a file whose content is as it was."""
        self._db.execute("UPDATE files SET size = ?, mtime_ns = ? WHERE path = ?", (stamp.size, stamp.mtime_ns, path))

    def remove(self, paths: Iterable[str]) -> None:
        """Take files and all that was read from them out of the library."""
        self._db.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in paths])

    def load(self, path: str, shown_as: str) -> Iterator[tuple[Article, tuple[Sentence, ...], tuple[Dropped, ...]]]:
        """The articles of one file in their order, with sentences and dropped lines; `shown_as` is `Article.path`."""
        rows = self._db.execute(
            "SELECT a.id, name, title, publisher, author, url, published, event_date, text, section"
            " FROM articles a JOIN files f ON f.id = a.file WHERE f.path = ? ORDER BY a.id",
            (path,),
        ).fetchall()
        for key, name, title, publisher, author, url, published, event_date, text, section in rows:
            dates = _unpack(published), _unpack(event_date)
            article = Article(name, title, publisher, author, url, *dates, text, shown_as, section)
            yield article, self._sentences(key, name), self._dropped(key)

    def _sentences(self, key: int, name: str) -> tuple[Sentence, ...]:
        rows = self._db.execute(
            "SELECT position, first, last, kind, date, paragraph FROM sentences WHERE article = ? ORDER BY position",
            (key,),
        )
        return tuple(
            Sentence(name, index, first, last, kind, _unpack(date), paragraph)
            for index, first, last, kind, date, paragraph in rows
        )

    def _dropped(self, key: int) -> tuple[Dropped, ...]:
        rows = self._db.execute("SELECT line, text, reason FROM dropped WHERE article = ? ORDER BY rowid", (key,))
        return tuple(Dropped(*row) for row in rows)

    def problems(self, path: str) -> tuple[Problem, ...]:
        """What could not be read of one file."""
        rows = self._db.execute(
            "SELECT source, message FROM problems p JOIN files f ON f.id = p.file WHERE f.path = ? ORDER BY p.rowid",
            (path,),
        )
        return tuple(Problem(*row) for row in rows)


def _identity(article: Article) -> tuple[str | None, ...]:
    return article.id, article.title, article.publisher, article.author, article.url, article.section


def _pack(date: Date) -> str | None:
    return json.dumps(astuple(date), ensure_ascii=False) if date else None


def _unpack(packed: str | None) -> Date:
    return Date(*json.loads(packed)) if packed else NO_DATE
