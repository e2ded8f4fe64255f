"""A file of questions → figures.

A question line is `{"id", "question", "answerable", "gold": [sentences], "answer"?, "articles"?}`, with "kind", "style"
and "miss" where they are known.
"""

import dataclasses
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.evaluation.figures import MRR_DEPTH, Evaluation, Outcome, summarize
from retrieval.library import Library
from retrieval.records import Quote
from retrieval.tokens import fold


class QuestionFileError(Exception):
    """A file of questions, or of an earlier evaluation, cannot be used; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question with the sentences that answer it; none where `answerable` is False.

    `articles` are the ids of those that hold the gold sentences, `style` is how it is typed ("chat"), `miss` how far an
    unanswerable one is from what the articles tell ("near", "far"), `plausible` the sentence that looks like an answer.
    """

    id: str
    question: str
    answerable: bool
    gold: tuple[str, ...]
    answer: str | None = None
    articles: tuple[str, ...] = ()
    kind: str | None = None
    style: str = ""
    miss: str = ""
    plausible: str = ""


def read_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a JSON Lines file, in order. Raises `QuestionFileError`."""
    lines = _read(path).splitlines()
    questions = tuple(_question(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip())
    if not questions:
        raise QuestionFileError(f"{path}: holds no question")
    return questions


def read_outcomes(path: Path) -> tuple[Outcome, ...]:
    """The outcomes of an earlier evaluation, as `eval --json` wrote it. Raises `QuestionFileError`."""
    names = {field.name for field in dataclasses.fields(Outcome)}
    try:
        outcomes: list[dict[str, Any]] = json.loads(_read(path))["outcomes"]
        return tuple(Outcome(**{name: o[name] for name in names & set(o)}) for o in outcomes)
    except (ValueError, TypeError, KeyError) as error:
        raise QuestionFileError(f"{path}: not what eval --json writes ({error!r})") from error


def folded(questions: Iterable[Question]) -> tuple[Question, ...]:
    """The questions as typed without diacritics, and without capitals."""
    return tuple(dataclasses.replace(question, question=fold(question.question)) for question in questions)


def evaluate(library: Library, questions: Iterable[Question]) -> Evaluation:
    """Search and ask every question."""
    return summarize(_outcome(library, question) for question in questions)


def is_hit(quote: Quote, question: Question) -> bool:
    """The quote holds a gold sentence, or lies inside one and holds the answer."""
    text = plain(quote.text)
    for gold in map(plain, question.gold):
        if gold in text or (text in gold and question.answer and plain(question.answer) in text):
            return True
    return False


def _outcome(library: Library, question: Question) -> Outcome:
    asked = question.question
    quotes = library.search(asked, limit=MRR_DEPTH) if question.answerable else ()
    answer = library.ask(asked)
    return Outcome(
        id=question.id,
        question=asked,
        answerable=question.answerable,
        rank=next((n for n, quote in enumerate(quotes, 1) if is_hit(quote, question)), 0),
        answered=answer.status == "answered",
        kind=question.kind or library.read_question(asked).kind,
        confidence=answer.confidence,
        right=any(is_hit(quote, question) for quote in answer.quotes or answer.nearest),
        first_right=any(is_hit(quote, question) for quote in (answer.quotes or answer.nearest)[:1]),
        style=question.style,
        miss=question.miss,
    )


def _question(line: str, where: str) -> Question:
    try:
        record: dict[str, Any] = json.loads(line)
        answerable = bool(record["answerable"])
        gold = tuple(map(str, record["gold"]))
        if answerable and not gold:
            raise QuestionFileError(f"{where}: answerable, but without a gold sentence")
        return Question(
            id=str(record["id"]),
            question=str(record["question"]),
            answerable=answerable,
            gold=gold if answerable else (),
            answer=record.get("answer"),
            articles=tuple(map(str, record.get("articles") or ())),
            kind=str(record["kind"]) if record.get("kind") else None,
            style=str(record.get("style") or ""),
            miss=str(record.get("miss") or ""),
            plausible=str(record.get("plausible_sentence") or ""),
        )
    except (ValueError, TypeError) as error:
        raise QuestionFileError(f"{where}: not a JSON object of a question ({error})") from error
    except KeyError as error:
        raise QuestionFileError(f"{where}: the key {error} is missing") from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(f"{path}: cannot be read ({error})") from error


def plain(text: str) -> str:
    """As texts are compared: NFC, lower case, white space folded."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())
