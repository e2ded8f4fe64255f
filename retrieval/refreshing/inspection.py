"""What would be read of a file, found out by a process of its own with limits of time and memory.

For files that somebody sends: whatever is in them, they can't take the machine, and nothing of them is kept.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from retrieval.records import Date, Dropped, Problem

# Of a file of many articles so many are told of, and of each so many sentences and dropped lines; all are counted.
MOST_ARTICLES = 5
MOST_SENTENCES = 3
MOST_DROPPED = 10

Failure = Literal["time", "memory", "crash"]


@dataclass(frozen=True, slots=True)
class Inspected:
    """An article as it would be read: how many sentences it has, the first ones to the letter, what they speak of.

    `first` and `last` are the earliest and the latest day that its `dated` sentences speak of.
    """

    title: str | None
    publisher: str | None
    url: str | None
    published: Date
    sentences: int
    beginning: tuple[str, ...]
    dated: int
    first: date | None
    last: date | None
    dropped: int
    left_out: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file holds; `failure` says by which limit the process ended, and then there is nothing else."""

    articles: tuple[Inspected, ...] = ()
    count: int = 0
    sentences: int = 0
    problems: tuple[Problem, ...] = ()
    failure: Failure | None = None


INSPECTION = TypeAdapter(Inspection)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds, of the clock and of the processor; megabytes beyond what the program itself takes."""

    seconds: float = 30
    megabytes: int = 512


def inspect(path: Path, name: str, bounds: Bounds) -> Inspection:
    """Read the file as one of this name would be read; `path` may have a sidecar. It takes `bounds.seconds` at most."""
    command = [sys.executable, "-m", f"{__package__}.inspection_worker", str(path), name, str(bounds.megabytes)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and no shell
            [*command, str(int(bounds.seconds) + 1)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=bounds.seconds,
            check=False,
            env=_harmless_environment(),
        )
    except subprocess.TimeoutExpired:
        return Inspection(failure="time")
    try:
        return INSPECTION.validate_json(done.stdout)
    except ValidationError:  # it was killed, by its limits or by what it read
        return Inspection(failure="crash")


def _harmless_environment() -> dict[str, str]:
    """No token and no key for a process that reads what strangers wrote; one thread, as each takes memory."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM_", "TRICH_"))}
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
