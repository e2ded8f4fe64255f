"""What `find` finds: a stretch of text, and the parts of a date that it gives."""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal[
    "day",
    "month",
    "quarter",  # `quarter` holds 1 to 4
    "year",
    "part",  # the beginning, middle or end of a year or month, or its first n months: kept as that year or month
    "range",  # from year, month, day to `until`
    "decade",
    "century",
    "relative",  # counted from the publication date: `shift` days, weeks, months or years (`unit`)
    "weekday",  # `weekday` 0 is Monday; `unit` is "week" where the week is named, else a `shift` that it is not today
    "lunar",  # of the lunar calendar, as its year, month and day are; `cycle` is its year's name, from 0 to 59
    "feast",  # a day of every year by its name, as its month and day are
    "same",  # "cùng ngày": the day told last before it
    "misprint",  # a month or day whose year can't be read or can't be ("12/20221", "10-11-1025")
]
Unit = Literal["", "day", "week", "weekend", "month", "year"]
Lean = Literal["", "past", "future"]


class Partial(NamedTuple):
    """The parts of a date that a text gives; None where it doesn't."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Expression:
    """A date expression: `text` is the searched text's `[start:end]`.

    `year`, `month` and `day` are None where the text doesn't give them. `lean` is the side that a word beside it
    points to ("tới", "vừa qua"). `target` marks the year of a goal, a plan or a vision: no sentence is dated by it.
    """

    start: int
    end: int
    text: str
    kind: Kind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    until: Partial | None = None
    quarter: int | None = None
    weekday: int | None = None
    shift: int = 0
    unit: Unit = ""
    lean: Lean = ""
    target: bool = False
    cycle: int | None = None


def span(text: str, found: re.Match[str]) -> tuple[int, int, str]:
    """Where an expression stands, and what: the first three fields."""
    return found.start(), found.end(), text[found.start() : found.end()]
