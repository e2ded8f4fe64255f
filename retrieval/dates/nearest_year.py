"""Which year a day and month without one belong to, reckoned from the day of publication."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from retrieval.dates import edtf
from retrieval.dates.expression import Lean

# News leaves out the year of days near its own: the same calendar year, or across a new year's eve nearby. Where the
# distance and the sentence's tense leave two years open, none is chosen. Limits in days.
_SAME_YEAR_BACK = 250
_SAME_YEAR_BACK_UNSURE = 300
_SAME_YEAR_AHEAD = 200
_LAST_YEAR_BACK = 120
_NEXT_YEAR_AHEAD = 92
_NEXT_YEAR_AHEAD_UNSURE = 31
_SOON = 14
_MONTH_BACK = timedelta(days=120)
_MONTH_AHEAD = timedelta(days=31)
_AT_HAND = timedelta(days=45)
_FEAST_NEAR = timedelta(days=150)

_FUTURE = re.compile(
    r"(?<!\w)(?:sẽ|dự\skiến|sắp|chuẩn\sbị|tới\sđây|dự\sbáo|kể\stừ|áp\sdụng|hiệu\slực)(?!\w)", re.IGNORECASE
)
# Without "bị" and "được", which what is to come has as well: "được khởi công vào 19/12", "chuẩn bị".
_PASSIVE = re.compile(r"(?<!\w)(?:bị|được)(?!\w)", re.IGNORECASE)
_PAST = re.compile(r"(?<!\w)(?:đã|vừa|trước\sđó|từng|hôm(?!\snay)|xảy\sra)(?!\w)", re.IGNORECASE)


def tense(passage: str, *, passive: bool = False) -> Lean:
    """The side on which a sentence's words put its time; empty where they say neither or both. With `passive` what is
    done to something is past, as beside a weekday: "được công bố vào Chủ nhật".
    """
    future = bool(_FUTURE.search(passage))
    past = bool(_PAST.search(passage)) or (passive and bool(_PASSIVE.search(passage)))
    return "" if future == past else "future" if future else "past"


def nearest_year(month: int, day: int | None, published: date, lean: Lean, tense: Lean) -> int | None:
    """The year of a day (or of a month) seen from the publication date; None where more than one may be meant.

    `lean` is a word beside the date itself ("ngày 5/1 tới"), `tense` that of the whole sentence.
    """
    days = list(_candidates(month, day, published))
    before = max((one for one in days if one <= published + timedelta(days=1)), default=None)
    after = min((one for one in days if one > published + timedelta(days=1)), default=None)
    if lean:
        near = [one for one in days if (one >= published if lean == "future" else one <= published)]
        return min(near, key=lambda one: abs(one - published)).year if near else None
    if day is None and not tense:
        return _month_year(published, days)
    if before and before >= published:
        return before.year  # "Hôm nay (1-1)", published on the evening before
    if before and before.year == published.year:
        return _past_year(published, before, after, tense)
    if after and after.year == published.year:
        return _coming_year(published, before, after, tense)
    return None


def nearest_day(days: Sequence[date], published: date, tense: Lean) -> date | None:
    """Of the days on which a yearly feast falls the one that is meant: one at hand, else the next or the last by the
    tense, else the nearest; None where none is near.
    """
    nearest = min(days, key=lambda day: abs(day - published), default=None)
    if nearest is None or abs(nearest - published) <= _AT_HAND:
        return nearest
    if tense == "future":
        return min((day for day in days if day >= published), default=None)
    if tense == "past":
        return max((day for day in days if day <= published), default=None)
    return nearest if abs(nearest - published) <= _FEAST_NEAR else None


def _candidates(month: int, day: int | None, published: date) -> Iterator[date]:
    """The day in three years; a month stands at its 15th, the current one at today."""
    for year in (published.year - 1, published.year, published.year + 1):
        limits = edtf.bounds(edtf.value(year, month, day))
        if limits and day is None:
            yield published if limits[0] <= published <= limits[1] else limits[0] + timedelta(days=14)
        elif limits:
            yield limits[0]


def _month_year(published: date, days: list[date]) -> int | None:
    """A month alone, in a sentence without a tense, is of any year ("vào tháng 9 có mưa") unless it is quite near."""
    near = min(days, key=lambda one: abs(one - published))
    return near.year if near - published <= _MONTH_AHEAD and published - near <= _MONTH_BACK else None


def _past_year(published: date, same: date, coming: date | None, tense: Lean) -> int | None:
    """The day of the publication's year is over: that one, unless a December speaks of the January to come."""
    back = (published - same).days
    if back <= _SAME_YEAR_BACK or tense == "past":
        return same.year
    if tense != "future" and back <= _SAME_YEAR_BACK_UNSURE:
        return same.year
    near = _NEXT_YEAR_AHEAD if tense == "future" else _NEXT_YEAR_AHEAD_UNSURE
    return coming.year if coming and (coming - published).days <= near else None


def _coming_year(published: date, last: date | None, same: date, tense: Lean) -> int | None:
    """The day of the publication's year is still to come: that one, unless the last year's is much nearer."""
    ahead = (same - published).days
    back = (published - last).days if last else ahead
    if back <= _LAST_YEAR_BACK:
        return same.year if tense == "future" else same.year - 1
    if tense == "past":
        return same.year if ahead <= _SOON else None
    return same.year if ahead <= _SAME_YEAR_AHEAD or tense == "future" else None
