"""Ranking one field: the ten best of 10 k, 100 k and 1 M sentences, beside rank_bm25, bm25s and tantivy in one run.

The sentences are made: words drawn by rank from a Zipf-Mandelbrot distribution (Mandelbrot 1953), as natural text has
it, lengths from a Poisson distribution with the mean of news sentences. Everything is seeded.
"""

import gc
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from rank_bm25 import BM25Okapi
from rich.table import Table

from retrieval.index import arrays
from retrieval.index.bm25 import Okapi
from retrieval.index.postings import Postings
from retrieval.index.statistics import Statistics
from retrieval.index.vocabulary import Vocabulary

SIZES = (10_000, 100_000, 1_000_000)
K1, B = 0.4, 0.75
_SYLLABLES = 60_000
_MEAN_LENGTH = 27
_QUERIES = 200
# rank_bm25 takes seconds a query at a million sentences: it is asked the first of them, whose median length is that of
# all.
_SLOW_QUERIES = 21

Search = Callable[[list[str]], Any]


def run() -> Iterator[Table]:
    """A table for each size."""
    for size in SIZES:
        yield _table(size)


def _table(size: int) -> Table:
    tokens, lengths = _corpus(size)
    random = np.random.default_rng(7)
    queries = [[f"s{n}" for n in _draw(random, int(random.integers(3, 12)))] for _ in range(_QUERIES)]
    title = f"Ten best of {size:,} sentences"
    table = Table("engine", "build s", "load s", "disk MB", "p50 ms", "p95 ms", "p99 ms", "× tantivy", title=title)
    peers = {"Trích": _ours, "tantivy": _tantivy, "bm25s numba": _numba, "bm25s": _bm25s, "rank_bm25": _rank_bm25}
    with TemporaryDirectory() as folder:
        built = {name: build(tokens, lengths, Path(folder, name)) for name, build in peers.items()}
        times = _interleaved({name: search for name, (search, *_) in built.items()}, queries)
        reference = float(np.percentile(times["tantivy"], 50))
        for name, (_, build_seconds, load_seconds) in built.items():
            p50, p95, p99 = np.percentile(times[name], [50, 95, 99]) * 1e3
            disk = sum(file.stat().st_size for file in Path(folder, name).rglob("*")) / 1e6
            cells = f"{build_seconds:.1f}", f"{load_seconds:.3f}", f"{disk:.0f}"
            table.add_row(name, *cells, f"{p50:.2f}", f"{p95:.2f}", f"{p99:.2f}", f"{p50 / 1e3 / reference:.2f}")
    table.caption = f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB"
    return table


def _interleaved(searches: dict[str, Search], queries: Sequence[list[str]]) -> dict[str, list[float]]:
    """The seconds of each search: every query by every engine in turn, after a round to warm up."""
    times: dict[str, list[float]] = {name: [] for name in searches}
    for number, query in enumerate([*queries[:10], *queries]):
        for name, search in searches.items():
            if name == "rank_bm25" and not 10 <= number < 10 + _SLOW_QUERIES:  # it has nothing to warm up
                continue
            began = time.perf_counter()
            search(query)
            if number >= 10:
                times[name].append(time.perf_counter() - began)
    return times


def _corpus(size: int) -> tuple[np.ndarray[Any, np.dtype[np.int64]], np.ndarray[Any, np.dtype[np.int32]]]:
    random = np.random.default_rng(size)
    lengths = (random.poisson(_MEAN_LENGTH - 3, size) + 3).astype(np.int32)
    return _draw(random, int(lengths.sum())), lengths


def _draw(random: np.random.Generator, number: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    weights = 1 / (np.arange(_SYLLABLES) + 3.7) ** 1.05
    drawn: np.ndarray[Any, np.dtype[np.int64]] = random.choice(_SYLLABLES, size=number, p=weights / weights.sum())
    return drawn


def _documents(tokens: Any, lengths: Any) -> Iterator[list[str]]:
    words = [f"s{number}" for number in range(_SYLLABLES)]
    ends = np.cumsum(lengths).tolist()
    for first, last in zip([0, *ends], ends, strict=False):
        yield [words[number] for number in tokens[first:last].tolist()]


def _ours(tokens: Any, lengths: Any, folder: Path) -> tuple[Search, float, float]:
    began = time.perf_counter()
    vocabulary = Vocabulary.of(word for words in _documents(tokens, lengths) for word in words)
    arrays.save(vocabulary, folder / "vocabulary")
    numbers = {word: number for number, word in enumerate(vocabulary.words())}
    documents = ([numbers[word] for word in words] for words in _documents(tokens, lengths))
    postings = Postings.build(documents)
    arrays.save(postings, folder / "postings")
    arrays.save(Statistics.of([postings], size=len(vocabulary)), folder / "statistics")
    built = time.perf_counter()
    okapi = Okapi(
        arrays.load(Vocabulary, folder / "vocabulary"),
        [arrays.load(Postings, folder / "postings")],
        k1=K1,
        b=B,
        statistics=Statistics.load(folder / "statistics"),
    )
    loaded = time.perf_counter()
    return lambda query: okapi.top(query, 10), built - began, loaded - built


def _tantivy(tokens: Any, lengths: Any, folder: Path) -> tuple[Search, float, float]:
    import tantivy  # noqa: PLC0415 - peers are installed for the benchmark only

    began = time.perf_counter()
    folder.mkdir()
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    index = tantivy.Index(schema.build(), path=str(folder))
    writer = index.writer(heap_size=500_000_000, num_threads=1)
    for words in _documents(tokens, lengths):
        writer.add_document(tantivy.Document(text=" ".join(words)))
    writer.commit()
    writer.wait_merging_threads()
    built = time.perf_counter()
    opened = tantivy.Index.open(str(folder))
    searcher = opened.searcher()
    loaded = time.perf_counter()
    return (
        lambda query: searcher.search(opened.parse_query(" ".join(query), ["text"]), 10),
        built - began,
        loaded - built,
    )


def _bm25s(tokens: Any, lengths: Any, folder: Path, backend: str = "numpy") -> tuple[Search, float, float]:
    import bm25s  # noqa: PLC0415

    began = time.perf_counter()
    engine = bm25s.BM25(k1=K1, b=B, backend=backend)
    engine.index(list(_documents(tokens, lengths)), show_progress=False)
    engine.save(str(folder), show_progress=False)
    built = time.perf_counter()
    loaded_engine = bm25s.BM25.load(str(folder), mmap=True)
    loaded_engine.backend = backend
    if backend == "numba":
        loaded_engine.activate_numba_scorer()
        loaded_engine.retrieve([["s1"]], k=10, show_progress=False)  # its compilation counts as loading
    loaded = time.perf_counter()
    return (
        lambda query: loaded_engine.retrieve([query], k=10, show_progress=False),
        built - began,
        loaded - built,
    )


def _numba(tokens: Any, lengths: Any, folder: Path) -> tuple[Search, float, float]:
    return _bm25s(tokens, lengths, folder, "numba")


def _rank_bm25(tokens: Any, lengths: Any, _folder: Path) -> tuple[Search, float, float]:
    began = time.perf_counter()
    gc.disable()  # a million dictionaries: the collector would take most of the time
    engine = BM25Okapi(list(_documents(tokens, lengths)), k1=K1, b=B)
    gc.enable()
    numbers = np.arange(len(lengths))
    return lambda query: engine.get_top_n(query, numbers, 10), time.perf_counter() - began, 0.0
