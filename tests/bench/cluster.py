"""A library of news in files beside the same one in OpenSearch: what both cost, at 100 k and 1 M sentences.

Three nodes on this machine, each shard with one copy. Each step in a process of its own, so that its memory is its own.
Without the reader, which takes as long wherever the sentences come from.
"""

import itertools
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from rich.table import Table

from retrieval import Library
from retrieval.cluster.condition import Condition
from retrieval.cluster.connection import WRITING, Address, Cluster
from retrieval.cluster.loading import Copies, load
from retrieval.cluster.opening import opened
from tests.bench.asking import peak
from tests.bench.corpora import repeated
from tests.cluster.nodes import Nodes, what_lacks
from tests.conftest import SHARED

SIZES = (100_000, 1_000_000)
_QUESTIONS = 300


def run() -> list[Table]:
    """Two tables; none without ../shared, Java and Maven."""
    if not SHARED.is_dir() or what_lacks():
        return []
    loading = Table(
        *("sentences", "load, s", "CPU here, s", "CPU of nodes, s", "peak MB here", "disk MB", "disk of copies MB"),
        title="Libraries of news, moved into three nodes",
    )
    asking = Table(
        *(
            "sentences",
            "where",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "MB opened",
            "MB asked",
            "same status",
            "same first quote",
        ),
        title=f"{_QUESTIONS} titles as questions, each asked of both in turn",
    )
    for size in SIZES:
        with TemporaryDirectory() as folder, Nodes(Path(folder, "nodes")) as nodes:
            Path(folder).chmod(0o755)
            source = Path(folder, "news.jsonl")
            with source.open("w", encoding="utf-8") as file:
                file.writelines(repeated(size))
            Library.open([source], Path(folder, "cache"))
            given = str(source), str(Path(folder, "cache")), f"opensearch://{nodes.hosts}/news"
            before = nodes.cpu()
            show_loaded(loading, _in_a_process("loaded", *given), nodes.cpu() - before)
            show_asked(asking, *(_in_a_process(step, *given) for step in ("asked", "here", "there")))
    return [loading, asking]


def show_loaded(table: Table, of: dict[str, Any], nodes: float) -> None:
    """A row."""
    numbers = of["seconds"], of["cpu"], nodes, of["peak"], of["disk"], of["copies"]
    table.add_row(f"{of['sentences']:,}", *(f"{number:,.0f}" for number in numbers))


def show_asked(table: Table, asked: dict[str, Any], *memory: dict[str, Any]) -> None:
    """A row for each library; `memory` of one process that opened and asked the one, and of one that did the other."""
    same = [f"{asked[what]} of {asked['questions']}" for what in ("status", "first")]
    for where, used in zip(("here", "there"), memory, strict=True):
        times = np.percentile(asked[where], [50, 95, 99])
        told = f"{used['opened']:,.0f}", f"{used['peak']:,.0f}"
        table.add_row(f"{asked['sentences']:,}", where, *(f"{value:.1f}" for value in times), *told, *same)


def loaded(source: str, cache: str, store: str) -> dict[str, Any]:
    """What it took to move it there, and how large it is there."""
    library = Library.kept([source], cache)
    began, used = time.perf_counter(), time.process_time()
    with_copies = Cluster(Address.of(store), WRITING)
    load(with_copies, *library.parts(), copies=Copies(3, 1))
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    while Condition.of(with_copies).missing:  # copies are made of what was there before them
        time.sleep(1)
    stats = with_copies.call("GET", f"/{with_copies.name}-*/_stats/store")["_all"]
    first, all_ = (stats[of]["store"]["size_in_bytes"] / 1e6 for of in ("primaries", "total"))
    sizes = {"sentences": len(library.sentences), "disk": first, "copies": all_ - first}
    return sizes | {"seconds": seconds, "cpu": cpu, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def asked(source: str, cache: str, store: str) -> dict[str, Any]:
    """The same questions put to both, in turn; times in ms."""
    here, there = Library.kept([source], cache), opened(store)
    questions = _titles(here)
    times: dict[str, list[float]] = {"here": [], "there": []}
    status = first = 0
    for question in questions:
        began = time.perf_counter()
        one = here.ask(question, read=False)
        between = time.perf_counter()
        other = there.ask(question, read=False)
        times["here"].append((between - began) * 1e3)
        times["there"].append((time.perf_counter() - between) * 1e3)
        status += one.status == other.status
        first += _first(one) == _first(other)
    counts = {"sentences": len(here.sentences), "questions": len(questions), "status": status, "first": first}
    return times | counts


def here(source: str, cache: str, _: str) -> dict[str, Any]:
    """The memory of who has the library in files."""
    library = Library.kept([source], cache)
    return _memory(library, _titles(library))


def there(source: str, cache: str, store: str) -> dict[str, Any]:
    """The memory of who has it in the cluster."""
    questions = _titles(Library.kept([source], cache))
    command = [sys.executable, "-m", "tests.bench.cluster", "only_there", store]
    used: dict[str, Any] = json.loads(
        subprocess.run(command, input=json.dumps(questions), capture_output=True, text=True, check=True).stdout  # noqa: S603
    )
    return used


def only_there(store: str) -> dict[str, Any]:
    """The same, of questions from standard input."""
    return _memory(opened(store), json.load(sys.stdin))


def _memory(library: Library, questions: list[str]) -> dict[str, Any]:
    before = peak()
    for question in questions:
        library.ask(question, read=False)
    return {"opened": before, "peak": peak()}


def _titles(library: Library) -> list[str]:
    every = max(1, len(library.articles) // 900)
    titles = [article.title for article in itertools.islice(library.articles, 0, None, every)]
    return [title for title in titles if title][:_QUESTIONS]


def _first(answer: Any) -> tuple[str, int] | None:
    shown = answer.quotes or answer.nearest
    return (shown[0].article.id, shown[0].start) if shown else None


def _in_a_process(*given: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.cluster", *given]
    measured: dict[str, Any] = json.loads(subprocess.check_output(command))  # noqa: S603
    return measured


def main(step: str, *given: str) -> None:
    """Do a step and tell what was measured, as JSON."""
    steps: dict[str, Any] = {"loaded": loaded, "asked": asked, "here": here, "there": there, "only_there": only_there}
    sys.stdout.write(json.dumps(steps[step](*given)))


if __name__ == "__main__":
    main(*sys.argv[1:])
