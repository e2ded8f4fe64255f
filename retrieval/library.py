"""Ties store and ranking together: what is asked goes through here."""

import datetime
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

import numpy as np

from .ask import answer
from .query import Query, QuestionReader, date_numbers
from .ranking import Entry, Ranking
from .records import Answer, Article, Problem, Quote, Sentence, quote
from .refresh import Progress, Summary, refresh
from .store import Contents, Store, store_name

# Quotes looked at for an answer: enough that near-copies of the first do not push all others out.
_CANDIDATES = 30


class Library:
    """An immutable collection of articles to search and ask."""

    def __init__(self, contents: Sequence[Contents], problems: Sequence[Problem], summary: Summary) -> None:
        self._contents = {content.article.id: content for content in contents}
        self._sentences = tuple((content.article, s) for content in contents for s in content.sentences)
        self._reader = QuestionReader.from_config()
        self._ranking = Ranking([_entry(article, s) for article, s in self._sentences])
        self.problems = tuple(problems)
        self.summary = summary

    @classmethod
    def open(
        cls, paths: Sequence[str | Path], cache: str | Path | None = None, progress: Progress | None = None
    ) -> Self:
        """Read the articles under `paths`: files and folders. With `cache`, a folder, only what is new is read.

        What cannot be read is in `problems`; it raises `StoreError` only, where the cache cannot be used.
        `progress(done, total)` is called after each file.
        """
        roots = [Path(path) for path in paths]
        with ExitStack() as stack:
            folder = Path(cache) if cache is not None else Path(stack.enter_context(TemporaryDirectory()))
            store = stack.enter_context(closing(Store(folder / store_name(roots))))
            summary = refresh(store, roots, progress)
            return cls(tuple(store.contents()), (*summary.problems, *store.problems()), summary)

    @property
    def articles(self) -> Sequence[Article]:
        """Every article, in the order of paths and lines."""
        return tuple(content.article for content in self._contents.values())

    @property
    def sentences(self) -> Sequence[tuple[Article, Sentence]]:
        """Every sentence with its article, in order."""
        return self._sentences

    def contents(self, article: Article) -> Contents:
        """An article's sentences, dropped lines and near-copies."""
        return self._contents[article.id]

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
        article, sentence = self._sentences[position]
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
