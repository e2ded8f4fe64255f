"""The lunar calendar as Vietnam prints it: its days as days of the Gregorian calendar.

The months are those of the package vnlunar, which holds Hồ Ngọc Đức's tables of the Vietnamese calendar, 1800 to 2199
(https://www.informatik.uni-leipzig.de/~duc/amlich/). They are reckoned at 105° east, and so differ from China's: Tết of
1985 was a month earlier than there, that of 2007 a day.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

_YEARS = range(1800, 2200)
_FIRST = date(1970, 1, 1)
_FIRST_JULIAN = 2440588  # Julian day number of `_FIRST`
_STEMS = ("giáp", "ất", "bính", "đinh", "mậu", "kỷ", "canh", "tân", "nhâm", "quý")
_BRANCHES = ("tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi")
_SPELT = {"tí": "tý", "tị": "tỵ", "quí": "quý", "kỉ": "kỷ", "mẹo": "mão"}
_CYCLE = 60  # years; 1984 began one

STEM = rf"(?:{'|'.join((*_STEMS, 'quí', 'kỉ'))})"
BRANCH = rf"(?:{'|'.join((*_BRANCHES, 'tí', 'tị', 'mẹo'))})"
LAST = 30  # of a month that may have 29 days only: its last


@lru_cache(512)
def first_days(year: int) -> Sequence[tuple[int, bool, date, int]]:
    """The months of a lunar year in order: number, whether it is the leap one, first day, and how many days it has."""
    if year not in _YEARS:
        return ()
    from vnlunar.core import get_year_info, get_year_month_lengths  # noqa: PLC0415 - where a text has such a date only

    lengths = get_year_month_lengths(year)
    return [
        (month["month"], bool(month["leap"]), _FIRST + timedelta(days=month["jd"] - _FIRST_JULIAN), length)
        for month, length in zip(get_year_info(year), lengths, strict=True)
    ]


def day_of(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """The day; None where there is none. The 30th of the twelfth month is its last day: "30 Tết" is spoken of every
    year.
    """
    for number, is_leap, first, length in first_days(year):
        if (number, is_leap) == (month, leap):
            last = length if (month, day) == (12, LAST) else day
            return first + timedelta(days=last - 1) if 1 <= last <= length else None
    return None


def month_of(year: int, month: int) -> tuple[date, date] | None:
    """The first and the last day of a month that is no leap month."""
    for number, is_leap, first, length in first_days(year):
        if number == month and not is_leap:
            return first, first + timedelta(days=length - 1)
    return None


def place_in_cycle(stem: str, branch: str) -> int | None:
    """Where in the cycle of sixty years a lower-case name ("bính", "ngọ") stands, from 0; None for no such pair."""
    first, second = _STEMS.index(_SPELT.get(stem, stem)), _BRANCHES.index(_SPELT.get(branch, branch))
    return next((n for n in range(first, _CYCLE, len(_STEMS)) if n % len(_BRANCHES) == second), None)


def latest_year(place: int, before: int) -> int:
    """The last lunar year at this place of the cycle that is not after the year given."""
    return before - (before - 1984 - place) % _CYCLE
