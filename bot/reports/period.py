"""The days that a report is about, as people type them behind its command."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from retrieval.dates.ranges import read_period

BEGINNING = date(1970, 1, 1)  # before any log

_DAYS = re.compile(r"(\d{1,4})\s*(?:ngày|ngay|days?|d)?", re.IGNORECASE)
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Days:
    """From `since` (None: from the beginning) to `until`, both included."""

    since: date | None
    until: date


def read_days(text: str, today: date, usual: int) -> Days | None:
    """ "30" and "30 ngày" are the last 30 days, today included; else as in a timeline: "9/2025", "tuần trước".

    Nothing is the `usual` number of days; None where it can't be read.
    """
    text = text.strip()
    found = _DAYS.fullmatch(text)
    if not text or (found and int(found[1]) not in _YEARS):
        days = int(found[1]) if found else usual
        return Days(today - timedelta(days=days - 1), today) if 0 < days < 3660 else None
    period = read_period(text, today)
    if period is None:
        return None
    until = min(period.until or today, today)
    return Days(period.since, until) if period.since is None or period.since <= until else None
