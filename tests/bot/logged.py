"""A query log with what a few days brought, made by hand."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from bot.querylog.log import QueryLog
from bot.querylog.rows import Kind, Outcome, Row, Status, Vote
from retrieval.records import VIETNAM

Written = Callable[..., Awaitable[Path]]


def row(at: str, question: str, status: Status = "answered", kind: Kind = "question", ms: float = 10) -> Row:
    """One update at a time in Vietnam, such as `2026-01-02 08:00`; its number is made from all that."""
    moment = datetime.fromisoformat(at).replace(tzinfo=VIETNAM)
    return Row(moment, abs(hash((at, question))), "private", 42, "vi", question, kind, Outcome(status), ms / 1000)


def writing(path: Path) -> Written:
    """Writes rows into that log, of which those of `disliked` get a vote against them; gives the path."""

    async def write(*rows: Row, disliked: tuple[Row, ...] = ()) -> Path:
        log = QueryLog(path, "a key for tests only")
        await log.open()
        for one in rows:
            await log.write(one)
        for one in disliked:
            assert await log.vote(Vote(one.at, one.update_id, 42, -1, "button"))
        await log.close()
        return path

    return write
