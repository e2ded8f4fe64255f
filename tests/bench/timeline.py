"""Timelines: from ranked sentences to entries, and the picture, over the corpus of 2025."""

import gc
import gzip
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.table import Table

from retrieval import Library
from retrieval.records import Timeline
from retrieval.timeline import ALWAYS, timeline
from retrieval.timeline.picture import draw
from retrieval.timeline.popular import popular
from tests.conftest import SHARED

TOPICS = 40
HITS = 5000


def run() -> Iterator[Table]:
    """Over the corpus, where it is."""
    corpus = SHARED / "corpora" / "rss_2025.jsonl.gz"
    if corpus.is_file():
        with TemporaryDirectory() as folder:
            source = Path(folder, corpus.stem)
            source.write_bytes(gzip.decompress(corpus.read_bytes()))
            yield measured(Library.open([source]))


def measured(library: Library) -> Table:
    """Milliseconds for the topics that the collection tells most of, typed with diacritics."""
    table = Table("step", "p50, ms", "p95, ms", "most, ms", title=f"Timelines of the {TOPICS} most-covered topics")
    topics = popular(library._snapshot, TOPICS)
    library.timeline("nhật thực")  # rules are compiled once
    gc.collect()
    gc.freeze()  # as the bot does
    drawn: list[Timeline] = []

    def asked(number: int) -> None:
        drawn.append(library.timeline(topics[number]))

    first = _figures(asked, range(len(topics)))
    drawn = [entry for entry in drawn if entry.entries]
    queries = [library.read_question(topic) for topic in topics]
    found = [library.search(topic, HITS) for topic in topics]

    def pure(number: int) -> object:
        return timeline(queries[number], found[number], lambda article: library.contents(article).sentences)

    table.add_row("topic → timeline, the first time", *first)
    for name, step, count in (
        ("topic → timeline, again", lambda number: library.timeline(topics[number]), len(topics)),
        (f"{HITS:,} ranked sentences → timeline", pure, len(topics)),
        ("timeline → picture", lambda number: draw(drawn[number]), len(drawn)),
        ("most-covered topics", lambda _: library.topics_in(ALWAYS), 10),
    ):
        table.add_row(name, *_figures(step, range(count)))
    most = max(len(quotes) for quotes in found)
    table.caption = (
        f"{len(library.articles):,} articles; {statistics.median(map(len, found)):,.0f} hits, at most {most:,}"
    )
    return table


def _figures(step: Callable[[int], object], numbers: Sequence[int]) -> list[str]:
    times = []
    for number in numbers:
        began = time.perf_counter()
        step(number)
        times.append(1000 * (time.perf_counter() - began))
    times.sort()
    return [f"{times[min(len(times) - 1, int(share * len(times)))]:.1f}" for share in (0.5, 0.95, 1)]
