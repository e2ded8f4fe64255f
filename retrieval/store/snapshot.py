"""What a library file holds at one moment, read piece by piece: articles, sentences, copies, problems."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from threading import RLock
from typing import Any, Self, cast, get_args

from retrieval.own_files import DamageError, is_damage
from retrieval.records import NO_DATE, Article, Basis, Date, Dropped, Kind, Place, Problem, Sentence, Source
from retrieval.store.recent import Recent
from retrieval.store.schema import StoreError

# Rows asked for in one statement; SQLite takes 32,766 at most.
_AT_ONCE = 500

_SENTENCES_AT = """WITH asked(a, p) AS (VALUES {}) SELECT article, position, first, last, kind, date, paragraph
    FROM asked CROSS JOIN sentences ON article = a AND position = p"""
_DATED_AT = """WITH asked(a, p) AS (VALUES {}) SELECT article
    FROM asked CROSS JOIN sentences ON article = a AND position = p WHERE date IS NOT NULL"""

_KINDS = frozenset(get_args(Kind))


@dataclass(frozen=True, slots=True)
class Contents:
    """An article with its sentences and dropped lines; `copies` are the ids of articles that nearly repeat it."""

    article: Article
    sentences: tuple[Sentence, ...]
    dropped: tuple[Dropped, ...]
    copies: frozenset[str]


class Snapshot:
    """Reads over a connection, from any thread. Articles go by key: the number of their row, never given twice.

    Of several articles with the very same text only the first read is there, with all places.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._lock = RLock()
        self._articles = Recent(self._read_articles)
        self._sentences = Recent(self._read_sentences)
        self._copies = Recent(self._read_copies)

    @classmethod
    def open(cls, path: Path) -> Self:
        """The library file as it is now, whatever is written afterwards, until it is closed. Raises `StoreError`."""
        db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            db.execute("BEGIN")
            db.execute("SELECT 1 FROM articles LIMIT 1").fetchone()  # only the first read fixes what is seen
        except sqlite3.Error as error:
            db.close()
            raise StoreError(f"{path}: cannot be used as a library ({error})") from error
        return cls(db)

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            self._db.close()

    def revision(self) -> str:
        """What is another whenever an article comes or goes, as keys are never given twice, and in another file."""
        [(articles, newest)] = self.rows("SELECT count(*), coalesce(max(key), 0) FROM articles")
        [(file,)] = self.rows("PRAGMA application_id")
        return f"{file}-{articles}-{newest}" if file else f"{articles}-{newest}"

    def keys(self) -> list[int]:
        """Of every article, in the order of paths; of several versions at one address of the newest."""
        rows = self.rows(
            "SELECT key FROM files f JOIN articles a ON a.file = f.id"
            " WHERE key IN (SELECT min(key) FROM articles WHERE key NOT IN (SELECT article FROM superseded)"
            " GROUP BY content) ORDER BY f.path, key"
        )
        return [key for (key,) in rows]

    def key(self, name: str) -> int:
        """Of the article of this id. Raises KeyError where there is none."""
        for (key,) in self.rows("SELECT key FROM articles WHERE id = ?", name):
            return int(key)
        raise KeyError(name)

    def earlier(self, key: int) -> list[str]:
        """The texts of the older versions of an article at its address."""
        rows = self.rows("SELECT text FROM articles WHERE key IN (SELECT article FROM superseded WHERE newer = ?)", key)
        return [text for (text,) in rows]

    def correction(self, key: int) -> Article | None:
        """The newest article that corrects this one, by naming its title or address."""
        rows = self.rows(
            "SELECT correction FROM corrections JOIN articles ON key = correction WHERE article = ?"
            " ORDER BY coalesce(published, '') DESC, key DESC LIMIT 1",
            key,
        )
        return self.articles([rows[0][0]])[0] if rows else None

    def names(self, keys: Sequence[int]) -> list[str]:
        """The ids of articles, in no order."""
        return [name for (name,) in self._rows_of("SELECT id FROM articles WHERE key IN ({})", keys)]

    def articles(self, keys: Sequence[int]) -> list[Article]:
        """The articles, in the order of their keys as given."""
        with self._lock:
            return self._articles.of(keys)

    def sentences(self, keys: Sequence[int]) -> list[tuple[Sentence, ...]]:
        """The sentences of each article."""
        with self._lock:
            return self._sentences.of(keys)

    def sentences_at(self, keys: Sequence[int], indices: Sequence[int], articles: Sequence[Article]) -> list[Sentence]:
        """One sentence of each article: the keys of the articles, and the indices of the sentences in them."""
        rows: dict[tuple[int, int], Any] = {}
        for some in _in_turn(list(zip(keys, indices, strict=True))):
            asked_for = ",".join(["(?,?)"] * len(some))
            found = self.rows(_SENTENCES_AT.format(asked_for), *(value for place in some for value in place))
            rows.update(((key, index), row) for key, index, *row in found)
        asked = zip(keys, indices, articles, strict=True)
        try:
            return [_sentence(article.id, index, *rows[key, index]) for key, index, article in asked]
        except KeyError as error:
            raise DamageError("a sentence is not where it was") from error

    def dated(self, keys: Sequence[int], indices: Sequence[int]) -> set[int]:
        """The keys of the articles of which one of these sentences speaks of a date."""
        found: set[int] = set()
        for some in _in_turn(list(zip(keys, indices, strict=True))):
            statement = _DATED_AT.format(",".join(["(?,?)"] * len(some)))
            found.update(key for (key,) in self.rows(statement, *(value for place in some for value in place)))
        return found

    def dropped(self, key: int) -> tuple[Dropped, ...]:
        """The lines of an article that are not article."""
        rows = self.rows("SELECT line, text, reason FROM dropped WHERE article = ? ORDER BY rowid", key)
        return tuple(Dropped(*row) for row in rows)

    def copies(self, key: int) -> frozenset[str]:
        """The ids of the articles that nearly repeat one."""
        with self._lock:
            [found] = self._copies.of([key])
            return found

    def contents(self, keys: Sequence[int]) -> Iterator[Contents]:
        """All there is of each article."""
        for some in _in_turn(keys):
            for key, article, sentences in zip(some, self.articles(some), self.sentences(some), strict=True):
                yield Contents(article, sentences, self.dropped(key), self.copies(key))

    def digests(self, keys: Sequence[int]) -> dict[int, bytes]:
        """Key → digest of the text."""
        rows = self._rows_of("SELECT key, content FROM articles WHERE key IN ({})", keys)
        return dict(rows)

    def has_text(self, digest: bytes) -> bool:
        """Whether an article has a text of this digest."""
        return bool(self.rows("SELECT 1 FROM articles WHERE content = ? LIMIT 1", digest))

    def sources(self) -> tuple[Source, ...]:
        """Every publisher, the one with most articles first. Goes through all articles, though not their texts."""
        rows = self.rows(
            "SELECT publisher, count(*), min(day), max(day) FROM ("
            # A stamp with its zone is of a day of Vietnam's: 22:08 in Greenwich is the next one there.
            " SELECT publisher, CASE WHEN edtf GLOB '*T*[+-][0-9][0-9]:[0-9][0-9]' OR edtf GLOB '*T*Z'"
            "  THEN date(edtf, '+7 hours') WHEN edtf GLOB '[0-9]*' THEN substr(edtf, 1, 10) END AS day FROM ("
            "  SELECT publisher, json_extract(published, '$[0]') AS edtf FROM articles"
            "  WHERE key IN (SELECT min(key) FROM articles GROUP BY content)"
            ")) GROUP BY publisher ORDER BY count(*) DESC, publisher"
        )
        return tuple(Source(name, count, _published(first), _published(last)) for name, count, first, last in rows)

    def keys_of(self, publishers: Iterable[str]) -> list[int]:
        """The keys of the articles that these have published."""
        names = json.dumps(list(publishers))
        return [
            key
            for (key,) in self.rows(
                "SELECT key FROM articles WHERE publisher IN (SELECT value FROM json_each(?))", names
            )
        ]

    def last_day(self) -> str:
        """The day (ISO 8601) on which the newest article with a title is published; empty where none has a day."""
        rows = self.rows(
            "SELECT substr(published, 3, 10) FROM articles WHERE title IS NOT NULL AND published >= '[\"0'"
            " AND published < '[\":' ORDER BY published DESC LIMIT 1"
        )
        return str(rows[0][0]) if rows else ""

    def titles(self, since: str, until: str, limit: int) -> list[tuple[int, str]]:
        """Keys and titles of the newest articles of these days (ISO 8601, both included), the newest first."""
        return self.rows(
            "SELECT key, title FROM articles WHERE title IS NOT NULL AND published >= ? AND published < ?"
            " ORDER BY published DESC, key LIMIT ?",
            *(f'["{since}', f'["{until}~', limit),
        )

    def first_titles(self, limit: int) -> list[tuple[int, str]]:
        """Keys and titles of the first articles read."""
        return self.rows("SELECT key, title FROM articles WHERE title IS NOT NULL ORDER BY key LIMIT ?", limit)

    def about(self, persons: Iterable[str]) -> None:
        """Have at hand where these persons are seen: of a file it all is."""

    def readable(self, keys: Iterable[int]) -> set[int]:
        """Those of articles that can be read: of a file all."""
        return set(keys)

    def problems(self) -> tuple[Problem, ...]:
        """What could not be read, in the order of paths and lines."""
        rows = self.rows(
            "SELECT source, message, line FROM problems p JOIN files f ON f.id = file ORDER BY f.path, line, p.rowid"
        )
        return tuple(Problem(*row) for row in rows)

    def rows(self, statement: str, *values: Any) -> list[Any]:
        """What a statement finds, for tables that are read elsewhere. Raises DamageError where the file is damaged."""
        try:
            with self._lock:
                return self._db.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            if is_damage(error):
                raise DamageError(str(error)) from error
            raise

    def _rows_of(self, statement: str, values: Sequence[Any]) -> Iterator[Any]:
        """The rows of a statement that takes a list at {}."""
        for some in _in_turn(values):
            yield from self.rows(statement.format(",".join("?" * len(some))), *some)

    def _read_articles(self, keys: Sequence[int]) -> Iterator[tuple[int, Article]]:
        rows = list(
            self._rows_of(
                "SELECT key, content, a.id, title, publisher, author, url, published, event_date, text, shown, section"
                " FROM articles a JOIN files f ON f.id = file WHERE key IN ({})",
                keys,
            )
        )
        places = self._places([content for _, content, *_ in rows])
        for key, content, name, title, publisher, author, url, published, event_date, text, path, section in rows:
            if hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() != content:
                raise DamageError(f"the text of {name} is not the one that was read")
            dates = date_of(published), date_of(event_date)
            also = tuple(places.get(content, ())[1:])
            yield key, Article(name, title, publisher, author, url, *dates, text, path, section, also)

    def _places(self, contents: Sequence[bytes]) -> dict[bytes, list[Place]]:
        """Where each text that was found more than once was found, by its digest, the first read first."""
        rows = self._rows_of(
            "SELECT content, publisher, url, shown FROM articles a JOIN files f ON f.id = file"
            " WHERE content IN ({}) ORDER BY key",
            [content for content in contents if content in self._repeated],
        )
        places: dict[bytes, list[Place]] = {}
        for content, *place in rows:
            places.setdefault(content, []).append(Place(*place))
        return places

    @cached_property
    def _repeated(self) -> frozenset[bytes]:
        """The digests of the texts that were found more than once."""
        rows = self.rows("SELECT content FROM articles GROUP BY content HAVING count(*) > 1")
        return frozenset(content for (content,) in rows)

    def _read_sentences(self, keys: Sequence[int]) -> Iterator[tuple[int, tuple[Sentence, ...]]]:
        names = {key: article.id for key, article in zip(keys, self._articles.of(keys), strict=True)}
        found: dict[int, list[Sentence]] = {key: [] for key in keys}
        rows = self._rows_of(
            "SELECT article, position, first, last, kind, date, paragraph FROM sentences WHERE article IN ({})"
            " ORDER BY article, position",
            keys,
        )
        for key, *row in rows:
            found[key].append(_sentence(names[key], *row))
        yield from ((key, tuple(sentences)) for key, sentences in found.items())

    def _read_copies(self, keys: Sequence[int]) -> Iterator[tuple[int, frozenset[str]]]:
        for key in keys:
            rows = self.rows(
                "SELECT id FROM articles WHERE key IN (SELECT other FROM copies WHERE article = ?"
                " UNION SELECT article FROM copies WHERE other = ?)",
                key,
                key,
            )
            yield key, frozenset(name for (name,) in rows)


def _published(day: str | None) -> Date:
    return Date(day, "published", day) if day else NO_DATE


def _in_turn(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))


def _sentence(  # noqa: PLR0913, PLR0917 - a row
    name: str, index: int, first: int, last: int, kind: Any, date: str | None, paragraph: int
) -> Sentence:
    if kind not in _KINDS or not 0 <= first < last:
        raise DamageError(f"a sentence of {name} is none")
    return Sentence(name, index, first, last, kind, date_of(date), paragraph)


@lru_cache(32_768)  # feeds date to the second
def date_of(packed: str | None) -> Date:
    """The date in a column: a JSON array of three strings."""
    if not packed:
        return NO_DATE
    try:
        if "\\" in packed:
            return Date(*json.loads(packed))
        edtf, basis, evidence = packed[2:-2].split('", "')  # several times as fast, and there are thousands
    except (ValueError, TypeError) as error:
        raise DamageError("a date is none") from error
    return Date(edtf, cast(Basis, basis), evidence)
