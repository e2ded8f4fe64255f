"""What every reader of a collection holds itself: its words, how often each occurs, which articles there are, and the
small tables of persons and offices. Written by the one writer, whole, and read whole.
"""

import gzip
import hashlib
import io
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from retrieval.cluster.connection import Cluster, ClusterError
from retrieval.cluster.documents import WHOLE, plain, valued
from retrieval.index.forward import Ints, Longs
from retrieval.index.index import INDEX_VERSION, Index
from retrieval.index.statistics import Statistics
from retrieval.index.vocabulary import Vocabulary
from retrieval.records import Source
from retrieval.store.snapshot import Snapshot, date_of

# Raised when documents made before would be read otherwise.
VERSION = 1
_CHUNK = 3_000_000  # bytes of one document
_OF = ("sentences", "passages", "folded_sentences", "folded_passages")


@dataclass(frozen=True)
class State:
    """A articles that are found, of B in all. `keys` (A,) in their order, `counts` (A,) their sentences; `every` (B,)
    all keys, ascending, `digests` (B, 8) of what is stored of each; `tables` as of `WHOLE`; `revision` of the library.
    """

    revision: str
    vocabulary: Vocabulary
    folded: Ints
    keys: Longs
    counts: Longs
    every: Longs
    digests: npt.NDArray[np.uint8]
    statistics: Mapping[str, Statistics]
    tables: Mapping[str, list[list[Any]]]
    sources: tuple[Source, ...]

    @classmethod
    def of(cls, snapshot: Snapshot, index: Index, every: Longs, digests: npt.NDArray[np.uint8]) -> Self:
        """Of a local library, all of whose documents are `every`."""
        tables = {
            table: [list(row) for row in snapshot.rows(f"SELECT * FROM {table}")]  # noqa: S608 - names of ours
            for table in WHOLE
        }
        counts = np.diff(index.starts)
        words, statistics = (index.vocabulary, index.folded), index.statistics
        return cls(
            snapshot.revision(), *words, index.keys, counts, every, digests, statistics, tables, snapshot.sources()
        )

    @property
    def lineage(self) -> str:
        """What is another for documents that cannot stand beside these: another library file, or other rules."""
        return f"{VERSION}-{INDEX_VERSION}-{self.revision.split('-')[0]}"

    def goes_on(self, before: "State") -> bool:
        """Whether the documents made before are still to be read with these words: the same, with further ones, or, as
        an index of before came back, without the last.
        """
        known, now = before.vocabulary.letters, self.vocabulary.letters
        both = min(len(known), len(now))
        return self.lineage == before.lineage and np.array_equal(now[:both], known[:both])

    @cached_property
    def starts(self) -> Longs:
        """(A + 1,) as of `Index`."""
        return np.concatenate([[0], np.cumsum(self.counts)]).astype(np.int64)

    def packed(self) -> bytes:
        """What `read` reads."""
        arrays: dict[str, Any] = {f"vocabulary_{f.name}": getattr(self.vocabulary, f.name) for f in fields(Vocabulary)}
        arrays |= {name: getattr(self, name) for name in ("folded", "keys", "counts", "every", "digests")}
        numbers = {}
        for name in _OF:
            of = self.statistics[name]
            arrays[f"{name}_counts"] = of.counts
            numbers[name] = (of.documents, of.tokens, of.average_log_odds)
        sources = [(s.publisher, s.articles, s.first.edtf, s.last.edtf) for s in self.sources]
        tables = {name: [[plain(value) for value in row] for row in rows] for name, rows in self.tables.items()}
        said = json.dumps({"revision": self.revision, "numbers": numbers, "tables": tables, "sources": sources})
        arrays["said"] = np.frombuffer(said.encode("utf-8", "surrogatepass"), dtype=np.uint8)
        buffer = io.BytesIO()
        np.savez(buffer, **arrays)
        return gzip.compress(buffer.getvalue(), 4)

    @classmethod
    def read(cls, data: bytes) -> Self:
        """From what `packed` gave."""
        arrays = np.load(io.BytesIO(gzip.decompress(data)))
        said = json.loads(arrays["said"].tobytes().decode("utf-8", "surrogatepass"))
        statistics = {
            name: Statistics(documents, tokens, arrays[f"{name}_counts"], average)
            for name, (documents, tokens, average) in said["numbers"].items()
        }
        tables = {name: [[valued(value) for value in row] for row in rows] for name, rows in said["tables"].items()}
        return cls(
            said["revision"],
            Vocabulary(*(arrays[f"vocabulary_{field.name}"] for field in fields(Vocabulary))),
arrays["folded"],
            arrays["keys"],
            arrays["counts"],
            arrays["every"],
            arrays["digests"],
            statistics,
            tables,
            tuple(
                Source(name, count, _day(first), _day(last)) for name, count, first, last in said["sources"]
            ),
        )  # fmt: skip

    def write(self, cluster: Cluster, generation: str) -> None:
        """Put it in the place of the one before, in one step; that one's parts stay until the next."""
        data, index = self.packed(), f"{generation}-state"
        before = described(cluster, generation)
        digest = hashlib.sha256(data).hexdigest()
        chunks = range(0, len(data), _CHUNK)
        for number, at in enumerate(chunks):
            chunk = b64encode(data[at : at + _CHUNK]).decode("ascii")
            cluster.bulk([({"index": {"_index": index, "_id": f"{digest}-{number}"}}, {"data": chunk})])
        now = {"revision": self.revision, "digest": digest, "chunks": len(chunks), "before": before}
        if before:
            now["before"] = {key: before[key] for key in ("digest", "chunks")}
        cluster.bulk([({"index": {"_index": index, "_id": "current"}}, {"what": now})])
        oldest = (before or {}).get("before") or {}
        if oldest and oldest["digest"] not in (digest, before["digest"] if before else ""):
            gone = [f"{oldest['digest']}-{number}" for number in range(oldest["chunks"])]
            cluster.bulk([({"delete": {"_index": index, "_id": name}}, None) for name in gone])


def _day(edtf: str) -> Any:
    return date_of(json.dumps([edtf, "published", edtf]) if edtf else None)


def described(cluster: Cluster, generation: str) -> dict[str, Any]:
    """Which state a generation has; empty where it has none yet."""
    try:
        what: dict[str, Any] = cluster.insist("GET", f"/{generation}-state/_doc/current")["_source"]["what"]
    except KeyError:
        return {}
    return what


def state_of(cluster: Cluster, generation: str) -> State | None:
    """The state of a generation; None where it has none. Raises ClusterError where it is not whole."""
    what = described(cluster, generation)
    if not what:
        return None
    names = [f"{what['digest']}-{number}" for number in range(what["chunks"])]
    found: dict[str, Any] = {}
    for name in names:
        found |= cluster.documents(f"{generation}-state", [name])
    data = b"".join(b64decode(found[name]["data"]) for name in names if name in found)
    if hashlib.sha256(data).hexdigest() != what["digest"]:
        raise ClusterError("the state of the collection is not whole")
    return State.read(data)


def generation_of(cluster: Cluster) -> str | None:
    """The indices that are read now; None where nothing was loaded yet."""
    try:
        [name] = cluster.insist("GET", f"/_alias/{cluster.name}-state")
    except KeyError:
        return None
    return str(name).removesuffix("-state")
