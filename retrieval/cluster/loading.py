"""A local library → OpenSearch: what is new is sent, what is gone removed; a load that was stopped goes on.

Documents come first, then the state that makes readers see them, then what that state no longer names is removed: who
reads meanwhile sees the one or the other. Documents that cannot stand beside those that are there (another library
file, other rules) make a new generation of indices, which takes their place by one swap of aliases.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from retrieval.cluster.connection import Cluster, ClusterError, Json
from retrieval.cluster.documents import BITS, INDICES, MAPPINGS, Documents, settings_of
from retrieval.cluster.lease import Lease
from retrieval.cluster.state import State, described, generation_of, state_of
from retrieval.index.index import Index
from retrieval.store.snapshot import Snapshot

Action = tuple[Json, Json | None]
# Bytes, and documents, that are sent at once.
_BATCH, _MOST = 4_000_000, 2_000
_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Copies:
    """Into how many shards a collection is divided, and how many copies each has beside the first."""

    shards: int = 3
    copies: int = 1


def _untold(_done: int, _of: int) -> None:
    """Nobody is told of the progress."""


def load(
    cluster: Cluster,
    snapshot: Snapshot,
    index: Index,
    progress: Callable[[int, int], None] = _untold,
    copies: Copies = Copies(),
) -> int:
    """Bring the collection up to date with a local library; how many articles were sent. `progress` counts articles.

    Raises ClusterError, LeasedError where another process is at it.
    """
    with Lease(cluster) as lease:
        return _Loading(cluster, snapshot, index, lease, copies).done(progress)


class _Loading:
    def __init__(self, cluster: Cluster, snapshot: Snapshot, index: Index, lease: Lease, copies: Copies) -> None:
        self._cluster, self._snapshot, self._index = cluster, snapshot, index
        self._lease, self._copies = lease, copies
        self._documents = Documents(snapshot, index)
        self._sent = 0

    def done(self, progress: Callable[[int, int], None]) -> int:
        """Load it."""
        keys = self._documents.keys()
        current = generation_of(self._cluster)
        before = state_of(self._cluster, current) if current else None
        bare = State.of(self._snapshot, self._index, np.array(keys, dtype=np.int64), np.zeros((0, 8), dtype=np.uint8))
        if before is not None and not bare.goes_on(before):
            before = None
        generation = current if before is not None and current else self._begun(bare)
        digests = self._all_sent(generation, keys, before, progress)
        for name in INDICES:
            self._cluster.insist("POST", f"/{generation}-{name}/_refresh", request_timeout=_SECONDS)
        state = State.of(self._snapshot, self._index, bare.every, digests)
        state.write(self._cluster, generation)
        if generation != current:
            self._copy(generation)
            self._swap(generation, current)
        elif before is not None:
            self._remove(generation, before, state)
        self._note("loading", {})
        return self._sent

    def _begun(self, state: State) -> str:
        """A new generation of indices, or the one that was begun for the same documents and not finished."""
        found = self._noted("loading")
        if found.get("lineage") == state.lineage and found.get("words", 0) <= len(state.vocabulary.letters):
            generation = str(found["generation"])
            if len(self._cluster.insist("GET", f"/{generation}-*")) == len(INDICES):
                return generation
        generation = f"{self._cluster.name}-g{datetime.now(UTC):%Y%m%d%H%M%S%f}"
        for name in INDICES:
            body = {"settings": settings_of(name, self._copies.shards), "mappings": MAPPINGS[name]}
            self._cluster.insist("PUT", f"/{generation}-{name}", body, request_timeout=_SECONDS)
        words = len(state.vocabulary.letters)
        self._note("loading", {"generation": generation, "lineage": state.lineage, "words": words, "done": -1})
        return generation

    def _all_sent(
        self, generation: str, keys: Sequence[int], before: State | None, progress: Callable[[int, int], None]
    ) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
        """Send what is not there yet; the digests of all."""
        there = {} if before is None else dict(zip(before.every.tolist(), map(bytes, before.digests), strict=True))
        noted = self._noted("loading") if before is None else {}
        done = int(noted.get("done", -1))
        digests = []
        waiting = _Waiting(self._cluster, self._lease)
        for number, key in enumerate(keys, 1):
            digest, documents = self._documents.of(key)
            digests.append(np.frombuffer(digest, dtype=np.uint8))
            if key > done and there.get(key) != digest:
                self._sent += 1
                for name, identifier, document in documents:
                    waiting.add(({"index": {"_index": f"{generation}-{name}", "_id": identifier}}, document))
                if waiting.is_full:
                    waiting.send()
                    if noted:
                        self._note("loading", noted | {"done": key})
            progress(number, len(keys))
        waiting.send()
        return np.array(digests, dtype=np.uint8).reshape(-1, 8)

    def _remove(self, generation: str, before: State, after: State) -> None:
        """What the state no longer names."""
        waiting = _Waiting(self._cluster, self._lease)
        for action in _removals(generation, before, after):
            waiting.add(action)
            if waiting.is_full:
                waiting.send()
        waiting.send()

    def _copy(self, generation: str) -> None:
        """Each shard has its copies from now on: of files, which takes less than to index each document once more; so
        what was loaded is put into files first.
        """
        self._cluster.insist("POST", f"/{generation}-*/_flush", request_timeout=_SECONDS)
        copies = {"index": {"number_of_replicas": self._copies.copies}}
        self._cluster.insist("PUT", f"/{generation}-*/_settings", copies, request_timeout=_SECONDS)

    def _swap(self, generation: str, current: str | None) -> None:
        """Readers find the new indices from now on; those before the last are removed."""
        actions = []
        for name in INDICES:
            alias = f"{self._cluster.name}-{name}"
            if current:
                actions.append({"remove": {"index": f"{current}-{name}", "alias": alias}})
            actions.append({"add": {"index": f"{generation}-{name}", "alias": alias}})
        self._cluster.insist("POST", "/_aliases", {"actions": actions}, request_timeout=_SECONDS)
        known = self._cluster.insist("GET", f"/{self._cluster.name}-g*-state/_alias")
        for state in known:
            other = str(state).removesuffix("-state")
            if other not in (generation, current):
                names = ",".join(f"{other}-{name}" for name in INDICES)
                self._cluster.insist("DELETE", f"/{names}", ignore_unavailable="true", request_timeout=_SECONDS)

    def _note(self, name: str, what: Json) -> None:
        self._cluster.insist("PUT", f"/{self._cluster.name}-lease/_doc/{name}", {"said": json.dumps(what)})

    def _noted(self, name: str) -> Json:
        try:
            found = self._cluster.insist("GET", f"/{self._cluster.name}-lease/_doc/{name}")
        except KeyError:
            return {}
        noted: Json = json.loads(found["_source"]["said"])
        return noted


class _Waiting:
    """Actions that are sent together."""

    def __init__(self, cluster: Cluster, lease: Lease) -> None:
        self._cluster, self._lease = cluster, lease
        self._actions: list[Action] = []
        self._size = 0

    @property
    def is_full(self) -> bool:
        """Whether it is time to send."""
        return self._size >= _BATCH or len(self._actions) >= _MOST

    def add(self, action: Action) -> None:
        """One more."""
        self._actions.append(action)
        self._size += len(json.dumps(action[1], ensure_ascii=False)) if action[1] else 100

    def send(self) -> None:
        """Send all, as long as the right to write is held. Raises ClusterError."""
        self._lease.renew()
        for at in range(0, len(self._actions), _MOST):
            self._cluster.bulk(self._actions[at : at + _MOST])
        self._actions, self._size = [], 0


def _removals(generation: str, before: State, after: State) -> Iterator[Action]:
    """What is to be removed of articles that are gone, or found no more."""
    gone = np.setdiff1d(before.every, after.every).tolist()
    unfound = np.isin(before.keys, after.keys, invert=True)
    for key in gone:
        yield from (({"delete": {"_index": f"{generation}-{name}", "_id": str(key)}}, None) for name in INDICES[:2])
    for key, count in zip(before.keys[unfound].tolist(), before.counts[unfound].tolist(), strict=True):
        for number in range(key << BITS, (key << BITS) + count):
            for name in ("passages", "sentences"):  # a passage has the number of its first sentence
                yield {"delete": {"_index": f"{generation}-{name}", "_id": str(number)}}, None


def revision_of(cluster: Cluster) -> str:
    """The revision of the library that was loaded last. Raises ClusterError where none was."""
    generation = generation_of(cluster)
    what = described(cluster, generation) if generation else {}
    if not what:
        raise ClusterError("nothing was loaded into this collection yet")
    return str(what["revision"])
