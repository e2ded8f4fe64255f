"""A file of questions → figures.

A question line is `{"id", "question", "answerable", "gold": [sentences], "answer"?, "articles"?}`.
"""

import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .library import Library
from .records import Quote


class QuestionFileError(Exception):
    """The file of questions cannot be used; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question with the sentences that answer it; none where `answerable` is False."""

    id: str
    question: str
    answerable: bool
    gold: tuple[str, ...]
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question got: `rank` of the first hit from 1 in `search`, 0 for none; `answered` by `ask`."""

    id: str
    question: str
    answerable: bool
    rank: int
    answered: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1. Hits are over the answerable questions, `refused` over the unanswerable ones."""

    answerable: int
    unanswerable: int
    hit_at_1: float
    hit_at_3: float
    answered: float
    refused: float
    outcomes: tuple[Outcome, ...]


def read_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a JSON Lines file, in order. Raises `QuestionFileError`."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(f"{path}: cannot be read ({error})") from error
    questions = tuple(_question(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip())
    if not questions:
        raise QuestionFileError(f"{path}: holds no question")
    return questions


def _question(line: str, where: str) -> Question:
    try:
        record: dict[str, Any] = json.loads(line)
        answerable = bool(record["answerable"])
        gold = tuple(map(str, record["gold"]))
        if answerable and not gold:
            raise QuestionFileError(f"{where}: answerable, but without a gold sentence")
        return Question(str(record["id"]), str(record["question"]), answerable, gold, record.get("answer"))
    except (ValueError, TypeError) as error:
        raise QuestionFileError(f"{where}: not a JSON object of a question ({error})") from error
    except KeyError as error:
        raise QuestionFileError(f"{where}: the key {error} is missing") from error


def evaluate(library: Library, questions: Iterable[Question]) -> Figures:
    """Search and ask every question."""
    outcomes = tuple(_outcomes(library, questions))
    answerable = [o for o in outcomes if o.answerable]
    unanswerable = [o for o in outcomes if not o.answerable]
    return Figures(
        answerable=len(answerable),
        unanswerable=len(unanswerable),
        hit_at_1=_share(o.rank == 1 for o in answerable),
        hit_at_3=_share(1 <= o.rank <= 3 for o in answerable),
        answered=_share(o.answered for o in answerable),
        refused=_share(not o.answered for o in unanswerable),
        outcomes=outcomes,
    )


def _outcomes(library: Library, questions: Iterable[Question]) -> Iterator[Outcome]:
    for question in questions:
        quotes = library.search(question.question, limit=3)
        rank = next((n for n, quote in enumerate(quotes, 1) if is_hit(quote, question)), 0)
        answered = library.ask(question.question).status == "answered"
        yield Outcome(question.id, question.question, question.answerable, rank, answered)


def is_hit(quote: Quote, question: Question) -> bool:
    """The quote holds a gold sentence, or lies inside one and holds the answer."""
    text = _plain(quote.text)
    for gold in map(_plain, question.gold):
        if gold in text or (text in gold and question.answer and _plain(question.answer) in text):
            return True
    return False


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def _share(hits: Iterable[bool]) -> float:
    counted = list(hits)
    return sum(counted) / len(counted) if counted else 0.0
