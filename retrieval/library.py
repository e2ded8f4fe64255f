"""Ties store and ranking together: what is asked goes through here."""

import datetime
import re
import sqlite3
import weakref
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, closing
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Protocol, Self

from retrieval import known
from retrieval.ask import Reason, interleaved
from retrieval.asker import LOOKED_AT, Asker, asked_of, only
from retrieval.comparing import Compared, compared
from retrieval.dates.ranges import in_order
from retrieval.facts import is_vietnamese
from retrieval.index.forward import Longs
from retrieval.index.index import Index
from retrieval.index.keeping import index_made, index_of
from retrieval.index.searcher import Searcher
from retrieval.news import News, as_typed
from retrieval.own_files import DamageError
from retrieval.query import Query, limited, published_by
from retrieval.ranking.candidates import idf
from retrieval.ranking.explanation import Explanation
from retrieval.ranking.ranking import Ranked, Weights, rank
from retrieval.ranking.refusal import Judgement
from retrieval.records import NO_DATE, Answer, Article, Profile, Quote, Sentence, Source, Timeline, quote
from retrieval.refreshing.refresh import Progress, Summary, refresh, untold
from retrieval.refreshing.workers import DEFAULT_BOUNDS, Bounds
from retrieval.store.collection import Articles, Quotes, Sentences
from retrieval.store.opening import place_after, store_name
from retrieval.store.schema import StoreError
from retrieval.store.snapshot import Contents, Snapshot
from retrieval.store.store import Store
from retrieval.timeline import ALWAYS, Period, between, timeline
from retrieval.timeline.events import LONGEST
from retrieval.timeline.popular import popular
from retrieval.timeline.topic import renamed
from retrieval.who import People, Register, who

_TOPICS = 8
# A name and a year side by side are a name together where at least this many sentences have them.
_NAMED = 3
# Syllables of a Vietnamese name in full.
_WHOLE = 3
# Sentences looked at for a timeline: of a topic that more speak of, those that speak of it most.
_TIMELINE_CANDIDATES = 400
# Of what the terms of a topic weigh in idf, what an article on it has at least.
_SHARE = 0.35


class Kept(Searcher, Protocol):
    """An index that knows all articles: their `keys` (A,) in order, and where the sentences of each begin, `starts`
    (A + 1,); `made`, what is another where it was made anew.
    """

    @property
    def keys(self) -> Longs:
        """(A,) the keys of the articles."""

    @property
    def starts(self) -> Longs:
        """(A + 1,) the place of the first sentence of each article among all, and their end."""

    @property
    def made(self) -> int:
        """When its files were made, in nanoseconds; 0 where it has none."""

    def check(self) -> None:
        """Raises IndexDamageError where what it reads is not as it was."""


class _Keeper:
    """Lives as long as anything reads the snapshot of a library: the library itself, its articles, its sentences."""


class Library:
    """An immutable collection of articles to search and ask."""

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
        self._people = People(known.facts(), Register(snapshot))
        self._asker = Asker(snapshot, index, self._sentences, self._people)
        self._cache, self.path = cache, path
        self.roots, self.revision, self.index_made = tuple(roots), snapshot.revision(), index.made
        self.store = ""  # where it is kept, if not in a file
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
        try:
            summary = refresh(store, roots, progress, bounds)
            snapshot = store.into_snapshot()
            return cls(snapshot, index_of(snapshot, store.path, progress), store.path, summary, roots, cache)
        except BaseException:
            store.close()
            raise

    @classmethod
    def kept(cls, roots: Sequence[str | Path], cache: str | Path, summary: Summary | None = None) -> Self:
        """What `open` or `renew` of these paths has written into the cache last, unread. Raises `StoreError`."""
        paths = [Path(root) for root in roots]
        file = Path(cache) / store_name(paths)
        snapshot = Snapshot.open(file)
        index = index_of(snapshot, file, looked_through=True)
        return cls(snapshot, index, file, summary or Summary(), paths, cache)

    @classmethod
    def over(cls, store: str, snapshot: Snapshot, index: Kept) -> Self:
        """What is kept elsewhere, at the address `store`, by the two that read it (`retrieval.cluster.opening`)."""
        library = cls(snapshot, index, None, Summary(), (), None)
        library.store = store
        return library

    def refreshed(self, paths: Sequence[str | Path], bounds: Bounds = DEFAULT_BOUNDS) -> Self:
        """The library of these paths as their files are now; itself where nothing has changed. Raises `StoreError`."""
        after = self.open(paths, self._cache, bounds=bounds)
        return self if self._cache is not None and self.is_same_as(after) else after

    def is_same_as(self, after: "Library") -> bool:
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

    def on_topic(self, topic: str, news: News) -> list[Quote]:
        """Of each of the new articles that is about the topic the sentence that tells it best, in their order."""
        query = self.read_question(topic)
        found: dict[str, Quote] = {}
        for reading in dict.fromkeys((query, as_typed(query))) if query.terms else ():
            for told in news.on(reading, idf(self._index, reading).tolist()):
                found.setdefault(told.article.id, told)
        return list(found.values())

    def added_since(self, before: "Library") -> tuple[Article, ...]:
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

    def persons_in(self, quoted: Quote, query: Query) -> tuple[str, ...]:
        """The persons whom a quote itself names in full and tells of: first who holds an office that the query speaks
        of, then the others, in the order of the quote.
        """
        sentence = Sentence(quoted.article.id, 0, quoted.start, quoted.end, quoted.kind, quoted.date, 0)
        found = known.facts().mentions(quoted.article.text, [sentence])
        whole = [m for m in found if m.how == "named" and m.role != "other" and " " in m.name]
        whole.sort(key=lambda mention: not any(map(query.speaks_of, mention.offices)))
        return tuple(dict.fromkeys(mention.name for mention in whole))

    def read_question(self, question: str, today: datetime.date | None = None, previous: Query | None = None) -> Query:
        """The question as understood; one that goes on from the `previous` of its chat is completed from it."""
        return self._asker.read(question, today, previous)

    def search(
        self,
        question: str,
        limit: int = 10,
        since: datetime.date | str | None = None,
        until: datetime.date | str | None = None,
    ) -> tuple[Quote, ...]:
        """The best sentences for a question, best first; none where no word of it occurs. Days: as of `ask`."""
        query = limited(self.read_question(question), in_order(since, until))
        return tuple(islice(self._asker.best(query, limit), limit))

    def ask(  # noqa: PLR0913 - a question, and all that narrows it
        self,
        question: str,
        limit: int = 3,
        today: datetime.date | None = None,
        previous: Query | None = None,
        preferred: Callable[[Article], bool] | None = None,
        *,
        since: datetime.date | str | None = None,
        until: datetime.date | str | None = None,
        publishers: Iterable[str] = (),
        read: bool = True,
    ) -> Answer:
        """Up to `limit` quotes that answer, or `not_found` with the nearest.

        `today` dates "hôm nay" and "năm ngoái"; `previous` is the last question of the same chat. Of all quotes that
        answer, those of `preferred` articles come first. Only what is told of the days from `since` to `until` answers,
        each a day or as people write it ("9/2025"), and of what `publishers` wrote, if any are named. Where it is open
        what answers, the best sentences are put to the reader, which takes a quarter of a second: not to `read` is for
        who has no time. Raises ValueError where such a text can't be read, or the last day is before the first.
        """
        query = limited(self.read_question(question, today, previous), in_order(since, until, today))
        query = published_by(query, frozenset(publishers))
        return self._asker.ask(query, limit, today, preferred, read=read)

    def explain(  # noqa: PLR0913 - as `ask`
        self,
        question: str,
        limit: int = 10,
        today: datetime.date | None = None,
        previous: Query | None = None,
        *,
        since: datetime.date | str | None = None,
        until: datetime.date | str | None = None,
        publishers: Iterable[str] = (),
    ) -> Explanation:
        """What `ask` answers, and what it is chosen by: for each part of the question up to `limit` candidates."""
        query = limited(self.read_question(question, today, previous), in_order(since, until, today))
        query = published_by(query, frozenset(publishers))
        return self._asker.explain(query, limit, today)

    def why_refused(
        self,
        question: str,
        today: datetime.date | None = None,
        previous: Query | None = None,
        publishers: Iterable[str] = (),
    ) -> tuple[Reason, float]:
        """Why `ask` does not answer the question, "" where it does; and the share of the confidence that an answer
        needs which its best candidate has. Right after it was asked that costs next to nothing.
        """
        query = published_by(self.read_question(question, today, previous), frozenset(publishers))
        return self._asker.why_refused(query, today)

    def has(self, words: str) -> bool:
        """Whether articles have the words, of many the two that tell most."""
        return self._asker.has(self.read_question(words))

    def ranked(
        self, query: Query, weights: Weights, *, closely: bool = False, read: bool = False
    ) -> tuple[Ranked, Judgement]:
        """The candidates of a query without parts, and how sure the first answers, by weights being learned; `closely`
        looked at, or `read` as well.
        """
        return self._asker.ranked(query, weights, closely=closely, read=read)

    def compare(self, question: str, quoted: Quote, publishers: Iterable[str] = ()) -> tuple[Compared, ...]:
        """How papers (these `publishers`, if any are named) tell differently what a quote says that answers a question:
        see `comparing.compared`.
        """
        named = frozenset(publishers)
        queries = (published_by(self.read_question(text), named) for text in (question, quoted.text))
        others = [found for query in queries for found in islice(self._asker.best(query, LOOKED_AT), LOOKED_AT)]
        return compared(known.telling().numbers, quoted, others)

    def timeline(
        self,
        topic: str,
        since: datetime.date | str | None = None,
        until: datetime.date | str | None = None,
        *,
        publishers: Iterable[str] = (),
    ) -> Timeline:
        """The dated events of a topic, from the first day of `since` to the last of `until`: days, or as people write
        them ("9/2025"); of what `publishers` wrote, if any are named. Raises ValueError where a text can't be read.
        """
        query, period = published_by(self.read_question(topic), frozenset(publishers)), between(since, until)
        if not query.terms or len(query.terms) > LONGEST:
            return timeline(query, (), self._sentences_of, period)
        rarity = idf(self._index, query)
        named = [one for part in asked_of(query) for one in (part, *renamed(part))]
        found = [self._on_topic(one, _TIMELINE_CANDIDATES // len(named)) for one in named]
        whole = _names_in(topic, query.terms)
        return timeline(query, list(interleaved(found)), self._sentences_of, period, rarity.tolist(), whole)

    def is_named(self, words: str) -> bool:
        """Whether several articles write these words side by side, with capitals: "châu Á 2026"."""
        side_by_side = re.compile(r"(?<!\w)" + r"\s".join(map(re.escape, words.split())) + r"(?!\w)", re.IGNORECASE)
        found = [side_by_side.search(q.text) for q in self.search(words, LOOKED_AT)]
        return sum(one is not None and not one[0].islower() for one in found) >= _NAMED

    def _on_topic(self, query: Query, limit: int) -> Quotes:
        """Ranked sentences of the articles that have enough of what the terms weigh: no more than so many."""
        rarity = idf(self._index, query)
        ranked = rank(self._index, self._asker.weights, query, limit, only(query))
        sentences, scores = ranked.sentences[:limit], ranked.scores[:limit]
        had = self._index.articles_have(sentences, query.terms, query.accented)
        kept = had @ rarity >= _SHARE * rarity.sum()
        return Quotes(self._sentences, sentences[kept], scores[kept])

    def who(self, name: str, today: datetime.date | None = None) -> Profile | None:
        """A person by name, or who held an office ("Tổng Bí thư 2023"); None where the articles show nobody of that
        name or office.
        """
        return who(self._people, name, today)

    def _sentences_of(self, article: Article) -> Sequence[Sentence]:
        [sentences] = self._snapshot.sentences([self._snapshot.key(article.id)])
        return sentences


def _names_in(topic: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """Where in the terms of a topic the Vietnamese stand whom it names in full."""
    sentence = Sentence("", 0, 0, len(topic), "body", NO_DATE, 0)
    mentions = known.facts().mentions(topic, [sentence])
    names = [tuple(m.name.lower().split()) for m in mentions if m.how == "named"]
    full = [name for name in names if len(name) >= _WHOLE and all(map(is_vietnamese, name))]
    ends = [(at, at + len(name)) for name in full for at in range(len(terms) - len(name) + 1)]
    return [(first, end) for first, end in ends if tuple(terms[first:end]) in full]


def _file(roots: Sequence[Path], cache: str | Path | None) -> Path | None:
    """The library file of these roots; without a cache there is none."""
    return Path(cache) / store_name(roots) if cache is not None else None


def renew(paths: Sequence[str | Path], cache: str | Path, bounds: Bounds = DEFAULT_BOUNDS) -> Summary:
    """Read what is new into the library file of these paths, for other processes to open (`Library.kept`).

    Whoever opens it meanwhile finds all of what is new, or nothing of it. Raises `StoreError`.
    """
    roots = [Path(path) for path in paths]
    path = Path(cache) / store_name(roots)
    with ExitStack() as stack:
        store = stack.enter_context(closing(Store(path)))
        if store.path is None:
            raise StoreError(f"{path}: nothing can be written there")
        try:
            with store.at_once() as seen:
                summary = refresh(store, roots, bounds=bounds)
                keep = stack.enter_context(index_made(path, seen))
            keep()
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"{path}: cannot be brought up to date ({error})") from error
    return summary
