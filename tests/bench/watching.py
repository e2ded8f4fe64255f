"""New articles against watched topics: many topics, few articles, over the given news."""

import gzip
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.table import Table

from retrieval import Library
from retrieval.news import News
from tests.conftest import SHARED

_TOPICS, _WORDS = 1_000, 4
_ARTICLES = (10, 100)


def run() -> Iterator[Table]:
    """Over the corpus, where it is."""
    corpus = SHARED / "corpora" / "dantri_2020_2021.jsonl.gz"
    if not corpus.is_file():
        return
    with TemporaryDirectory() as folder:
        source = Path(folder, corpus.stem)
        source.write_bytes(gzip.decompress(corpus.read_bytes()))
        yield measured(Library.open([source]))


def measured(library: Library) -> Table:
    """Milliseconds; the topics are the beginnings of titles."""
    titles = (article.title for article in library.articles[:_TOPICS] if article.title)
    topics = [" ".join(title.split()[:_WORDS]) for title in titles]
    table = Table("new articles", "prepared, ms", f"{len(topics):,} topics, ms", "found", title="New articles, watched")
    for count in _ARTICLES:
        began = time.perf_counter()
        news = News(library.contents(article) for article in library.articles[:count])
        prepared = time.perf_counter()
        found = sum(len(library.on_topic(topic, news)) for topic in topics)
        ended = time.perf_counter()
        row = (count, 1000 * (prepared - began), 1000 * (ended - prepared), found)
        table.add_row(*(f"{value:,.0f}" for value in row))
    return table
