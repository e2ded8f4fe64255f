"""Reading: articles and sentences a second, memory, and what it costs to add one article to a library."""

import gzip
import json
import resource
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.table import Table

from retrieval.refreshing.refresh import refresh
from retrieval.store.store import Store
from tests.conftest import SHARED

SIZES = (1_000, 10_000, 100_000)


def run() -> Iterator[Table]:
    """The corpora where they are, then a made library of growing size."""
    if SHARED.is_dir():
        yield _corpora()
    yield _additions()


def _corpora() -> Table:
    table = Table("corpus", "articles", "sentences", "s", "articles/s", "sentences/s", "peak MB", title="Reading")
    for corpus in sorted((SHARED / "corpora").glob("*.jsonl.gz")):
        with TemporaryDirectory() as folder:
            source = Path(folder, corpus.stem)
            source.write_bytes(gzip.decompress(corpus.read_bytes()))
            with closing(Store(Path(folder, "store.sqlite3"))) as store:
                seconds = _refresh(store, source)
                articles, sentences = store.size()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rates = articles / seconds, sentences / seconds
        cells = (articles, sentences, seconds, *rates, peak)
        table.add_row(corpus.name, *(f"{value:,.0f}" for value in cells))
    return table


def _additions() -> Table:
    table = Table("articles", "read, s", "one file added, s", "one line added, s", title="Adding one article")
    for size in SIZES:
        with TemporaryDirectory() as folder:
            source = Path(folder, "in", "bulk.jsonl")
            source.parent.mkdir()
            source.write_text("".join(map(_line, range(size))), encoding="utf-8")
            with closing(Store(Path(folder, "store.sqlite3"))) as store:
                whole = _refresh(store, source.parent)
                (source.parent / "more.txt").write_text("Chợ Mới mở cửa sáng 2/11/2025.\n", encoding="utf-8")
                file = _refresh(store, source.parent)
                with source.open("a", encoding="utf-8") as lines:
                    lines.write(_line(size))
                line = _refresh(store, source.parent)
        table.add_row(f"{size:,}", f"{whole:.1f}", f"{file:.3f}", f"{line:.3f}")
    return table


def _refresh(store: Store, source: Path) -> float:
    began = time.perf_counter()
    refresh(store, [source])
    return time.perf_counter() - began


def _line(number: int) -> str:
    text = f"Ngày {number % 28 + 1}/9/2025, thôn {number} có {number * 7} hộ dân và {number % 13} cây cầu."
    return json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n"
