"""Ties store and ranking together: what is asked goes through here."""

import datetime
import re
import sqlite3
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Self

import numpy as np

from retrieval.ask import Found, answer, interleaved, reason_to_refuse
from retrieval.evidence import Asking, Telling, level
from retrieval.facts import Facts
from retrieval.index.keeping import index_made, index_of
from retrieval.news import News, as_typed
from retrieval.own_files import DamageError
from retrieval.query import Query, QuestionReader
from retrieval.ranking.explanation import Explanation, part_explained
from retrieval.ranking.objections import Objection
from retrieval.ranking.ranking import NOTHING, Ranked, Weights, can_be_found, idf, is_bare, rank
from retrieval.ranking.refusal import FACTORS, Judgement, Refusal
from retrieval.ranking.suggesting import corrected, respelt
from retrieval.records import NO_DATE, Answer, Article, Profile, Quote, Sentence, Source, Span, Timeline, quote
from retrieval.refreshing.refresh import DEFAULT_BOUNDS, Progress, Summary, refresh
from retrieval.refreshing.workers import Bounds
from retrieval.store.collection import Articles, Quotes, Sentences
from retrieval.store.snapshot import Snapshot
from retrieval.store.store import Contents, Store, StoreError, place_after, store_name
from retrieval.timeline import ALWAYS, Period, between, timeline
from retrieval.timeline.events import LONGEST
from retrieval.timeline.popular import popular
from retrieval.tokens import fold
from retrieval.who import Answering, People, Register, who

# Quotes looked at for an answer: enough that near-copies of the first do not push all others out.
_LOOKED_AT = 30
# Sentences looked at for what somebody says on a topic.
_SAID = 300
_SUGGESTIONS, _TRIED = 2, 3
# Fewer than one syllable in so many without its diacritics is a foreign name rather than a slip.
_FEW = 5
_TOPICS = 8
# So many sentences with a name and a year side by side make a name of both.
_NAMED = 3
# Sentences looked at for a timeline: of a topic that more speak of, those that speak of it most.
_TIMELINE_CANDIDATES = 1000
# Of what the terms of a topic weigh in idf, what an article on it has at least.
_SHARE = 0.35


class Library:
    """An immutable collection of articles to search and ask."""

    def __init__(
        self, snapshot: Snapshot, path: Path | None, summary: Summary, roots: Sequence[Path], cache: str | Path | None
    ) -> None:
        self._snapshot = snapshot
        weakref.finalize(self, snapshot.close)
        self._index = index = index_of(snapshot, path)
        self._articles = Articles(snapshot, index.keys)
        self._sentences = Sentences(snapshot, index.keys, index.starts)
        self._reader, self._weights = _reader(), _weights()
        self._cache, self.path = cache, path
        self.roots, self.revision = tuple(roots), snapshot.revision()
        self.problems = (*summary.problems, *snapshot.problems())
        self.summary = summary

    @classmethod
    def open(
        cls,
        paths: Sequence[str | Path],
        cache: str | Path | None = None,
        progress: Progress | None = None,
        bounds: Bounds = DEFAULT_BOUNDS,
    ) -> Self:
        """Read the articles under `paths`: files and folders. With `cache`, a folder, only what is new is read.

        What cannot be read is in `problems`; it raises `StoreError` only, where a newer version wrote the cache. A
        damaged one is set aside; where it cannot be written, memory serves.
        `progress(done, total)` counts files, and parts of a file of lines; each is read within `bounds`.
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
        progress: Progress | None,
        bounds: Bounds,
    ) -> Self:
        store = Store(file)
        try:
            summary = refresh(store, roots, progress, bounds)
            return cls(store.into_snapshot(), store.path, summary, roots, cache)
        except BaseException:
            store.close()
            raise

    @classmethod
    def kept(cls, roots: Sequence[str | Path], cache: str | Path, summary: Summary | None = None) -> Self:
        """What `open` or `renew` of these paths has written into the cache last, unread. Raises `StoreError`."""
        paths = [Path(root) for root in roots]
        file = Path(cache) / store_name(paths)
        return cls(Snapshot.open(file), file, summary or Summary(), paths, cache)

    def refreshed(self, paths: Sequence[str | Path], bounds: Bounds = DEFAULT_BOUNDS) -> Self:
        """The library of these paths as their files are now; itself where nothing has changed. Raises `StoreError`."""
        after = self.open(paths, self._cache, bounds=bounds)
        return self if self._cache is not None and self.is_same_as(after) else after

    def is_same_as(self, after: "Library") -> bool:
        """Whether one read afterwards, from the same files of the same paths, holds the same."""
        same = (self.roots, self.revision, self.problems) == (after.roots, after.revision, after.problems)
        return same and not after.summary.restated

    def check(self) -> None:
        """Raises DamageError where what is looked at in place, as the index is, has become shorter on the disk."""
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
        found = self._facts.mentions(quoted.article.text, [sentence])
        whole = [m for m in found if m.how == "named" and m.role != "other" and " " in m.name]
        whole.sort(key=lambda mention: not any(map(query.speaks_of, mention.offices)))
        return tuple(dict.fromkeys(mention.name for mention in whole))

    def read_question(self, question: str, today: datetime.date | None = None, previous: Query | None = None) -> Query:
        """The question as understood; one that goes on from the `previous` of its chat is completed from it."""
        return self._reader.read(question, today, previous, partial(is_bare, self._index))

    def search(self, question: str, limit: int = 10) -> tuple[Quote, ...]:
        """The best sentences for a question, best first; none where no word of it occurs."""
        return tuple(islice(self._quotes(self.read_question(question), limit), limit))

    def ask(
        self,
        question: str,
        limit: int = 3,
        today: datetime.date | None = None,
        previous: Query | None = None,
        preferred: Callable[[Article], bool] | None = None,
    ) -> Answer:
        """Up to `limit` quotes that answer, or `not_found` with the nearest.

        `today` dates "hôm nay" and "năm ngoái"; `previous` is the last question of the same chat. Of all quotes that
        answer, those of `preferred` articles come first.
        """
        query = self.read_question(question, today, previous)
        found = self._told(query, today) or self._found(query, _LOOKED_AT)
        return self._completed(query, self._answer(query, found, limit, preferred))

    def _told(self, query: Query, today: datetime.date | None) -> list[Found]:
        """What the facts of persons and offices tell of the query; nothing where it does not ask for these.

        Where they know of whom it speaks, and not what is asked, it is refused.
        """
        told = None if query.parts or query.unresolved else self._answering.told(query, today)
        if told is None:
            return []
        if told.quotes:
            return [Found(told.quotes, told.confidence)]
        ranked = rank(self._index, self._weights, query, _SAID)
        if told.asked.topic:  # whether a sentence is on it the ranking tells better, where no statement surely is
            spoken = self._spoken(ranked, told.persons)
            on_topic = len(spoken) and told.is_on_topic(spoken[0], query.accented)
            confidence = max(self._judged(query, ranked).confidence, self._weights.refusal.threshold)
            return [Found(spoken, confidence)] if on_topic else []
        objection: Objection = "another office" if told.asked.kind == "holder" else "nothing of the kind asked for"
        found = self._as_found(query, ranked, _LOOKED_AT)
        return [Found(told.nearest or found.quotes, found.confidence * self._weights.refusal.threshold, objection)]

    def _spoken(self, ranked: Ranked, persons: Sequence[str]) -> Quotes:
        """Of ranked sentences those that a person says."""
        said = self._people.register.said(persons)
        places = zip(*self._sentences.places(ranked.sentences), strict=True)
        kept = np.array([place in said for place in places], dtype=np.bool_)
        return Quotes(self._sentences, ranked.sentences[kept], ranked.scores[kept])

    def _answer(
        self, query: Query, found: Sequence[Found], limit: int, preferred: Callable[[Article], bool] | None = None
    ) -> Answer:
        return answer(query, found, self._weights.refusal.threshold, limit, self._are_copies, preferred)

    def _completed(self, query: Query, found: Answer) -> Answer:
        """The answer with the sentences that its quotes hang on, and what may have been meant where there is none."""
        suggestions = () if found.quotes or query.unresolved else tuple(self._meant(query))[:_SUGGESTIONS]
        return replace(
            found,
            quotes=tuple(
                self._with_answer(query, self._with_corrections(self._with_before(quoted))) for quoted in found.quotes
            ),
            nearest=tuple(map(self._with_before, found.nearest)),
            suggestions=suggestions,
        )

    def _with_before(self, quoted: Quote) -> Quote:
        """The quote, with the sentence before it where it hangs on that one."""
        if not self._reader.hangs_on_another(quoted.text) or quoted.kind not in ("lead", "body"):
            return quoted
        sentences = self.contents(quoted.article).sentences
        at = next((at for at, s in enumerate(sentences) if s.start == quoted.start), 0)
        earlier = [s for s in sentences[:at] if s.kind in ("lead", "body")]
        return replace(quoted, before=quote(quoted.article, earlier[-1], 0.0)) if earlier else quoted

    def _with_answer(self, query: Query, quoted: Quote) -> Quote:
        """The quote, with the words of it that answer where they are told apart."""
        for part in query.parts or (query,):
            told = self._telling.told(self._asking.of(part), part, quoted.text)
            if told and told[0].sure:
                start = quoted.start + told[0].start
                return replace(quoted, answer=Span(start, quoted.start + told[0].end, quoted.kind))
        return quoted

    def _with_corrections(self, quoted: Quote) -> Quote:
        """The quote, with the day of the correction where an earlier version of its article says otherwise, and with
        the article that corrects it.
        """
        key, published = self._snapshot.key(quoted.article.id), quoted.article.published
        earlier = self._snapshot.earlier(key)
        changed = earlier and not any(quoted.text in text for text in earlier)
        revised = published if changed else NO_DATE
        return replace(quoted, revised=revised, correction=self._snapshot.correction(key))

    def _meant(self, query: Query) -> Iterator[str]:
        """Questions like this one that would be answered: with another spelling of what no article has, or with other
        diacritics.
        """
        unknown = [term for term in query.terms if term.isalpha() and self._index.vocabulary.number(term) < 0]
        spelt = self._spellings if query.accented else self._bare_spellings
        others = map(self.read_question, corrected(query.text, unknown, spelt) if unknown else ())
        for other in islice((other for other in others if can_be_found(self._index, other)), _TRIED):
            if self._answer(other, self._found(other, 1), 1).quotes:
                yield other.question
        lacking = sum(is_bare(self._index, term) for term in query.terms) if query.accented else 0
        if lacking and lacking * _FEW >= len(query.terms):
            bare = self.read_question(fold(query.text))
            for quoted in self._answer(bare, self._found(bare, 1), 1).quotes:
                text = respelt(query.text, quoted.text)
                if text != query.text:
                    yield text

    @cached_property
    def _spellings(self) -> list[str]:
        """The words of all articles, in lower case."""
        return self._index.vocabulary.words()

    @cached_property
    def _bare_spellings(self) -> list[str]:
        return [word for word in self._spellings if fold(word) == word]

    def explain(
        self,
        question: str,
        limit: int = 10,
        today: datetime.date | None = None,
        previous: Query | None = None,
    ) -> Explanation:
        """What `ask` answers, and what it is chosen by: for each part of the question up to `limit` candidates."""
        query = self.read_question(question, today, previous)
        queries = _asked(query)
        ranked = [rank(self._index, self._weights, part, _LOOKED_AT) for part in queries]
        found = [self._as_found(part, r, _LOOKED_AT) for part, r in zip(queries, ranked, strict=True)]
        decisive = self._told(query, today) or found
        threshold = self._weights.refusal.threshold
        return Explanation(
            self._completed(query, self._answer(query, decisive, 3)),
            reason_to_refuse(query, decisive, threshold),
            threshold,
            tuple(
                part_explained(
                    part,
                    r,
                    self._judged(part, r),
                    f.quotes[:limit],
                    self._index.kinds(r.sentences[:limit]).tolist(),
                    self._weights,
                )
                for part, r, f in zip(queries, ranked, found, strict=True)
            )
            or (part_explained(query, NOTHING, self._judged(query, NOTHING), (), (), self._weights),),
        )

    def timeline(
        self, topic: str, since: datetime.date | str | None = None, until: datetime.date | str | None = None
    ) -> Timeline:
        """The dated events of a topic, from the first day of `since` to the last of `until`: days, or as people write
        them ("9/2025"). Raises ValueError where such a text can't be read.
        """
        query, period = self.read_question(topic), between(since, until)
        if not query.terms or len(query.terms) > LONGEST:
            return timeline(query, (), self._sentences_of, period)
        rarity = idf(self._index, query)
        found = [self._on_topic(part) for part in _asked(query)]
        return timeline(query, list(interleaved(found)), self._sentences_of, period, rarity.tolist())

    def is_named(self, words: str) -> bool:
        """Whether several articles write these words side by side, with capitals: "châu Á 2026"."""
        side_by_side = re.compile(r"(?<!\w)" + r"\s".join(map(re.escape, words.split())) + r"(?!\w)", re.IGNORECASE)
        found = [side_by_side.search(q.text) for q in self.search(words, _LOOKED_AT)]
        return sum(one is not None and not one[0].islower() for one in found) >= _NAMED

    def _on_topic(self, query: Query) -> Quotes:
        """Ranked sentences of the articles that have enough of what the query's terms weigh."""
        ranked, rarity = rank(self._index, self._weights, query, _TIMELINE_CANDIDATES), idf(self._index, query)
        sentences, scores = ranked.sentences[:_TIMELINE_CANDIDATES], ranked.scores[:_TIMELINE_CANDIDATES]
        had = self._index.articles_have(sentences, query.terms, query.accented)
        kept = had @ rarity >= _SHARE * rarity.sum()
        return Quotes(self._sentences, sentences[kept], scores[kept])

    def who(self, name: str, today: datetime.date | None = None) -> Profile | None:
        """A person by name, or who held an office ("Tổng Bí thư 2023"); None where the articles show nobody of that
        name or office.
        """
        return who(self._people, name, today)

    @cached_property
    def _people(self) -> People:
        return People(self._facts, Register(self._snapshot))

    @cached_property
    def _answering(self) -> Answering:
        return Answering(self._people)

    @cached_property
    def _facts(self) -> Facts:
        return _facts()

    @cached_property
    def _asking(self) -> Asking:
        return _asking()

    @cached_property
    def _telling(self) -> Telling:
        return _telling()

    def _found(self, query: Query, limit: int) -> list[Found]:
        """What is found for the query, or for each of its parts."""
        ranked = [(part, rank(self._index, self._weights, part, limit)) for part in _asked(query)]
        return [self._as_found(part, one, limit) for part, one in ranked]

    def _quotes(self, query: Query, limit: int) -> Iterator[Quote]:
        ranked = [rank(self._index, self._weights, part, limit) for part in _asked(query)]
        return interleaved([self._best(one, limit) for one in ranked])

    def ranked(self, query: Query, weights: Weights) -> tuple[Ranked, Judgement]:
        """The candidates of a query without parts, and how sure the first answers, by weights being learned."""
        ranked = rank(self._index, weights, query)
        return ranked, self._judged(query, ranked, weights.refusal)

    def _judged(self, query: Query, ranked: Ranked, refusal: Refusal | None = None) -> Judgement:
        """How sure it is that the first of the candidates of a query without parts answers it."""
        if not len(ranked.sentences):
            return Judgement(0.0, np.zeros(len(FACTORS)))
        [first] = Quotes(self._sentences, ranked.sentences[:1], ranked.scores[:1])
        asked = self._asking.of(query)
        told = level(asked, self._telling.told(asked, query, first.text))
        return (refusal or self._weights.refusal).judge(ranked.factors, told, ranked.objection)

    def _as_found(self, query: Query, ranked: Ranked, limit: int) -> Found:
        judgement = self._judged(query, ranked)
        return Found(self._best(ranked, limit), judgement.confidence, judgement.objection)

    def _best(self, ranked: Ranked, limit: int) -> Quotes:
        return Quotes(self._sentences, ranked.sentences[:limit], ranked.scores[:limit])

    def _sentences_of(self, article: Article) -> Sequence[Sentence]:
        [sentences] = self._snapshot.sentences([self._snapshot.key(article.id)])
        return sentences

    def _are_copies(self, first: str, second: str) -> bool:
        return second in self._snapshot.copies(self._snapshot.key(first))


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


def preload() -> None:
    """Read once what all libraries of this process, and of those that are forked from it, share."""
    _reader(), _weights(), _facts(), _asking(), _telling()


@lru_cache(1)
def _reader() -> QuestionReader:
    return QuestionReader.from_config()


@lru_cache(1)
def _weights() -> Weights:
    return Weights.from_config()


@lru_cache(1)
def _facts() -> Facts:
    return Facts.from_config()


@lru_cache(1)
def _asking() -> Asking:
    return Asking.from_config()


@lru_cache(1)
def _telling() -> Telling:
    return Telling.from_config(_facts())


def _asked(query: Query) -> list[Query]:
    """What is looked for: the parts of a query that compares, else the query; none without words to look for."""
    return [part for part in query.parts or (query,) if part.terms]
