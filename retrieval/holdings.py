"""The articles of a library: opened, looked into, and held against what they are afterwards."""

import sqlite3
import weakref
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import Self

from retrieval.index.index import Index
from retrieval.index.keeping import index_of
from retrieval.index.searcher import Kept
from retrieval.own_files import DamageError
from retrieval.records import Article, Quote, Sentence, Source, quote
from retrieval.refreshing.refresh import Progress, Summary, refresh, untold
from retrieval.refreshing.workers import DEFAULT_BOUNDS, Bounds
from retrieval.store.collection import Articles, Sentences
from retrieval.store.opening import place_after, store_name
from retrieval.store.schema import StoreError
from retrieval.store.snapshot import Contents, Snapshot
from retrieval.store.store import Store
from retrieval.timeline import ALWAYS, Period
from retrieval.timeline.popular import popular

_TOPICS = 8


class _Keeper:
    """Lives as long as anything reads the snapshot of a library: the library itself, its articles, its sentences."""


class Holdings:
    """An immutable collection of articles, their sentences and sources."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it is made of; `open` makes it
        self,
        snapshot: Snapshot,
        index: Kept,
        path: Path | None,
        summary: Summary,
        roots: Sequence[Path],
        cache: str | Path | None,
    ) -> None:
        self._snapshot = snapshot
        keeper = _Keeper()
        weakref.finalize(keeper, snapshot.close)
        self._index = index
        self._articles = Articles(snapshot, index.keys, keeper)
        self._sentences = Sentences(snapshot, index.keys, index.starts, index.places, keeper)
        self._cache, self.path = cache, path
        self.roots, self.revision, self.index_made = tuple(roots), snapshot.revision(), index.made
        self.store = ""  # where it is kept, if not in a file
        self.turn: AbstractContextManager[object] = nullcontext()  # who asks in a thread beside others takes it
        self.problems = (*summary.problems, *snapshot.problems())
        self.summary = summary

    @classmethod
    def open(
        cls,
        paths: Sequence[str | Path],
        cache: str | Path | None = None,
        progress: Progress = untold,
        bounds: Bounds = DEFAULT_BOUNDS,
    ) -> Self:
        """Read the articles under `paths`: files and folders. With `cache`, a folder, only what is new is read.

        What cannot be read is in `problems`; it raises `StoreError` only, where a newer version wrote the cache. A
        damaged one is set aside; where it cannot be written, memory serves.
        `progress(done, total, stage)` tells what is done of each stage; each file is read within `bounds`.
        """
        roots = [Path(path) for path in paths]
        file = _file(roots, cache)
        try:
            return cls._opened(file, roots, cache, progress, bounds)
        except (StoreError, sqlite3.Error, DamageError, OSError) as error:
            if file is None:
                raise
            return cls._opened(place_after(file, error), roots, cache, progress, bounds)

    @classmethod
    def _opened(
        cls,
        file: Path | None,
        roots: Sequence[Path],
        cache: str | Path | None,
        progress: Progress,
        bounds: Bounds,
    ) -> Self:
        store = Store(file)
        with _closed_unless_done(store):
            summary = refresh(store, roots, progress, bounds)
            snapshot = store.into_snapshot()
        with _closed_unless_done(snapshot):
            return cls(snapshot, index_of(snapshot, store.path, progress), store.path, summary, roots, cache)

    @classmethod
    def kept(cls, roots: Sequence[str | Path], cache: str | Path, summary: Summary | None = None) -> Self:
        """What `open` or `renew` of these paths has written into the cache last, unread. Raises `StoreError`."""
        paths = [Path(root) for root in roots]
        file = Path(cache) / store_name(paths)
        snapshot = Snapshot.open(file)
        with _closed_unless_done(snapshot):
            index = index_of(snapshot, file, looked_through=True)
            return cls(snapshot, index, file, summary or Summary(), paths, cache)

    @classmethod
    def over(cls, store: str, snapshot: Snapshot, index: Kept) -> Self:
        """What is kept elsewhere, at the address `store`, by the two that read it (`retrieval.cluster.opening`)."""
        library = cls(snapshot, index, None, Summary(), (), None)
        library.store, library.turn = store, RLock()
        return library

    def refreshed(self, paths: Sequence[str | Path], bounds: Bounds = DEFAULT_BOUNDS) -> Self:
        """The library of these paths as their files are now; itself where nothing has changed. Raises `StoreError`."""
        after = self.open(paths, self._cache, bounds=bounds)
        return self if self._cache is not None and self.is_same_as(after) else after

    def is_same_as(self, after: "Holdings") -> bool:
        """Whether one read afterwards, from the same files of the same paths, holds the same, in the same index."""
        before, now = ((o.roots, o.revision, o.index_made, o.problems) for o in (self, after))
        return before == now and not after.summary.restated

    def parts(self) -> tuple[Snapshot, Index]:
        """What it is read from, for who copies it. Raises StoreError where it is not on this machine."""
        if not isinstance(self._index, Index):
            raise StoreError("this library is not on this machine")
        return self._snapshot, self._index

    def check(self) -> None:
        """Raises IndexDamageError where the index, which is looked at in place, has become shorter on the disk."""
        self._index.check()

    @property
    def gaps(self) -> int:
        """How often some articles could not be looked at since it was opened, as a part of the cluster that holds them
        did not answer: what was asked meanwhile is true of the others.
        """
        return self._index.gaps

    @property
    def articles(self) -> Sequence[Article]:
        """Every article, in the order of paths and lines. Read as they are looked at, as all of a library is."""
        return self._articles

    @property
    def sentences(self) -> Sequence[tuple[Article, Sentence]]:
        """Every sentence with its article, in order."""
        return self._sentences

    @cached_property
    def sources(self) -> Sequence[Source]:
        """Every publisher with its number of articles and their first and last day, the largest first.

        The first call of a library counts them; it is the same library until articles come or go.
        """
        return self._snapshot.sources()

    @cached_property
    def topics(self) -> Sequence[str]:
        """What the articles tell most of at the end of the collection."""
        return self.topics_in(ALWAYS)

    def topics_in(self, period: Period) -> Sequence[str]:
        """What the newest articles of a period tell most of."""
        return popular(self._snapshot, _TOPICS, period)

    def contents(self, article: Article) -> Contents:
        """An article's sentences, dropped lines and near-copies. Raises KeyError for one that is not here."""
        return next(self._snapshot.contents([self._snapshot.key(article.id)]))

    def article(self, name: str) -> Article | None:
        """The article of this id."""
        try:
            return self._snapshot.articles([self._snapshot.key(name)])[0]
        except KeyError:
            return None

    def names(self) -> list[str]:
        """The ids of all articles, in no order."""
        return self._articles.names()

    def added_since(self, before: "Holdings") -> tuple[Article, ...]:
        """The articles whose text an earlier library of the same paths did not have, in order: new ones, and those
        whose text has changed.
        """
        return tuple(self._snapshot.articles(self._articles.keys_not_in(before._articles)))  # noqa: SLF001 - its own kind

    def quote(self, article_id: str, start: int, end: int) -> Quote | None:
        """The sentence that stands there; None where the article has left or has another text by now."""
        try:
            contents = next(self._snapshot.contents([self._snapshot.key(article_id)]))
        except KeyError:
            return None
        found = next((s for s in contents.sentences if (s.start, s.end) == (start, end)), None)
        return quote(contents.article, found, 0.0) if found else None


@contextmanager
def _closed_unless_done(opened: Store | Snapshot) -> Iterator[None]:
    try:
        yield
    except BaseException:
        opened.close()
        raise


def _file(roots: Sequence[Path], cache: str | Path | None) -> Path | None:
    """The library file of these roots; without a cache there is none."""
    return Path(cache) / store_name(roots) if cache is not None else None
