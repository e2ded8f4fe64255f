"""Questions and what was shown for them, for a while, over restarts: the buttons under an answer belong to them."""

import json
import logging
import secrets
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Self

from bot.memory.state import State
from retrieval import Library, Quote
from retrieval.records import Span

logger = logging.getLogger(__name__)

_TOKEN_BYTES = 9  # 72 random bits, 12 characters
TOKEN = r"[A-Za-z0-9_-]{12}"  # noqa: S105 - the form of one


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a quote stands, and in the article the words of it that answer; two equal places where none are known."""

    article: str
    start: int
    end: int
    answer: tuple[int, int] = (0, 0)

    @classmethod
    def of(cls, quote: Quote) -> Self:
        """To this quote."""
        answer = (quote.answer.start, quote.answer.end) if quote.answer else (0, 0)
        return cls(quote.article.id, quote.start, quote.end, answer)

    def quote(self, library: Library) -> Quote | None:
        """What stands there; None where the library has it no more."""
        found, (start, end) = library.quote(self.article, self.start, self.end), self.answer
        return replace(found, answer=Span(start, end, found.kind)) if found and start < end else found


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question made whole (`text`), and where its quotes stand; `update` asked it, None where that has no answer yet.

    `person` and `topic` are what its buttons lead to, empty where there is none; `suggestions` other questions.
    `curated`: an operator chose it. `since` and `until` are the days that it was limited to, as ISO has them;
    `share` is how likely the first quote is right, in percent, 0 where that is not known.
    """

    text: str
    update: int | None = None
    shown: tuple[Reference, ...] = ()
    answered: bool = False
    person: str = ""
    topic: str = ""
    suggestions: tuple[str, ...] = ()
    curated: bool = False
    since: str = ""
    until: str = ""
    share: int = 0

    def quotes(self, library: Library) -> tuple[Quote, ...]:
        """What was shown, as far as the library still has it."""
        found = (each.quote(library) for each in self.shown)
        return tuple(quote for quote in found if quote is not None)

    def as_json(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `as_json` made."""
        kept = json.loads(text)
        shown = tuple(Reference(**each | {"answer": tuple(each.get("answer", (0, 0)))}) for each in kept.pop("shown"))
        return cls(**kept | {"shown": shown, "suggestions": tuple(kept["suggestions"])})


@dataclass(frozen=True, slots=True)
class Shown:
    """The token of an exchange, and the ids of the messages that show it, in order."""

    token: str
    messages: tuple[int, ...]


class Exchanges:
    """Remembered for `kept`. Reading and writing raise sqlite3.Error, but for `note`."""

    def __init__(self, state: State, kept: timedelta, now: Callable[[], float] = time.time) -> None:
        self._state = state
        self._kept = kept
        self._now = now

    async def remember(self, exchange: Exchange, asker: str | None) -> str:
        """The token of an exchange; `asker` as the query log names people. What is too old is forgotten."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        for table in ("exchanges", "replies"):
            await self._state.write(f"DELETE FROM {table} WHERE at < ?", (self._oldest(),))  # noqa: S608
        row = (token, asker, exchange.as_json(), int(self._now()))
        await self._state.write("INSERT INTO exchanges VALUES (?, ?, ?, ?)", row)
        return token

    async def get(self, token: str) -> Exchange | None:
        """The exchange; None where it is forgotten, or never was."""
        rows = await self._state.read(
            "SELECT content FROM exchanges WHERE token = ? AND at >= ?", token, self._oldest()
        )
        return next((Exchange.from_json(content) for (content,) in rows), None)

    async def note(self, token: str, chat_id: int, messages: Sequence[int], *, asks_why: bool = False) -> None:
        """These messages show it, or ask what was wrong with it. Where that can't be kept, reactions and replies to
        them count for nothing, which is reported.
        """
        rows = [(chat_id, message, token, int(self._now()), asks_why) for message in messages]
        try:
            await self._state.write("INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?, ?)", *rows)
        except sqlite3.Error as error:
            logger.warning("which messages are an answer is not remembered: %s", error)

    async def shown_in(self, chat_id: int, message_id: int) -> Exchange | None:
        """What a message of the bot's shows; None where it shows none, or none any more."""
        rows = await self._state.read(
            "SELECT content FROM replies JOIN exchanges USING (token)"
            " WHERE chat_id = ? AND message_id = ? AND exchanges.at >= ?",
            chat_id, message_id, self._oldest(),
        )  # fmt: skip
        return next((Exchange.from_json(content) for (content,) in rows), None)

    async def asked_why(self, chat_id: int, message_id: int) -> Exchange | None:
        """The exchange with which a message of the bot's asks what was wrong; None where it asks no such thing."""
        rows = await self._state.read(
            "SELECT content FROM replies JOIN exchanges USING (token)"
            " WHERE chat_id = ? AND message_id = ? AND asks_why AND exchanges.at >= ?",
            chat_id, message_id, self._oldest(),
        )  # fmt: skip
        return next((Exchange.from_json(content) for (content,) in rows), None)

    async def last_of(self, chat_id: int, asker: str | None) -> str | None:
        """The token of what was shown last in a chat to this person; None where nothing is remembered."""
        rows = await self._state.read(
            "SELECT token FROM replies JOIN exchanges USING (token)"
            " WHERE chat_id = ? AND asker = ? AND exchanges.at >= ? ORDER BY message_id DESC LIMIT 1",
            chat_id, asker, self._oldest(),
        )  # fmt: skip
        return next((token for (token,) in rows), None)

    async def showing(self, chat_id: int, message_id: int) -> Shown | None:
        """To which exchange a message belongs, with which others there; None as above."""
        rows = await self._state.read(
            "SELECT token, message_id FROM replies WHERE chat_id = ? AND token ="
            " (SELECT token FROM replies WHERE chat_id = ? AND message_id = ? AND at >= ?)"
            " AND NOT asks_why ORDER BY abs(message_id)",
            chat_id, chat_id, message_id, self._oldest(),
        )  # fmt: skip
        return Shown(rows[0][0], tuple(message for _, message in rows)) if rows else None

    async def renew(self, token: str, exchange: Exchange) -> None:
        """What was found when the question was answered anew; whose it is and how long it is kept stays."""
        await self._state.write("UPDATE exchanges SET content = ? WHERE token = ?", (exchange.as_json(), token))

    def _oldest(self) -> int:
        return int(self._now() - self._kept.total_seconds())
