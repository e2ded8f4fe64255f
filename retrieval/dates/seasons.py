"""What comes every year and parts it, as people count by it: "trước Tết", "sau Trung thu", "dịp Quốc khánh 2025"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from retrieval.dates.lunar_calendar import LAST, day_of

# Who speaks of one that begins within so many days means that one, else the last: in January Tết is the one to come.
_AHEAD = timedelta(days=45)
_DAY = timedelta(days=1)
# First and last day, as (month, day), of the lunar year or not; of Tết the first is of the year before.
_SEASONS: Mapping[str, tuple[tuple[int, int], tuple[int, int], bool]] = {
    "tet duong lich": ((1, 1), (1, 1), False),
    "tet tay": ((1, 1), (1, 1), False),
    "tet trung thu": ((8, 15), (8, 15), True),
    "trung thu": ((8, 15), (8, 15), True),
    "tet nguyen dan": ((12, LAST), (1, 3), True),
    "tet am lich": ((12, LAST), (1, 3), True),
    "tet": ((12, LAST), (1, 3), True),
    "gio to hung vuong": ((3, 10), (3, 10), True),
    "gio to": ((3, 10), (3, 10), True),
    "quoc khanh": ((9, 2), (9, 2), False),
    "giang sinh": ((12, 25), (12, 25), False),
    "noel": ((12, 25), (12, 25), False),
}
NAMES = "|".join(name.replace(" ", r"\s") for name in _SEASONS)
_NAMED = re.compile(rf"(?P<name>{NAMES})(?:\snam)?(?:\s(?P<year>(?:19|20)\d\d))?$")


@dataclass(frozen=True, slots=True)
class Season:
    """From the `first` to the `last` day; `previous`: the day after it a year earlier, `next`: the day before it a year
    later.
    """

    first: date
    last: date
    previous: date
    next: date


def read(text: str, today: date | None) -> Season | None:
    """The season that folded words name, of the year they name or else of the one meant on the day `today`; None where
    they name none.
    """
    found = _NAMED.search(text)
    if found is None or (found["year"] is None and today is None):
        return None
    name, year = found["name"], int(found["year"]) if found["year"] else None
    if year is None and today is not None:
        days = ((y, _days(name, y)) for y in (today.year + 1, today.year, today.year - 1))
        year = next((y for y, of_year in days if of_year and of_year[0] <= today + _AHEAD), None)
    before, of_year, after = (_days(name, y) if year else None for y in _around(year or 0))
    if before is None or of_year is None or after is None:
        return None
    return Season(*of_year, before[1] + _DAY, after[0] - _DAY)


def _around(year: int) -> tuple[int, int, int]:
    return year - 1, year, year + 1


def _days(name: str, year: int) -> tuple[date, date] | None:
    (month, day), (last_month, last_day), lunar = _SEASONS[name]
    if not lunar:
        return date(year, month, day), date(year, last_month, last_day)
    first, last = day_of(year - (month > last_month), month, day), day_of(year, last_month, last_day)
    return (first, last) if first and last else None
