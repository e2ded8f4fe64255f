"""What would be read of a file, found out by a process of its own with limits of time and memory.

For files that somebody sends: whatever is in them, they can't take the machine, and nothing of them is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from retrieval import dates, reading
from retrieval.processes import Failure
from retrieval.records import Date, Dropped, Problem, Reading, Sentence
from retrieval.refreshing.preparing import Rules, sentences_of
from retrieval.refreshing.workers import Bounds, Workers

# Shown at most: articles of a file, sentences of an article, dropped lines of an article. All of them are counted.
MOST_ARTICLES = 5
MOST_SENTENCES = 3
MOST_DROPPED = 10


@dataclass(frozen=True, slots=True)
class Inspected:
    """An article as it would be read: how many sentences it has, the first ones to the letter, what they speak of.

    `first` and `last` are the earliest and the latest day that its `dated` sentences speak of.
    """

    title: str | None
    publisher: str | None
    url: str | None
    published: Date
    sentences: int
    beginning: tuple[str, ...]
    dated: int
    first: date | None
    last: date | None
    dropped: int
    left_out: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file holds; `failure` says by which limit the process ended, and then there is nothing else."""

    articles: tuple[Inspected, ...] = ()
    count: int = 0
    sentences: int = 0
    problems: tuple[Problem, ...] = ()
    failure: Failure | None = None


def inspect(path: Path, name: str, bounds: Bounds) -> Inspection:
    """Read the file as one of this name would be read; `path` may have a sidecar."""
    with Workers(bounds, 1) as workers:
        [(_, _, found)] = workers.each(_inspected, [((), (path, name))])
    return found if isinstance(found, Inspection) else Inspection(failure=found)


def _inspected(job: tuple[Path, str]) -> Inspection:
    """Raises MemoryError."""
    path, name = job
    rules = Rules.from_config()
    results = reading.read(
        name,
        path.read_bytes(),
        path=name,
        overrides=reading.sidecar(path),
        references=rules.references,
        publishers=rules.publishers,
    )
    articles: list[Inspected] = []
    problems: list[Problem] = []
    count = total = 0
    for result in results:
        if isinstance(result, Problem):
            problems.append(result)
            continue
        sentences = tuple(sentences_of(result, rules))
        count, total = count + 1, total + len(sentences)
        if len(articles) < MOST_ARTICLES:
            articles.append(_told(result, sentences))
    return Inspection(tuple(articles), count, total, tuple(problems))


def _told(read: Reading, sentences: Sequence[Sentence]) -> Inspected:
    article = read.article
    spoken_of = [limits for s in sentences if s.date.edtf and (limits := dates.bounds(s.date.edtf))]
    return Inspected(
        title=article.title,
        publisher=article.publisher,
        url=article.url,
        published=article.published,
        sentences=len(sentences),
        beginning=tuple(article.text[s.start : s.end] for s in sentences if s.kind != "headline")[:MOST_SENTENCES],
        dated=len(spoken_of),
        first=min((limits[0] for limits in spoken_of), default=None),
        last=max((limits[1] for limits in spoken_of), default=None),
        dropped=len(read.dropped),
        left_out=tuple(read.dropped[:MOST_DROPPED]),
    )
