"""Where jobs are done: whatever costs time that a stranger's words decide goes through `Finder.find`."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from bot.texts.reply import Replies
from retrieval import Library
from retrieval.processes import Failure

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a job is done with; an answer has up to so many `quotes`. `hurried`: others wait, so that sentences are
    judged by overlap and evidence, without the reader.
    """

    library: Library
    replies: Replies
    quotes: int
    hurried: bool = False


# A module's function of a desk and what else it needs, all of which can be pickled, its result too.
Job = Callable[Concatenate[Desk, P], T]


class UnfinishedError(Exception):
    """A job was not done, within its time or at all; nothing was found out."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"a job was ended: {failure}")
        self.failure = failure


class Finder(Protocol):
    """Jobs are done for the library that is in use when they are asked for, each for one library from end to end."""

    async def find(self, job: Job[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The job's result; its errors are raised. Raises `UnfinishedError`. A cancelled call leaves the job behind."""

    async def open(self) -> None:
        """Get ready, while others go on."""

    async def renew(self) -> None:
        """Another library is in use."""

    async def close(self) -> None:
        """Leave what is not done."""


class Here:
    """In threads of this process: for a library that no other process can open, as it is in no file."""

    def __init__(self, library: Callable[[], Library], replies: Replies, quotes: int) -> None:
        self._library, self._replies, self._quotes = library, replies, quotes

    async def find(self, job: Job[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Done by a thread, which takes the time that it takes."""
        desk = Desk(self._library(), self._replies, self._quotes)
        return await asyncio.to_thread(job, desk, *args, **kwargs)

    async def open(self) -> None:
        """Threads are there when they are needed."""

    async def renew(self) -> None:
        """Each job looks which library is in use."""

    async def close(self) -> None:
        """Threads end with what they do."""
