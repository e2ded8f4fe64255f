"""How much was asked, day by day, and what became of it."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.querylog.reading import DURATIONS, TALLIES, milliseconds, span

_TALLIES = f"""
    SELECT day, kind, outcome, SUM(count) AS count, SUM(liked) AS liked, SUM(disliked) AS disliked
    FROM ({TALLIES} UNION ALL SELECT day, kind, outcome, count, liked, disliked FROM daily)
    WHERE day BETWEEN :since AND :until GROUP BY 1, 2, 3
"""  # noqa: S608 - the parts are constants
_DURATIONS = f"""
    SELECT day, class, SUM(count) AS count
    FROM ({DURATIONS} UNION ALL SELECT day, class, count FROM daily_durations)
    WHERE day BETWEEN :since AND :until GROUP BY 1, 2
"""  # noqa: S608
_FIRST_DAY = (
    "SELECT MIN(day) FROM (SELECT date(MIN(at), '+7 hours') AS day FROM queries UNION ALL SELECT MIN(day) FROM daily)"
)


@dataclass(frozen=True, slots=True)
class Day:
    """What was asked on a day in Vietnam; `asked` is the sum of the four that follow it.

    `declined`: asked faster than answers can be given, or too long ago. `failed`: by an error, or as Telegram would not
    have the answer in that chat.
    """

    day: date
    asked: int = 0
    answered: int = 0
    refused: int = 0
    declined: int = 0
    failed: int = 0
    commands: int = 0
    liked: int = 0
    disliked: int = 0
    p95_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Stats:
    """All days from `since` to `until`, both included, and their sum, whose `day` is the first."""

    since: date
    until: date
    days: tuple[Day, ...]
    total: Day


def stats(db: sqlite3.Connection, since: date | None, until: date) -> Stats:
    """The days from `since` (None: the first of the log) to `until`."""
    since = since or _first_day(db) or until
    limits = span(since, until)
    tallies: defaultdict[date, list[sqlite3.Row]] = defaultdict(list)
    for row in db.execute(_TALLIES, limits):
        tallies[date.fromisoformat(row["day"])].append(row)
    durations: defaultdict[date, Counter[int]] = defaultdict(Counter)
    for day, number, count in db.execute(_DURATIONS, limits):
        durations[date.fromisoformat(day)][number] += count
    days = [since + timedelta(days=number) for number in range((until - since).days + 1)]
    every = [row for rows in tallies.values() for row in rows]
    return Stats(
        since,
        until,
        tuple(_day(day, tallies[day], durations[day]) for day in days),
        _day(since, every, sum(durations.values(), Counter())),
    )


def _first_day(db: sqlite3.Connection) -> date | None:
    (day,) = db.execute(_FIRST_DAY).fetchone()
    return date.fromisoformat(day) if day else None


def _day(day: date, rows: Iterable[sqlite3.Row], durations: Counter[int]) -> Day:
    questions: Counter[str] = Counter()
    commands = liked = disliked = 0
    for row in rows:
        if row["kind"] == "question" or row["outcome"] == "declined":
            questions[row["outcome"]] += row["count"]
        commands += row["count"] if row["kind"] == "command" else 0
        liked += row["liked"]
        disliked += row["disliked"]
    parts = {
        "answered": questions["answered"],
        "refused": questions["not_found"],
        "declined": questions["declined"],
        "failed": questions["error"] + questions["gave_up"] + questions["undeliverable"],
    }
    p95 = percentile(durations, 0.95)
    return Day(day, sum(parts.values()), **parts, commands=commands, liked=liked, disliked=disliked, p95_ms=p95)


def percentile(durations: Counter[int], share: float) -> float | None:
    """The duration in milliseconds that this share of all does not exceed, right to 2 %; None where there is none."""
    below, wanted = 0, share * durations.total()
    for number in sorted(durations):
        below += durations[number]
        if below >= wanted:
            return round(milliseconds(number), 1)
    return None
