"""The query log as it is read: by a connection of its own, so that reading holds up no row that is written."""

import math
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from retrieval.records import VIETNAM

# Durations are counted in classes, each so much wider than the one before: a percentile is right to 2 %.
_STEP = math.log(1.02)

# The tally of each day, kind and outcome, of the rows as they are: those of `span`. Days that `retention` has thinned
# stand in `daily` and `daily_durations`.
TALLIES = """
    SELECT date(at, '+7 hours') AS day, kind, outcome, COUNT(*) AS count,
        SUM(EXISTS (SELECT 1 FROM feedback WHERE query = queries.id AND value > 0)) AS liked,
        SUM(EXISTS (SELECT 1 FROM feedback WHERE query = queries.id AND value < 0)) AS disliked
    FROM queries WHERE at >= :begin AND at < :end GROUP BY 1, 2, 3
"""
DURATIONS = """
    SELECT date(at, '+7 hours') AS day, duration_class(duration_ms) AS class, COUNT(*) AS count
    FROM queries WHERE at >= :begin AND at < :end AND kind = 'question' AND outcome IN ('answered', 'not_found')
    GROUP BY 1, 2
"""


def span(since: date, until: date) -> dict[str, str]:
    """Values for SQL: the days `since` to `until`, and their first instant and that after their last, as in the log."""
    return {
        "since": since.isoformat(),
        "until": until.isoformat(),
        "begin": instant(datetime.combine(since, time.min, VIETNAM)),
        "end": instant(datetime.combine(until + timedelta(days=1), time.min, VIETNAM)),
    }


def instant(at: datetime) -> str:
    """A moment as the log has it: UTC, ISO 8601, sorted as text."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The log, to be read only. Raises sqlite3.Error where there is none."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        add_duration_class(db)
        yield db


def add_duration_class(db: sqlite3.Connection) -> None:
    """The function `duration_class` for SQL: milliseconds to the number of their class."""
    db.create_function("duration_class", 1, _duration_class, deterministic=True)


def milliseconds(number: int) -> float:
    """The longest duration of a class."""
    return math.exp(number * _STEP)


def _duration_class(duration_ms: float) -> int:
    return math.ceil(math.log(max(duration_ms, 0.1)) / _STEP)
