"""Extended Date/Time Format (ISO 8601-2) values: made only where they are real days, and opened up again."""

import re
from calendar import monthrange
from datetime import date, datetime
from functools import lru_cache

from retrieval.records import VIETNAM

# Sub-year groupings of ISO 8601-2: 33 to 36 are the quarters of a year.
QUARTER_CODE = 32
# How a stamp of Vietnam's time ends.
_HERE = "+07:00"

_POINT = (
    r"(?:[12]\d{3}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?|(?:[12]\d{3}|XXXX)-\d\d(?:-\d\d)?"
    r"|[12]\d{3}|[12]\d\dX|[12]\dXX)"
)
# All that this package ever writes.
PATTERN = re.compile(rf"(?:{_POINT}(?:/(?:{_POINT}|\.\.))?)?")


def value(year: int | None, month: int | None, day: int | None) -> str:
    """The value at the granularity given; `XXXX` where the year is not known; empty for nothing or no real day."""
    if month is None:
        return f"{year:04d}" if year is not None and day is None else ""
    # Without a year, 29 February may be a day.
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= monthrange(year or 2000, month)[1]):
        return ""
    head = f"{year:04d}-{month:02d}" if year is not None else f"XXXX-{month:02d}"
    return head if day is None else f"{head}-{day:02d}"


def quarter(year: int | None, number: int) -> str:
    """`2025-35` is the third quarter of 2025."""
    return f"{year:04d}-{QUARTER_CODE + number}" if year is not None else f"XXXX-{QUARTER_CODE + number}"


def interval(first: str, last: str) -> str:
    """`first/last`, or the one value where both are the same; empty where either is missing or they are reversed."""
    if first == last:
        return first
    start, end = bounds(first), bounds(last)
    if start and end and start[0] > end[1]:
        return ""
    return f"{first}/{last}" if first and last else ""


def bounds(edtf: str) -> tuple[date, date] | None:
    """The first and the last day of a value; None where its year is not known, it has no end, or it is empty."""
    first, _, last = edtf.partition("/")
    start = _point_bounds(first)
    end = _point_bounds(last) if last else start
    return (start[0], end[1]) if start and end else None


def limits_of(edtf: str) -> tuple[date, date] | None:
    """The first and the last day of a value, one without an end lasting for ever; None where its year is not known."""
    if edtf.endswith("/.."):
        start = bounds(edtf.removesuffix("/.."))
        return (start[0], date.max) if start else None
    return bounds(edtf)


@lru_cache(4096)
def _point_bounds(point: str) -> tuple[date, date] | None:
    if "XXXX" in point or not re.match(r"\d\d", point):
        return None
    if "X" in point:
        return date(int(point.replace("X", "0")), 1, 1), date(int(point.replace("X", "9")), 12, 31)
    year, month, day = (int(part) for part in [*day_part(point).split("-"), "0", "0"][:3])
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if month > QUARTER_CODE:
        last_month = 3 * (month - QUARTER_CODE)
        return date(year, last_month - 2, 1), date(year, last_month, monthrange(year, last_month)[1])
    return date(year, month, day or 1), date(year, month, day or monthrange(year, month)[1])


def is_day(edtf: str) -> bool:
    """Whether it names one day (or a run of days), with or without the year."""
    return re.match(r"(?:\d{4}|XXXX)-\d\d-\d\d", edtf) is not None


def vietnamese_day(edtf: str) -> date | None:
    """The day of a value in Vietnam: 20:00 in Greenwich is the next day there."""
    try:
        moment = datetime.fromisoformat(edtf)
    except ValueError:
        return None
    return (moment.astimezone(VIETNAM) if moment.tzinfo else moment).date()


def day_part(point: str) -> str:
    """A single value without its time of day: a stamp's day in Vietnam, else the value itself."""
    stamped = vietnamese_day(point) if "T" in point and not point.endswith(_HERE) else None
    return stamped.isoformat() if stamped else point[:10]


def is_known(edtf: str) -> bool:
    """Whether it is a value of ours whose first and last day are known."""
    return bool(edtf) and PATTERN.fullmatch(edtf) is not None and bounds(edtf) is not None
