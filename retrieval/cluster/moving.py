"""A library, from a cluster into a file again; and whether two libraries answer the same."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from retrieval.cluster.connection import Cluster, ClusterError, Json
from retrieval.cluster.documents import WHOLE, valued
from retrieval.cluster.state import State, generation_of, state_of
from retrieval.library import Library
from retrieval.records import Answer
from retrieval.store import copies
from retrieval.store.store import Store

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that two libraries answer otherwise: the status of each, and the first quote that it shows, in a
    refusal the nearest; "" where there is none.
    """

    question: str
    first: tuple[str, str]
    second: tuple[str, str]


def compare(first: Library, second: Library, questions: Iterable[str]) -> Iterator[Difference | None]:
    """Of each question how the answers differ; None where status and first quote are the same."""
    for question in questions:
        both = [(found.status, _first(found)) for found in (one.ask(question) for one in (first, second))]
        yield None if both[0] == both[1] else Difference(question, both[0], both[1])


def _first(found: Answer) -> str:
    quotes = found.quotes or found.nearest
    return f"{quotes[0].article.id}: {quotes[0].text}" if quotes else ""


def fetch(cluster: Cluster, path: Path, progress: Callable[[int, int], None]) -> int:
    """Write a library file with what a collection holds; how many articles it has. One that was stopped goes on.

    Raises ClusterError, StoreError; FileExistsError where the file is there.
    """
    if path.exists():
        raise FileExistsError(path)
    generation = generation_of(cluster)
    state = state_of(cluster, generation) if generation else None
    if generation is None or state is None:
        raise ClusterError("nothing was loaded into this collection yet")
    unfinished = path.with_name(f"{path.name}.moving")
    Store(unfinished).close()
    with closing(sqlite3.connect(unfinished, isolation_level=None)) as db:
        _fill(db, cluster, generation, state, progress)
    if cluster.gaps:
        raise ClusterError("a part of the cluster did not answer: try again, it goes on")
    for beside in ("-wal", "-shm"):
        unfinished.with_name(unfinished.name + beside).unlink(missing_ok=True)
    unfinished.rename(path)
    return len(state.every)


def _fill(
    db: sqlite3.Connection, cluster: Cluster, generation: str, state: State, progress: Callable[[int, int], None]
) -> None:
    db.execute("PRAGMA foreign_keys = OFF")
    [(there,)] = db.execute("SELECT count(*) FROM files").fetchall()
    if not there:
        db.execute("BEGIN")
        for table in WHOLE:
            _insert(db, table, state.tables[table])
        db.execute(f"PRAGMA application_id = {int(state.revision.split('-')[0])}")
        db.execute("COMMIT")
    [(done,)] = db.execute("SELECT coalesce(max(key), -1) FROM articles").fetchall()
    for page in _pages(cluster, generation, int(done)):
        persons = cluster.documents(f"{generation}-persons", [str(source["key"]) for source in page])
        db.execute("BEGIN")
        for source in page:
            rows = {**source["rows"], **persons.get(str(source["key"]), {}).get("rows", {})}
            rows.pop("more")
            for table, some in rows.items():
                _insert(db, table, some)
            for _, least in rows["sketches"]:
                bands = copies.bands(valued(least))
                _insert(db, "bands", [[band, source["key"]] for band in bands])
        for table in ("touched", "stale"):  # what counts is counted already
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
        db.execute("COMMIT")
        progress(int(state.every.searchsorted(page[-1]["key"])) + 1, len(state.every))


def _pages(cluster: Cluster, generation: str, after: int) -> Iterator[list[Json]]:
    while True:
        body: Json = {"query": {"match_all": {}}, "size": _PAGE, "sort": [{"key": "asc"}], "search_after": [after]}
        page = [hit["_source"] for hit in cluster.search(f"{generation}-articles", body)["hits"]["hits"]]
        if cluster.gaps:
            raise ClusterError("a part of the cluster did not answer: try again, it goes on")
        if not page:
            return
        yield page
        after = page[-1]["key"]


def _insert(db: sqlite3.Connection, table: str, rows: Iterable[Iterable[object]]) -> None:
    given = [[valued(value) for value in row] for row in rows]
    if given:
        marks = ",".join("?" * len(given[0]))
        db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", given)  # noqa: S608 - names of ours
