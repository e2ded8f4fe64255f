"""What is asked of the articles: ties store and ranking together."""

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from retrieval import known
from retrieval.ask import Reason
from retrieval.asker import LOOKED_AT, Asker
from retrieval.comparing import Compared, compared
from retrieval.dates.ranges import in_order
from retrieval.holdings import Holdings
from retrieval.index.searcher import Kept
from retrieval.news import News, as_typed
from retrieval.on_topic import names_in, on_topic
from retrieval.query import Query, limited, published_by
from retrieval.ranking.candidates import idf
from retrieval.ranking.explanation import Explanation
from retrieval.ranking.ranking import Ranked, Weights
from retrieval.ranking.refusal import Judgement
from retrieval.ranking.restoring import restored
from retrieval.records import Answer, Article, Profile, Quote, Sentence, Timeline
from retrieval.refreshing.refresh import Summary
from retrieval.store.snapshot import Snapshot
from retrieval.timeline import Period, between, timeline
from retrieval.timeline.events import LONGEST
from retrieval.who import People, Register, who

# A name and a year side by side are a name together where at least this many sentences have them.
_NAMED = 3


class Library(Holdings):
    """An immutable collection of articles to search and ask."""

    def __init__(  # noqa: PLR0913, PLR0917 - as what it is
        self,
        snapshot: Snapshot,
        index: Kept,
        path: Path | None,
        summary: Summary,
        roots: Sequence[Path],
        cache: str | Path | None,
    ) -> None:
        super().__init__(snapshot, index, path, summary, roots, cache)
        self._people = People(known.facts(), Register(snapshot))
        self._asker = Asker(snapshot, index, self._sentences, self._people)

    def on_topic(self, topic: str, news: News) -> list[Quote]:
        """Of each of the new articles that is about the topic the sentence that tells it best, in their order."""
        query = self.read_question(topic)
        found: dict[str, Quote] = {}
        for reading in dict.fromkeys((query, as_typed(query))) if query.terms else ():
            for told in news.on(reading, idf(self._index, reading).tolist()):
                found.setdefault(told.article.id, told)
        return list(found.values())

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

    def compare(
        self, question: str, quoted: Quote, publishers: Iterable[str] = (), answers: Sequence[Quote] = ()
    ) -> tuple[Compared, ...]:
        """How papers (these `publishers`, if any are named) tell differently what a quote says that answers a question,
        as other `answers` may: see `comparing.compared`.
        """
        named = frozenset(publishers)
        queries = (published_by(self.read_question(text), named) for text in (question, quoted.text))
        others = [found for query in queries for found in islice(self._asker.best(query, LOOKED_AT), LOOKED_AT)]
        return compared(known.telling().numbers, quoted, others, answers)

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
        before = self.gaps
        found = self._timeline(topic, between(since, until), frozenset(publishers))
        return replace(found, partial=self.gaps > before)

    def _timeline(self, topic: str, period: Period, publishers: frozenset[str]) -> Timeline:
        query = published_by(self._read_topic(topic), publishers)
        if not query.terms or len(query.terms) > LONGEST:
            return timeline(query, (), self._sentences_of, period)
        rarity, found = idf(self._index, query), on_topic(self._index, self._sentences, query)
        names = names_in(query.text, query.terms)
        return timeline(query, found, self._sentences_of, period, rarity.tolist(), names)

    def _read_topic(self, topic: str) -> Query:
        """One typed without diacritics, or without capitals, as articles write it: all that "dong dat" may be, and
        "nepal" as a word like others, has another story.
        """
        query = self.read_question(topic)
        if (query.accented and query.is_cased) or len(query.terms) > LONGEST:
            return query
        return replace(self.read_question(restored(self._index, query.text, cased=query.is_cased)), question=topic)

    def is_named(self, words: str) -> bool:
        """Whether several articles write these words side by side, with capitals: "châu Á 2026"."""
        side_by_side = re.compile(r"(?<!\w)" + r"\s".join(map(re.escape, words.split())) + r"(?!\w)", re.IGNORECASE)
        found = [side_by_side.search(q.text) for q in self.search(words, LOOKED_AT)]
        return sum(one is not None and not one[0].islower() for one in found) >= _NAMED

    def who(self, name: str, today: datetime.date | None = None) -> Profile | None:
        """A person by name, or who held an office ("Tổng Bí thư 2023"); None where the articles show nobody of that
        name or office, and all of them could be looked at.
        """
        before = self.gaps
        found = who(self._people, name, today)
        return found if self.gaps == before else replace(found or Profile(name), partial=True)

    def _sentences_of(self, article: Article) -> Sequence[Sentence]:
        [sentences] = self._snapshot.sentences([self._snapshot.key(article.id)])
        return sentences
