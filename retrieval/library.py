"""Ties store and ranking together: what is asked goes through here."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np

from .ask import answer
from .query import Query, QuestionReader, date_numbers
from .ranking import Entry, Ranking
from .records import Answer, Article, Dropped, Problem, Quote, Sentence, quote
from .refresh import Summary, refresh
from .store import Store

_CACHE_FILE = "library.sqlite3"
# Quotes looked at for an answer: enough that near-copies of the first do not push all others out.
_CANDIDATES = 30


@dataclass(frozen=True, slots=True)
class _Contents:
    articles: tuple[Article, ...]
    sentences: tuple[tuple[Article, Sentence], ...]
    dropped: dict[str, tuple[Dropped, ...]]
    problems: tuple[Problem, ...]


class Library:
    """An immutable collection of articles to search and ask."""

    def __init__(self, contents: _Contents, summary: Summary) -> None:
        self._contents = contents
        self._reader = QuestionReader.from_config()
        self._ranking = Ranking([_entry(article, s) for article, s in contents.sentences])
        self.summary = summary

    @classmethod
    def open(
        cls,
        paths: Sequence[str | Path],
        cache: str | Path | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Self:
        """Read the articles under `paths`: files and folders. With `cache`, a folder, only what is new is read.

        What cannot be read is in `problems`; it raises `StoreError` only, where the cache cannot be used.
        `progress(done, total)` is called after each file.
        """
        with closing(Store(Path(cache) / _CACHE_FILE if cache is not None else None)) as store:
            summary = refresh(store, [Path(path) for path in paths], progress)
            return cls(_load(store, summary), summary)

    @property
    def articles(self) -> Sequence[Article]:
        """Every article, in the order of paths and names."""
        return self._contents.articles

    @property
    def sentences(self) -> Sequence[tuple[Article, Sentence]]:
        """Every sentence with its article, in order."""
        return self._contents.sentences

    @property
    def problems(self) -> Sequence[Problem]:
        """What could not be read, and why."""
        return self._contents.problems

    def dropped(self, article: Article) -> Sequence[Dropped]:
        """The lines of an article's file that are not article, each with its reason."""
        return self._contents.dropped.get(article.id, ())

    def read_question(self, question: str, today: datetime.date | None = None) -> Query:
        """The question as understood."""
        return self._reader.read(question, today)

    def search(self, question: str, limit: int = 10) -> tuple[Quote, ...]:
        """The best sentences for a question, best first; none where no word of it occurs."""
        return tuple(q for _, q in self._rank(self.read_question(question), limit))

    def ask(self, question: str, limit: int = 3, today: datetime.date | None = None) -> Answer:
        """Up to `limit` quotes that answer, or `not_found` with the nearest. `today` dates "hôm nay", "năm ngoái"."""
        query = self.read_question(question, today)
        return answer(query, self._rank(query, _CANDIDATES), self._ranking, limit)

    def _rank(self, query: Query, limit: int) -> list[tuple[int, Quote]]:
        if not query.terms:
            return []
        scores = self._ranking.scores(query)
        # Ties are cut by the newest, then by the order of the collection, so that a question has one answer.
        found = np.flatnonzero(scores > 0)
        best = found[np.argsort(-scores[found], kind="stable")]
        if len(best) > limit:
            best = best[scores[best] >= scores[best[limit - 1]]]
        quotes = [(int(i), self._quote(int(i), float(scores[i]))) for i in best]
        quotes.sort(key=lambda entry: _newest_first(entry[1].article), reverse=True)
        quotes.sort(key=lambda entry: -entry[1].score)
        return quotes[:limit]

    def _quote(self, position: int, score: float) -> Quote:
        article, sentence = self._contents.sentences[position]
        return quote(article, sentence, score)


def _newest_first(article: Article) -> str:
    return article.published.edtf or article.event_date.edtf.replace("XXXX", "")


def _entry(article: Article, sentence: Sentence) -> Entry:
    text = article.text[sentence.start : sentence.end]
    when = sentence.date or article.event_date or article.published
    context = (article.title or "", _paragraph(article.text, sentence), *date_numbers(when))
    return Entry(text, " ".join(context), sentence.kind)


def _paragraph(text: str, sentence: Sentence) -> str:
    start = text.rfind("\n", 0, sentence.start) + 1
    end = text.find("\n", sentence.end)
    return text[start:] if end < 0 else text[start:end]


def _load(store: Store, summary: Summary) -> _Contents:
    articles: list[Article] = []
    sentences: list[tuple[Article, Sentence]] = []
    dropped: dict[str, tuple[Dropped, ...]] = {}
    problems = list(summary.problems)
    for source in summary.sources:
        for loaded, its_sentences, its_dropped in store.load(source.key, str(source.path)):
            article = replace(loaded, id=_free_id(loaded.id, dropped))
            articles.append(article)
            sentences += [(article, replace(s, article_id=article.id)) for s in its_sentences]
            dropped[article.id] = its_dropped
        problems += store.problems(source.key)
    return _Contents(tuple(articles), tuple(sentences), dropped, tuple(problems))


def _free_id(wanted: str, taken: dict[str, tuple[Dropped, ...]]) -> str:
    """The id itself, or with a number where another file has an article of the same id."""
    return next(name for name in _numbered(wanted) if name not in taken)


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}~{number}"
        number += 1
