"""What can be asked of a library from outside: one table, for HTTP and for MCP alike."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from retrieval.commands.as_json import as_json
from retrieval.library import Library
from retrieval.records import VIETNAM

LONGEST = 4096  # characters of a question, a topic or a name: as many as a Telegram message has
MOST = 100  # quotes or articles of one result


class InputError(Exception):
    """What was asked cannot be done; the message names the parameter and says why."""


class MissingError(Exception):
    """There is no such article."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """Of an operation: a text, or a whole number from 0 on; `default` None: it must be given."""

    name: str
    description: str
    kind: Literal["string", "integer"] = "string"
    default: str | int | None = None

    @property
    def schema(self) -> dict[str, Any]:
        """As JSON Schema has it."""
        bounds = {"maxLength": LONGEST} if self.kind == "string" else {"minimum": 0}
        default = {} if self.default is None else {"default": self.default}
        return {"type": self.kind, "description": self.description, **bounds, **default}

    def value(self, given: Any) -> Any:
        """What was given, checked. Raises `InputError`."""
        if given is None:
            given = self.default
        if given is None:
            raise InputError(f"{self.name}: is missing")
        if self.kind == "string":
            if not isinstance(given, str) or len(given) > LONGEST:
                raise InputError(f"{self.name}: is to be a text of at most {LONGEST} characters")
            return given
        try:
            number = -1 if isinstance(given, bool | float) else int(str(given)[:10])
        except ValueError:
            number = -1
        if number < 0:
            raise InputError(f"{self.name}: is to be a whole number from 0 on")
        return number


@dataclass(frozen=True, slots=True)
class Operation:
    """`call` takes a library and the checked values, and gives a record, or a dictionary of what JSON can hold; beside
    it is told whether it is `partial`: whether some articles could not be looked at.
    """

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    call: Callable[..., Any]

    @property
    def schema(self) -> dict[str, Any]:
        """Of all parameters, as JSON Schema has it."""
        return {
            "type": "object",
            "properties": {parameter.name: parameter.schema for parameter in self.parameters},
            "required": [parameter.name for parameter in self.parameters if parameter.default is None],
            "additionalProperties": False,
        }

    def done(self, library: Library, given: Mapping[str, Any]) -> Any:
        """The result. Raises `InputError`, `MissingError`, `StoreError`."""
        unknown = set(given) - {parameter.name for parameter in self.parameters}
        if unknown:
            raise InputError(f"{min(unknown)}: is no parameter of {self.name}")
        values = {parameter.name: parameter.value(given.get(parameter.name)) for parameter in self.parameters}
        with library.turn:
            before = library.gaps
            found = as_json(self.call(library, **values))
            return found | {"partial": library.gaps > before}


def _ask(library: Library, question: str, limit: int, since: str, until: str) -> Any:
    today = datetime.datetime.now(VIETNAM).date()
    try:
        return library.ask(question, min(limit, MOST), today, since=since or None, until=until or None)
    except ValueError as error:
        raise InputError(f"since, until: {error}") from error


def _search(library: Library, question: str, limit: int) -> Any:
    return {"quotes": library.search(question, min(limit, MOST))}


def _timeline(library: Library, topic: str, since: str, until: str, days: int) -> Any:
    try:
        found = library.timeline(topic, since or None, until or None)
    except ValueError as error:
        raise InputError(f"since, until: {error}") from error
    return {**_fields(found), "entries": found.leading(days) if days else found.entries}


def _who(library: Library, name: str) -> Any:
    return {"profile": library.who(name, today=datetime.datetime.now(VIETNAM).date())}


def _articles(library: Library, offset: int, limit: int) -> Any:
    articles = library.articles
    return {"articles": articles[offset : offset + min(limit, MOST)], "total": len(articles)}


def _article(library: Library, article: str) -> Any:
    found = library.article(article)
    if found is None:
        raise MissingError(f"{article}: no article of this id")
    return {**as_json(found), "author": found.author, "text": found.text}


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


_QUESTION = Parameter("question", "A question in Vietnamese, with or without diacritics.")
_SINCE = Parameter("since", "The first date: 2024, 9/2025 or 15/9/2025.", default="")
_UNTIL = Parameter("until", "The last date.", default="")
OPERATIONS = (
    Operation(
        "ask",
        "Answer with verbatim quotes, each with its article, source and date; or status not_found.",
        (_QUESTION, Parameter("limit", "So many quotes at most.", "integer", 3), _SINCE, _UNTIL),
        _ask,
    ),
    Operation(
        "search",
        "The sentences that fit a question best, verbatim, whether they answer it or not.",
        (_QUESTION, Parameter("limit", "So many at most.", "integer", 10)),
        _search,
    ),
    Operation(
        "timeline",
        "What happened on a topic, date by date, in verbatim quotes.",
        (
            Parameter("topic", "A topic in Vietnamese."),
            _SINCE,
            _UNTIL,
            Parameter("days", "Only so many days, those that matter most; 0: all.", "integer", 0),
        ),
        _timeline,
    ),
    Operation(
        "who",
        "A person's offices over time, or who held an office, with the quotes that prove it.",
        (Parameter("name", "A person's name, or an office: Tổng Bí thư 2023."),),
        _who,
    ),
    Operation(
        "articles",
        "The articles, in order, without their texts.",
        (
            Parameter("offset", "So many are passed over.", "integer", 0),
            Parameter("limit", "So many at most.", "integer", 20),
        ),
        _articles,
    ),
    Operation("article", "One article with its text.", (Parameter("article", "Its id."),), _article),
)
