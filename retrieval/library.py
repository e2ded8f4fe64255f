"""Ties store and ranking together: what is asked goes through here."""

import datetime
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Self

from .ask import Found, answer, interleaved, reason_to_refuse
from .explanation import Explanation, part_explained
from .index import INDEX_VERSION, Index
from .names import Names
from .query import Query, QuestionReader
from .ranking import NOTHING, Ranked, Weights, rank
from .records import Answer, Article, Profile, Quote, Sentence, Timeline, quote
from .refresh import Progress, Summary, refresh
from .store import Contents, Store, store_name
from .timeline import between, timeline
from .who import People, who

# Quotes looked at for an answer: enough that near-copies of the first do not push all others out.
_LOOKED_AT = 30
# Sentences looked at for a timeline: of a topic that more speak of, those that speak of it most.
_TIMELINE_CANDIDATES = 3000


class Library:
    """An immutable collection of articles to search and ask."""

    def __init__(self, store: Store, summary: Summary, roots: Sequence[Path], cache: str | Path | None) -> None:
        contents = tuple(store.contents())
        self._contents = {content.article.id: content for content in contents}
        self._sentences = tuple((content.article, s) for content in contents for s in content.sentences)
        self._reader = QuestionReader.from_config()
        self._index = _index(store, contents, keep=cache is not None)
        self._weights = Weights.from_config()
        self._roots, self._cache = tuple(roots), cache
        self.problems = (*summary.problems, *store.problems())
        self.summary = summary

    @classmethod
    def open(
        cls, paths: Sequence[str | Path], cache: str | Path | None = None, progress: Progress | None = None
    ) -> Self:
        """Read the articles under `paths`: files and folders. With `cache`, a folder, only what is new is read.

        What cannot be read is in `problems`; it raises `StoreError` only, where the cache cannot be used.
        `progress(done, total)` counts files, and parts of a file of lines.
        """
        roots = [Path(path) for path in paths]
        with _up_to_date(roots, cache, progress) as (store, summary):
            return cls(store, summary, roots, cache)

    def refreshed(self, paths: Sequence[str | Path]) -> Self:
        """The library of these paths as their files are now; itself where nothing has changed. Raises `StoreError`."""
        roots = [Path(path) for path in paths]
        with _up_to_date(roots, self._cache) as (store, summary):
            problems = (*summary.problems, *store.problems())
            same = (*roots,) == self._roots and problems == self.problems and self._cache is not None
            if same and not (summary.new or summary.changed or summary.removed):
                return self
            return type(self)(store, summary, roots, self._cache)

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

    def read_question(self, question: str, today: datetime.date | None = None, previous: Query | None = None) -> Query:
        """The question as understood; one that goes on from the `previous` of its chat is completed from it."""
        return self._reader.read(question, today, previous)

    def search(self, question: str, limit: int = 10) -> tuple[Quote, ...]:
        """The best sentences for a question, best first; none where no word of it occurs."""
        return tuple(interleaved(self._found(self.read_question(question), limit))[:limit])

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
        found = self._found(query, _LOOKED_AT)
        return answer(query, found, self._weights.refusal.threshold, limit, self._are_copies, preferred)

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
        found = [self._as_found(r, _LOOKED_AT) for r in ranked]
        threshold = self._weights.refusal.threshold
        return Explanation(
            answer(query, found, threshold, 3, self._are_copies),
            reason_to_refuse(query, found, threshold),
            threshold,
            tuple(
                part_explained(
                    part, r, f.quotes[:limit], self._index.kinds[r.sentences[:limit]].tolist(), self._weights
                )
                for part, r, f in zip(queries, ranked, found, strict=True)
            )
            or (part_explained(query, NOTHING, (), (), self._weights),),
        )

    def timeline(
        self, topic: str, since: datetime.date | str | None = None, until: datetime.date | str | None = None
    ) -> Timeline:
        """The dated events of a topic, from the first day of `since` to the last of `until`: days, or as people write
        them ("9/2025"). Raises ValueError where such a text can't be read.
        """
        return timeline(
            self.read_question(topic),
            self.search(topic, _TIMELINE_CANDIDATES),
            lambda article: self.contents(article).sentences,
            between(since, until),
        )

    def who(self, name: str, today: datetime.date | None = None) -> Profile | None:
        """A person by name, or who held an office ("Tổng Bí thư 2023"); None where the articles show nobody of that
        name or office. The first call of a library reads all its names: about 10,000 sentences a second.
        """
        return who(self._people, name, today)

    @cached_property
    def _people(self) -> People:
        return People(Names.from_config(), self._contents.values())

    def _found(self, query: Query, limit: int) -> list[Found]:
        """What is found for the query, or for each of its parts."""
        return [self._as_found(rank(self._index, self._weights, part, limit), limit) for part in _asked(query)]

    def _as_found(self, ranked: Ranked, limit: int) -> Found:
        return Found(tuple(self._quotes(ranked, limit)), ranked.judgement.confidence, ranked.judgement.objection)

    def _quotes(self, ranked: Ranked, limit: int) -> Iterator[Quote]:
        for number, score in zip(ranked.sentences[:limit].tolist(), ranked.scores[:limit].tolist(), strict=True):
            article, sentence = self._sentences[number]
            yield quote(article, sentence, score)

    def _are_copies(self, first: str, second: str) -> bool:
        return second in self._contents[first].copies


def _asked(query: Query) -> list[Query]:
    """What is looked for: the parts of a query that compares, else the query; none without words to look for."""
    return [part for part in query.parts or (query,) if part.terms]


@contextmanager
def _up_to_date(
    roots: Sequence[Path], cache: str | Path | None, progress: Progress | None = None
) -> Iterator[tuple[Store, Summary]]:
    """The store of these roots after a refresh; without a cache, one that is gone afterwards."""
    with ExitStack() as stack:
        folder = Path(cache) if cache is not None else Path(stack.enter_context(TemporaryDirectory()))
        store = stack.enter_context(closing(Store(folder / store_name(roots))))
        yield store, refresh(store, roots, progress)


def _index(store: Store, contents: Sequence[Contents], keep: bool) -> Index:
    """The index of the store's articles: the one kept beside the store, where nothing has changed since."""
    folder = store.path.with_suffix(f".index-{INDEX_VERSION}-{store.revision()}")
    if keep and folder.is_dir():
        try:
            return Index.load(folder)
        except (OSError, ValueError, EOFError):  # damaged: it is made again
            shutil.rmtree(folder, ignore_errors=True)
    index = Index.build([(content.article, content.sentences) for content in contents])
    if keep:
        _keep(index, folder)
    return index


def _keep(index: Index, folder: Path) -> None:
    """Write an index in one step, so that a kill leaves none or a whole one; older ones of the store are removed."""
    unfinished = Path(mkdtemp(dir=folder.parent, prefix=f"{folder.stem}.index-unfinished-"))
    try:
        index.save(unfinished)
        unfinished.rename(folder)
    except OSError:  # no room, or another process was quicker: the index in memory serves
        shutil.rmtree(unfinished, ignore_errors=True)
        return
    for older in folder.parent.glob(f"{folder.stem}.index-*"):
        if older != folder:
            shutil.rmtree(older, ignore_errors=True)
