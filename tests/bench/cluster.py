"""A library of news in files beside the same one in OpenSearch: what both cost, at 100 k and 1 M sentences.

Three nodes on this machine, as Java runs them if it is told nothing but their heap, each shard with one copy. Each step
in a process of its own, so that its memory is its own. Without the reader, which takes as long wherever the sentences
come from. What ten million would take is computed from the last two sizes.
"""

import itertools
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
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
_LARGEST = 10_000_000
_QUESTIONS = 300

# What is measured of each size, and how many digits of it are told.
_LOADED = {
    "load, s": 0, "copies, s": 0, "CPU here, s": 0, "CPU of nodes, s": 0, "peak MB here": 0, "peak MB of nodes": 0,
    "disk MB": 0, "of copies MB": 0, "in files MB": 0,
}  # fmt: skip
_ASKED = ("p50 ms", "p95 ms", "p99 ms")
_GROWING = ("load, s", "copies, s", "CPU here, s", "CPU of nodes, s", "disk MB", "of copies MB", "in files MB")


def run(sizes: Sequence[int] = SIZES) -> Iterator[Table]:
    """Two tables of each size, as soon as they are known, then one that is computed; none without ../shared, Java and
    Maven.
    """
    if not SHARED.is_dir() or what_lacks():
        return
    measured = []
    for size in sizes:
        measured.append(_measured(size))
        yield from _tables(measured[-1])
    if len(measured) > 1:
        yield _computed(*measured[-2:])


def _measured(size: int) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # nodes run as nobody where this runs as root
        source, cache, place = Path(folder, "news.jsonl"), Path(folder, "cache"), Path(folder, "nodes")
        place.mkdir()
        with source.open("w", encoding="utf-8") as file:
            file.writelines(repeated(size))
        Library.open([source], cache)
        files = sum(file.stat().st_size for file in cache.rglob("*") if file.is_file()) / 1e6
        with Nodes(place, options=()) as nodes:
            given = str(source), str(cache), f"opensearch://{nodes.hosts}/news"
            before = nodes.cpu()
            found = _in_a_process("loaded", *given)
            found |= {"CPU of nodes, s": nodes.cpu() - before, "in files MB": files}
            found["asked"] = _in_a_process("asked", *given)
            found |= {step: _in_a_process(step, *given) for step in ("here", "there")}
            return found | {"peak MB of nodes": nodes.memory()}


def _tables(of: dict[str, Any]) -> Iterator[Table]:
    loading = Table("of a load", "", title=f"{of['sentences']:,} sentences moved into three nodes")
    for what, digits in _LOADED.items():
        loading.add_row(what, f"{of[what]:,.{digits}f}")
    yield loading
    asked = of["asked"]
    title = (
        f"{of['sentences']:,} sentences: {asked['questions']} titles, each asked of both in turn; of"
        f" {asked['status']} the same status, of {asked['first']} the same first quote"
    )
    asking = Table("where", *_ASKED, "MB opened", "MB asked", title=title)
    for where in ("here", "there"):
        memory = f"{of[where]['opened']:,.0f}", f"{of[where]['peak']:,.0f}"
        asking.add_row(where, *(f"{value:.1f}" for value in _times(of, where)), *memory)
    yield asking


def _times(of: dict[str, Any], where: str) -> Any:
    return np.percentile(of["asked"][where], [50, 95, 99])


def _computed(small: dict[str, Any], large: dict[str, Any]) -> Table:
    """What a load takes grows by as much for each sentence; what a question takes as it did from the one to the other,
    for each time as many.
    """
    counts = [float(of["sentences"]) for of in (small, large)]
    title = f"{_LARGEST:,} sentences: not tried, computed from {counts[0]:,.0f} and {counts[1]:,.0f}"
    table = Table("what", "", title=title)
    for what in _GROWING:
        each = (large[what] - small[what]) / (counts[1] - counts[0])
        table.add_row(what, f"{large[what] + each * (_LARGEST - counts[1]):,.0f}")
    power = np.log(_LARGEST / counts[1]) / np.log(counts[1] / counts[0])
    for where in ("here", "there"):
        first, second = _times(small, where), _times(large, where)
        told = " ".join(f"{t:,.0f}" for t in second * (second / first) ** power)
        table.add_row(f"p50, p95, p99 ms {where}", told)
    return table


def loaded(source: str, cache: str, store: str) -> dict[str, Any]:
    """What it took to move it there, and how large it is there."""
    library = Library.kept([source], cache)
    began, used = time.perf_counter(), time.process_time()
    cluster = Cluster(Address.of(store), WRITING)
    load(cluster, *library.parts(), copies=Copies(3, 1))
    there, cpu = time.perf_counter(), time.process_time() - used
    while Condition.of(cluster).missing:
        time.sleep(0.5)
    copied = time.perf_counter()
    stats = cluster.call("GET", f"/{cluster.name}-*/_stats/store")["_all"]
    first, all_ = (stats[of]["store"]["size_in_bytes"] / 1e6 for of in ("primaries", "total"))
    sizes = {"sentences": len(library.sentences), "disk MB": first, "of copies MB": all_ - first}
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    took = {"load, s": there - began, "copies, s": copied - there, "CPU here, s": cpu}
    return sizes | took | {"peak MB here": most}


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
    patient = os.environ | {"TRICH_OPENSEARCH_SECONDS": "60"}  # what takes long is measured, not given up
    measured: dict[str, Any] = json.loads(subprocess.check_output(command, env=patient))  # noqa: S603
    return measured


def main(step: str, *given: str) -> None:
    """Do a step and tell what was measured, as JSON."""
    steps: dict[str, Any] = {"loaded": loaded, "asked": asked, "here": here, "there": there, "only_there": only_there}
    sys.stdout.write(json.dumps(steps[step](*given)))


if __name__ == "__main__":
    main(*sys.argv[1:])
