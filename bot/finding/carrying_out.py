"""In a worker: the library that a job is for, opened when first asked for, and the job done with it."""

import os
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from bot.finding.desk import Desk, Job, P
from bot.texts.reply import Replies
from retrieval import Library
from retrieval.cluster.opening import opened
from retrieval.known import preload
from retrieval.own_files import DamageError
from retrieval.processes import be_killed_with_program

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Edition:
    """Which library a job is for: of which paths, in which cache, or in which cluster; which of its revisions is in
    use, in which index."""

    roots: tuple[Path, ...]
    cache: Path
    revision: str
    index_made: int
    store: str = ""

    @classmethod
    def of(cls, library: Library) -> "Edition | None":
        """None where it is in no file, and in no cluster."""
        if library.store:
            return cls((), Path(), library.revision, 0, library.store)
        if library.path is None:
            return None
        return cls(library.roots, library.path.parent, library.revision, library.index_made)


def carry_out(
    edition: Edition,
    quotes: int,
    hurried: bool,
    job: Job[P, T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """The job's result. Raises DamageError where the library is damaged, and what the job raises."""
    library = _library(edition)
    library.check()
    return job(Desk(library, _replies(), quotes, hurried), *args, **kwargs)


def get_ready(edition: Edition) -> int:
    """Open the library, and read once what every question needs; the number of this process."""
    be_killed_with_program()
    preload()
    library = _library(edition)
    with suppress(DamageError):  # the next question tells of it
        library.ask(next((article.title or "" for article in library.articles[:1]), ""))
    return os.getpid()


@lru_cache(1)
def _library(edition: Edition) -> Library:
    """The revision that the file has now: the one asked for, or one that will be in use in a moment."""
    return opened(edition.store) if edition.store else Library.kept(edition.roots, edition.cache)


@lru_cache(1)
def _replies() -> Replies:
    return Replies()
