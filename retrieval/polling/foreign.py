"""What was fetched → articles, read by a process of its own with limits of time and memory: it is anybody's bytes."""

from dataclasses import dataclass
from typing import Self

from retrieval import reading
from retrieval.records import Problem, Reading
from retrieval.refreshing.workers import Bounds, Workers, exceeded

from .fetch import Fetcher
from .outcome import FetchError


class Reader:
    """A context manager; its process starts when there is something to read."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._workers = Workers(bounds, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._workers.__exit__()

    def read(self, name: str, body: bytes, where: str) -> tuple[Reading | Problem, ...]:
        """What bytes hold that would be a file of this name; problems say `where`.

        Raises `FetchError` where reading them took too much.
        """
        [(_, _, found)] = self._workers.each(_read, [((), (name, body, where))])
        if isinstance(found, str):
            raise FetchError("error", exceeded(found, self._bounds))
        return found or ()


@dataclass(frozen=True, slots=True)
class Means:
    """Who fetches, and who reads what was fetched."""

    fetcher: Fetcher
    reader: Reader


def _read(job: tuple[str, bytes, str]) -> tuple[Reading | Problem, ...]:
    name, body, where = job
    return tuple(reading.read(name, body, path=where))
