"""Whole questions: `search` and `ask` over the given news, a part of it and all."""

import gzip
import json
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rich.table import Table

from retrieval import Library
from tests.conftest import SHARED

_PARTS = (400, 2_653)
_QUESTIONS = 200


def run() -> Iterator[Table]:
    """One table; none without ../shared."""
    if not SHARED.is_dir():
        return
    table = Table("articles", "sentences", "open s", "call", "p50 ms", "p95 ms", "p99 ms", title="Whole questions")
    corpus = SHARED / "corpora" / "dantri_2020_2021.jsonl.gz"
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        articles = list(lines)
    # Titles are what people ask about: a question in the words of the news, not of its sentences.
    titles = [json.loads(line)["title"] for line in islice(articles, _QUESTIONS)]
    for part in _PARTS:
        with TemporaryDirectory() as folder:
            source = Path(folder, "part.jsonl")
            source.write_text("".join(articles[:part]), encoding="utf-8")
            Library.open([source], Path(folder, "cache"))
            began = time.perf_counter()
            library = Library.open([source], Path(folder, "cache"))
            opened = time.perf_counter() - began
        for name, call in (("search", library.search), ("ask", library.ask)):
            times = []
            for title in titles:
                began = time.perf_counter()
                call(title)
                times.append((time.perf_counter() - began) * 1e3)
            percentiles = (f"{value:.1f}" for value in np.percentile(times, [50, 95, 99]))
            size = f"{len(library.articles):,}", f"{len(library.sentences):,}", f"{opened:.1f}"
            table.add_row(*size, name, *percentiles)
    yield table
