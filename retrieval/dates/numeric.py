"""Date expressions written with digits: days (15/9/2025, 15-9, ngày 2 tháng 9) here, months and years in `coarse`."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from retrieval.dates import coarse, right_context
from retrieval.dates.digits import END, YEAR, Found, expression, is_anniversary, number, one, partial, stretch
from retrieval.dates.expression import Expression, Partial
from retrieval.dates.feasts import lunar
from retrieval.dates.left_context import Left
from retrieval.dates.right_context import Right

# A number that is not the tail of another one ("30" in "0/30"), and looks as if a date might begin with it.
_NUMBER = re.compile(
    r"[0-9](?<!\w\d)(?<!\d[/.,:–-]\d)(?:(?<=tháng\s\d)|(?<=năm\s\d)"
    r"|(?=\d{0,3}(?:\s?[/.–-]\s?\d|,\s(?:\d|tháng)|\s(?:đến|tới|và|tháng)\s)))"
)
_TO = r"\s?[-–]\s?|\s(?:đến|tới)\s(?:hết\s)?(?:ngày\s)?"

_ISO = re.compile(rf"(?P<year>{YEAR})-(?P<month>\d\d)-(?P<day>\d\d){END}")
_PAIR = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})(?:\2({YEAR}))?({_TO})(\d{{1,2}})\2(\d{{1,2}})(?:\2({YEAR}))?{END}")
_FULL = re.compile(rf"(?P<day>\d{{1,2}})(?P<sep>[/.-])(?P<month>\d{{1,2}})(?P=sep)(?P<year>{YEAR}){END}")
_SHORT = re.compile(rf"(?P<day>\d{{1,2}})(?P<sep>[/.-])(?P<month>\d{{1,2}})(?P=sep)(?P<year>\d\d){END}")
_NEAR_YEARS = tuple(map(str, range(20, 40)))  # without a word for a day beside it
_LAST_OF_CENTURY = 40  # "30/4/75" is of 1975
_RUN = re.compile(
    rf"(?P<days>\d{{1,2}}(?:(?:,\s|\svà\s(?:ngày\s)?|{_TO})\d{{1,2}}){{1,6}})"
    rf"(?:(?P<sep>[/.-])(?P<month>\d{{1,2}})(?:(?P=sep)(?P<year>{YEAR}))?"
    rf"|\stháng\s(?P<named>\d{{1,2}})(?:[/.-](?P<of>{YEAR}))?){END}"
)
# "12-14/5, 20-22/6 và 1-3/7": one of several such.
_LISTED = re.compile(r"(?:,|\svà)\s\d{1,2}\s?[-–]\s?\d{1,2}/\d{1,2}(?!\w)")
_TIGHT_RUN = re.compile(r"\d+[-–]\d+")
_DAY_OF_MONTH = re.compile(rf"(?P<day>\d{{1,2}}),?\stháng\s(?P<month>\d{{1,2}})(?:[/.-](?P<year>{YEAR}))?{END}")
_DAY_MONTH = re.compile(rf"(?P<day>\d{{1,2}})(?P<sep>[/.-])(?P<month>\d{{1,2}}){END}")
_DAY_ALONE = re.compile(r"\d{1,2}(?=\stháng\s(?:này|trước|tới|sau)(?!\w))")

_PHRASE_END = re.compile(r"[,.;)]|$|\s(?:đến|tới|năm|tại|vừa|này|sẽ|đã|khi|nhưng|để|và)(?!\w)", re.MULTILINE)


def find_numeric(text: str, lower: str) -> Iterator[Expression]:
    """The expressions of `text` (`lower` is the same in lower case, offset for offset), in order, without overlap."""
    reached = 0
    for place in _NUMBER.finditer(lower):
        if place.start() >= reached:
            for found in _at(text, lower, place.start()):
                yield found
                reached = found.end


def _at(text: str, lower: str, at: int) -> list[Expression]:
    left = Left(lower, at)
    for rule in _RULES:
        found = rule(text, lower, at, left)
        if found is not None:
            return found
    return []


def _iso(text: str, lower: str, at: int, _left: Left) -> Found:
    found = _ISO.match(lower, at)
    return one(text, (at, found.end()), "day", partial(found)) if found else None


def _pair(text: str, lower: str, at: int, left: Left) -> Found:
    """ "28/4 - 3/5", "30/4/1975-30/4/2021"."""
    found = _PAIR.match(lower, at)
    if not found:
        return None
    day, _, month, year, to, last_day, last_month, last_year = found.groups()
    if left.numbered or not (year or last_year or left.day or left.weak or left.bracket or left.occasion):
        return []
    first = Partial(number(year), int(month), int(day))
    last = Partial(number(last_year), int(last_month), int(last_day))
    if is_anniversary(first, last, to):
        return [
            *one(text, (left.start, found.start(5)), "day", first),
            *one(text, (found.end(5), found.end()), "day", last),
        ]
    return stretch(text, (left.start, found.end()), first, last)


def _full(text: str, lower: str, at: int, left: Left) -> Found:
    found = _FULL.match(lower, at)
    if not found:
        return None
    return [] if left.numbered else _day(text, lower, (left.start, found.end()), partial(found))


def _short(text: str, lower: str, at: int, left: Left) -> Found:
    """ "ngày 5/8/25", "12.8.26"; "iOS 12.8.26" is a version."""
    found = _SHORT.match(lower, at)
    if not found:
        return None
    plain = found["sep"] != "-" and found["year"] in _NEAR_YEARS and not left.versioned
    if left.numbered or not (left.day or left.bracket or left.weak or plain):
        return []
    century = 2000 if int(found["year"]) <= _LAST_OF_CENTURY else 1900
    return one(text, (left.start, found.end()), "day", partial(found)._replace(year=century + int(found["year"])))


def _run(text: str, lower: str, at: int, left: Left) -> Found:
    """Several days of one month: "từ ngày 3 đến ngày 7-3", "12-14/5/2021", "ngày 3, 4 và 5/3"."""
    found = _RUN.match(lower, at)
    if not found or left.numbered or left.every:
        return None
    takes_place = left.takes_place and _PHRASE_END.match(lower, found.end()) is not None
    if not (left.day or left.weak or left.bracket or takes_place or _LISTED.match(lower, found.end())):
        return None
    if found["sep"] == "-" and _TIGHT_RUN.match(found["days"]):
        return None
    right = right_context.read(lower, found.end())
    year, month = number(found["year"] or found["of"]) or right.year, int(found["month"] or found["named"])
    days = list(re.finditer(r"\d+", found["days"]))
    if len(days) == 2 and not re.search(r",|và", found["days"]):
        first, last = (Partial(year, month, int(day[0])) for day in days)
        return stretch(text, (left.start, right.end), first, last)
    starts = [left.start, *(at + day.start() for day in days[1:])]
    ends = [*(at + day.end() for day in days[:-1]), right.end]
    pieces = zip(days, starts, ends, strict=True)
    return [
        found_day
        for day, start, end in pieces
        for found_day in one(text, (start, end), "day", Partial(year, month, int(day[0])), right)
    ]


def _day_of_month(text: str, lower: str, at: int, left: Left) -> Found:
    """ "ngày 2 tháng 9 năm 1945"; "2 tháng 9" without a word before it may be a duration."""
    found = _DAY_OF_MONTH.match(lower, at)
    if not found:
        return None
    year = found["year"] or right_context.read(lower, found.end()).year
    if not (left.day or left.weak or left.occasion or left.bracket or year):
        return None
    return _day(text, lower, (left.start, found.end()), partial(found))


def _day_month(text: str, lower: str, at: int, left: Left) -> Found:
    found = _DAY_MONTH.match(lower, at)
    if not found:
        return None
    span = left.start, found.end()
    return _day(text, lower, span, partial(found)) if _is_day_month(lower, left, found) else []


def _is_day_month(lower: str, left: Left, found: re.Match[str]) -> bool:
    """Whether "15/9", "15-9" or "15.9" is a day, by what stands beside it; without a word for it, it is none."""
    end, slash = found.end(), found["sep"] == "/"
    # "1 ngày 3-4 lần" counts; "xét nghiệm lần 1 ngày 8/4" does not.
    if left.numbered or (left.every and not (slash and left.counted)) or right_context.is_rate(lower, end):
        return False
    if _is_around_the_clock(lower, found):
        return False
    counted = right_context.counts(lower, end)
    if left.day or left.occasion:
        return not counted or (slash and not left.comma)
    if right_context.lunar_end(lower, end) is not None or right_context.is_before_tet(lower, end):
        return True
    if left.bracket:
        return slash and lower.startswith(")", end)
    # "từ 3-5 người" is an amount: a dash needs the end of a phrase.
    ends = _PHRASE_END.match(lower, end) is not None
    return (left.takes_place and ends) or (left.weak and not counted and (slash or (found["sep"] == "-" and ends)))


def _is_around_the_clock(lower: str, found: re.Match[str]) -> bool:
    """ "trực 24/24 và 7/7": every hour of all seven days."""
    beside = lower[max(0, found.start() - 12) : found.start()], lower[found.end() : found.end() + 12]
    return found[0] == "7/7" and any("24/24" in words or "24/7" in words for words in beside)


def _day_alone(text: str, lower: str, at: int, left: Left) -> Found:
    """ "ngày 25 tháng này"."""
    found = _DAY_ALONE.match(lower, at)
    shifted = right_context.month_shift(lower, found.end()) if found else None
    if not found or not shifted or not left.day:
        return None
    end, shift = shifted
    return [
        expression(text, (left.start, end), "day", Partial(day=int(found[0])), Right(end, unit="month", shift=shift))
    ]


_RULES: tuple[Callable[[str, str, int, Left], Found], ...] = (
    _iso,
    _pair,
    _full,
    _short,
    _run,
    _day_of_month,
    _day_alone,
    _day_month,
    coarse.month,
    coarse.month_year,
    coarse.season,
    coarse.years,
    coarse.year,
)


def _day(text: str, lower: str, span: tuple[int, int], day: Partial) -> list[Expression]:
    """A day, with the year or the lunar calendar that follows it."""
    start, end = span
    of_moon = right_context.lunar_end(lower, end)
    if of_moon is not None:
        of_year = lunar(text, lower, (start, of_moon), day.month, day.day)
        return [of_year if day.year is None else replace(of_year, year=day.year)]
    if right_context.is_before_tet(lower, end):
        return [expression(text, span, "lunar", Partial())]
    right = right_context.read(lower, end)
    if day.year is not None:
        return one(text, span, "day", day)
    return one(text, (start, right.end), "day", day._replace(year=right.year), right)
