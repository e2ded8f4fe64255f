"""What the query log is given: a row for each update, what people think of the answers, what operators do."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.querylog.pseudonyms import pseudonym
from bot.querylog.reading import instant
from retrieval import Quote

# inline: asked in the text field of any chat, letter by letter. chosen: which of its cards was sent.
Kind = Literal["command", "question", "feedback", "inline", "chosen", "other"]
# declined: asked faster than answers can be given, or too long ago. undeliverable: Telegram won't have it said there.
# gave_up: it took too long, or crashed whoever was at it. noted: kept, with nothing to be said about it.
Status = Literal["answered", "not_found", "help", "noted", "ignored", "declined", "gave_up", "undeliverable", "error"]
By = Literal["button", "reaction", "words"]
WhyBad = Literal["wrong", "unrelated", "old", "other"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an update, the quotes that were shown, and the kind of question that was asked.

    `asked` is the question where a button or a link asked it. `nameless`: of whom the update came from, and what it
    said, nothing is to be kept.
    """

    status: Status
    quotes: tuple[Quote, ...] = ()
    question_kind: str | None = None
    asked: str | None = None
    nameless: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One update. `question` is the text as received, None where the bot had no business reading it."""

    at: datetime
    update_id: int
    chat: str | None
    user_id: int | None
    language: str | None
    question: str | None
    kind: Kind
    outcome: Outcome
    seconds: float
    again: bool = False  # the program was killed while it handled the update; the row may have been written before

    def values(self, key: bytes) -> tuple[object, ...]:
        """As `statements.INSERT` takes them; the user's hash is made with the key."""
        return (
            instant(self.at),
            self.update_id,
            self.chat,
            pseudonym(key, self.user_id),
            self.language,
            self.question,
            self.kind,
            self.outcome.question_kind,
            _as_json(self.outcome.quotes),
            self.outcome.status,
            round(self.seconds * 1000, 1),
        )


@dataclass(frozen=True, slots=True)
class Vote:
    """What a person thinks of the answer to the question that the update `question` asked.

    `value`: 1 for it, -1 against it, 0 takes back what the person said before.
    """

    at: datetime
    question: int
    user_id: int
    value: Literal[1, -1, 0]
    by: By


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a person finds wrong with the answer to the question of an update, by a reason, in words, or both."""

    question: int
    user_id: int
    reason: WhyBad | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What an operator has done, and what came of it."""

    at: datetime
    operator: int
    what: str
    status: Status


def _as_json(quotes: Sequence[Quote]) -> str:
    shown = [{"article": q.article.id, "start": q.start, "end": q.end, "score": round(q.score, 4)} for q in quotes]
    return json.dumps(shown, ensure_ascii=False)
