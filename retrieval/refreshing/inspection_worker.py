"""The process that reads a file within limits, with PATH NAME MEGABYTES SECONDS as its arguments.

What it finds it writes to standard output (see `inspection`).
"""

import contextlib
import logging
import resource
import sys
from collections.abc import Sequence
from pathlib import Path

from retrieval import dates, reading
from retrieval.records import Problem, Reading, Sentence
from retrieval.refreshing.inspection import (
    INSPECTION,
    MOST_ARTICLES,
    MOST_DROPPED,
    MOST_SENTENCES,
    Inspected,
    Inspection,
)
from retrieval.refreshing.preparing import Rules, sentences_of


def main(path: str, name: str, megabytes: str, seconds: str) -> None:
    """Read, and tell."""
    logging.disable()
    rules = Rules.from_config()
    _limit(int(megabytes) * 1_000_000, int(seconds))
    try:
        found = _inspected(Path(path), name, rules)
    except MemoryError:
        found = Inspection(failure="memory")
    sys.stdout.buffer.write(INSPECTION.dump_json(found))


def _limit(memory: int, seconds: int) -> None:
    """Bound what comes from here on; the file system takes nothing from this process any more."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    with contextlib.suppress(OSError, ValueError):  # macOS has neither /proc nor this limit
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _inspected(path: Path, name: str, rules: Rules) -> Inspection:
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
            if "MemoryError" in result.message:  # the readers take anything that is raised for damage of the file
                raise MemoryError
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


if __name__ == "__main__":
    main(*sys.argv[1:])
