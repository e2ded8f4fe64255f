"""Whole libraries: read, opened, asked and added to, at 10 k, 100 k and 1 M sentences of news.

Each step in a process of its own, as a user has it, so that its memory is its own.
"""

import itertools
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from rich.table import Table

from retrieval import Library
from retrieval.tokens import fold
from tests.bench.corpora import repeated
from tests.conftest import SHARED

SIZES = (10_000, 100_000, 1_000_000)
_QUESTIONS = 300
_ADDED = {"id": "added", "title": "Cầu Hương An thông xe", "text": "Cầu Hương An dài 1.200 m thông xe sáng 2/11/2025."}


def run() -> Iterator[Table]:
    """Two tables; none without ../shared."""
    if not SHARED.is_dir():
        return
    building = Table(
        *("sentences", "articles", "read, min", "sentences/s", "peak MB", "store MB", "index MB"),
        *("open, s", "one added, s", "one removed, s"),
        title="Libraries of news, repeated with other names",
    )
    asking = Table(
        *("sentences", "call", "p50 ms", "p95 ms", "p99 ms", "MB opened", "MB asked"),
        title=f"{_QUESTIONS} titles as questions",
    )
    for size in SIZES:
        with TemporaryDirectory() as folder:
            source, cache = Path(folder, "in"), Path(folder, "cache")
            source.mkdir()
            with (source / "news.jsonl").open("w", encoding="utf-8") as file:
                file.writelines(repeated(size))
            _measure(source, cache, building, asking)
    yield building
    yield asking


def _measure(source: Path, cache: Path, building: Table, asking: Table) -> None:
    first = _in_a_process("opened", source, cache)
    asked = _in_a_process("asked", source, cache)
    disk = [_megabytes(cache, pattern) for pattern in ("*.sqlite3*", "*.index-*/**/*")]
    (source / "more.jsonl").write_text(json.dumps(_ADDED, ensure_ascii=False), encoding="utf-8")
    added = _in_a_process("opened", source, cache)
    (source / "more.jsonl").unlink()
    removed = _in_a_process("opened", source, cache)
    size = f"{first['sentences']:,}"
    building.add_row(
        *(size, f"{first['articles']:,}", f"{first['seconds'] / 60:.1f}"),
        *(f"{first['sentences'] / first['seconds']:,.0f}", f"{first['peak']:,.0f}", *(f"{mb:,.0f}" for mb in disk)),
        *(f"{asked['seconds']:.3f}", f"{added['seconds']:.2f}", f"{removed['seconds']:.2f}"),
    )
    for call, times in asked["times"].items():
        memory = f"{asked['opened']:,.0f}", f"{asked['peak']:,.0f}"
        asking.add_row(size, call, *(f"{value:.1f}" for value in np.percentile(times, [50, 95, 99])), *memory)


def _megabytes(folder: Path, pattern: str) -> float:
    return sum(file.stat().st_size for file in folder.glob(pattern) if file.is_file()) / 1e6


def _in_a_process(name: str, source: Path, cache: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.asking", name, str(source), str(cache)]
    measured: dict[str, Any] = json.loads(subprocess.check_output(command))  # noqa: S603
    return measured


def opened(library: Library, seconds: float) -> dict[str, Any]:
    """How long it took, how large it is."""
    sizes = {"articles": len(library.articles), "sentences": len(library.sentences)}
    return sizes | {"seconds": seconds, "peak": peak()}


def asked(library: Library, seconds: float) -> dict[str, Any]:
    """The times of questions: titles, which are what people ask about, in the words of the news, not of a sentence."""
    memory = peak()
    titles = [
        a.title for a in itertools.islice(library.articles, 0, len(library.articles), len(library.articles) // 900)
    ]
    questions = [title for title in titles if title][:_QUESTIONS]
    bare = list(map(fold, questions))
    calls: tuple[tuple[str, Callable[[str], object], list[str]], ...] = (
        ("search", library.search, questions),
        ("ask", library.ask, questions),
        ("ask, no diacritics", library.ask, bare),
    )
    times = {name: list(map(_timed(call), asked_with)) for name, call, asked_with in calls}
    return opened(library, seconds) | {"opened": memory, "times": times}


def _timed(call: Callable[[str], object]) -> Callable[[str], float]:
    def timed(question: str) -> float:
        began = time.perf_counter()
        call(question)
        return (time.perf_counter() - began) * 1e3

    return timed


def peak() -> float:
    """Megabytes that this process had at most; the pages of mapped files that it has looked at are among them.

    As Linux tells it: what `resource` tells begins with what the process had that started this one.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    [kilobytes] = re.findall(r"^VmHWM:\s+(\d+)", status, re.MULTILINE)
    return int(kilobytes) / 1024


def main(name: str, source: str, cache: str) -> None:
    """Open the library and tell what was measured, as JSON."""
    began = time.perf_counter()
    library = Library.open([source], cache)
    seconds = time.perf_counter() - began
    sys.stdout.write(json.dumps({"opened": opened, "asked": asked}[name](library, seconds)))


if __name__ == "__main__":
    main(*sys.argv[1:])
