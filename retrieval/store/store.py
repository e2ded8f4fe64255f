"""The SQLite file of articles and sentences: add, replace, remove, migrate.

A row of `files` for each file read, with what tells whether it changed; its articles, sentences, dropped lines and
problems hang on it. What changes together is written in one transaction, so a kill at any moment leaves every file
wholly read, or known to be read on.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from itertools import chain, count
from pathlib import Path

from retrieval.reading.boilerplate import Boilerplate
from retrieval.records import Problem
from retrieval.store import boilerplate, copies
from retrieval.store.counting import count_anew
from retrieval.store.opening import opened, transaction
from retrieval.store.sightings import SightingRows
from retrieval.store.snapshot import Contents, Snapshot
from retrieval.store.stored import Stored

# A template that thousands of articles share (a weather report) must not make each cost more than the last.
_MOST_COMPARED = 20

_COUNTED = ("articles", "sentences")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells whether a file changed: how it looks to the file system, and the digest of all that went in.

    Both are empty for a file of which only a part has been read so far.
    """

    look: str = ""
    digest: str = ""


class Store:
    """An open library file, made where there is none; without a path one that is gone when it is closed.

    A damaged file is set aside; where none can be written, it is as without a path (`path` is None then). Raises
    `StoreError`.
    """

    def __init__(self, path: Path | None) -> None:
        self._db, self.path = opened(path)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def at_once(self) -> Iterator[Snapshot]:
        """All that is written in the block is there for others when it ends, or not at all; within, it is read."""
        with transaction(self._db):
            yield Snapshot(self._db)

    def stamps(self) -> dict[str, Stamp]:
        """Path → stamp of every file in the library."""
        rows = self._db.execute("SELECT path, look, digest FROM files")
        return {path: Stamp(*stamp) for path, *stamp in rows}

    def units(self, path: str) -> frozenset[str]:
        """The digests of the lines of a file whose articles are in the library."""
        rows = self._db.execute("SELECT unit FROM articles JOIN files f ON f.id = file WHERE f.path = ?", (path,))
        return frozenset(unit for (unit,) in rows)

    def ids(self, path: str) -> frozenset[str]:
        """The ids of the articles of a file."""
        rows = self._db.execute("SELECT a.id FROM articles a JOIN files f ON f.id = file WHERE f.path = ?", (path,))
        return frozenset(name for (name,) in rows)

    def begin(self, path: str, shown: str, keep: frozenset[str]) -> None:
        """Of a file that is new or changed, forget all but the lines to keep; `shown` is `Article.path`."""
        with transaction(self._db):
            self._db.execute(
                "INSERT INTO files (path, shown, look, digest) VALUES (?, ?, '', '')"
                " ON CONFLICT (path) DO UPDATE SET shown = excluded.shown, look = '', digest = ''",
                (path, shown),
            )
            file = self._file(path)
            for table, key, forget in (("articles", "key", self._forget), ("problems", "rowid", self._forget_problems)):
                rows = self._db.execute(f"SELECT {key}, unit FROM {table} WHERE file = ?", (file,)).fetchall()  # noqa: S608
                forget([row for row, unit in rows if unit not in keep])

    def add(self, path: str, articles: Iterable[tuple[str, Stored]], problems: Iterable[tuple[str, Problem]]) -> None:
        """Add articles to a file begun, and problems; each with its unit: the digest of its line, or ""."""
        with transaction(self._db):
            file = self._file(path)
            for unit, stored in articles:
                self._add_article(file, unit, stored)
            self._db.executemany(
                "INSERT INTO problems VALUES (?, ?, ?, ?, ?)",
                [(file, unit, problem.source, problem.message, problem.line) for unit, problem in problems],
            )

    def finish(self, path: str, stamp: Stamp) -> None:
        """Note that a file is wholly read."""
        self._db.execute("UPDATE files SET look = ?, digest = ? WHERE path = ?", (*astuple(stamp), path))

    def boilerplate(self, version: str) -> Boilerplate:
        """By source, what its articles have in common that is no article's own, found by this version of the rules."""
        return boilerplate.known(self._db, version)

    def find_boilerplate(self, version: str) -> frozenset[str]:
        """Look for boilerplate in what came, before it is settled; the paths of the files to be read again without
        it. Of these the articles that have it are forgotten.
        """
        with transaction(self._db):
            keys = boilerplate.find(self._db, version)
            files = {self._db.execute("SELECT file FROM articles WHERE key = ?", (key,)).fetchone()[0] for key in keys}
            self._forget(keys)
            for file in files:
                self._db.execute("UPDATE files SET look = '', digest = '' WHERE id = ?", (file,))
            return frozenset(path for path, stamp in self.stamps().items() if not stamp.look) if files else frozenset()

    def settle(self) -> None:
        """Count what the articles that came and went say of offices; after the last of them."""
        with transaction(self._db):
            count_anew(self._db)

    def remove(self, paths: Iterable[str]) -> None:
        """Take files and all that was read from them out of the library."""
        gone = tuple(paths)
        if not gone:
            return
        with transaction(self._db):
            for path in gone:
                rows = self._db.execute("SELECT key FROM articles WHERE file = ?", (self._file(path),)).fetchall()
                self._forget([key for (key,) in rows])
                self._db.execute("DELETE FROM files WHERE path = ?", (path,))

    def _forget(self, keys: Sequence[int]) -> None:
        """Take articles out, with all that hangs on them."""
        for key in keys:
            for (least,) in self._db.execute("SELECT least FROM sketches WHERE article = ?", (key,)).fetchall():
                bands = copies.bands(least)
                self._db.executemany("DELETE FROM bands WHERE band = ? AND article = ?", [(b, key) for b in bands])
            self._db.execute("DELETE FROM articles WHERE key = ?", (key,))

    def _forget_problems(self, rows: Sequence[int]) -> None:
        self._db.executemany("DELETE FROM problems WHERE rowid = ?", [(row,) for row in rows])

    def contents(self) -> Iterator[Contents]:
        """Every article in the order of paths; of several with the very same text the first read, with all places."""
        snapshot = Snapshot(self._db)
        return snapshot.contents(snapshot.keys())

    def problems(self) -> tuple[Problem, ...]:
        """What could not be read, in the order of paths and lines."""
        return Snapshot(self._db).problems()

    def into_snapshot(self) -> Snapshot:
        """What there is, as it is now; the store is closed."""
        if self.path is None:
            return Snapshot(self._db)
        try:
            return Snapshot.open(self.path)
        finally:
            self.close()

    def size(self) -> tuple[int, int]:
        """How many articles and sentences there are, of texts found twice both."""
        articles, sentences = (self._db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in _COUNTED)  # noqa: S608
        return articles, sentences

    def _file(self, path: str) -> int:
        file: int = self._db.execute("SELECT id FROM files WHERE path = ?", (path,)).fetchone()[0]
        return file

    def _add_article(self, file: int, unit: str, stored: Stored) -> None:
        row = self._db.execute(
            "INSERT INTO articles (file, unit, id, title, publisher, author, url, section, published, event_date, text,"
            " content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (file, unit, self._free_id(stored.id), *stored.article),
        )
        key = row.lastrowid or 0
        self._db.executemany(
            "INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?, ?)", [(key, *sentence) for sentence in stored.sentences]
        )
        self._db.executemany("INSERT INTO dropped VALUES (?, ?, ?, ?)", [(key, *line) for line in stored.dropped])
        self._add_persons(key, stored.persons)
        self._db.execute("INSERT INTO edges VALUES (?, ?, ?)", (key, *stored.edges))
        self._link_copies(key, stored)

    def outdated(self, version: str) -> list[int]:
        """The keys of the articles whose persons were found by rules of another version."""
        rows = self._db.execute(
            "SELECT key FROM articles WHERE key NOT IN (SELECT article FROM made WHERE version = ?)", (version,)
        )
        return [key for (key,) in rows]

    def replace_persons(self, found: Iterable[tuple[int, SightingRows]]) -> None:
        """Put other persons in the place of those of some articles."""
        with transaction(self._db):
            for key, persons in found:
                for table in ("made", "held", "seen"):
                    self._db.execute(f"DELETE FROM {table} WHERE article = ?", (key,))  # noqa: S608
                self._add_persons(key, persons)

    def snapshot(self) -> Snapshot:
        """What there is, as it changes."""
        return Snapshot(self._db)

    def _add_persons(self, key: int, persons: SightingRows) -> None:
        """Who is seen in an article."""
        self._db.execute("INSERT INTO made VALUES (?, ?)", (key, persons.version))
        self._db.executemany(
            "INSERT INTO seen (article, person, newest, start, sentence, date, name, surface, acts, says,"
            " dated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(key, *row) for row in persons.seen],
        )
        self._db.executemany(
            "INSERT INTO held (article, person, newest, start, sentence, date, title, status, best)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(key, *row) for row in persons.held],
        )
        self._db.executemany(
            "INSERT INTO names (person, name, folded, sorted, last, sound, times, acting)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
            " SET times = times + excluded.times, acting = acting + excluded.acting",
            persons.names,
        )

    def _free_id(self, wanted: str) -> str:
        """The id itself, or with a number where an article of another file has it."""
        taken = "SELECT 1 FROM articles WHERE id = ?"
        names = chain([wanted], (f"{wanted}~{number}" for number in count(2)))
        return next(name for name in names if not self._db.execute(taken, (name,)).fetchone())

    def _link_copies(self, key: int, stored: Stored) -> None:
        """Note which articles this one nearly repeats."""
        marks = ",".join("?" * len(stored.bands))
        candidates = self._db.execute(
            "SELECT article, least FROM sketches WHERE article IN"  # noqa: S608
            f" (SELECT article FROM bands WHERE band IN ({marks}) LIMIT {_MOST_COMPARED})",
            stored.bands,
        ).fetchall()
        if candidates:
            similarities = copies.alike(stored.sketch, [least for _, least in candidates])
            others = [other for (other, _), alike in zip(candidates, similarities, strict=True) if alike >= copies.SAME]
            self._db.executemany("INSERT INTO copies VALUES (?, ?)", [(key, other) for other in others])
        self._db.execute("INSERT INTO sketches VALUES (?, ?)", (key, stored.sketch))
        self._db.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, key) for band in stored.bands])
