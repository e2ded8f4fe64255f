"""Who may write: one process, for so long; whoever dies is followed by another when its time is over."""

import time
from collections.abc import Callable
from secrets import token_hex
from types import TracebackType
from typing import Self

from retrieval.cluster.connection import Cluster, ClusterError, Json, RefusedError

_SECONDS = 120.0
_CONFLICT = 409


class LeasedError(ClusterError):
    """Another process writes."""


class Lease:
    """The right to write a collection, within a `with` block; raises LeasedError where another has it.

    Each change of the document names the version that it is based on, so that of two that see it free one has it.
    """

    def __init__(self, cluster: Cluster, now: Callable[[], float] = time.time) -> None:
        self._cluster, self._now, self._holder = cluster, now, token_hex(8)
        self._until = 0.0

    def __enter__(self) -> Self:
        self._take()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._write(0.0)
        except ClusterError:
            if kind is None:
                raise

    def renew(self) -> None:
        """Keep it, where half of its time is over. Raises LeasedError where another has it by now."""
        if self._now() > self._until - _SECONDS / 2:
            self._take()

    def _take(self) -> None:
        self._write(self._now() + _SECONDS)

    def _write(self, until: float) -> None:
        place = f"/{self._cluster.name}-lease/_doc/writer"
        version: Json = {"op_type": "create"}
        try:
            found = self._cluster.insist("GET", place)
            held = found["_source"]
            if held["until"] > self._now() and held["holder"] != self._holder:
                raise LeasedError("another process writes this collection")
            version = {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
        except KeyError:
            pass
        try:
            self._cluster.insist("PUT", place, {"holder": self._holder, "until": until}, **version)
        except RefusedError as error:
            if error.status == _CONFLICT:
                raise LeasedError("another process writes this collection") from error
            raise
        self._until = until
